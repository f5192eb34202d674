#!/usr/bin/env bash
# Starts the QGIS desktop with a new profile and the plugin's zip beside it:
#   desktop.sh WORK SCRIPT
# WORK is made new; SCRIPT runs inside QGIS and says in WORK/outcome.json what it saw.
# MIAF_GUI_LANGUAGE, such as de, is the language of the window.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$1
rm -rf "$work"
mkdir -p "$work/profiles/profiles/default/QGIS" "$work/runtime"
chmod 700 "$work/runtime"
printf '[PythonPlugins]\nprocessing=true\n\n[qgis]\nshowTips341=false\ncheckVersion=false\n' \
    >"$work/profiles/profiles/default/QGIS/QGIS3.ini"
# The zip of what is there, as if all were committed.
cp "$(git -C "$root" rev-parse --absolute-git-dir)/index" "$work/index"
GIT_INDEX_FILE=$work/index git -C "$root" add --intent-to-add .
GIT_INDEX_FILE=$work/index "$root/.venv/bin/python" "$root/.ci/package.py" --output "$work"

# QGIS takes the library of the first python3 in PATH, which may be of another version.
export PATH=$(dirname "${QGIS_PYTHON:-/usr/bin/python3}"):$PATH
export XDG_RUNTIME_DIR=$work/runtime XDG_DATA_HOME=$work/data
export MIAF_ENGINE_PYTHON=${MIAF_ENGINE_PYTHON:-$root/.venv/bin/python}
export MIAF_GUI_ROOT=$root MIAF_GUI_WORK=$work SCREENSHOTS=${SCREENSHOTS:-$work}
timeout 3000 qgis --nologo --noversioncheck --profiles-path "$work/profiles" \
    ${MIAF_GUI_LANGUAGE:+--lang "$MIAF_GUI_LANGUAGE"} \
    --code "$root/tests/gui/$2" >"$work/qgis.log" 2>&1 || true
[ -s "$work/outcome.json" ] || { tail -n 40 "$work/qgis.log" >&2; exit 1; }
