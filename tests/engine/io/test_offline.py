"""The engine asks nothing of a network, whatever the files that it is given name.

Python's own sockets are forbidden by an audit hook; GDAL's, which Python does not see,
are counted by a server that the files name.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress

import pyogrio
import pytest
import rasterio

from miaf_engine.errors import DependencyError, FileError, MiafError
from miaf_engine.io import offline
from miaf_engine.requests import InspectRequest
from miaf_engine.tasks import carry_out
from tests import strangers, tiny
from tests.repository import ROOT

RUN = """
import sys
FORBIDDEN = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
             "socket.sendto", "subprocess.Popen", "os.system", "os.exec",
             "os.posix_spawn", "pickle.find_class"}
def forbid(event, details):
    if event in FORBIDDEN:
        raise RuntimeError(f"forbidden: {event} {details}")
sys.addaudithook(forbid)
from miaf_engine.process import worker
sys.exit(worker.run(sys.argv[1]))
"""
BAND = (
    '<VRTRasterBand dataType="Float32" band="{band}"><SimpleSource><SourceFilename>'
    "{source}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
)
TILES = (
    '<GDAL_WMS><Service name="TMS"><ServerUrl>{url}/${{z}}/${{x}}/${{y}}.png'
    "</ServerUrl></Service><DataWindow><UpperLeftX>0</UpperLeftX><UpperLeftY>0"
    "</UpperLeftY><LowerRightX>1</LowerRightX><LowerRightY>1</LowerRightY><SizeX>30"
    "</SizeX><SizeY>24</SizeY></DataWindow><BandsCount>1</BandsCount></GDAL_WMS>"
)


@pytest.fixture(scope="module")
def server():
    """Listen; give the address and the list of callers."""
    callers, listening = [], socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                caller, address = listening.accept()
            except OSError:
                return
            callers.append(address)
            with suppress(OSError):
                caller.settimeout(5)
                caller.recv(4096)
                caller.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n")
            caller.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", callers
    listening.close()


def run(folder, task, **request):
    """Run the engine with sockets forbidden; return its last line."""
    path = folder / "request.json"
    content = {"format": "miaf-request", "version": 1, "task": task, "request": request}
    path.write_text(json.dumps(content), encoding="utf-8")
    done = subprocess.Popen(
        [sys.executable, "-c", RUN, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    lines = done.stdout.read().splitlines()
    errors = done.stderr.read().decode()
    for stream in (done.stdin, done.stdout, done.stderr):
        stream.close()
    done.wait()
    return json.loads(lines[-1]) if lines else errors


def test_the_server_would_hear(server):
    url, callers = server
    before = len(callers)
    host, port = url.removeprefix("http://").split(":")
    socket.create_connection((host, int(port))).close()
    for _ in range(100):
        if len(callers) > before:
            break
        threading.Event().wait(0.05)
    assert len(callers) == before + 1


def test_a_whole_job_without_sockets_or_other_programs(tmp_path):
    given = tiny.inputs(tmp_path)
    made = {
        "model": str(tmp_path / "m.miaf.safetensors"),
        "output": str(tmp_path / "map.tif"),
        "report": str(tmp_path / "report.html"),
    }
    trained = run(tmp_path, "train", **given, **made)
    assert trained["type"] == "result", trained
    again = {"model": made["model"], "output": str(tmp_path / "again.tif")}
    classified = run(tmp_path, "classify", cube=given["cube"], **again, device="cpu")
    assert classified["type"] == "result", classified


def sources(url):
    """Return what a VRT may name as its source, as XML."""
    from xml.sax.saxutils import escape

    return [
        f"{url}/a.tif",
        f"/vsicurl/{url}/a.tif",
        f"/vsicurl_streaming/{url}/a.tif",
        f"WMS:{url}/",
        f"WCS:{url}/?coverage=a",
        escape(TILES.format(url=url)),
    ]


def test_a_vrt_that_names_a_network_is_refused_and_asks_nobody(tmp_path, server):
    url, callers = server
    before = list(callers)
    for number, source in enumerate(sources(url)):
        bands = "".join(BAND.format(band=b, source=source) for b in (1, 2, 3, 4))
        path = tmp_path / f"cube{number}.vrt"
        path.write_text(
            f'<VRTDataset rasterXSize="30" rasterYSize="24">{bands}</VRTDataset>'
        )
        answer = run(
            tmp_path, "superpixels", cube=str(path), output=str(tmp_path / "s.gpkg")
        )
        assert answer.get("kind") in ("RasterFileError", "FileError"), (source, answer)
    assert callers == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.xml", "<OGRWFSDataSource><URL>{url}/a</URL></OGRWFSDataSource>"),
        (
            "v.vrt",
            '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>'
            "/vsicurl/{url}/a.json</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        ),
        (
            "g.gdalg.json",
            '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline '
            '! read {url}/a.json ! filter"}}',
        ),
        (
            "k.kml",
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>'
            "<href>{url}/a.kml</href></Link></NetworkLink></Document></kml>",
        ),
    ],
)
def test_areas_that_name_a_network_are_refused_and_ask_nobody(
    tmp_path, server, name, text
):
    url, callers = server
    before = list(callers)
    path = tmp_path / name
    path.write_text(text.format(url=url), encoding="utf-8")
    given = {**tiny.inputs(tmp_path), "rois": str(path)}
    answer = run(tmp_path, "train", **given, model=str(tmp_path / "m.miaf.safetensors"))
    assert answer.get("type") == "error", answer
    assert answer["kind"] != "Defect", answer
    assert callers == before


def unconfined():
    """Return the environment without what an engine in this process told its GDAL."""
    told = {*offline._OPTIONS, "GDAL_SKIP"}
    return {key: text for key, text in os.environ.items() if key not in told}


def names_of_drivers():
    """Return the drivers of both builds, where nothing confines them."""
    code = (
        "import json, rasterio, pyogrio\n"
        "from miaf_engine.io.offline import all_drivers\n"
        "with rasterio.Env():\n"
        "    names = [sorted(all_drivers(p)) for p in ('rasterio', 'pyogrio')]\n"
        "print(json.dumps(names))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        env=unconfined(),
        check=True,
    )
    return [set(names) for names in json.loads(done.stdout)]


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def drivers():
    return names_of_drivers()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory, server, drivers):
    """Write every container around every way to the server; return how to open them."""
    url, callers = server
    folder = tmp_path_factory.mktemp("strangers")
    rasters, areas = strangers.write_all(folder, url, set.union(*drivers))

    def opened(*, confined):
        plan = folder.with_suffix(".json")
        values = {"confined": confined, "rasters": rasters, "areas": areas}
        plan.write_text(json.dumps(values), encoding="utf-8")
        before, heard = contents(folder), len(callers)
        done = subprocess.run(
            [sys.executable, "-m", "tests.strangers", str(plan)],
            cwd=ROOT,
            capture_output=True,
            env={**unconfined(), **strangers.cloud_environment(url)},
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        after = contents(folder)
        changed = {p.name for p in {*before, *after} if before.get(p) != after.get(p)}
        return json.loads(done.stdout), len(callers) - heard, changed

    return opened


def test_no_file_has_gdal_ask_a_server_or_write(stranger, drivers):
    """The engine's checks left out: GDAL itself, confined, in 2400 files."""
    assert all(len(names) > 60 for names in drivers)
    found, requests, changed = stranger(confined=True)
    assert requests == 0
    assert changed == set()
    for package in ("rasterio", "pyogrio"):
        assert set(found["drivers"][package]) <= offline.ALLOWED_DRIVERS
    assert {"GTiff", "ENVI", "HFA", "VRT"} <= set(found["drivers"]["rasterio"])
    assert {"GPKG", "ESRI Shapefile", "CSV"} <= set(found["drivers"]["pyogrio"])


