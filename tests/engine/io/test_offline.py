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

import pytest

from tests import tiny
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
