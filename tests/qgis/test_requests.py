"""Parameters become a request, without any engine; what cannot work is refused."""

import os
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from miaf_engine.models import card
from miaf_engine.requests import TASKS
from miaf_engine.requests.settings import PRESETS, SplitConfig, TrainConfig
from tests.qgis.helpers import request_of


@pytest.fixture
def parameters(cube, areas, tmp_path):
    return {
        "CUBE": cube,
        "ROIS": areas.id(),
        "CLASS_FIELD": "cover",
        "OUTPUT": str(tmp_path / "map.dat"),
        "MODEL": str(tmp_path / "a.miaf.safetensors"),
        "REPORT": "TEMPORARY_OUTPUT",
    }


@pytest.fixture
def refusal(job_of):
    def refused(name, parameters):
        with pytest.raises(QgsProcessingException) as caught:
            job_of(name, parameters)
        return str(caught.value)

    return refused


@pytest.fixture
def model(tmp_path, monkeypatch):
    """A file that passes for a model."""
    path = tmp_path / "m.miaf.safetensors"
    path.write_text("x")
    monkeypatch.setattr(card, "read_card", lambda _path: None)
    return str(path)


def test_train_and_classify(job_of, parameters, cube, tmp_path):
    job = job_of("trainandclassify", parameters)
    request = request_of(job)
    assert request.cube == cube
    assert request.rois_layer == "rois"
    assert request.class_field == "cover"
    assert request.output == str(tmp_path / "map.dat")
    assert request.probabilities is None
    assert request.confidence is None  # Not asked for in this call
    assert request.validation_rois is None
    assert request.report.endswith(".html")
    assert request.device == "auto"
    assert request.seed == 0
    assert request.resume is True
    assert request.creation_options == []
    assert set(job.targets) == {request.output, request.model, request.report}


def test_the_defaults_are_those_of_the_engine(job_of, parameters):
    from miaf_engine.requests import SETTINGS_CLASSES

    request = job_of("train", parameters).request
    expected = {}
    for cls in SETTINGS_CLASSES:
        expected.update(cls().as_json())
    del expected["epochs"]  # as the preset says
    assert request["settings"] == expected
    assert request["preset"] == "standard"


@pytest.mark.parametrize("epochs", [None, "", 7])
def test_a_preset_is_overridden_by_what_is_given(job_of, parameters, epochs):
    given = {**parameters, "PRESET": "quick", "EPOCHS": epochs}
    request = TASKS["train"].from_json(job_of("train", given).request)
    assert request.part(TrainConfig).epochs == (epochs or PRESETS["quick"]["epochs"])
    assert request.part(SplitConfig) == SplitConfig()


def test_refuses_a_preset_that_is_none(refusal, parameters):
    refused = refusal("train", {**parameters, "PRESET": "best of all"})
    assert "PRESET" in refused or "Preset" in refused


def test_values_as_text_as_qgis_process_gives_them(job_of, parameters):
    given = {
        "EPOCHS": "7", "SEED": "3", "HOLDOUT": "blocks", "HOLDOUT_PERCENT": "12.5",
        "LEARNING_RATE": "0.01", "GRAPH_BRANCH": "false", "KERNEL_SIZES": "3, 5",
        "PIXELS_PER_SUPERPIXEL": "40,80", "DEVICE": "cuda:3", "MEMORY_MB": "512",
        "CREATION_OPTIONS": "COMPRESS=ZSTD|TILED=YES", "RESUME": "false",
    }  # fmt: skip
    request = job_of("trainandclassify", {**parameters, **given}).request
    settings = request["settings"]
    assert settings["epochs"] == 7
    assert settings["holdout"] == "blocks"
    assert settings["holdout_percent"] == 12.5
    assert settings["learning_rate"] == 0.01
    assert settings["graph_branch"] is False
    assert settings["kernel_sizes"] == [3, 5]
    assert settings["pixels_per_superpixel"] == [40, 80]
    assert (request["device"], request["seed"], request["memory_mb"]) == (
        "cuda:3",
        3,
        512,
    )
    assert request["creation_options"] == ["COMPRESS=ZSTD", "TILED=YES"]
    assert request["resume"] is False


def test_choices_by_number_as_the_help_of_qgis_process_says(job_of, parameters):
    given = {"HOLDOUT": "1", "PROJECTION": 1, "DEVICE": "1"}
    request = job_of("train", {**parameters, **given}).request
    assert request["settings"]["holdout"] == "blocks"
    assert request["settings"]["projection"] == "pca"
    assert request["device"] == "cpu"


