#!/usr/bin/env bash
# Puts a wasm32 standard library beside Debian's rustc-web, for machines where rustup's toolchain has none and nothing may
# be downloaded but packages. Run as root; safe to run again.
set -euo pipefail
target=wasm32-unknown-unknown
library=/usr/lib/rustlib/$target
compiler=$(/usr/bin/rustc -vV | sed -n 's/^commit-hash: //p')

if [ "$(cat "$library/built-by" 2>/dev/null)" != "$compiler" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/empty/src"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/empty/Cargo.toml"
    : >"$work/empty/src/lib.rs"
    (cd "$work/empty" && env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS= /usr/bin/cargo build -q \
        --release --target "$target" -Zbuild-std=std,panic_abort,test --target-dir "$work/target")
    rm -rf "$library"
    mkdir -p "$library/lib"
    find "$work/target/$target/release/deps" -name 'lib*.rlib' ! -name 'libempty*' -exec cp {} "$library/lib/" \;
    echo "$compiler" >"$library/built-by"
fi

# The linker that rustup's own toolchain ships speaks wasm; Debian's doesn't come with one.
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
linker=$(env -u RUSTUP_TOOLCHAIN rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
mkdir -p "/usr/lib/rustlib/$host/bin"
ln -sfn "$linker" "/usr/lib/rustlib/$host/bin/rust-lld"
