"""Training from files: the same bits every way, and no test pixel leaks."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import scipy.stats
from safetensors.numpy import load_file

from miaf_engine.errors import (
    Cancelled,
    ConfigError,
    FileError,
    InputError,
    MiafError,
    RasterFileError,
    SampleError,
    VectorFileError,
)
from miaf_engine.models.card import read_card
from miaf_engine.models.file import load_model, save_model
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.tasks import carry_out
from tests import scenes, tiny
from tests.scenes import Recorder

STAMP = "2026-01-02T03:04:05+00:00"


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def weights(path):
    return load_file(path)


def same(one, other):
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name]) for name in one
    )


def test_all_outputs_are_there_and_no_temporary_file(trained):
    assert trained.result["outputs"] == trained.made
    for path in trained.made.values():
        assert Path(path).stat().st_size > 0
    assert not list(trained.folder.glob(".miaf-*"))
    assert trained.recorder.fractions == sorted(trained.recorder.fractions)


def test_grid_is_kept_to_the_bit_also_when_rotated(trained):
    for name in scene_rasters():
        with (
            rasterio.open(trained.given["cube"]) as cube,
            rasterio.open(trained.made[name]) as made,
        ):
            assert tuple(made.transform) == tuple(cube.transform)
            assert made.transform.b != 0
            assert made.crs == cube.crs
            assert made.shape == cube.shape


def test_rasters_are_what_the_design_says(trained):
    with rasterio.open(trained.made["output"]) as made:
        assert made.dtypes == ("uint8",)
        assert made.nodata == 0
        assert set(np.unique(made.read())) <= {1, 2, 3}
        assert made.colormap(1)[1][:3] == (0xE6, 0x9F, 0x00)
    with rasterio.open(trained.made["confidence"]) as made:
        assert made.dtypes == ("float32",)
        assert np.isnan(made.nodata)
    with rasterio.open(trained.made["probabilities"]) as made:
        assert made.descriptions == ("Forest", "Road", "Wheat")
        probabilities = made.read()
    np.testing.assert_allclose(probabilities.sum(axis=0), 1.0, rtol=1e-5)
    confidence = read(trained.made["confidence"])[0]
    np.testing.assert_array_equal(probabilities.max(axis=0), confidence)
    classes = read(trained.made["output"])[0]
    np.testing.assert_array_equal(probabilities.argmax(axis=0) + 1, classes)
    ranked = np.sort(probabilities, axis=0)
    margin = read(trained.made["margin"])[0]
    np.testing.assert_array_equal(margin, ranked[-1] - ranked[-2])
    entropy = read(trained.made["entropy"])[0]
    expected = scipy.stats.entropy(probabilities.astype(float), base=3, axis=0)
    np.testing.assert_allclose(entropy, expected, atol=1e-6)
    for name, driver in (("entropy", "GTiff"), ("margin", "ENVI")):
        with rasterio.open(trained.made[name]) as made:
            assert (made.driver, made.dtypes) == (driver, ("float32",))
            assert np.isnan(made.nodata)
            assert made.descriptions == (name.capitalize(),)


def test_one_run_equals_train_then_classify_to_the_bit(trained, tmp_path):
    made = {name: str(tmp_path / f"{name}.tif") for name in scene_rasters()}
    model, cube = trained.made["model"], trained.given["cube"]
    carry_out(ClassifyRequest(cube=cube, model=model, device="cpu", **made))
    for name, path in made.items():
        np.testing.assert_array_equal(read(path), read(trained.made[name]))


def test_probabilities_in_rasters_are_calibrated(trained, tmp_path):
    """The same weights without the temperature give the network's own probabilities."""
    fitted = trained.figures["calibration"]
    network, card = load_model(trained.made["model"])
    assert card.temperature == fitted["temperature"] != 1.0
    assert fitted["fitted_pixels"] > 0
    plain = str(tmp_path / "plain.miaf.safetensors")
    save_model(plain, network, replace(card, temperature=1.0))
    made = {name: str(tmp_path / f"{name}.tif") for name in ("output", "probabilities")}
    carry_out(ClassifyRequest(cube=trained.given["cube"], model=plain, **made))
    np.testing.assert_array_equal(read(made["output"]), read(trained.made["output"]))
    powers = read(made["probabilities"]).astype(float) ** (1 / card.temperature)
    expected = powers / powers.sum(axis=0)
    found = read(trained.made["probabilities"])
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.abs(found - read(made["probabilities"])).max() > 0.01


