"""What the tests of the training share."""

import pytest

from miaf_engine.training import spectral_heads


@pytest.fixture(autouse=True)
def fits_afresh(fits_remembered, monkeypatch):
    """Fit the kernel head each time: here it is tested that it is the same."""
    monkeypatch.setattr(spectral_heads, "_kernel_weights", fits_remembered)