def test_relative_paths_become_absolute(
    job_of, parameters, tmp_path, monkeypatch, cube
):
    monkeypatch.chdir(tmp_path)
    # GDAL would write statistics beside the relative path, wherever we are by then.
    monkeypatch.setenv("GDAL_PAM_ENABLED", "NO")
    relative = {
        "CUBE": Path(cube).name,
        "OUTPUT": "map.tif",
        "MODEL": "m.miaf.safetensors",
    }
    request = job_of("trainandclassify", {**parameters, **relative}).request
    assert request["cube"] == cube
    assert request["output"] == str(tmp_path / "map.tif")
    assert request["model"] == str(tmp_path / "m.miaf.safetensors")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("m", "m.miaf.safetensors"),
        ("fields 2.5", "fields 2.5.miaf.safetensors"),
        ("m.safetensors", "m.safetensors"),
        ("m.miaf.safetensors", "m.miaf.safetensors"),
    ],
)
def test_a_file_without_an_extension_gets_one(
    job_of, parameters, tmp_path, given, written
):
    paths = {"MODEL": str(tmp_path / given), "REPORT": str(tmp_path / "r")}
    job = job_of("trainandclassify", {**parameters, **paths})
    assert job.request["model"] == str(tmp_path / written)
    assert job.request["report"] == str(tmp_path / "r.html")
    assert set(job.targets) >= {job.request["model"], job.request["report"]}


def test_selected_features_only_and_validation_areas(
    job_of, parameters, areas, new_areas
):
    areas.selectByIds([1, 2])
    other = new_areas(["Wheat", "Corn"], field="Cover")
    selected = QgsProcessingFeatureSourceDefinition(areas.id(), True)
    job = job_of(
        "train", {**parameters, "ROIS": selected, "VALIDATION_ROIS": other.id()}
    )
    request = job.request
    assert request["validation_rois_layer"] == "validation_rois"
    for name, count in (("rois", 2), ("validation_rois", 2)):
        dataset = gdal.OpenEx(request[name])
        layer = dataset.GetLayer(0)
        assert layer.GetFeatureCount() == count
        assert layer.GetLayerDefn().GetFieldIndex("cover") == 0


@pytest.mark.parametrize("given_as", ["file", "layer", "layer_with_own_style"])
def test_the_style_stored_with_a_file_counts(
    job_of, parameters, areas, give_style, given_as, tmp_path
):
    """Also where the layer is given as a file: Processing does not load its style."""
    path = give_style(areas, tmp_path / "styled.gpkg")
    if given_as == "file":
        styles = job_of("train", {**parameters, "ROIS": path}).request["class_styles"]
        assert {"key": "Corn", "name": "Maize", "colour": "#00ff00"} in styles
        return
    layer = QgsVectorLayer(path, "Styled")
    if given_as == "layer_with_own_style":
        layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol()))
    QgsProject.instance().addMapLayer(layer)
    styles = job_of("train", {**parameters, "ROIS": layer.id()}).request["class_styles"]
    assert (styles is None) == (given_as == "layer_with_own_style")


@pytest.fixture
def give_style(context):
    """Return a function that writes areas with a default style inside the file."""

    def write(layer, path):
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(path), context.transformContext(), options
        )
        saved = QgsVectorLayer(str(path), "Saved")
        symbol = QgsFillSymbol.createSimple({"color": "#00ff00"})
        saved.setRenderer(
            QgsCategorizedSymbolRenderer(
                "cover", [QgsRendererCategory("Corn", symbol, "Maize")]
            )
        )
        saved.saveStyleToDatabase("default", "", True, "")
        return str(path)

    return write


def test_a_different_crs_is_fine(job_of, parameters, new_areas, context):
    from qgis.core import QgsCoordinateTransform, QgsGeometry

    layer = new_areas(["a", "b"], crs="EPSG:4326")
    utm, degrees = (
        QgsCoordinateReferenceSystem(n) for n in ("EPSG:32616", "EPSG:4326")
    )
    transform = QgsCoordinateTransform(utm, degrees, QgsProject.instance())
    for feature in list(layer.getFeatures()):
        geometry = QgsGeometry(feature.geometry())
        geometry.transform(transform)
        layer.dataProvider().changeGeometryValues({feature.id(): geometry})
    assert job_of("train", {**parameters, "ROIS": layer.id()}).request["rois"]


