"""What all tests of the engine share."""

import os

import pytest
import torch
from hypothesis import settings

# A busy machine must not fail a test, and the same commit passes or fails the same
# wherever it is tested; HYPOTHESIS_PROFILE=search looks for new cases.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


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
        yield


@pytest.fixture(autouse=True)
def same_numbers():
    """Give each test the same random tensors in every run."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield
