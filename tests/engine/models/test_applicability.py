"""The dissimilarity index and the area of applicability."""

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.features import rasterize
from scipy.spatial.distance import cdist

from miaf_engine.accuracy.matched_folds import matched_folds
from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.errors import InputError
from miaf_engine.labels.label_map import LabelMap
from miaf_engine.models.applicability import Applicability, _nearest, upper_whisker
from miaf_engine.preprocessing.normalisation import Normalisation
from tests.repository import ROOT

DEMO = ROOT / "resources" / "demo"


def plain(**more):
    """Return two components that are two bands, with two training spectra."""
    values = {
        "matrix": np.eye(2, 3),
        "centres": np.array([[0.0, 0.0], [4.0, 0.0]]),
        "scale": 2.0,
        "threshold": 1.0,
        "usual": 0.1,
    }
    return Applicability(**{**values, **more})


def test_the_index_is_the_distance_to_the_nearest_over_the_mean_distance():
    spectra = np.array([[0, 4, 2, 4], [0, 0, 0, 3], [9, 9, 9, 9]], np.float32)
    np.testing.assert_allclose(plain().index(spectra), [0, 0, 1, 1.5])
    picture = plain().index(spectra.reshape(3, 2, 2))
    np.testing.assert_allclose(picture, [[0, 0], [1, 1.5]])
    assert picture.dtype == np.float32


def test_the_index_of_a_pixel_does_not_depend_on_its_neighbours():
    """So a map in tiles is that of the whole."""
    rng = np.random.default_rng(0)
    many = rng.normal(size=(3, 20_000)).astype(np.float32)
    whole = plain().index(many)
    parts = [
        plain().index(many[:, start : start + 777]) for start in range(0, 20_000, 777)
    ]
    np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-5, atol=1e-6)


def test_the_whisker_of_a_box_plot():
    # Quartiles 2 and 4: the limit is 4 + 1.5 * 2 = 7.
    assert upper_whisker(np.array([1.0, 2, 3, 4, 100])) == 4
    assert upper_whisker(np.array([0.0, 2, 3, 4, 7])) == 7


def two_classes(count=60):
    """Return spectra (4, n) in two classes apart in one band, and their folds."""
    rng = np.random.default_rng(1)
    classes = np.arange(count) % 2 + 1
    spectra = rng.normal(0, 0.2, (4, count)).astype(np.float32)
    spectra[0] += 4 * classes
    return spectra, classes, np.arange(count) // 2 % 3 + 1


def test_what_is_like_the_areas_is_inside_and_what_is_unlike_them_is_not():
    spectra, classes, folds = two_classes()
    found = Applicability.fit(spectra, classes, folds, spectra)
    inside = found.index(spectra) <= found.threshold
    assert inside.mean() > 0.9
    assert (found.index(spectra + 8) > found.threshold).all()
    assert not found.is_far(found.index(spectra))
    assert found.is_far(found.index(spectra + 8))
    assert not found.is_far(np.empty(0, np.float32))


def test_components_that_tell_no_class_apart_weigh_less():
    spectra, classes, folds = two_classes()
    found = Applicability.fit(spectra, classes, folds, spectra)
    along = found.index(spectra + np.float32([[2], [0], [0], [0]]))
    across = found.index(spectra + np.float32([[0], [0.2], [0], [0]]))
    assert np.median(across) < np.median(along)


def test_without_two_folds_or_two_classes_nothing_is_known():
    spectra, classes, folds = two_classes()
    assert Applicability.fit(spectra, classes, folds * 0, spectra) is None
    assert Applicability.fit(spectra, classes * 0 + 1, folds, spectra) is None
    flat = np.ones_like(spectra)
    assert Applicability.fit(flat, classes, folds, flat) is None


def test_continued_training_keeps_what_the_areas_before_were_like():
    spectra, classes, folds = two_classes()
    before = Applicability.fit(spectra, classes, folds, spectra)
    after = Applicability.fit(spectra + 8, classes, folds, spectra + 8, before)
    for part in (spectra, spectra + 8):
        assert (after.index(part) <= after.threshold).mean() > 0.9
    assert Applicability.fit(spectra, classes, folds * 0, spectra, before) is before


def test_the_temperature_grows_with_the_root_of_the_index_up_to_twice_of_it():
    index = np.float32([[0.0, 0.1, 0.2, 0.4], [0.6, 0.8, 5.0, np.nan]])
    found = plain(calibrated_at=0.4, power=0.5).softening(index)
    wanted = [[0.70711, 0.70711, 0.70711, 1.0], [1.22474, 1.41421, 1.41421, np.nan]]
    np.testing.assert_allclose(found, wanted, atol=1e-5)
    assert found.dtype == np.float32
    assert plain().softening(index) is None
    same = plain(calibrated_at=0.4, power=0.0).softening(index)
    np.testing.assert_array_equal(same[np.isfinite(index)], 1)


def test_the_temperature_holds_at_the_median_index_of_areas_held_out():
    spectra = np.zeros((2, 6), np.float32)
    spectra[0] = [0, 9, 1, 8, 2, 7]
    classes, folds = np.array([1, 2, 1, 2, 1, 2]), np.array([1, 1, 2, 2, 3, 3])
    found = Applicability.fit(spectra, classes, folds, spectra, left_open=0.6)
    assert found.power == pytest.approx(0.3)
    # Means of the other two of a class: 1.5 away, 0 and 1.5, in either class.
    unit = np.linalg.norm(found.matrix[:, 0]) / found.scale
    assert found.calibrated_at == pytest.approx(1.5 * unit, rel=1e-5)
    # Where areas are equal, there is no distance to compare with.
    spectra[0] = [0, 9, 0, 9, 0, 9]
    found = Applicability.fit(spectra, classes, folds, spectra, left_open=0.6)
    assert found.calibrated_at is None