def test_calibration_errors_are_those_of_the_rasters(trained):
    """Counted again from confidence, map and validation areas, by plain loops."""
    fitted = trained.figures["calibration"]
    confidence = read(trained.made["confidence"])[0].astype(float)
    classes = read(trained.made["output"])[0]
    reference = np.zeros(classes.shape, int)
    for k, name in enumerate(("Wheat", "Forest", "Road")):
        value = ["Forest", "Road", "Wheat"].index(name) + 1
        reference[17:22, 10 * k + 1 : 10 * k + 9] = value
    where = reference > 0
    assert fitted["pixels"] == where.sum()
    bins = np.ceil(confidence[where] * 15).astype(int)
    right = classes[where] == reference[where]
    gaps = [abs((right - confidence[where])[bins == b].sum()) for b in np.unique(bins)]
    assert fitted["ece_after"] == pytest.approx(sum(gaps) / where.sum(), abs=1e-6)
    report = json.loads(Path(trained.made["report"]).with_suffix(".json").read_text())
    assert report["calibration"] == json.loads(json.dumps(fitted))


def scene_rasters():
    return ("output", "confidence", "probabilities", "entropy", "margin")


def test_two_runs_give_the_same_bytes(trained, tmp_path, fits_afresh):
    again = tmp_path / "again.miaf.safetensors"
    values = trained.request.as_json() | dict.fromkeys([*scene_rasters(), "report"])
    carry_out(TrainRequest(**(values | {"model": str(again)})))
    first = Path(trained.made["model"]).read_bytes()
    assert again.read_bytes() == first


def test_header_tells_what_was_done_and_no_path(trained):
    card = read_card(trained.made["model"])
    assert card.seed == 3
    assert card.provenance["created_utc"] == STAMP
    assert card.classes.names == ["Forest", "Road", "Wheat"]
    assert card.bands.count == tiny.BANDS
    assert card.network["width"] == 8
    assert card.scores["overall_accuracy"] == trained.figures["overall_accuracy"]
    assert card.provenance["cube"]["file"] == "cube.tif"
    content = Path(trained.made["model"]).read_bytes()
    assert str(trained.folder).encode() not in content
    assert trained.folder.name.encode() not in content


def test_figures_have_the_keys_of_the_design(trained):
    design = {
        "overall_accuracy", "average_accuracy", "kappa", "accuracy_definition",
        "classes", "device", "seconds", "epochs", "seconds_per_epoch",
        "peak_memory_mb", "seed",
    }  # fmt: skip
    assert design <= set(trained.figures)
    entry = {
        "name", "value", "colour", "producers_accuracy", "users_accuracy", "f1",
        "reference_pixels",
    }  # fmt: skip
    assert all(entry <= set(item) for item in trained.figures["classes"])
    assert trained.figures["epochs"] == 6
    json.dumps(trained.result, allow_nan=False)


