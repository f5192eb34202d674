"""The map shown while a training runs: what it shows, what it costs, what it leaves."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from PIL import Image

from miaf_engine.classes import ClassEntry, ClassTable
from miaf_engine.grid import Window
from miaf_engine.progress import SILENT, Progress, Span, Stage
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.tasks import carry_out
from miaf_engine.training import preview
from miaf_engine.training.batch import Batch
from miaf_engine.training.loop import fit
from miaf_engine.training.preview import Previews, png
from tests import tiny

COLOURS = ["#102030", "#405060", "#708090"]
CLASSES = ClassTable(
    tuple(ClassEntry(n, f"class {n}", c) for n, c in enumerate(COLOURS, start=1))
)
WHOLE = Window(0, 0, tiny.HEIGHT, tiny.WIDTH)


class Screen(Progress):
    """Wants previews, and keeps what it was shown."""

    def __init__(self, path):
        self.path, self.shown, self.pictures = str(path), [], []

    def preview_file(self):
        return self.path

    def preview(self, number, stage=""):
        self.shown.append((number, stage))
        self.pictures.append(Path(self.path).read_bytes())


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self):
        return self.now


def decoded(content):
    """Return the class of each pixel of a PNG, its colours, and what is transparent."""
    image = Image.open(io.BytesIO(content))
    colours = np.reshape(image.getpalette(), (-1, 3)).tolist()
    return np.asarray(image), colours, image.info["transparency"]


def area(valid=None, places=((WHOLE, WHOLE),)):
    return replace(tiny.area(valid), places=places)


def drawn(batches, *found):
    """Return the picture of classes, given as an array (H, W) for each batch."""
    rows = []
    for batch, classes in zip(batches, found, strict=True):
        flat = torch.from_numpy(classes.ravel().astype(np.int64))
        pixels = batch.layout.pixels
        rows.append(flat if pixels is None else flat[pixels])

    def draw(at):
        return [own[rows_at] for own, rows_at in zip(rows, at, strict=True)]

    return preview._picture(batches, draw)


def trained(network, scene, config, progress, seed=0):
    previews = Previews().begin(CLASSES, progress)
    return fit(
        network, [scene], config, seed=seed, progress=progress, previews=previews
    )


@pytest.fixture
def always(monkeypatch):
    """A preview after each epoch, whatever it costs."""
    monkeypatch.setattr(Previews, "_is_due", lambda *_: True)


def test_the_training_is_the_same_to_the_bit_with_previews(tmp_path, always):
    config = TrainConfig(epochs=10, learning_rate=0.02)
    screen = Screen(tmp_path / "preview.png")
    networks, histories, states = [], [], []
    for progress in (Progress(), screen):
        network = tiny.network(dropout=0.3)
        torch.manual_seed(3)
        history = trained(network, area(tiny.hole()), config, progress, seed=5)
        networks.append(network.state_dict())
        histories.append((history.losses, history.checks, history.calibration))
        states.append(torch.get_rng_state())
    assert len(screen.shown) == len(histories[0][0]) > 10
    assert histories[0] == histories[1]
    assert torch.equal(*states)
    for name, tensor in networks[0].items():
        assert torch.equal(tensor, networks[1][name]), name


def test_the_map_is_the_same_file_with_previews(tmp_path, always):
    given = tiny.inputs(tmp_path)
    maps, screen = [], Screen(tmp_path / "preview.png")
    for name, progress in (("without", Progress()), ("with", screen)):
        output = str(tmp_path / f"{name}.tif")
        carry_out(TrainRequest(**given, output=output), progress)
        with rasterio.open(output) as dataset:
            maps.append(dataset.read(1))
    np.testing.assert_array_equal(*maps)
    stages = {stage for _, stage in screen.shown}
    assert "With the validation set: " in stages
    seen, colours, _ = decoded(screen.pictures[-1])
    # The last look at a scene that was read as a whole is nearly its map.
    assert (seen == maps[0]).mean() > 0.9
    with rasterio.open(tmp_path / "with.tif") as dataset:
        expected = dataset.colormap(1)
    assert colours[1:] == [list(expected[k][:3]) for k in (1, 2, 3)]
    left = {path.name for path in tmp_path.iterdir()}
    assert not [name for name in left if name.startswith(".miaf")]


def test_a_preview_shows_what_the_weights_would_map(tmp_path, always):
    screen = Screen(tmp_path / "preview.png")
    config = TrainConfig(epochs=3, learning_rate=0.02, final_percent=0)
    whole = replace(area(tiny.hole()), validation=np.zeros_like(tiny.hole()))
    network = tiny.network()
    trained(network, whole, config, screen)
    image = torch.from_numpy(whole.scene.image)
    with torch.no_grad():
        scores = network(image, Batch.build(whole, "cpu").graphs)
    expected = np.where(tiny.hole(), scores.argmax(0).numpy() + 1, 0)
    seen, colours, transparent = decoded(screen.pictures[-1])
    np.testing.assert_array_equal(seen, expected)
    assert colours[1:] == [list(bytes.fromhex(colour[1:])) for colour in COLOURS]
    assert transparent == 0


def test_windows_lie_where_the_cube_has_them():
    left, right = Window(0, 0, 10, 12), Window(11, 5, 8, 20)
    places = ((left, Window(100, 50, 10, 12)), (right, Window(96, 80, 8, 20)))
    batch = Batch.build(area(places=places), "cpu")
    classes = tiny.truth() - 1
    seen = drawn([batch], classes)
    assert seen.shape == (14, 50)
    np.testing.assert_array_equal(seen[4:14, :12], tiny.truth()[left.slices])
    np.testing.assert_array_equal(seen[:8, 30:], tiny.truth()[right.slices])
    assert (seen[:4, :30] == 0).all() and (seen[8:, 12:] == 0).all()


@pytest.mark.parametrize("valid", [None, tiny.hole()])
@pytest.mark.parametrize("pixels", [5, 30, 100, 400])
def test_a_large_scene_is_thinned(monkeypatch, pixels, valid):
    monkeypatch.setattr(preview, "_PIXELS", pixels)
    halves = [Window(0, 0, 24, 13), Window(0, 13, 24, 17)]
    batch = Batch.build(area(valid, tuple((w, w) for w in halves)), "cpu")
    marked = np.arange(tiny.HEIGHT * tiny.WIDTH).reshape(tiny.HEIGHT, -1) % 3
    seen, there = drawn([batch], marked), np.ones(marked.shape, bool)
    there = there if valid is None else valid
    step = next(n for n in range(1, 30) if there.size / n**2 <= pixels)
    wanted = np.where(there, marked + 1, 0)
    np.testing.assert_array_equal(seen, wanted[::step, ::step])


def costs(previews, clock, *, epoch_s, preview_s, epochs, progress=SILENT):
    """Offer previews after epochs; return when each was drawn, in the clock's time."""
    drawn_at = []

    def draw(at):
        drawn_at.append(clock.now)
        clock.now += preview_s
        return [torch.zeros(len(rows), dtype=torch.int64) for rows in at]

    batch = Batch.build(area(), "cpu")
    for epoch in range(1, epochs + 1):
        clock.now += epoch_s
        previews.offer([batch], draw, epoch, progress)
    return drawn_at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def previews(clock, tmp_path):
    return Previews(clock).begin(CLASSES, Screen(tmp_path / "preview.png"))