def test_classify(job_of, cube, model, tmp_path):
    given = {"CUBE": cube, "MODEL": model, "OUTPUT": str(tmp_path / "o.tif")}
    given["EXTENT"] = "500100,500200,4499800,4499900 [EPSG:32616]"
    request = TASKS["classify"].from_json(job_of("classify", given).request)
    assert request.extent == [500100, 4499800, 500200, 4499900]
    assert request.model == model
    given["EXTENT"] = "-87.0,-86.999,40.648,40.650 [EPSG:4326]"
    extent = job_of("classify", given).request["extent"]
    assert 499_000 < extent[0] < extent[2] < 501_000
    assert 4_490_000 < extent[1] < extent[3] < 4_510_000
    assert job_of("classify", {**given, "EXTENT": None}).request["extent"] is None
    assert request.workers == 1


def test_a_large_scene_may_have_several_workers(job_of, refusal, cube, model, tmp_path):
    given = {"CUBE": cube, "MODEL": model, "OUTPUT": str(tmp_path / "o.tif")}
    job = job_of("classify", {**given, "WORKERS": "4"})
    assert TASKS["classify"].from_json(job.request).workers == 4
    for wrong in (0, 65):
        assert "WORKERS" in refusal("classify", {**given, "WORKERS": wrong})


def test_assess(job_of, cube, areas, new_areas, tmp_path):
    far = new_areas(["a"])
    given = {
        "CLASSIFICATION": cube, "REFERENCE": areas.id(), "CLASS_FIELD": "cover",
        "EXCLUDE_ROIS": far.id(), "MATRIX": str(tmp_path / "m.csv"),
    }  # fmt: skip
    job = job_of("assess", given)
    request = TASKS["assess"].from_json(job.request)
    assert request.exclude_rois_layer == "exclude_rois"
    assert request.report is None and request.model is None
    assert request.compare_with is None and request.probability_sample is False
    assert job.targets == (str(tmp_path / "m.csv"),)


def test_assess_of_a_sample_and_two_maps(
    job_of, refusal, cube, areas, new_raster, tmp_path
):
    other = new_raster(tmp_path / "other.tif", bands=1, kind=gdal.GDT_Byte)
    given = {
        "CLASSIFICATION": cube, "REFERENCE": areas.id(), "CLASS_FIELD": "cover",
        "MATRIX": str(tmp_path / "m.csv"), "COMPARE_WITH": other,
        "PROBABILITY_SAMPLE": True,
    }  # fmt: skip
    request = TASKS["assess"].from_json(job_of("assess", given).request)
    assert request.compare_with == other
    assert request.probability_sample is True
    assert "bands" in refusal("assess", {**given, "COMPARE_WITH": cube})


def test_assess_with_the_model_of_the_map(
    job_of, refusal, cube, areas, model, tmp_path
):
    given = {
        "CLASSIFICATION": cube, "REFERENCE": areas.id(), "CLASS_FIELD": "cover",
        "MATRIX": str(tmp_path / "m.csv"), "MODEL": model,
    }  # fmt: skip
    request = TASKS["assess"].from_json(job_of("assess", given).request)
    assert request.model == model
    gone = str(tmp_path / "gone.miaf.safetensors")
    assert gone in refusal("assess", {**given, "MODEL": gone})
    assert "input" in refusal("assess", {**given, "MATRIX": model})


def test_assess_refuses_what_is_no_model(refusal, cube, areas, tmp_path):
    path = tmp_path / "no.miaf.safetensors"
    path.write_bytes(b"no model at all")
    given = {"CLASSIFICATION": cube, "REFERENCE": areas.id(), "CLASS_FIELD": "cover"}
    assert "is not a MIAF model" in refusal("assess", {**given, "MODEL": str(path)})


# Refusals: what is wrong, the value found, what to do


def test_refuses_a_single_band(refusal, parameters, new_raster, tmp_path):
    path = new_raster(tmp_path / "one.tif", bands=1)
    message = refusal("train", {**parameters, "CUBE": path})
    assert "'one' has 1 band" in message


def test_refuses_complex_numbers(refusal, parameters, new_raster, tmp_path):
    path = new_raster(tmp_path / "radar.tif", kind=gdal.GDT_CFloat32)
    assert "complex" in refusal("train", {**parameters, "CUBE": path})


def test_refuses_a_web_service(refusal, parameters):
    layer = QgsRasterLayer("type=xyz&url=file:///none/{z}/{x}/{y}.png", "Tiles", "wms")
    QgsProject.instance().addMapLayer(layer)
    message = refusal("train", {**parameters, "CUBE": layer.id()})
    assert "'Tiles' comes from a service" in message


