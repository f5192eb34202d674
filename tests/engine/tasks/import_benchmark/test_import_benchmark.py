"""The import of benchmark scenes, from arrays made here and from the real ones."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from scipy.io import loadmat, savemat

from miaf_engine.cubes.reader import open_cube
from miaf_engine.errors import (
    ConfigError,
    FileError,
    GridMismatchError,
    InputError,
    MiafError,
)
from miaf_engine.io.class_maps import read_label_raster
from miaf_engine.labels.areas import read_areas
from miaf_engine.labels.class_keys import class_table
from miaf_engine.labels.rasterising import label_map_from_areas
from miaf_engine.process.command_line import main
from miaf_engine.requests.import_benchmark import ImportRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.import_benchmark.import_benchmark import file_dtype
from tests import scenes
from tests.scenes import Recorder

pytestmark = pytest.mark.filterwarnings(
    "ignore::rasterio.errors.NotGeoreferencedWarning"
)
CUBE = np.arange(6 * 7 * 5, dtype="uint16").reshape(6, 7, 5)  # rows, columns, bands
LABELS = np.kron(np.array([[1, 0], [10, 3]]), np.ones((3, 4)))[:, :7]
SALINAS = [1, 10, 11, 12, 13, 14]


class Log(Recorder):
    def __init__(self):
        super().__init__()
        self.text = ""

    def info(self, message):
        self.text += message + "\n"


def bring(folder, progress=None, **given):
    """Import with all three outputs; return them as arrays, and figures."""
    names = {"output": "c.tif", "labels_output": "l.tif", "rois_output": "r.gpkg"}
    paths = {key: str(folder / name) for key, name in names.items()}
    given = {key: str(v) if isinstance(v, Path) else v for key, v in given.items()}
    log = progress or Log()
    result = carry_out(ImportRequest(**{**paths, **given}), log)
    return result["figures"]


def check(folder, cube, labels):
    """Compare the files with the arrays: (C, H, W) and (H, W)."""
    with rasterio.open(folder / "c.tif") as dataset:
        assert np.array_equal(dataset.read(), cube)
    with open_cube(folder / "c.tif") as reader:
        grid, bands = reader.grid, reader.bands
    raster = read_label_raster(folder / "l.tif", grid)
    values, table = raster.values, raster.classes
    assert np.array_equal(values, labels)
    areas = read_areas(folder / "r.gpkg", "class", grid)
    assert sorted(set(areas.keys)) == sorted(table.names)
    named, index = class_table(areas.keys)
    rasterised = label_map_from_areas(areas, index, named, grid).values
    lookup = {0: 0, **{index[entry.name]: entry.value for entry in table}}
    assert np.array_equal(np.vectorize(lookup.get)(rasterised), labels)
    return bands, table, grid


@pytest.fixture
def arrays(tmp_path):
    """Cube and labels in one MATLAB file."""
    path = tmp_path / "scene.mat"
    savemat(path, {"cube": CUBE, "gt": LABELS, "note": "text"})
    return path


def test_everything_from_one_file(arrays, tmp_path):
    (tmp_path / "w.csv").write_text("wavelength\n" + "\n".join("12345678"))
    (tmp_path / "n.txt").write_text("1 Wheat\n3 Road\n10 Wald, naß\n", encoding="utf-8")
    log = Log()
    figures = bring(
        tmp_path, log, cube=arrays, labels_variable="gt",
        wavelengths=tmp_path / "w.csv", dropped_bands="2-3,8",
        class_names=tmp_path / "n.txt", crs="EPSG:32616",
        origin=[500_000.0, 4_480_000.0], pixel_size=[20.0], nodata=0,
    )  # fmt: skip
    bands, table, grid = check(tmp_path, np.moveaxis(CUBE, -1, 0), LABELS)
    assert bands.wavelengths_nm == (1000.0, 4000.0, 5000.0, 6000.0, 7000.0)
    assert bands.names[1] == "Band 4"
    assert table.names == ["Wheat", "Road", "Wald, naß"]
    assert grid.transform == (20.0, 0.0, 500_000.0, 0.0, -20.0, 4_480_000.0)
    assert "32616" in grid.crs
    assert "micrometres. The unit is guessed" in log.text
    assert [item["pixels"] for item in figures["classes"]] == [12, 9, 12]
    assert figures["regions"] == 3
    with rasterio.open(tmp_path / "c.tif") as dataset:
        assert dataset.nodata == 0
        assert dataset.dtypes[0] == "uint16"


def test_without_a_place(arrays, tmp_path):
    bring(tmp_path, cube=arrays, labels_variable="gt")
    grid = check(tmp_path, np.moveaxis(CUBE, -1, 0), LABELS)[2]
    assert not grid.georeferenced
    assert grid.crs is None


@pytest.mark.parametrize("axes", ["auto", "bands,rows,columns"])
def test_bands_first(axes, tmp_path):
    np.save(tmp_path / "c.npy", np.moveaxis(CUBE, -1, 0))
    np.save(tmp_path / "l.npy", LABELS.astype("uint8"))
    bring(tmp_path, cube=tmp_path / "c.npy", labels=tmp_path / "l.npy", axes=axes)
    check(tmp_path, np.moveaxis(CUBE, -1, 0), LABELS)


def test_more_rows_than_a_chunk_and_envi(tmp_path):
    values = np.random.default_rng(0).integers(-9, 9, (600, 3, 4)).astype("int16")
    np.save(tmp_path / "c.npy", values)
    bring(
        tmp_path, cube=tmp_path / "c.npy", output=str(tmp_path / "c.dat"),
        labels_output=None, rois_output=None,
    )  # fmt: skip
    with rasterio.open(tmp_path / "c.dat") as dataset:
        assert np.array_equal(dataset.read(), np.moveaxis(values, -1, 0))
    names = {path.name for path in tmp_path.iterdir()}
    assert names <= {"c.npy", "c.dat", "c.hdr", "c.dat.aux.xml"}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.array([True]), "uint8"),
        (np.array([-3], "int8"), "int16"),
        (np.array([0.5], "float16"), "float32"),
        (np.array([-3], "int64"), "int32"),
        (np.array([2**32 - 1], "uint64"), "uint32"),
        (np.array([2**53], "int64"), "float64"),
        (np.array([0.1]), "float64"),
        (np.array([3], "uint16"), "uint16"),
    ],
)
def test_data_types_hold_the_values(values, kind):
    assert file_dtype(values) == kind
    assert np.array_equal(values.astype(kind), values)


def test_a_number_that_no_type_holds():
    with pytest.raises(InputError, match="uint64"):
        file_dtype(np.array([2**64 - 1], "uint64"))


def test_salinas_a(tmp_path):
    cube = scenes.real("salinas_a/SalinasA_corrected.mat")
    labels = scenes.real("salinas_a/SalinasA_gt.mat")
    log = Log()
    bring(tmp_path, log, cube=cube, labels=labels, class_names="a,b,c,d,e,f")
    wanted = loadmat(cube)["salinasA_corrected"]
    gt = loadmat(labels)["salinasA_gt"]
    _, table, _ = check(tmp_path, np.moveaxis(wanted, -1, 0), gt)
    assert table.values == SALINAS
    assert table.names == list("abcdef")
    assert "83 rows, 86 columns and 204 bands" in log.text
    with rasterio.open(tmp_path / "c.tif") as dataset:
        assert dataset.dtypes[0] == str(wanted.dtype) == "int16"


def test_jasper_ridge(tmp_path):
    path = scenes.real("jasper_ridge/Jasper.mat")
    with pytest.raises(InputError, match=r"A \(4 x 10000\).*Y \(198 x 10000\)"):
        bring(tmp_path, cube=path, rows=100, columns=100, labels_variable="S_GT")
    bring(
        tmp_path, cube=path, cube_variable="Y", rows=100, columns=100,
        labels_variable="S_GT",
    )  # fmt: skip
    arrays = loadmat(path)
    cube = arrays["Y"].T.reshape(100, 100, 198, order="F")
    shares = arrays["S_GT"]
    gt = np.where(shares.max(axis=2) >= 0.8, shares.argmax(axis=2) + 1, 0)
    check(tmp_path, np.moveaxis(cube, -1, 0), gt)


def test_indian_pines(tmp_path):
    cube = scenes.real("indian_pines/Indian_pines_corrected.npy")
    labels = scenes.real("indian_pines/Indian_pines_gt.npy")
    bring(
        tmp_path, cube=cube, labels=labels, dropped_bands="104-108,150-163,220",
        wavelengths=scenes.real("indian_pines/92AV3C.spc"),
    )  # fmt: skip
    wanted = np.moveaxis(np.load(cube), -1, 0)
    bands, _, _ = check(tmp_path, wanted, np.load(labels))
    sensor = np.loadtxt(scenes.real("indian_pines/92AV3C.spc"), skiprows=2)
    dropped = [*range(103, 108), *range(149, 163), 219]
    assert np.allclose(bands.wavelengths_nm, np.delete(sensor[:, 0], dropped))
    assert np.allclose(bands.fwhm_nm, np.delete(sensor[:, 1], dropped))


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"cube": "gone.mat"}, FileError),
        ({"cube_variable": "gt"}, MiafError),
        ({"cube_variable": "note"}, InputError),
        ({"labels_variable": "note"}, InputError),
        ({"labels_variable": None}, ConfigError),
        ({"axes": "rows"}, ConfigError),
        ({"axes": "bands,rows,columns"}, GridMismatchError),
        ({"rows": 7, "columns": 6}, InputError),
        ({"order": "X"}, ConfigError),
        ({"dropped_bands": "1-"}, ConfigError),
        ({"dropped_bands": "9"}, InputError),
        ({"wavelengths": "gone.csv"}, FileError),
        ({"class_names": "a,b"}, InputError),
        ({"class_names": "gone.txt"}, FileError),
        ({"nodata": -1.0}, InputError),
        ({"crs": "EPSG:32616"}, ConfigError),
        ({"origin": [1, 2]}, ConfigError),
        ({"origin": [1, 2], "pixel_size": [0]}, ConfigError),
        ({"origin": [1], "pixel_size": [1]}, ConfigError),
        ({"origin": [1, 2], "pixel_size": [1], "crs": "EPSG:0"}, InputError),
        ({"output": "gone/c.tif"}, FileError),
        ({"output": "c.jpg"}, FileError),
        ({"labels_output": "l.gpkg"}, FileError),
        ({"rois_output": "r.shp"}, FileError),
        ({"output": None, "labels_output": None, "rois_output": None}, ConfigError),
        ({"creation_options": ["nonsense"]}, ConfigError),
        ({"abundance_percent": 10}, ConfigError),
    ],
    ids=str,
)
def test_refusals_write_nothing(arrays, given, error, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error) as caught:
        bring(tmp_path, **{"cube": arrays, "labels_variable": "gt", **given})
    assert str(caught.value).count("\n") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["scene.mat"]


def test_inputs_are_not_overwritten(arrays, tmp_path):
    np.save(tmp_path / "l.npy", LABELS)
    (tmp_path / "w.tif").write_text("400\n500\n600\n700\n800\n")
    with pytest.raises(ConfigError, match="is an input"):
        bring(
            tmp_path, cube=arrays, labels=tmp_path / "l.npy",
            wavelengths=tmp_path / "w.tif", output=str(tmp_path / "w.tif"),
        )  # fmt: skip


def test_cancel_leaves_nothing(arrays, tmp_path):
    from miaf_engine.errors import Cancelled

    class Impatient(Log):
        def cancelled(self):
            return bool(self.fractions) and self.fractions[-1] >= 0.9

    with pytest.raises(Cancelled):
        bring(tmp_path, Impatient(), cube=arrays, labels_variable="gt")
    assert [path.name for path in tmp_path.iterdir()] == ["scene.mat"]


def test_on_the_command_line(arrays, tmp_path, capsys):
    code = main(
        ["import", "--cube", str(arrays), "--labels-variable", "gt", "--origin",
         "-87.5,40", "--pixel-size", "0.5,0.25", "--crs", "EPSG:4326", "--nodata", "9",
         "--class-names", "a,b,c", "--output", str(tmp_path / "c.tif"),
         "--rois-output", str(tmp_path / "r.gpkg")]
    )  # fmt: skip
    assert code == 0
    size = "6 x 7 pixels (rows x columns), 5 bands, uint16"
    assert f"{size}; classes: 3" in capsys.readouterr().out
    with rasterio.open(tmp_path / "c.tif") as dataset:
        assert tuple(dataset.transform)[:6] == (0.5, 0, -87.5, 0, -0.25, 40)
        assert dataset.nodata == 9
