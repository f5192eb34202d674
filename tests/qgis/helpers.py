"""What several tests read of a job and of a layer."""

import json

from miaf_engine.requests import TASKS


def request_of(job):
    """Return the request of a job as the engine reads it, which is from JSON."""
    return TASKS[job.task].from_json(json.loads(json.dumps(job.request)))


def shown_bands(layer):
    """Return the numbers of the bands that a layer shows in red, green and blue."""
    renderer = layer.renderer()
    return renderer.redBand(), renderer.greenBand(), renderer.blueBand()
