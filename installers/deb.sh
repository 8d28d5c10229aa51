#!/usr/bin/env bash
# Makes the desk's .deb with Tauri's own bundler (npm's prebuilt @tauri-apps/cli; nothing else is downloaded).
#   installers/deb.sh [debug|release]
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-debug}
export TOOLS=${TOOLS:-$PWD/tools}
scripts/setup.sh
frontend/build.sh release
cli=$TOOLS/tauri
[ -x "$cli/node_modules/.bin/tauri" ] || npm install --silent --no-fund --no-audit --prefix "$cli" @tauri-apps/cli@2.12.4
flags=()
[ "$mode" = debug ] && flags+=(--debug)
cd src-tauri
"$cli/node_modules/.bin/tauri" build "${flags[@]}" --bundles deb
ls -l "../target/$mode/bundle/deb/"*.deb
