"""What tests of several workers share."""

import pytest

from tests import many


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model of the tiny scene."""
    return many.write_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def cluster():
    """A cluster of Dask on this machine."""
    with many.dask_cluster() as made:
        yield made
