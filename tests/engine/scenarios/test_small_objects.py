"""Roads, roofs and hedges of one to three pixels stay in the map of the defaults."""

import numpy as np
import rasterio

from miaf_engine.models.card import read_card
from miaf_engine.requests import TrainRequest
from miaf_engine.tasks import carry_out
from tests import scenes

SIDE, BANDS = 80, 30
NAMES = ["Grass", "Wheat", "Forest", "Road", "Roof", "Hedge"]
ROAD, ROOF, HEDGE = 3, 4, 5
# Row, column and side of each roof.
ROOFS = (
    (5, 8, 3), (25, 50, 2), (30, 20, 3), (65, 45, 3), (70, 10, 2),
    (8, 70, 3), (38, 68, 1), (36, 10, 2), (64, 70, 3), (24, 32, 2),
)  # fmt: skip
# Row, column, height and width of the training areas of each class.
AREAS = {
    0: [(2, 2, 2, 4), (22, 5, 4, 4), (28, 30, 3, 4), (40, 20, 3, 4)],
    1: [(5, 50, 4, 4), (22, 64, 3, 4), (60, 62, 3, 4), (74, 50, 3, 4)],
    2: [(47, 3, 4, 4), (60, 20, 4, 4), (72, 22, 3, 4)],
    ROAD: [(15, 3, 1, 6), (15, 48, 1, 6), (62, 60, 6, 1), (55, 5, 2, 4)],
    ROOF: [(5, 8, 3, 3), (25, 50, 2, 2), (65, 45, 3, 3)],
    HEDGE: [(35, 32, 1, 6), (60, 35, 6, 1), (22, 74, 6, 1)],
}


def truth():
    """Return classes 0..5 (SIDE, SIDE): three fields with small objects on them."""
    classes = np.zeros((SIDE, SIDE), int)
    classes[:, 40:] = 1
    classes[45:, :30] = 2
    classes[15] = classes[:, 60] = classes[55:57] = ROAD
    for row, column, side in ROOFS:
        classes[row : row + side, column : column + side] = ROOF
    classes[35, 30:58] = classes[58:78, 35] = HEDGE
    classes[3:14, 40] = classes[20:40, 74] = HEDGE
    return classes


def cube(classes, seed=2, noise=60):
    """Return int16 (BANDS, SIDE, SIDE): a smooth spectrum a class, shade and noise."""
    rng = np.random.default_rng(seed)
    place = np.linspace(0, np.pi, BANDS)
    spectra = np.full((len(NAMES), BANDS), 1500.0)
    for spectrum in spectra:
        for wave in range(1, 6):
            height, shift = 400 * rng.normal() / wave, rng.uniform(0, 6)
            spectrum += height * np.cos(wave * place + shift)
    values = spectra[classes].transpose(2, 0, 1) * rng.uniform(0.8, 1.2, classes.shape)
    return (values + rng.normal(0, noise, values.shape)).clip(1).astype(np.int16)


def test_small_objects_that_are_spectrally_clear_stay_in_the_map(tmp_path):
    classes, where = truth(), scenes.grid(SIDE, SIDE)
    path = scenes.write_tif(tmp_path / "cube.tif", cube(classes), where)
    used = np.zeros(classes.shape, bool)
    shapes, names = [], []
    for known, boxes in AREAS.items():
        for row, column, height, width in boxes:
            inside = np.s_[row : row + height, column : column + width]
            assert (classes[inside] == known).all()
            used[inside] = True
            shapes.append(scenes.pixel_box(where, row, column, height, width))
            names.append(NAMES[known])
    rois = scenes.write_areas(tmp_path / "rois.gpkg", shapes, {"cover": names})
    output, model = tmp_path / "map.tif", str(tmp_path / "m.miaf.safetensors")
    carry_out(
        TrainRequest(
            cube=str(path),
            rois=str(rois),
            class_field="cover",
            settings={},
            device="cpu",
            model=model,
            output=str(output),
        )
    )
    with rasterio.open(output) as dataset:
        found = dataset.read(1)
    values = {entry.name: entry.value for entry in read_card(model).classes.entries}
    for known in (ROAD, ROOF, HEDGE):
        rest = (classes == known) & ~used
        assert rest.sum() > 20
        assert (found[rest] == values[NAMES[known]]).mean() >= 0.9
    fields = (classes < ROAD) & ~used
    named = np.array([values[name] for name in NAMES])
    assert (found == named[classes])[fields].mean() >= 0.95
