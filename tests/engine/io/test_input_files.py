"""What a raster stands on is found and held to what the raster itself is held to."""

import os
import sys
import zipfile

import pytest
import rasterio

from miaf_engine.errors import FileError, RasterFileError
from miaf_engine.io import input_files
from miaf_engine.io.gdal import open_raster, refuse_network
from miaf_engine.io.input_files import check_input_files, files_of_input
from tests import tiny
from tests.strangers import vrt, vrts

OUT = "Export it as GeoTIFF"


@pytest.fixture
def tif(tmp_path):
    (tmp_path / "far").mkdir()
    return tiny.write_cube(tmp_path / "far" / "a.tif")


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def relative(name, flag="1"):
    plain = vrt(name)
    return plain.replace("<SourceFilename>", f'<SourceFilename relativeToVRT="{flag}">')


def test_sources_at_any_depth_and_what_lies_beside_them(tmp_path, tif):
    inner = written(tmp_path / "far" / "in.vrt", relative("a.tif"))
    outer = written(tmp_path / "out.vrt", relative("far/in.vrt"))
    mask = tmp_path / "far" / "a.tif.MsK"
    mask.write_bytes(tif.read_bytes())
    check_input_files(outer)
    assert set(files_of_input(outer)) == {outer, inner, tif, mask}
    mask.write_text("<MRF_META/>")
    with pytest.raises(
        RasterFileError, match=r"a\.tif\.MsK', beside .*is not a GeoTIFF"
    ):
        check_input_files(outer)


@pytest.mark.parametrize("number", range(len(vrts(""))))
def test_every_kind_of_vrt_is_looked_through(tmp_path, tif, number):
    path = written(tmp_path / "v.vrt", vrts(str(tif))[number])
    check_input_files(path)
    assert set(files_of_input(path)) == {path, tif}
    written(path, vrts("/vsicurl/http://127.0.0.1/x.tif")[number])
    with pytest.raises(
        RasterFileError, match=r"'/vsicurl/.*not a file on a disk.*Export"
    ):
        check_input_files(path)


@pytest.mark.parametrize(
    "name",
    [
        "http://h/x.tif",
        "/vsizip//tmp/a.zip/x.tif",
        "/VSIMEM/x.tif",
        "vrt://x.tif?bands=1",
        "NETCDF:x.nc:a",
        "GTIFF_DIR:1:x.tif",
        "<VRTDataset/>",
        '{"type": "gdal"}',
        "MEM:::DATAPOINTER=1",
        "file:///etc/passwd",
    ],
)
def test_names_that_are_no_files(tmp_path, name):
    path = written(tmp_path / "v.vrt", vrt(name))
    with pytest.raises(
        RasterFileError, match="which is not a file on a disk"
    ) as caught:
        check_input_files(path)
    assert OUT in caught.value.hint


