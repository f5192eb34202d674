"""No run writes over what it reads, whatever the input, the output and its name are.

An enumeration of (kind of input) x (kind of output) x (kind of alias). Each run is
refused, or leaves all that was there before as it was.
"""

import os
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from miaf_engine.errors import ConfigError, FileError, MiafError
from miaf_engine.io.envi import with_fields
from miaf_engine.io.outputs import check_writable
from miaf_engine.requests import InspectRequest, SuperpixelsRequest
from miaf_engine.requests.assess import AssessRequest
from miaf_engine.requests.classify import (
    ClassifyManyRequest,
    ClassifyRequest,
    ClassifyScenesRequest,
)
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.outputs import check_targets
from tests import scenes, tiny
from tests.strangers import vrt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right")


def contents(folder):
    return {
        path: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".miaf" not in path.name
    }


def geotiff(folder):
    path = tiny.write_cube(folder / "in.tif")
    for end in (".ovr", ".msk"):
        path.with_name(path.name + end).write_bytes(path.read_bytes())
    return path


def envi(folder):
    return tiny.write_cube(folder / "in.img")


def envi_by_header(folder):
    return tiny.write_cube(folder / "in.img").with_suffix(".hdr")


def mosaic(folder):
    source = tiny.write_cube(folder / "source.tif")
    path = folder / "in.vrt"
    path.write_text(vrt(str(source)))
    return path


def mosaic_of_mosaics(folder):
    inner, path = mosaic(folder), folder / "outer.vrt"
    path.write_text(vrt(str(inner)))
    return path


def mosaic_of_envi(folder):
    source = tiny.write_cube(folder / "source.dat")
    path = folder / "in.vrt"
    path.write_text(vrt(str(source)))
    return path


def areas_in_a_package(folder):
    return Path(tiny.write_rois(folder / "in.gpkg"))


def areas_in_a_shapefile(folder):
    return Path(tiny.write_rois(folder / "in.shp"))


def archive(folder):
    source = tiny.write_cube(folder / "a.tif")
    with zipfile.ZipFile(folder / "in.zip", "w") as opened:
        opened.write(source, "a.tif")
    source.unlink()
    return f"/vsizip/{folder}/in.zip/a.tif"


INPUTS = (
    *(geotiff, envi, envi_by_header, mosaic, mosaic_of_mosaics, mosaic_of_envi),
    *(areas_in_a_package, areas_in_a_shapefile, archive),
)
# The name of an output as `check_targets` knows it, and the suffixes that it may have.
OUTPUTS = {
    "output": (".tif", ".dat", ".img", ".bsq"),
    "confidence": (".tif", ".bil"),
    "labels_output": (".tif", ".bip"),
    "model": (".miaf.safetensors", ""),
    "polygons": (".gpkg", ".shp", ".geojson"),
    "report": (".html",),
    "matrix": (".csv",),
}


def same(file, folder):
    return file


def relative(file, folder):
    return Path(os.path.relpath(file))


def roundabout(file, folder):
    return folder / "nowhere" / ".." / file.name


def symbolic_link(file, folder):
    link = folder / f"link{file.suffix}"
    link.symlink_to(file)
    return link


def link_of_a_link(file, folder):
    first = folder / f"first{file.suffix}"
    first.symlink_to(file.name)
    link = folder / f"link{file.suffix}"
    link.symlink_to(first)
    return link


def link_of_the_folder(file, folder):
    other = folder.parent / f"{folder.name} linked"
    other.symlink_to(folder)
    return other / file.name


def hard_link(file, folder):
    link = folder / f"hard{file.suffix}"
    os.link(file, link)
    return link


ALIASES = (
    *(same, relative, roundabout, symbolic_link, link_of_a_link),
    *(link_of_the_folder, hard_link),
)


