"""How far pip is, from its lines and from what it has written."""

import pytest

from miaf_qgis.engine.downloads import DownloadProgress


@pytest.fixture
def progress(tmp_path, listener):
    """Follows a pip that downloads to `down` and installs to `here`."""
    now = [0.0]
    for name in ("down", "here"):
        (tmp_path / name).mkdir()
    progress = DownloadProgress(
        tmp_path / "down", tmp_path / "here", listener, lambda: now[0]
    )

    def later(seconds=2.0):
        now[0] += seconds
        progress.look()

    progress.later = later
    return progress


def test_a_download_is_followed_by_its_file(progress, tmp_path, listener):
    (tmp_path / "down" / "earlier.whl").write_bytes(b"x" * 7_000_000)
    progress.hear("  Downloading torch-2.13.0-cp312-none-any.whl (206.5 MB)")
    start = listener.fractions[-1]
    (tmp_path / "down" / "torch.whl").write_bytes(b"x" * 50_000_000)
    progress.later()
    assert listener.texts("stage") == ["Downloading torch: 50 of 206 MB"]
    middle = listener.fractions[-1]
    assert middle > start
    progress.later()
    progress.later(0.1)  # nothing new, and not so often
    assert len(listener.texts("stage")) == 1
    progress.hear("Collecting numpy")
    assert 90 > listener.fractions[-1] > middle


def test_uv_writes_it_otherwise(progress, listener):
    progress.hear("Downloading nvidia-cublas-cu12 (2.0GiB)")
    progress.later()
    assert listener.texts("stage") == ["Downloading nvidia-cublas-cu12: 0 of 2000 MB"]


def test_an_installation_is_followed_by_its_folder(progress, tmp_path, listener):
    progress.hear("Installing collected packages: numpy, torch")
    (tmp_path / "here" / "lib").mkdir()
    (tmp_path / "here" / "lib" / "x.so").write_bytes(b"x" * 3_000_000)
    progress.later()
    assert listener.texts("stage") == ["Installing the packages: 3 MB written"]


def test_nothing_is_said_of_what_is_not_known(progress, listener):
    progress.later()
    progress.hear("Using cached numpy-2.0.0.whl (18 MB)")
    progress.later()
    progress.hear("Downloading cycler-0.12.1-py3-none-any.whl (8.3 kB)")
    progress.later()
    assert listener.texts("stage") == []