def test_validation_areas_are_scored_and_nothing_else(trained):
    figures = trained.figures
    assert [item["reference_pixels"] for item in figures["classes"]] == [40] * 3
    assert [item["reference_areas"] for item in figures["classes"]] == [1] * 3
    assert "3 areas" in figures["interval_method"]
    assert not figures["interval_reliable"]
    counts = figures["pixels_per_class"]
    for roles in counts.values():
        assert roles["test"] == 0
        assert roles["training"] + roles["validation"] == 80
    classes = read(trained.made["output"])[0]
    right = sum(
        (classes[17:22, 10 * k + 1 : 10 * k + 9] == v).sum() for k, v in stripes()
    )
    assert figures["overall_accuracy"] == pytest.approx(right / 120)
    assert "test areas" in figures["accuracy_definition"]


def stripes():
    """Return the number of each stripe and its class value in the map."""
    return ((0, 3), (1, 1), (2, 2))  # Wheat, Forest, Road


def test_report_comes_with_its_numbers(trained):
    page = Path(trained.made["report"]).read_text(encoding="utf-8")
    assert "Forest" in page
    numbers = json.loads((trained.folder / "report.json").read_text(encoding="utf-8"))
    assert str(trained.figures["overall_accuracy"]) in json.dumps(numbers)
    share = numbers["near_training_share"]
    assert 0 <= share == trained.figures["near_training_share"] <= 1
    sentence = f"{100 * share:.0f} % of the scored pixels lie within 3 pixels of"
    assert f"{sentence} training pixels." in numbers["accuracy_definition"]
    assert sentence in page


def train(inputs, folder, **more):
    """Train, and return the weights and the result."""
    model = folder / f"{len(list(folder.iterdir()))}.miaf.safetensors"
    request = TrainRequest(**(inputs | {"model": str(model)} | more))
    result = carry_out(request)
    return weights(model), result


def test_validation_classes_do_not_change_the_weights(inputs, tmp_path):
    shapes, names = tiny.boxes(0.0, 17)
    wrong = scenes.write_areas(
        tmp_path / "wrong.gpkg", shapes, {"cover": names[1:] + names[:1]}
    )
    right = tiny.write_rois(tmp_path / "right.gpkg", rows=(17,))
    one, scored = train(inputs, tmp_path, validation_rois=str(right))
    two, fooled = train(inputs, tmp_path, validation_rois=str(wrong))
    assert same(one, two)
    matrices = [np.array(r["figures"]["matrix"]) for r in (scored, fooled)]
    assert not np.array_equal(*matrices)


def test_held_out_spectra_do_not_choose_anything_but_the_normalisation(
    inputs, tmp_path
):
    # The held-out polygons are the same with and without their pixels being scored.
    one, result = train(inputs, tmp_path)
    assert result["figures"]["pixels_per_class"]["Wheat"]["test"] == 40
    settings = inputs["settings"] | {"holdout_percent": 31}
    two, _ = train(inputs, tmp_path, settings=settings)
    assert same(one, two)


def test_seed_matters(inputs, tmp_path):
    one, _ = train(inputs, tmp_path)
    two, _ = train(inputs, tmp_path, seed=1)
    assert not same(one, two)


def test_envi_and_geotiff_give_the_same_map(inputs, tmp_path):
    cubes = [
        tiny.write_cube(tmp_path / "cube.tif"),
        tiny.write_cube(tmp_path / "flat.bsq"),
        tiny.write_cube(tmp_path / "lines.dat", interleave="bil"),
    ]
    found = []
    for number, cube in enumerate(cubes):
        output = tmp_path / f"map{number}.tif"
        train(inputs, tmp_path, cube=str(cube), probabilities=str(output))
        found.append(read(output))
    np.testing.assert_array_equal(found[1], found[0])
    np.testing.assert_array_equal(found[2], found[0])


