#!/usr/bin/env bash
# Takes the pictures of docs/in_qgis.md anew; needs a display (make screenshots gives one).
# It works in a temporary folder, so that no picture shows where the checkout is.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)/miaf
trap 'rm -rf "$(dirname "$work")"' EXIT
mkdir -p "$work.pictures"
SCREENSHOTS=$work.pictures "$root/tests/gui/desktop.sh" "$work" pictures.py
if [ "$(cat "$work/outcome.json")" != '{}' ]; then
    cat "$work/outcome.json" >&2
    cp "$work.pictures"/*.png "$root/build"
    exit 1
fi
"$root/.venv/bin/python" "$root/tests/gui/quantise.py" "$work.pictures" "$root/docs/images"
