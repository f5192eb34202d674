"""Stands for QGIS: runs the engine as the plugin does, and is killed while it does."""

from __future__ import annotations

import sys

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.engine.child_process import Child


class _Never:
    def isCanceled(self) -> bool:  # noqa: N802 - QGIS's name
        return False


def main() -> None:
    """Start the engine, say its process id, and pass its lines on."""
    words = [sys.executable, "-m", "miaf_engine", "run", sys.argv[1]]
    with Child(words, PLUGIN_FOLDER) as child:
        print(child._process.pid, flush=True)
        for line in child.lines(_Never()):
            print(line, flush=True)
        sys.exit(child.exit_code(_Never()))


if __name__ == "__main__":
    main()