def test_label_raster_keeps_its_values(inputs, tmp_path):
    values = np.zeros((1, tiny.HEIGHT, tiny.WIDTH), dtype=np.uint8)
    for stripe, value in enumerate((3, 7, 12)):
        for row in (1, 8, 17):
            values[0, row : row + 5, 10 * stripe + 1 : 10 * stripe + 9] = value
    labels = scenes.write_tif(tmp_path / "labels.tif", values, tiny.grid())
    output = tmp_path / "map.dat"
    given = inputs | {"rois": None, "class_field": None, "labels": str(labels)}
    _, result = train(given, tmp_path, output=str(output))
    assert set(np.unique(read(output))) <= {3, 7, 12}
    assert [item["value"] for item in result["figures"]["classes"]] == [3, 7, 12]
    assert [item["name"] for item in result["figures"]["classes"]] == ["3", "7", "12"]


def test_nothing_held_out_is_said_and_scored_as_null(inputs, tmp_path):
    settings = inputs["settings"] | {"holdout": "none"}
    _, result = train(inputs, tmp_path, settings=settings)
    assert result["figures"]["overall_accuracy"] is None
    assert "not scored" in result["figures"]["accuracy_definition"]


def test_random_pixels_carry_a_warning(inputs, tmp_path):
    recorder = Recorder()
    settings = inputs["settings"] | {"holdout": "pixels"}
    report = tmp_path / "report.html"
    request = TrainRequest(**(inputs | {"settings": settings, "report": str(report)}))
    carry_out(request, recorder)
    assert any("too high" in warning for warning in recorder.warnings)
    assert "too high" in report.read_text(encoding="utf-8")


def test_nodata_is_neither_trained_on_nor_mapped(inputs, tmp_path):
    values, valid = tiny.cube(), tiny.hole()
    valid[1:6, 1:4] = False  # a part of a training area
    for bad in (-9999.0, -5.0):
        values[:, ~valid] = bad
        cube = scenes.write_tif(
            tmp_path / f"cube{bad}.tif", values, tiny.grid(), nodata=bad
        )
        output = tmp_path / f"map{bad}.tif"
        train(inputs, tmp_path, cube=str(cube), probabilities=str(output))
    first, second = read(tmp_path / "map-9999.0.tif"), read(tmp_path / "map-5.0.tif")
    np.testing.assert_array_equal(first, second)
    assert (np.isnan(first).all(axis=0) == ~valid).all()


def test_a_small_memory_budget_still_trains_and_scores(inputs, tmp_path):
    _, result = train(inputs, tmp_path, memory_mb=500)
    assert result["figures"]["overall_accuracy"] is not None