@pytest.mark.parametrize("kind", ["text", "vrt", "memory", "subdataset"])
def test_refuses_a_raster_that_is_no_file_of_its_own(
    refusal, parameters, cube, tmp_path, kind
):
    twin = str(tmp_path / "twin.vrt")
    gdal.Translate(twin, cube, format="VRT", bandList=[1, 2, 3, 4, 5])
    text = Path(twin).read_text().replace('relativeToVRT="1">', 'relativeToVRT="0">')
    text = text.replace(f">{Path(cube).name}<", f">{cube}<")
    gdal.FileFromMemBuffer("/vsimem/twin.vrt", text.encode())
    source = {
        "text": text,
        "vrt": f"vrt://{cube}?bands=1,2,3",
        "memory": "/vsimem/twin.vrt",
        "subdataset": f"GTIFF_DIR:1:{cube}",
    }[kind]
    layer = QgsRasterLayer(source, "Inline", "gdal")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    message = refusal("train", {**parameters, "CUBE": layer.id()})
    assert "'Inline' is not a file of its own" in message
    assert "Export it as GeoTIFF" in message


def test_refuses_a_raster_whose_file_was_deleted(refusal, parameters, cube):
    """A layer that was opened before stays valid."""
    layer = QgsRasterLayer(cube, "Flight line", "gdal")
    QgsProject.instance().addMapLayer(layer)
    Path(cube).unlink()
    assert layer.isValid()
    message = refusal("train", {**parameters, "CUBE": layer.id()})
    assert message.startswith("The file of raster 'Flight line' is no longer there")
    assert cube in message


def test_refuses_a_header_and_names_the_remedy(refusal, parameters, tmp_path):
    header = tmp_path / "cube.hdr"
    header.write_text("ENVI\n")
    assert "data file" in refusal("train", {**parameters, "CUBE": str(header)})


def test_refuses_what_is_no_raster(refusal, parameters, tmp_path):
    assert "/none.tif" in refusal("train", {**parameters, "CUBE": "/none.tif"})
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    message = refusal("train", {**parameters, "CUBE": str(text)})
    assert message.startswith(f"'{text}' is not a raster")


def test_refuses_no_features(refusal, parameters, new_areas, areas):
    assert "no features" in refusal("train", {**parameters, "ROIS": new_areas([]).id()})
    areas.setSubsetString("")
    nothing = QgsProcessingFeatureSourceDefinition(areas.id(), True)
    assert "selected" in refusal("train", {**parameters, "ROIS": nothing})


def test_refuses_empty_classes(refusal, parameters, new_areas):
    layer = new_areas([NULL, "", NULL])
    message = refusal("train", {**parameters, "ROIS": layer.id()})
    assert "'cover'" in message
    assert "all features" in message


def test_refuses_areas_that_all_lack_a_geometry(refusal, parameters, areas):
    nothing = {feature.id(): QgsGeometry() for feature in areas.getFeatures()}
    areas.dataProvider().changeGeometryValues(nothing)
    message = refusal("train", {**parameters, "ROIS": areas.id()})
    assert message.startswith("No feature of layer 'Areas' has a geometry.")


def test_refuses_one_class(refusal, parameters, new_areas):
    message = refusal(
        "train", {**parameters, "ROIS": new_areas(["Wheat", "Wheat"]).id()}
    )
    assert "'Areas' has only one class ('Wheat')" in message


def test_refuses_a_missing_field_and_lists_those_there_are(refusal, parameters):
    message = refusal("train", {**parameters, "CLASS_FIELD": "klass"})
    assert "'klass'" in message
    assert "cover, note" in message


def test_refuses_areas_elsewhere_naming_both_crs(refusal, parameters, new_areas):
    layer = new_areas(["a", "b"], crs="EPSG:32633")
    message = refusal("train", {**parameters, "ROIS": layer.id()})
    assert "EPSG:32633" in message
    assert "EPSG:32616" in message


def test_refuses_a_crs_that_leads_nowhere(refusal, parameters, new_areas):
    """QGIS itself would take such coordinates as they are."""
    layer = new_areas(["a", "b"])
    local = QgsCoordinateReferenceSystem.fromWkt('LOCAL_CS["grid",UNIT["metre",1]]')
    layer.setCrs(local)
    message = refusal("train", {**parameters, "ROIS": layer.id()})
    assert "(grid) cannot be transformed" in message


def test_refuses_areas_without_a_crs(refusal, parameters, new_areas):
    layer = new_areas(["a", "b"], crs="")
    layer.setCrs(type(layer.crs())())
    message = refusal("train", {**parameters, "ROIS": layer.id()})
    assert "no coordinate reference system" in message
    assert "EPSG:32616" in message