@pytest.mark.parametrize("alias", ALIASES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("made", INPUTS, ids=lambda one: one.__name__)
def test_an_output_is_no_file_that_an_input_is_read_from(tmp_path, made, alias):
    """Each file that belongs to the input, as each kind of output."""
    folder = tmp_path / "scene"
    folder.mkdir()
    given = made(folder)
    files = [path for path in folder.iterdir() if path.is_file()]
    before = contents(folder)
    assert files
    for file in files:
        target = alias(file, folder)
        for name in OUTPUTS:
            with pytest.raises((ConfigError, FileError)):
                check_targets({name: str(target)}, [str(given)])
        for path in {p for p in folder.iterdir() if p.is_symlink()}:
            path.unlink()
        for path in {p for p in folder.iterdir() if p.name.startswith("hard")}:
            path.unlink()
        with suppress(FileNotFoundError):
            (folder.parent / f"{folder.name} linked").unlink()
    assert contents(folder) == before


@pytest.mark.parametrize("made", INPUTS, ids=lambda one: one.__name__)
def test_what_goes_with_an_output_replaces_no_input(tmp_path, made):
    """Every output of the input's own name: its header and side files count."""
    given = made(tmp_path)
    before = contents(tmp_path)
    stems = {path.with_suffix("") for path in tmp_path.iterdir()}
    refused = 0
    for stem in stems:
        for name, ends in OUTPUTS.items():
            for end in ends:
                path = f"{stem}{end}"
                written = [Path(path)]
                if name in ("output", "confidence", "labels_output"):
                    envi_kind = end != ".tif"
                    written += [Path(f"{stem}.hdr")] if envi_kind else []
                try:
                    check_targets({name: path}, [str(given)])
                except (ConfigError, FileError):
                    refused += 1
                    continue
                assert not {*written} & {*before}, (name, path)
    assert refused or made is archive  # no output is a .zip
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("cube", "output"),
    [
        ("scene.hdr", "scene.dat"),
        ("scene.dat", "scene.dat"),
        ("scene.dat", "scene.img"),
        ("stack.vrt", "source.tif"),
        ("stack.vrt", "scene.dat"),
        ("stack.vrt", "scene.bsq"),
    ],
)
def test_the_cases_of_the_report(trained, tmp_path, cube, output):
    """The originals were gone in each of them."""
    source = tiny.write_cube(tmp_path / "source.tif")
    other = tiny.write_cube(tmp_path / "scene.dat")
    both = vrt(str(source)).replace("</VRTRasterBand>", "{more}</VRTRasterBand>")
    more = vrt(str(other))
    more = more[more.index("<SimpleSource") : more.index("</VRTRasterBand>")]
    (tmp_path / "stack.vrt").write_text(both.format(more=more))
    before = contents(tmp_path)
    request = ClassifyRequest(
        cube=str(tmp_path / cube),
        model=trained.made["model"],
        output=str(tmp_path / output),
        device="cpu",
    )
    with pytest.raises(
        ConfigError, match=r"is an input|would overwrite .*belongs to the input"
    ):
        carry_out(request)
    assert contents(tmp_path) == before


def test_a_label_raster_by_its_header(tmp_path):
    given = tiny.inputs(tmp_path)
    labels = scenes.write_envi(
        tmp_path / "labels.dat", np.ones((1, tiny.HEIGHT, tiny.WIDTH)), tiny.grid()
    )
    header = labels.with_suffix(".hdr")
    header.write_text(with_fields(header.read_text(), {"bands": "1"}))
    before = contents(tmp_path)
    with pytest.raises(ConfigError, match="is an input"):
        check_targets({"output": str(labels)}, [given["cube"], str(header)])
    assess = AssessRequest(
        classification=str(header),
        reference_labels=given["cube"],
        report=str(tmp_path / "r.html"),
        matrix=str(header),
    )
    with pytest.raises(ConfigError, match="is an input"):
        carry_out(assess)
    assert contents(tmp_path) == before


