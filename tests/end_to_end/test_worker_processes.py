"""One large scene classified in QGIS by several worker processes."""

from tests import many, scenes, tiny

HEIGHT, WIDTH = 170, 230
BUDGET_MB = 460  # tiles of at most 77 pixels a side


def test_two_workers_make_the_files_of_one_process(qgis_process, tmp_path):
    model = many.write_model(tmp_path)
    cube = tmp_path / "strip.tif"
    scenes.write_tif(cube, tiny.cube(HEIGHT, WIDTH), scenes.grid(HEIGHT, WIDTH))
    files = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        given = {
            "CUBE": cube,
            "MODEL": model,
            "DEVICE": "cpu",
            "MEMORY_MB": BUDGET_MB,
            "WORKERS": workers,
            "OUTPUT": folder / "map.tif",
            "CONFIDENCE": folder / "confidence.tif",
        }
        words = [f"{name}={value}" for name, value in given.items()]
        done = qgis_process.call(
            "run", "miaf:classify", "--", *words, OMP_NUM_THREADS="1"
        )
        assert done.status == 0, done.said
        assert ("worker processes: 2 at most" in done.said) == (workers == 2)
        # Qt writes the attributes of a style in an order of its own each time.
        made = [path for path in folder.iterdir() if path.suffix != ".qml"]
        files.append({path.name: path.read_bytes() for path in made})
    assert files[0] == files[1]
    assert {"map.tif", "confidence.tif"} <= set(files[0])
