#!/usr/bin/env bash
# Brings what a machine needs to build and test: Debian's packages, a wasm32 standard library, wasm-bindgen, cargo-deny, axe-core.
# Safe to run again; quick when nothing is missing. Fetches from Debian, crates.io and PyPI alone.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=${TOOLS:-$PWD/tools}
say() { printf '\033[1m%s\033[0m\n' "$*"; }

packages=(
    build-essential ca-certificates pkg-config file perl python3 libssl-dev # C parts: SQLCipher, zstd; scripts
    libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev                     # the window
    fonts-noto-cjk fonts-hanazono fonts-lxgw-wenkai                     # screen and forms
    webkit2gtk-driver xvfb xauth dbus dbus-x11 poppler-utils qpdf       # tests in the real window, tests of PDFs
    cups cups-client                                                    # printing, and tests with a queue of their own
)

debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    say "installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

wasm_library() { # toolchain, or nothing for the usual one
    local library
    library=$(rustc ${1:+"+$1"} --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    ls "$library"/libstd-*.rlib >/dev/null 2>&1
}

command -v cargo >/dev/null || { say "Install Rust first: https://rustup.rs"; exit 1; }

if debian; then
    install "${packages[@]}"
else
    say "Not a Debian: make sure that these or their likes are installed: ${packages[*]}"
fi

if ! wasm_library && ! wasm_library web; then
    if debian; then
        install rustc-web cargo-web rust-web-src
        oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
        if ! /usr/bin/rustc --version | awk -v oldest="$oldest" '{ split($2, has, "."); split(oldest, wants, ".");
            exit !(has[1] > wants[1] || has[1] == wants[1] && has[2] >= wants[2]) }'; then
            say "rustc-web is older than $oldest: let apt see bookworm-security and bookworm-updates, then apt-get install rustc-web cargo-web rust-web-src"
            exit 1
        fi
        as_root env PATH="$PATH" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" \
            scripts/wasm-std.sh
        rustup toolchain link web /usr
    else
        say "The standard library for wasm32-unknown-unknown is missing: rustup target add wasm32-unknown-unknown"
        exit 1
    fi
fi

wanted() { sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"/\1/p;q}" Cargo.lock; }

bindgen=$(wanted wasm-bindgen)
if [ "$("$tools/bin/wasm-bindgen" --version 2>/dev/null)" != "wasm-bindgen $bindgen" ]; then
    say "building wasm-bindgen $bindgen, once"
    # Not --locked: the published lock names a crate version that the registry lacks.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install -q wasm-bindgen-cli --version "$bindgen" --root "$tools" --target-dir target/tools
fi

deny=0.20.2
if [ "$("$tools/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $deny" ]; then
    say "building cargo-deny $deny, once"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off cargo install -q cargo-deny --version "$deny" --root "$tools" --target-dir target/tools
fi

# axe-core, one file, out of a package that carries it: npm would bring hundreds of Debian's packages along.
axe=axe_playwright_python-0.1.8-py3-none-any.whl
if [ ! -f "$tools/axe.min.js" ]; then
    say "fetching axe-core"
    python3 -m pip --version >/dev/null 2>&1 || install python3-pip
    wheel=$(mktemp -d)
    python3 -m pip download -q --disable-pip-version-check --no-deps -d "$wheel" axe-playwright-python==0.1.8
    echo "fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8  $wheel/$axe" | sha256sum --check --quiet
    python3 -m zipfile -e "$wheel/$axe" "$wheel"
    mkdir -p "$tools"
    mv "$wheel/axe_playwright_python/axe.min.js" "$tools/axe.min.js"
    rm -r "$wheel"
fi
