"""The labels of a scene as a value."""

import numpy as np
import pytest

from miaf_engine.errors import InputError
from miaf_engine.labels.label_map import LabelMap
from tests.scenes import CLASSES


def test_label_map_is_valid_at_birth():
    values, groups = np.ones((2, 2), np.uint16), np.ones((2, 2), np.int32)
    LabelMap(values, groups, CLASSES)
    for bad in (
        (values.astype(int), groups),
        (values, groups[:1]),
        (values * 4, groups),
        (values, groups * 0),
    ):
        with pytest.raises(InputError):
            LabelMap(*bad, CLASSES)