@pytest.mark.parametrize("preview_s", [0.001, 0.1, 0.2, 0.3])
def test_previews_take_a_twentieth_of_the_time(previews, clock, preview_s):
    at = costs(previews, clock, epoch_s=0.2, preview_s=preview_s, epochs=600)
    spent = preview_s * len(at)
    assert 0 < spent <= 0.05 * (clock.now - spent)
    assert at[0] >= 3
    assert np.diff(at).min() >= 3
    # Where they cost next to nothing, one comes every few seconds.
    assert len(at) > 30 if preview_s < 0.1 else len(at) < 61


@pytest.mark.parametrize(
    ("epoch_s", "preview_s", "count"), [(1.1, 0.1, 0), (0.4, 1.5, 1), (0.001, 0.001, 0)]
)
def test_what_costs_too_much_is_not_drawn(previews, clock, epoch_s, preview_s, count):
    many = {"epoch_s": epoch_s, "preview_s": preview_s, "epochs": 1000}
    assert len(costs(previews, clock, **many)) == count


def test_the_trainings_of_a_run_share_the_time(previews, clock, tmp_path):
    each = {"epoch_s": 0.2, "preview_s": 0.1, "epochs": 20}
    assert len(costs(previews, clock, **each)) == 1
    clock.now += 1000  # A fold is scored, which is no training.
    previews.begin(CLASSES, Screen(tmp_path / "preview.png"))
    at = costs(previews, clock, **each)
    assert len(at) == 2 and at[0] - 1000 < 8


def test_for_nobody_none_is_drawn(clock):
    previews = Previews(clock).begin(CLASSES, Span(Progress(), 0.0, 1.0))
    assert costs(previews, clock, epoch_s=0.2, preview_s=0.0, epochs=600) == []


def test_a_file_that_cannot_be_written_ends_previews_alone(tmp_path, always):
    screen = Screen(tmp_path / "no folder" / "preview.png")
    config = TrainConfig(epochs=3, learning_rate=0.02)
    history = trained(tiny.network(), area(), config, screen)
    assert history.losses and screen.shown == []


def test_more_classes_than_a_picture_has_colours_are_not_drawn(clock, tmp_path, always):
    many = ClassTable(tuple(ClassEntry(n, str(n), "#000000") for n in range(1, 257)))
    previews = Previews(clock).begin(many, Screen(tmp_path / "p.png"))
    assert costs(previews, clock, epoch_s=0.2, preview_s=0.0, epochs=3) == []


def test_a_stage_adds_its_name(tmp_path):
    screen = Screen(tmp_path / "p.png")
    (tmp_path / "p.png").write_bytes(b"")
    fold = Stage(Span(screen, 0.0, 1.0), 0.0, 0.5, "Fold 2 of 5: ")
    assert fold.preview_file() == screen.path
    fold.preview(7)
    assert screen.shown == [(7, "Fold 2 of 5: ")]


def test_a_picture_of_one_pixel_is_a_picture():
    seen, colours, _ = decoded(png(np.array([[2]], dtype=np.uint8), COLOURS))
    assert seen.tolist() == [[2]]
    assert colours[2] == [0x40, 0x50, 0x60]
