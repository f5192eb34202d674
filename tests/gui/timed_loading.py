"""Runs inside the QGIS desktop before its plugins are loaded: times each of them.

`qgis.utils.loading` then says for each plugin what its package, `classFactory` and
`initGui` took together, on the clock and in CPU time of the process, in milliseconds.
"""

import time
from functools import wraps

import qgis.utils


def timed(call):
    """Return the call, which adds what it takes to the plugin's times."""

    @wraps(call)
    def timing(plugin):
        began, cpu_began = time.perf_counter(), time.process_time()
        try:
            return call(plugin)
        finally:
            took = qgis.utils.loading.setdefault(plugin, {"ms": 0.0, "cpu_ms": 0.0})
            took["ms"] += 1000 * (time.perf_counter() - began)
            took["cpu_ms"] += 1000 * (time.process_time() - cpu_began)

    return timing


# QGIS may run this file twice; timed twice, a plugin would seem to take twice as long.
if not hasattr(qgis.utils, "loading"):
    qgis.utils.loading = {}
    # QGIS asks for both by these names.
    qgis.utils.loadPlugin = timed(qgis.utils.loadPlugin)
    qgis.utils.startPlugin = timed(qgis.utils.startPlugin)
