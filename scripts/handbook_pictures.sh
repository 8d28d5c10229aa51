#!/usr/bin/env bash
# Makes the handbook's pictures of what the window tests have photographed (target/e2e), and the table of them in the program.
#   scripts/handbook_pictures.sh [folder of screenshots]
# Wants ImageMagick ($CONVERT, or convert). A picture that isn't among the screenshots stays as it is.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."
shots=${1:-${CARGO_TARGET_DIR:-target}/e2e}
book=docs/handbook
table=crates/desk/src/handbook/pictures.rs

wanted=$(grep -oh 'pictures/[a-z0-9-]*\.png' $book/*.md | sort -u)
for picture in $wanted; do
    shot=$shots/${picture#pictures/}
    [ -f "$shot" ] || continue
    # Few colours are enough for a screen, and letters stay sharp without dithering.
    for colours in 64 32 16; do
        "${CONVERT:-convert}" "$shot" -strip -resize 820x -unsharp 0x0.5 +dither -colors $colours -define png:compression-level=9 "png8:$book/$picture"
        [ "$(stat -c %s "$book/$picture")" -le 60000 ] && break
    done
done
for picture in $book/pictures/*.png; do
    grep -q "pictures/${picture##*/}" <<<"$wanted" || rm "$picture"
done

{
    printf '//! The pictures; written by `scripts/handbook_pictures.sh`.\n\n'
    printf 'use base64::{Engine, prelude::BASE64_STANDARD};\n\n'
    printf 'macro_rules! pictures {\n    ($($name:literal),* $(,)?) => {\n'
    printf '        &[$((concat!("pictures/", $name, ".png"), include_bytes!(concat!("../../../../docs/handbook/pictures/", $name, ".png")))),*]\n'
    printf '    };\n}\n\nconst PICTURES: &[(&str, &[u8])] = pictures![\n'
    for picture in $book/pictures/*.png; do
        printf '    "%s",\n' "$(basename "$picture" .png)"
    done
    printf '];\n\n/// A picture as it may stand in a page; empty if there is none of the name.\n'
    printf 'pub fn data_url(file: &str) -> String {\n'
    printf '    let found = PICTURES.iter().find(|(name, _)| *name == file);\n'
    printf '    found.map(|(_, bytes)| format!("data:image/png;base64,{}", BASE64_STANDARD.encode(bytes))).unwrap_or_default()\n}\n'
} >$table
rustfmt --edition 2024 --config-path rustfmt.toml $table 2>/dev/null || rustfmt --edition 2024 $table
