"""Share of pixels that get the same class in one tile and in many.

    python -m tests.bench.tiled [--copies 4] [--set epochs=20]

A model is trained on the demo scene with its training areas. A mosaic of the scene with
slight noise is classified in one tile, then with the largest memory budget that makes
at least nine tiles of it. The demo scene alone would not do: a tile with its margin is
as large as it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import rasterio

from miaf_engine.grid import Grid
from miaf_engine.models.card import read_card
from miaf_engine.prediction.tiling import tiles_of_part
from miaf_engine.requests.classify import ClassifyRequest
from tests.bench.methods import RunError, engine, options
from tests.bench.scene import CUBE, DEMO, read_band, write_mosaic
from tests.bench.store import RESULTS, Record, facts, keep, publish

ONE_TILE_MB = 12_000
BUDGETS_MB = tuple(range(3000, 600, -100))
TILES = 9


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, classify twice, compare."""
    found = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    found.add_argument("--copies", type=int, default=4, help="scenes along a side")
    found.add_argument("--set", nargs="+", action="extend", default=[])
    asked = found.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("Training on the demo scene", flush=True)
        model = trained_model(folder, options(asked.set))
        cube = write_mosaic(folder / "mosaic.bil", asked.copies)
        print("Classifying in one tile and in many", flush=True)
        record = compared(cube, model, folder)
    record["copies"] = asked.copies
    publish("tiled", table(keep(RESULTS / "tiled.json", record)))
    return 0


def trained_model(folder: Path, settings: Sequence[str]) -> Path:
    """Train on all training areas of the demo scene."""
    model = folder / "m.miaf.safetensors"
    engine(
        "train",
        f"--cube={CUBE}",
        f"--rois={DEMO / 'rois.gpkg'}",
        "--class-field=cover",
        "--holdout=none",
        f"--model={model}",
        *settings,
    )
    return model


def compared(cube: Path, model: Path, folder: Path) -> Record:
    """Classify in one tile and in at least nine, and compare the maps."""
    inputs = ["classify", f"--cube={cube}", f"--model={model}"]
    one, many = folder / "one.tif", folder / "many.tif"
    budget = tiling_budget(cube, model)
    whole = engine(*inputs, f"--output={one}", f"--memory-mb={ONE_TILE_MB}")
    if whole["tiles"] != 1:
        raise RunError(f"{ONE_TILE_MB} MiB make {whole['tiles']} tiles; 1 is needed.")
    tiled = engine(*inputs, f"--output={many}", f"--memory-mb={budget}")
    if tiled["tiles"] < TILES:
        raise RunError(f"{budget} MiB make {tiled['tiles']} tiles; {TILES} are needed.")
    same = read_band(one) == read_band(many)
    return {
        "equal_share": float(same.mean()),
        "different_pixels": int((~same).sum()),
        "pixels": int(same.size),
        "tiles": tiled["tiles"],
        "budget_mb": budget,
        "peak_memory_mb": tiled["peak_memory_mb"],
        "one_tile_peak_memory_mb": whole["peak_memory_mb"],
        "one_tile_seconds": whole["seconds"],
        "seconds": tiled["seconds"],
    }


def tiling_budget(cube: Path, model: Path) -> int:
    """Return the largest of `BUDGETS_MB` that makes at least `TILES` tiles."""
    card = read_card(str(model))
    with rasterio.open(cube) as file:
        grid = Grid(tuple(file.transform)[:6], None, file.height, file.width)
    for budget in BUDGETS_MB:
        request = ClassifyRequest(str(cube), str(model), memory_mb=budget)
        tiles = tiles_of_part(grid.window, grid, card.bands.count, card, request)
        if len(tiles) >= TILES:
            return budget
    raise RunError(f"No memory budget makes {TILES} tiles; take more copies.")


def table(record: Record) -> str:
    """Return the figures as Markdown."""
    now = facts()
    copies = record["copies"]
    return (
        f"A mosaic of {copies} x {copies} demo scenes ({record['pixels']} pixels), "
        f"classified in one tile and in {record['tiles']} (budget "
        f"{record['budget_mb']} MiB): {100 * record['equal_share']:.3f} % of the "
        f"pixels have the same class, {record['different_pixels']} differ.\n\n"
        f"One tile: {record['one_tile_seconds']:.1f} s, "
        f"{record['one_tile_peak_memory_mb']:.0f} MiB; {record['tiles']} tiles: "
        f"{record['seconds']:.1f} s, {record['peak_memory_mb']:.0f} MiB.\n\n"
        f"`python -m tests.bench.tiled`; {now['date']}; {now['machine']}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