def test_a_cube_without_a_crs_takes_coordinates_as_they_are(
    job_of, parameters, new_raster, tmp_path, listener
):
    """A scratch layer gets the CRS of the project, whatever it is drawn on."""
    parameters["CUBE"] = new_raster(tmp_path / "plain.tif", crs="")
    written = QgsVectorLayer(job_of("train", parameters).request["rois"])
    # GeoPackage's "undefined", which later versions of QGIS read as none.
    assert written.crs().description() in ("Undefined geographic SRS", "")
    assert written.extent().xMinimum() == 500_000
    assert "taken as those of the raster" in listener.texts("warning")[0]


@pytest.mark.parametrize("in_the_file", ["", "EPSG:32617"])
def test_a_crs_that_the_user_set_on_the_cube_counts(
    job_of, parameters, new_raster, new_areas, tmp_path, in_the_file
):
    """The engine reads the file: areas are written to lie where QGIS shows them."""
    cube = QgsRasterLayer(new_raster(tmp_path / "a.tif", crs=in_the_file), "cube")
    cube.setCrs(QgsCoordinateReferenceSystem("EPSG:32616"))
    QgsProject.instance().addMapLayer(cube)
    job = job_of("train", {**parameters, "CUBE": cube.id()})
    written = QgsVectorLayer(job.request["rois"])
    if in_the_file:
        assert written.crs().authid() == in_the_file
    assert written.extent().xMinimum() == pytest.approx(500_000)


def test_no_crs_on_either_side_is_fine(
    job_of, parameters, new_areas, new_raster, tmp_path
):
    layer = new_areas(["a", "b"], crs="")
    layer.setCrs(type(layer.crs())())
    parameters.update(ROIS=layer.id(), CUBE=new_raster(tmp_path / "plain.tif", crs=""))
    assert job_of("train", parameters).request["rois"]


@pytest.mark.parametrize("name", ["OUTPUT", "MODEL", "REPORT"])
def test_refuses_a_missing_folder(refusal, parameters, name, tmp_path):
    path = str(tmp_path / "none" / "file.tif")
    message = refusal("trainandclassify", {**parameters, name: path})
    assert "does not exist" in message or "none" in message


def test_refuses_a_file_as_folder(refusal, parameters, tmp_path):
    (tmp_path / "file").write_text("x")
    given = {**parameters, "OUTPUT": str(tmp_path / "file" / "map.tif")}
    assert "is a file, not a folder" in refusal("trainandclassify", given)


def test_refuses_a_folder_that_cannot_be_written_to(refusal, parameters, monkeypatch):
    monkeypatch.setattr(
        os, "access", lambda *_arguments: False
    )  # root may write anywhere
    assert "cannot be written" in refusal("trainandclassify", parameters)


def test_refuses_to_overwrite_the_cube(refusal, parameters, cube):
    assert "also an input" in refusal(
        "trainandclassify", {**parameters, "OUTPUT": cube}
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEVICE", "gpu", "no device 'gpu'"),
        ("KERNEL_SIZES", "3,4", "odd"),
        ("PIXELS_PER_SUPERPIXEL", "a,b", "list of whole numbers"),
        ("PIXELS_PER_SUPERPIXEL", "1", "at least 4"),
        ("EPOCHS", 0, "at least 1"),
        ("HOLDOUT", "fields", "one of polygons"),
        ("CUBE", None, "CUBE"),
        ("ROIS", None, "ROIS"),
        ("CLASS_FIELD", "", "fields: cover, note"),
    ],
)
def test_refuses_values_out_of_range(refusal, parameters, name, value, words):
    assert words in refusal("train", {**parameters, name: value})


def test_refuses_what_is_no_model(refusal, cube, tmp_path):
    given = {"CUBE": cube, "OUTPUT": str(tmp_path / "o.tif")}
    assert "none.miaf" in refusal(
        "classify", {**given, "MODEL": "/none.miaf.safetensors"}
    )
    wrong = tmp_path / "wrong.miaf.safetensors"
    wrong.write_bytes(b"not a model at all")
    assert "wrong.miaf.safetensors" in refusal(
        "classify", {**given, "MODEL": str(wrong)}
    )


def test_refuses_an_extent_elsewhere(refusal, cube, model, tmp_path):
    given = {"CUBE": cube, "MODEL": model, "OUTPUT": str(tmp_path / "o.tif")}
    message = refusal("classify", {**given, "EXTENT": "0,1,0,1 [EPSG:32616]"})
    assert "does not overlap" in message
    assert "EPSG:32616" in message