def test_it_is_not_known_what_a_temperature_from_elsewhere_holds_for():
    spectra, classes, folds = two_classes()
    elsewhere = Applicability.fit(spectra, classes, folds, spectra)
    in_turn = Applicability.fit(spectra, classes, folds, spectra, left_open=0.0)
    assert elsewhere.calibrated_at is None and in_turn.calibrated_at > 0
    for before in (elsewhere, in_turn):  # a continued training keeps the temperature
        after = Applicability.fit(spectra + 8, classes, folds, spectra, before)
        assert (after.calibrated_at, after.power) == (
            before.calibrated_at,
            before.power,
        )


@pytest.mark.parametrize("more", [{}, {"calibrated_at": 0.4, "power": 0.25}])
def test_it_is_the_same_after_a_file(more):
    found = plain(**more)
    again = Applicability.from_json(found.as_json())
    assert again.as_json() == found.as_json()


def test_files_of_before_tell_no_index_for_their_temperature():
    values = plain(calibrated_at=0.4).as_json()
    del values["calibrated_at"]
    assert Applicability.from_json(values).calibrated_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"centres": [[0.0, 0.0, 0.0]]},
        {"centres": []},
        {"matrix": [[0.0, "x"]]},
        {"scale": 0.0},
        {"threshold": -1.0},
        {"usual": None},
        {"calibrated_at": 0.0},
        {"calibrated_at": "x"},
        {"calibrated_at": [0.4]},
        {"calibrated_at": 0.4, "power": None},
        {"calibrated_at": 0.4, "power": 1.5},
    ],
)
def test_damaged_values_are_refused(change):
    with pytest.raises(InputError):
        Applicability.from_json({**plain().as_json(), **change})


@pytest.fixture(scope="module")
def demo():
    """Return the demo scene's values, its normalisation and what its areas say."""
    with rasterio.open(DEMO / "indian_pines.tif") as file:
        values, transform = file.read().astype(np.float32), file.transform
    facts, _, shapes, fields = pyogrio.raw.read(DEMO / "rois.gpkg", layer="rois")
    names = fields[list(facts["fields"]).index("cover")]
    kinds = sorted(set(names))
    pairs = list(zip(shapely.from_wkb(shapes), names, strict=True))
    size = values.shape[1:]
    places = {"out_shape": size, "transform": transform}
    groups = rasterize([(s, n + 1) for n, (s, _) in enumerate(pairs)], **places)
    classes = rasterize([(s, kinds.index(n) + 1) for s, n in pairs], **places)
    entries = [ClassEntry(n + 1, name, f"#0000{n:02x}") for n, name in enumerate(kinds)]
    labels = LabelMap(
        classes.astype(np.uint16),
        np.where(classes > 0, groups, 0).astype(np.int32),
        ClassTable(tuple(entries)),
    )
    folds = matched_folds(labels, np.ones(size, bool), 3, 0)
    normalisation = Normalisation.fit(values.reshape(len(values), -1))
    scene = normalisation.spectra(values)
    where = labels.values > 0
    known = Applicability.fit(
        scene[:, where],
        labels.values[where],
        folds.number[where],
        scene.reshape(len(scene), -1)[:, ::5],
    )
    return values, normalisation, known


def is_far(demo, values):
    _, normalisation, known = demo
    spectra = normalisation.spectra(np.asarray(values, np.float32))
    return known.is_far(known.index(spectra))


def test_the_demo_scene_and_its_halves_are_not_unlike_the_areas(demo):
    values = demo[0]
    middle_row, middle_column = (size // 2 for size in values.shape[1:])
    for part in (
        values,
        2 * values + 500,
        values[:, :middle_row],
        values[:, middle_row:],
        values[:, :, :middle_column],
        values[:, :, middle_column:],
    ):
        assert not is_far(demo, part)


def test_the_demo_scene_in_other_light_is_unlike_the_areas(demo):
    values = demo[0]
    waves = np.linspace(400, 2500, len(values))
    haze = 0.3 * values[0].mean() * (waves[0] / waves) ** 4
    assert is_far(demo, values + haze[:, None, None])
    for share in (0.1, 0.2, 0.4):
        slope = np.linspace(1 - share / 2, 1 + share / 2, len(values))
        assert is_far(demo, values * slope[:, None, None])


def test_the_index_of_an_image_is_that_of_its_pixels():
    rng = np.random.default_rng(0)
    image = rng.normal(0, 3, (3, 300, 90)).astype(np.float32)
    valid = np.ones((300, 90), bool)
    valid[7:30, 5:] = valid[150] = False
    found = plain().index_of(image, valid)
    assert (np.isnan(found) == ~valid).all()
    np.testing.assert_array_equal(found[valid], plain().index(image[:, valid]))
    everywhere = np.ones_like(valid)
    np.testing.assert_array_equal(
        plain().index_of(image, everywhere), plain().index(image)
    )


def test_the_nearest_centre_is_that_of_all_distances():
    rng = np.random.default_rng(0)
    points, centres = rng.normal(size=(1300, 10)), rng.normal(size=(37, 10))
    wanted = cdist(points, centres).min(axis=1)
    np.testing.assert_allclose(_nearest(points, centres), wanted, rtol=1e-12)
    assert _nearest(centres, centres).max() < 1e-6