def test_the_same_files_do_both_where_gdal_is_not_confined(stranger):
    """So the test above can fail."""
    _, requests, changed = stranger(confined=False)
    assert requests > 50
    assert changed


UNKNOWN = """
import sys
from miaf_engine.io import offline
known = [n for n in offline.SKIPPED_DRIVERS if n not in ("PNG", "DGN")]
offline.SKIPPED_DRIVERS = tuple(known)
offline.stay_offline()
import rasterio, pyogrio
with rasterio.Env() as env:
    assert "PNG" in env.drivers() and "DGN" in pyogrio.list_drivers()
    {without}
    offline.only_allowed_drivers()
    print("PNG" in env.drivers(), "DGN" in pyogrio.list_drivers())
"""
BLIND = "offline._gdal_of = lambda package: None"


@pytest.mark.parametrize(
    ("without", "said", "error"),
    [
        ("", "False False", ""),
        # Where GDAL's functions are not found, as in a build of another kind.
        (f"{BLIND}; del sys.modules['rasterio']", "True False", ""),
        (BLIND, "", "DependencyError: GDAL in rasterio has drivers that the engine"),
    ],
)
def test_a_driver_that_nobody_has_heard_of_is_taken_out(without, said, error):
    """As one of a later GDAL: it is on no list, and gone all the same."""
    done = subprocess.run(
        [sys.executable, "-c", UNKNOWN.format(without=without)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == said
    assert error in done.stderr


def test_a_task_confines_both_packages():
    with suppress(MiafError):
        carry_out(InspectRequest(cube="none.tif"))
    for package in (rasterio, pyogrio):
        assert offline.all_drivers(package.__name__) <= offline.ALLOWED_DRIVERS


STRANGE = {
    "MRF": "<MRF_META><CachedSource><Source>{cube}</Source></CachedSource><Raster>"
    '<Size x="30" y="24" c="1"/><DataFile>{victim}</DataFile><IndexFile>{victim}'
    "</IndexFile></Raster></MRF_META>",
    "VRT of an address": strangers.vrt("/vsicurl/{url}/x.none"),
    "VRT of netCDF": strangers.vrt('NETCDF:"{url}/x.nc":a'),
    "VRT of MRF": strangers.vrt("{folder}/x.mrf"),
    "VRT in a VRT": strangers.vrt("{folder}/inner.vrt"),
}


@pytest.mark.parametrize("place", ["cube", ".msk", ".ovr"])
@pytest.mark.parametrize("kind", STRANGE)
def test_a_stranger_s_raster_is_refused_in_words(tmp_path, server, kind, place):
    """By the engine's own checks, before GDAL sees it; nothing is written or asked."""
    url, callers = server
    victim = tmp_path / "victim.txt"
    victim.write_text("dear")
    given = tiny.inputs(tmp_path)
    values = {"url": url, "folder": tmp_path, "victim": victim, "cube": given["cube"]}
    (tmp_path / "x.mrf").write_text(STRANGE["MRF"].format(**values))
    inner = STRANGE["VRT of an address"].format(**values)
    (tmp_path / "inner.vrt").write_text(inner)
    path = tmp_path / "y.vrt"
    cube = str(path)
    if place != "cube":
        cube = given["cube"]
        path = tmp_path / f"{cube}{place}"
    path.write_text(STRANGE[kind].format(**values))
    before, heard = contents(tmp_path), len(callers)
    with pytest.raises(FileError) as caught:
        carry_out(InspectRequest(cube=cube))
    assert str(path) in str(caught.value) or "inner.vrt" in str(caught.value)
    assert caught.value.hint
    assert contents(tmp_path) == before and len(callers) == heard


@pytest.mark.parametrize("name", ["PROJ_DATA", "PROJ_LIB", "PROJ_AUX_DB", "GDAL_DATA"])
def test_tables_of_another_program_do_not_count(tmp_path, name):
    """A broken PROJ_DATA makes every map lose its EPSG code in silence."""
    (tmp_path / "proj.db").write_bytes(b"no database")
    code = (
        "from miaf_engine.io.offline import stay_offline\nstay_offline()\n"
        "import pyogrio\n"
        "from miaf_engine.io.gdal import epsg_code\nprint(epsg_code('EPSG:32633'))"
    )
    where = tmp_path / "proj.db" if name == "PROJ_AUX_DB" else tmp_path
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, name: str(where)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "32633", done.stderr


def test_tables_that_are_broken_stop_the_run(tmp_path):
    """As where rasterio has none of its own and another program names its own."""
    (tmp_path / "proj.db").write_bytes(b"no database")
    code = (
        "import os\nfrom miaf_engine.io import offline\noffline.stay_offline()\n"
        f"os.environ['PROJ_DATA'] = {str(tmp_path)!r}\n"
        "import rasterio\noffline.only_allowed_drivers()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert "DependencyError: PROJ in rasterio finds no coordinate" in done.stderr
    assert "Unset PROJ_DATA, which another program has set." in done.stderr


def test_a_rasterio_without_its_tables_is_to_be_installed_again(monkeypatch):
    class Ignorant:
        @staticmethod
        def from_epsg(code):
            raise rasterio.errors.CRSError(f"{code} is unknown")

    monkeypatch.setattr(rasterio.crs, "CRS", Ignorant)
    for name in ("PROJ_DATA", "PROJ_LIB"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DependencyError, match=r"4326 is unknown.*Install rasterio aga"):
        offline._check_coordinate_systems()
