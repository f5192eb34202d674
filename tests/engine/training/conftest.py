"""What the tests of the training share."""

import pytest


@pytest.fixture(autouse=True)
def each_fit_afresh(fits_afresh):
    """Nothing that is tested here is remembered."""
