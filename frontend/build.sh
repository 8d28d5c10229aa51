#!/usr/bin/env bash
# Compiles the window's page into frontend/dist: wasm, its JavaScript, index.html and the styles.
#   frontend/build.sh [debug|release] [gallery]     default: release; with gallery, the page of all widgets is in it
# Wants a wasm32 standard library and wasm-bindgen in $TOOLS/bin (scripts/setup.sh brings both).
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-release}
tools=${TOOLS:-tools}
target=wasm32-unknown-unknown

# Only where the usual toolchain lacks the library, the one named "web" has it (Debian's own).
library=$(rustc --print target-libdir --target "$target")
if ! ls "$library"/libstd-*.rlib >/dev/null 2>&1; then
    export RUSTUP_TOOLCHAIN=web
fi

flags=()
[ "${2:-}" = gallery ] && flags+=(--features gallery)
if [ "$mode" = release ]; then
    flags+=(--release)
    # Every kilobyte is parsed at each start of a slow laptop. No LTO: a standard library built from source has no bitcode.
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
        CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_STRIP=none
fi
# A target folder of its own: another compiler version would otherwise rebuild the desk's crates each time.
cargo build -p daiban-frontend --target "$target" --target-dir target/web "${flags[@]}"

dist=frontend/dist
rm -rf "$dist"
mkdir -p "$dist"
"$tools/bin/wasm-bindgen" --target web --no-typescript --remove-name-section --remove-producers-section \
    --out-dir "$dist" --out-name app "target/web/$target/$mode/daiban-frontend.wasm"
cp -r frontend/index.html frontend/start.js frontend/styles "$dist/"
printf 'frontend/dist: %s kB of wasm, %s kB compressed\n' \
    $(($(stat -c %s "$dist/app_bg.wasm") / 1024)) $(($(gzip -9c "$dist/app_bg.wasm" | wc -c) / 1024))