def test_a_source_that_is_not_there_a_folder_or_text(tmp_path):
    path = written(tmp_path / "v.vrt", relative("gone.tif"))
    with pytest.raises(RasterFileError, match=r"'gone\.tif', which does not exist"):
        check_input_files(path)
    (tmp_path / "gone.tif").mkdir()
    with pytest.raises(RasterFileError, match="a folder, a device or a pipe"):
        check_input_files(path)
    (tmp_path / "gone.tif").rmdir()
    (tmp_path / "gone.tif").write_text("a password")
    with pytest.raises(
        RasterFileError, match="is not a GeoTIFF, ENVI, VRT or HFA raster"
    ):
        check_input_files(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_source_that_is_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.tif")
    path = written(tmp_path / "v.vrt", relative("pipe.tif"))
    with pytest.raises(RasterFileError, match="a device or a pipe"):
        check_input_files(path)
    with pytest.raises(RasterFileError, match="a device or a pipe"):
        open_raster(tmp_path / "pipe.tif")


def test_circles_and_towers_end(tmp_path, tif):
    first = written(tmp_path / "1.vrt", relative("2.vrt"))
    written(tmp_path / "2.vrt", relative("1.vrt"))
    with pytest.raises(
        RasterFileError, match=r"refers to '.*1\.vrt', which refers back to it"
    ):
        check_input_files(first)
    for floor in range(12):
        written(tmp_path / f"{floor}.vrt", relative(f"{floor + 1}.vrt"))
    written(tmp_path / "12.vrt", vrt(str(tif)))
    with pytest.raises(RasterFileError, match=r"VRTs deep.* 8 levels are followed"):
        check_input_files(tmp_path / "0.vrt")
    check_input_files(tmp_path / "6.vrt")


def test_a_source_used_twice_is_no_circle(tmp_path, tif):
    source = vrt(str(tif))
    band = source[source.index("<VRTRasterBand") : -len("</VRTDataset>")]
    twice = source.replace("</VRTDataset>", f"{band}</VRTDataset>")
    check_input_files(written(tmp_path / "v.vrt", twice))


@pytest.mark.parametrize("flag", ["1", "01", " 1", "+1", "1x"])
def test_relative_is_what_gdal_takes_for_it(tmp_path, tif, flag):
    path = written(tmp_path / "v.vrt", relative("far/a.tif", flag))
    check_input_files(path)
    with rasterio.open(path) as dataset:
        assert str(tif) in dataset.files


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda text: text.replace("SourceFilename", "sourcefilename"),
            "does not exist",
        ),
        (lambda text: text.replace("gone", "go<!-- -->ne"), "splits the name 'go'"),
        (lambda text: text.replace("gone", "go<?x?>ne"), "splits the name 'go'"),
        (lambda text: text.replace("gone", "<![CDATA[gone]]>"), "CDATA"),
        (lambda text: "<!DOCTYPE x>" + text, "DOCTYPE"),
        (lambda text: text.replace("gone", "/vsi&#99;url/x"), "not a file on a disk"),
        (lambda text: text[:-5], "Delete the file"),
        (
            lambda text: text.replace(
                "<SourceBand>",
                '<OpenOptions><OOI key="root_path">/</OOI></OpenOptions><SourceBand>',
            ),
            "ROOT_PATH",
        ),
    ],
)
def test_text_that_gdal_would_read_otherwise(tmp_path, change, words):
    path = written(tmp_path / "v.vrt", change(vrt("gone.tif")))
    with pytest.raises(RasterFileError, match=words):
        check_input_files(path)


def test_an_encoding_cannot_hide_a_name(tmp_path):
    """GDAL takes bytes for UTF-8 whatever the file says."""
    (tmp_path / "Ã¤.tif").write_bytes(b"II*\0")
    text = '<?xml version="1.0" encoding="latin1"?>' + relative("ä.tif")
    path = tmp_path / "v.vrt"
    path.write_bytes(text.encode())
    with pytest.raises(RasterFileError, match=r"'ä\.tif', which does not exist"):
        check_input_files(path)


def test_overviews_that_metadata_name(tmp_path, tif):
    side = tif.with_name("a.tif.aux.xml")
    text = (
        '<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">{}</MDI>'
        "</Metadata></PAMDataset>"
    )
    for name in ("/vsicurl/http://h/x.tif", ":::BASE:::gone.ovr"):
        written(side, text.format(name))
        with pytest.raises(RasterFileError, match="refers to"):
            check_input_files(tif)
    side.unlink()
    with rasterio.open(tif, "r+") as dataset:
        dataset.update_tags(ns="OVERVIEWS", OVERVIEW_FILE="/vsicurl/http://h/x.tif")
    assert not side.exists()
    with pytest.raises(RasterFileError, match="not a file on a disk"):
        open_raster(tif)


