"""What all tests of the engine share."""

import os
import signal
from hashlib import sha256
from types import SimpleNamespace

import pytest
import torch
from hypothesis import settings

from miaf_engine.requests import TrainRequest
from miaf_engine.tasks import carry_out
from miaf_engine.training import spectral_heads
from tests import tiny
from tests.scenes import Recorder

# A busy machine must not fail a test, and the same commit passes or fails the same
# wherever it is tested; HYPOTHESIS_PROFILE=search looks for new cases.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True, scope="session")
def signals_reach_runs():
    """Have runs end by a signal also where a shell started the tests in the background.

    It has them ignore some signals, and so would the runs that they start.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Tiny scenes are slower on many threads, and the machine may be shared."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True, scope="session")
def own_checkpoints(tmp_path_factory):
    """Keep the user's interrupted trainings and those of the tests apart."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("checkpoints") / "kept"
        patch.setenv("MIAF_CHECKPOINT_FOLDER", str(folder))
        patch.setenv("MIAF_RUNS_FOLDER", str(folder.with_name("runs")))
        yield


@pytest.fixture(autouse=True, scope="session")
def fits_remembered():
    """Fit the kernel head once to the same pixels, which most tests train on.

    The fit follows from its arguments alone, and takes most of a tiny training.
    `fits_afresh` is for tests of just that.
    """
    fit, known = spectral_heads._kernel_weights, {}

    def remembered(features, targets, counts, *others):
        arrays = (features, targets, counts)
        contents = [sha256(array.cpu().numpy()).digest() for array in arrays]
        shapes = [(array.shape, array.device) for array in arrays]
        key = (*contents, *shapes, *others)
        if key not in known:
            known[key] = fit(features, targets, counts, *others)
        return [part.clone() for part in known[key]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spectral_heads, "_kernel_weights", remembered)
        yield fit


@pytest.fixture
def fits_afresh(fits_remembered, monkeypatch):
    """Fit the kernel head each time, where a test asks whether it is the same."""
    monkeypatch.setattr(spectral_heads, "_kernel_weights", fits_remembered)


@pytest.fixture(autouse=True)
def same_numbers():
    """Give each test the same random tensors in every run."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


STAMP = "2026-01-02T03:04:05+00:00"


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Train and classify on a rotated grid in one run; return request and result."""
    folder = tmp_path_factory.mktemp("träned scene")
    given = tiny.inputs(folder, rotation=17.0)
    given["validation_rois"] = str(
        tiny.write_rois(folder / "validation.gpkg", 17.0, rows=(17,))
    )
    made = {
        "model": str(folder / "model.miaf.safetensors"),
        "output": str(folder / "map.tif"),
        "confidence": str(folder / "confidence.tif"),
        "probabilities": str(folder / "probabilities.tif"),
        "entropy": str(folder / "entropy.tif"),
        "margin": str(folder / "margin.dat"),
        "report": str(folder / "report.html"),
    }
    recorder = Recorder()
    request = TrainRequest(**given, **made, seed=3, created_utc=STAMP)
    result = carry_out(request, recorder)
    return SimpleNamespace(
        folder=folder,
        given=given,
        made=made,
        request=request,
        result=result,
        figures=result["figures"],
        recorder=recorder,
    )


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    """Return the fields of a request for the scene, north up."""
    return tiny.inputs(tmp_path_factory.mktemp("inputs"))
