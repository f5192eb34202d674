#!/usr/bin/env bash
# Drives the QGIS desktop as a person would, from a new profile and the zip; needs a
# display (make gui-test gives one). Screenshots go to build/gui, or to SCREENSHOTS.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
"$root/tests/gui/desktop.sh" "$root/build/gui-life" life.py
"$root/.venv/bin/python" "$root/tests/gui/check_life.py" "$root/build/gui-life"
"$root/tests/gui/desktop.sh" "$root/build/gui-seeing" seeing.py
"$root/.venv/bin/python" "$root/tests/gui/check_seeing.py" "$root/build/gui-seeing"
"$root/tests/gui/desktop.sh" "$root/build/gui-dock" dock.py
"$root/.venv/bin/python" "$root/tests/gui/check_dock.py" "$root/build/gui-dock"
for language in "" de; do
    work=$root/build/gui-looks${language:+-$language}
    MIAF_GUI_LANGUAGE=$language "$root/tests/gui/desktop.sh" "$work" looks.py
    "$root/.venv/bin/python" "$root/tests/gui/check_looks.py" "$work"
done
"$root/tests/gui/desktop.sh" "$root/build/gui" drive.py
exec "$root/.venv/bin/python" "$root/tests/gui/check.py" "$root/build/gui"