def test_what_a_product_says_of_itself_names_nothing(tmp_path, tif):
    said = (
        '<Metadata domain="xml:X" format="xml"><a><FILENAME>x</FILENAME></a></Metadata>'
    )
    text = vrt(str(tif)).replace("<VRTRasterBand", f"{said}<VRTRasterBand", 1)
    check_input_files(written(tmp_path / "v.vrt", text))


def test_an_archive_may_name_its_own_files_alone(tmp_path, tif):
    archive = tmp_path / "z.zip"

    def zipped(text):
        with zipfile.ZipFile(archive, "w") as opened:
            opened.write(tif, "in/a.tif")
            opened.writestr("in/v.vrt", text)
        return f"/vsizip/{archive}/in/v.vrt"

    with open_raster(zipped(relative("a.tif"))) as dataset:
        assert dataset.read(1).any()
    names = ("../../a.tif", "/vsicurl/http://h/a.tif", str(tif), "b.tif")
    for text in (*map(relative, names), vrt(str(tif))):
        with pytest.raises(RasterFileError, match="which is not in the archive"):
            open_raster(zipped(text))


@pytest.mark.parametrize(
    "path",
    [
        "/vsicurl/http://h/x",
        "/vsizip//vsicurl/http://h/x.zip/a.tif",
        "/vsizip/vsis3/b/x.zip/a.tif",
        "/vsizip/{/vsis3/b/x.zip}/a.tif",
        'NETCDF:"http://h/x.nc":a',
        "ftp://h/x",
    ],
)
def test_what_a_user_may_not_name(path):
    with pytest.raises(FileError, match="is not a local file"):
        refuse_network(path)


def test_a_folder_is_listed_once_for_many_sources(tmp_path, tif, monkeypatch):
    listed, real = [], os.scandir
    monkeypatch.setattr(
        input_files.os, "scandir", lambda path: listed.append(path) or real(path)
    )
    sources = []
    for number in range(3):
        written(tmp_path / f"{number}.vrt", vrt(str(tif)))
        text = relative(f"{number}.vrt")
        begin, end = text.index("<SimpleSource"), text.index("</VRTRasterBand>")
        sources.append(text[begin:end])
    text = text.replace(sources[-1], "".join(sources))
    check_input_files(written(tmp_path / "all.vrt", text))
    assert set(listed) == {tmp_path, tmp_path / "far"} and len(listed) == 2


def test_a_name_with_a_colon_may_be_one_of_a_file(tmp_path, tif):
    named = tmp_path / "line 10:20.tif"
    named.write_bytes(tif.read_bytes())
    check_input_files(written(tmp_path / "v.vrt", relative(named.name)))


def numbers_of(name, beside=0):
    """Return a VRT of bare numbers in a file."""
    band = (
        '<VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand">'
        f'<SourceFilename relativeToVRT="{beside}">{name}</SourceFilename>'
        "<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>8"
        "</LineOffset></VRTRasterBand>"
    )
    return f'<VRTDataset rasterXSize="8" rasterYSize="8">{band}</VRTDataset>'


def test_bare_numbers_lie_beside_a_vrt_or_below(tmp_path):
    """Else a stranger's VRT would copy any file of the user into a map."""
    inner = tmp_path / "in"
    (inner / "below").mkdir(parents=True)
    for folder in (tmp_path, inner, inner / "below"):
        (folder / "a.raw").write_bytes(bytes(range(64)))
    for name in ("a.raw", "below/a.raw"):
        text = numbers_of(name, 1)
        check_input_files(written(inner / "v.vrt", text))
        check_input_files(written(inner / "v.vrt", numbers_of(inner / name)))
    (inner / "link.raw").symlink_to(tmp_path / "a.raw")
    for text in (
        numbers_of("../a.raw", 1),
        numbers_of(tmp_path / "a.raw"),
        numbers_of("link.raw", 1),
        numbers_of("below/../../a.raw", 1),
    ):
        with pytest.raises(RasterFileError, match="which is in another folder"):
            check_input_files(written(inner / "v.vrt", text))
