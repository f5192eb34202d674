"""What tests of many scenes share."""

import pytest

from miaf_engine.tasks.classify_many import classify_many
from tests import many


@pytest.fixture
def in_this_process(monkeypatch):
    """Have `classify_many` start no worker process."""
    monkeypatch.setattr(classify_many, "LocalWorkers", many.InThisProcess)
