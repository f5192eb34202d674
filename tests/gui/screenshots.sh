#!/usr/bin/env bash
# Takes the pictures of the handbook again; needs a display (make screenshots gives one).
# It works in a temporary folder, so that no picture shows where the checkout is.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)/miaf
trap 'rm -rf "$(dirname "$work")"' EXIT
mkdir -p "$work.pictures"
# The log names the interpreter.
ln -s "$root/.venv" "$work.engine"
export MIAF_ENGINE_PYTHON=$work.engine/bin/python SCREENSHOTS=$work.pictures
# As whoever follows the handbook makes the map.
export MIAF_GUI_PRESET=standard
for script in pictures.py loop_pictures.py dock.py; do
    "$root/tests/gui/desktop.sh" "$work" "$script"
    grep -q '"defect"' "$work/outcome.json" || continue
    cat "$work/outcome.json" >&2
    mkdir -p "$root/build"
    cp "$work.pictures"/*.png "$root/build"
    exit 1
done
rm -f "$work.pictures"/walk_*.png  # For whoever looks at the walk itself.
"$root/.venv/bin/python" "$root/tests/gui/quantise.py" "$work.pictures" "$root/docs/images"