def wrong_files(folder):
    """Write files that do not serve, and return their paths by name."""
    shapes, names = tiny.boxes(0.0, 1, 8)
    far = [scenes.pixel_box(tiny.grid(), 500, 500 + 9 * n, 3, 3) for n in range(2)]
    blank = np.zeros((1, tiny.HEIGHT, tiny.WIDTH), dtype=np.uint8)
    return {
        "one": scenes.write_areas(folder / "1.gpkg", shapes[:1], {"cover": names[:1]}),
        "away": scenes.write_areas(folder / "2.gpkg", far, {"cover": ["a", "b"]}),
        "labels": scenes.write_tif(folder / "labels.tif", blank, tiny.grid()),
        "cube": tiny.write_cube(folder / "cube.tif"),
        "rois": tiny.write_rois(folder / "rois.gpkg"),
        "gone": folder / "gone" / "file.tif",
        "folder": folder,
        "odd": folder / "map.xyz",
        "out": folder / "out.tif",
        "dotted": folder / "." / "out.tif",
        "envi": folder / "map.dat",
        "same header": folder / "map.img",
    }


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"class_field": "kind"}, (VectorFileError, InputError)),
        ({"class_field": None}, ConfigError),
        ({"rois": "<one>"}, SampleError),
        ({"rois": "<away>"}, InputError),
        ({"labels": "<labels>"}, ConfigError),
        ({"rois": None}, ConfigError),
        ({"rois": None, "labels": "<labels>"}, SampleError),
        ({"cube": "<gone>"}, FileError),
        ({"cube": "<rois>"}, MiafError),
        ({"cube": 5}, ConfigError),
        ({"validation_rois": "<gone>"}, FileError),
        ({"validation_rois": "<rois>"}, SampleError),
        ({"output": "<gone>"}, FileError),
        ({"output": "<odd>"}, FileError),
        ({"output": "<cube>"}, ConfigError),
        ({"model": "<folder>"}, FileError),
        ({"model": "<rois>"}, ConfigError),
        ({"confidence": "<out>"}, ConfigError),
        ({"settings": {"epoch": 3}}, ConfigError),
        ({"settings": {"epochs": "many"}}, ConfigError),
        ({"settings": {"kernel_sizes": "3,4,5"}}, ConfigError),
        (
            {"settings": {"kernel_sizes": "3", "pixels_per_superpixel": "12,30"}},
            ConfigError,
        ),
        ({"settings": [1]}, ConfigError),
        ({"device": "cuda:99"}, ConfigError),
        ({"device": "gpu"}, ConfigError),
        ({"seed": -1}, ConfigError),
        ({"seed": "x"}, ConfigError),
        ({"memory_mb": 1}, MiafError),
        ({"memory_mb": -5}, ConfigError),
        ({"creation_options": ["BOGUS"]}, ConfigError),
        ({"creation_options": ["BLOCKXSIZE=7"]}, RasterFileError),
        ({"output": "<envi>", "confidence": "<same header>"}, ConfigError),
        ({"report": "<dotted>"}, ConfigError),
        ({"creation_options": "COMPRESS=LZW"}, ConfigError),
    ],
    ids=str,
)
def test_wrong_requests_are_refused_before_any_epoch(tmp_path, change, error):
    files = wrong_files(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    change = {
        key: str(files[value[1:-1]]) if str(value).startswith("<") else value
        for key, value in change.items()
    }
    values = {
        "cube": str(files["cube"]),
        "rois": str(files["rois"]),
        "class_field": "cover",
        "output": str(files["out"]),
        "device": "cpu",
        "settings": dict(tiny.SMALL),
    }
    recorder = Recorder(cancel_at=0.09)  # in the first epoch
    with pytest.raises(error):
        carry_out(TrainRequest.from_json(values | change), recorder)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("when", [0.0, 0.05, 0.5, 0.95, 0.98])
def test_cancel_leaves_the_folder_as_it_was(inputs, tmp_path, when):
    made = {name: str(tmp_path / f"{name}.tif") for name in (*scene_rasters(), "model")}
    with pytest.raises(Cancelled):
        carry_out(TrainRequest(**inputs, **made), Recorder(cancel_at=when))
    assert list(tmp_path.iterdir()) == []


def test_points_all_over_a_cube_that_exceeds_the_budget(tmp_path):
    """Windows around them grow into one, which is cut into pieces."""
    height, width = 240, 260
    cube = scenes.write_tif(
        tmp_path / "cube.tif", tiny.cube(height, width), scenes.grid(height, width)
    )
    rng = np.random.default_rng(0)
    rows, columns = rng.integers(0, height, 600), rng.integers(0, width, 600)
    grid, truth = scenes.grid(height, width), tiny.truth(height, width)
    points = [
        scenes.pixel_box(grid, row, column, 1, 1).centroid
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    names = [f"class {k}" for k in truth[rows, columns]]
    rois = scenes.write_areas(tmp_path / "rois.gpkg", points, {"cover": names})
    recorder = Recorder()
    request = TrainRequest(
        cube=str(cube),
        rois=str(rois),
        class_field="cover",
        output=str(tmp_path / "map.tif"),
        device="cpu",
        memory_mb=515,
        settings={**tiny.SMALL, "holdout": "matched"},
    )
    carry_out(request, recorder)
    (said,) = [text for text in recorder.infos if "memory budget" in text]
    assert "windows: 25; pixels: 62400" in said
    found = read(tmp_path / "map.tif")[0]
    assert (found == truth).mean() > 0.95
