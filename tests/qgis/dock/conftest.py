"""The test cube with training areas that are empty."""

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from miaf_qgis.dock.training_areas import TrainingAreas


@pytest.fixture
def areas(context, cube):
    areas = TrainingAreas()
    areas.cube = QgsRasterLayer(cube, "cube")
    QgsProject.instance().addMapLayer(areas.cube)
    return areas
