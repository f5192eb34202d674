#!/usr/bin/env bash
# Takes the pictures of the handbook anew; needs a display (make screenshots gives one).
# It works in a temporary folder, so that no picture shows where the checkout is.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)/miaf
trap 'rm -rf "$(dirname "$work")"' EXIT
mkdir -p "$work.pictures"
# The log names the interpreter.
ln -s "$root/.venv" "$work.engine"
MIAF_ENGINE_PYTHON=$work.engine/bin/python SCREENSHOTS=$work.pictures "$root/tests/gui/desktop.sh" "$work" pictures.py
if [ "$(cat "$work/outcome.json")" != '{}' ]; then
    cat "$work/outcome.json" >&2
    mkdir -p "$root/build"
    cp "$work.pictures"/*.png "$root/build"
    exit 1
fi
"$root/.venv/bin/python" "$root/tests/gui/quantise.py" "$work.pictures" "$root/docs/images"