def test_many_scenes_of_which_one_is_read_from_the_map_of_another(trained, tmp_path):
    first = tiny.write_cube(tmp_path / "a.tif")
    (tmp_path / "out").mkdir()
    tiny.write_cube(tmp_path / "out" / "a_map.tif")
    (tmp_path / "b.vrt").write_text(vrt(str(tmp_path / "out" / "a_map.tif")))
    (tmp_path / "list.txt").write_text("a.tif\nb.vrt\n")
    before = contents(tmp_path)
    request = ClassifyManyRequest(
        scene_list=str(tmp_path / "list.txt"),
        model=trained.made["model"],
        output_folder=str(tmp_path / "out"),
        device="cpu",
    )
    with pytest.raises(ConfigError, match=r"a_map\.tif' is an input, as '.*b\.vrt'"):
        carry_out(request)
    asked = [
        {"cube": str(first), "output": str(tmp_path / "out" / "a_map.tif")},
        {"cube": str(tmp_path / "b.vrt"), "output": str(tmp_path / "b.tif")},
    ]
    together = ClassifyScenesRequest(
        model=trained.made["model"], device="cpu", scenes=asked
    )
    maps = carry_out(together)["figures"]["maps"]
    assert "is an input" in maps[0]["error"]["message"]
    assert contents(tmp_path) == before


@pytest.mark.parametrize("task", ["superpixels", "inspect"])
def test_areas_and_reports_of_other_tasks(tmp_path, task):
    path = mosaic(tmp_path)
    (tmp_path / "in.gpkg").symlink_to(path)
    (tmp_path / "in.html").symlink_to(tmp_path / "source.tif")
    before = contents(tmp_path)
    request = {
        "superpixels": SuperpixelsRequest(
            cube=str(path), output=str(tmp_path / "in.gpkg")
        ),
        "inspect": InspectRequest(cube=str(path), report=str(tmp_path / "in.html")),
    }[task]
    with pytest.raises((ConfigError, FileError), match=r"is an input|symbolic link"):
        carry_out(request)
    assert contents(tmp_path) == before


def test_a_link_a_device_and_a_pipe_are_no_outputs(tmp_path):
    kept = tmp_path / "kept.tif"
    kept.write_bytes(b"dear")
    (tmp_path / "link.tif").symlink_to(kept)
    (tmp_path / "nowhere.tif").symlink_to(tmp_path / "none.tif")
    (tmp_path / "loop.tif").symlink_to("loop.tif")
    os.mkfifo(tmp_path / "pipe.tif")
    for name in ("link", "nowhere"):
        with pytest.raises(FileError, match=r"is a symbolic link, to '.*Choose that"):
            check_writable(tmp_path / f"{name}.tif")
    with pytest.raises(FileError, match=r"loop\.tif"):
        check_writable(tmp_path / "loop.tif")
    for path in (tmp_path / "pipe.tif", Path("/dev/null")):
        with pytest.raises(FileError, match=r"a device or a pipe.*Choose a file on"):
            check_writable(path)
    assert kept.read_bytes() == b"dear"
    assert not (tmp_path / "none.tif").exists()


def test_an_output_beside_the_inputs_is_no_input(trained, tmp_path):
    """What is refused is what would do harm: the usual names stay possible, twice."""
    cube = tiny.write_cube(tmp_path / "scene.tif")
    rois = tiny.write_rois(tmp_path / "scene.shp")
    for _ in range(2):
        asked = {
            "output": str(tmp_path / "scene_map.tif"),
            "confidence": str(tmp_path / "scene.dat"),
            "model": str(tmp_path / "scene.miaf.safetensors"),
            "report": str(tmp_path / "scene.html"),
        }
        check_targets(asked, [str(rois), str(cube.with_name("other.tif"))])
        (tmp_path / "scene.hdr").write_text("ENVI")
        for path in asked.values():
            Path(path).touch()


def test_an_input_that_cannot_be_looked_at_stops_nothing(tmp_path):
    with suppress(MiafError):
        check_targets({"output": str(tmp_path / "a.tif")}, ["\0", "x" * 5000, "/"])
