"""The text for a bug report."""

import sys
from importlib import metadata
from pathlib import Path

from miaf_engine import __version__
from miaf_engine.requests.base import DiagnosticsRequest
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.diagnostics import PACKAGES


def test_versions_and_device_are_named_and_no_path():
    result = carry_out(DiagnosticsRequest())
    text = result["figures"]["text"]
    assert f"MIAF-Net engine {__version__}" in text
    for name in PACKAGES:
        assert f"{name} {metadata.version(name)}" in text
    assert result["figures"]["device_found"] in ("cpu", "cuda:0", "mps")
    assert result["outputs"] == {}
    assert str(Path.home()) not in text
    assert sys.prefix not in text


def test_a_missing_package_is_said(monkeypatch):
    def version(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    text = carry_out(DiagnosticsRequest())["figures"]["text"]
    assert "torch missing" in text
