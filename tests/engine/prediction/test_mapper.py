"""Tile by tile is as good as the whole."""

import threading
from unittest import mock

import numpy as np
import pytest
import torch

from miaf_engine.cubes import tiles as tiles_module
from miaf_engine.cubes.bands import BandTable
from miaf_engine.cubes.reader import Cube
from miaf_engine.cubes.tiles import Margins, Tile, tiles_of_side
from miaf_engine.errors import Cancelled, MemoryShortError
from miaf_engine.grid import Window
from miaf_engine.models.applicability import Applicability
from miaf_engine.models.devices import Device
from miaf_engine.models.network.parallel import threads
from miaf_engine.prediction import mapper as mapping
from miaf_engine.prediction.mapper import SceneMapper
from miaf_engine.prediction.uncertainty import most_likely
from miaf_engine.requests.settings import TrainConfig
from miaf_engine.training.batch import TrainingScene
from miaf_engine.training.loop import fit
from tests import scenes, tiny

SIDE = 200
MARGINS = Margins.of(tiny.SUPERPIXELS, tiny.config())


class FakeReader:
    """Hands out windows of an array."""

    def __init__(self, values, valid=None):
        self.values = values
        self.valid = np.ones(values.shape[1:], dtype=bool) if valid is None else valid
        self.grid = scenes.grid(*values.shape[1:])

    def read(self, window, bands, progress=None):
        part = window.slices
        names = tuple(f"B{band}" for band in bands)
        table = BandTable(names, None, None, (True,) * len(names))
        values = np.where(self.valid, self.values, 0)[(list(bands), *part)]
        return Cube(values, self.valid[part], self.grid.cut(window), table)


@pytest.fixture(scope="module")
def values():
    """Return a cube of 200 x 200 pixels: blocks of 20 pixels in three classes."""
    rng = np.random.default_rng(2)
    wide = tiny.cube(SIDE, SIDE)
    columns = rng.integers(0, 3, (10, 10)) * (SIDE // 3) + 20
    columns = columns.repeat(20, axis=0).repeat(20, axis=1)
    columns = columns + rng.integers(0, 20, (SIDE, SIDE))
    return wide[:, np.arange(SIDE)[:, None], columns]


@pytest.fixture(scope="module")
def preparation():
    return tiny.preparation(tiny.cube())


@pytest.fixture(scope="module")
def network(preparation):
    scene = preparation.normalisation.apply(
        tiny.cube(), np.ones((tiny.HEIGHT, tiny.WIDTH), dtype=bool), tiny.grid()
    )
    training = np.ones_like(scene.valid)
    area = TrainingScene(
        scene, preparation.graphs(scene), tiny.truth(), training, ~training
    )
    trained = tiny.network()
    fit(trained, [area], TrainConfig(epochs=15, learning_rate=0.02), seed=0)
    return trained


def mapper(values, preparation, network, valid=None):
    reader = FakeReader(values, valid)
    device = Device("cpu", "CPU")
    return SceneMapper(reader, range(tiny.BANDS), preparation, network, device)


def whole_tile(height, width):
    return [Tile.whole(Window(0, 0, height, width))]


def put_together(found, shape):
    """Return the probabilities of all tiles, and how often each pixel came."""
    probabilities = np.full((3, *shape), -1, dtype=np.float32)
    count = np.zeros(shape, dtype=int)
    for tile, part in found:
        probabilities[(slice(None), *tile.core.slices)] = part
        count[tile.core.slices] += 1
    return probabilities, count


def test_tiled_and_whole_agree(values, preparation, network):
    one = mapper(values, preparation, network)
    recorder = scenes.Recorder()
    whole, _ = put_together(
        one.probabilities(whole_tile(SIDE, SIDE), recorder), (SIDE, SIDE)
    )
    tiles = tiles_of_side(SIDE, SIDE, 96, MARGINS)
    assert len(tiles) == 9
    tiled, count = put_together(one.probabilities(tiles, recorder), (SIDE, SIDE))
    assert (count == 1).all()
    classes, confidence = most_likely(whole)
    assert set(np.unique(classes)) == {1, 2, 3}
    assert confidence.mean() > 0.6
    assert (classes == most_likely(tiled)[0]).mean() >= 0.99
    assert np.abs(whole - tiled).mean() < 0.01
    assert recorder.fractions[-1] == 1.0
    assert recorder.warnings == []


def test_pixels_unlike_the_areas_are_less_sure(values, preparation, network):
    one = mapper(values, preparation, network)
    tiles, recorder = whole_tile(SIDE, SIDE), scenes.Recorder()
    ((_, plain),) = one.probabilities(tiles, recorder)
    known = {"scale": 1.0, "threshold": 9.0, "usual": 0.0}
    matrix, centres = np.eye(1, tiny.BANDS), np.zeros((1, 1))
    one.applicability = Applicability(matrix, centres, calibrated_at=None, **known)
    (found,) = one.mapped(tiles, recorder)
    np.testing.assert_array_equal(found.probabilities, plain)
    one.applicability = Applicability(
        matrix, centres, calibrated_at=0.5, power=0.5, **known
    )
    (found,) = one.mapped(tiles, recorder)
    heat = one.temperature_of(found.unlikeness)
    np.testing.assert_allclose(heat, np.clip(found.unlikeness / 0.5, 0.5, 2) ** 0.5)
    powers = plain ** (1 / heat)
    np.testing.assert_allclose(
        found.probabilities, powers / powers.sum(axis=0), atol=2e-5
    )
    assert (heat < 1).any() and (heat > 1).any()
    classes, confidence = most_likely(found.probabilities)
    np.testing.assert_array_equal(classes, most_likely(plain)[0])
    before = most_likely(plain)[1]
    assert (confidence <= before + 1e-6)[heat > 1].all()
    assert (confidence >= before - 1e-6)[heat < 1].all()


def test_a_dead_pixel_changes_at_most_a_thousandth_of_the_map(
    values, preparation, network
):
    def mapped(valid):
        one = mapper(values, preparation, network, valid)
        ((_, found),) = one.probabilities(whole_tile(SIDE, SIDE), scenes.Recorder())
        return found

    valid = np.ones((SIDE, SIDE), dtype=bool)
    whole = mapped(valid)
    for at in ((90, 111), (0, 17)):
        valid = np.ones((SIDE, SIDE), dtype=bool)
        valid[at] = False
        found = mapped(valid)
        changed = most_likely(found)[0] != most_likely(whole)[0]
        assert changed[valid].mean() <= 0.001
        # The network sees the hole from some superpixels away, and no farther.
        moved = np.abs(found - whole).max(axis=0) > 1e-3
        assert moved[valid].mean() <= 0.05


def test_tiled_and_whole_agree_beside_slanted_edges(values, preparation, network):
    rows, columns = np.mgrid[:SIDE, :SIDE]
    valid = (columns > 10 + rows // 4) & (columns < 140 + rows // 4)
    one = mapper(values, preparation, network, valid)
    tiles = tiles_of_side(SIDE, SIDE, 96, MARGINS)
    whole, tiled = (
        put_together(one.probabilities(cut, scenes.Recorder()), (SIDE, SIDE))[0]
        for cut in (whole_tile(SIDE, SIDE), tiles)
    )
    same = most_likely(whole)[0] == most_likely(tiled)[0]
    assert same[valid].mean() >= 0.998
    moved = np.abs(tiled - whole).max(axis=0) > 0.01
    assert moved[valid].mean() <= 0.01


def test_known_graphs_are_taken_and_nothing_else_changes(values, preparation, network):
    one = mapper(values, preparation, network)
    tiles = whole_tile(SIDE, SIDE)
    ((_, wanted),) = one.probabilities(tiles, scenes.Recorder())
    scene = preparation.scene(one.reader.read(tiles[0].segmented, one.bands))
    one.known = {tiles[0].segmented: preparation.graphs(scene)}
    with mock.patch.object(type(preparation), "graphs", side_effect=AssertionError):
        ((_, found),) = one.probabilities(tiles, scenes.Recorder())
        np.testing.assert_array_equal(found, wanted)
        # Another part of the cube has graphs of its own.
        with pytest.raises(AssertionError):
            list(one.probabilities(whole_tile(SIDE, SIDE - 1), scenes.Recorder()))


def test_a_tile_without_data_is_nan(values, preparation, network):
    valid = np.zeros((SIDE, SIDE), dtype=bool)
    valid[:90] = True
    one = mapper(values, preparation, network, valid)
    tiles = tiles_of_side(SIDE, SIDE, 100, MARGINS)
    found, count = put_together(
        one.probabilities(tiles, scenes.Recorder()), (SIDE, SIDE)
    )
    assert (count == 1).all()
    assert (np.isnan(found).all(axis=0) == ~valid).all()
    assert not np.isnan(found[:, valid]).any()


def test_a_few_pixels_in_a_corner_of_a_tile_are_classified(
    values, preparation, network
):
    # As at the slanting edge of a flight line: fewer pixels than one superpixel.
    valid = np.zeros((SIDE, SIDE), dtype=bool)
    valid[:2, :3] = valid[150, 150] = True
    one = mapper(values, preparation, network, valid)
    found, _ = put_together(
        one.probabilities(whole_tile(SIDE, SIDE), scenes.Recorder()), (SIDE, SIDE)
    )
    classes, confidence = most_likely(found)
    assert ((classes > 0) == valid).all()
    assert (np.abs(confidence[valid] - 1 / 3) > 1e-4).all()


SHORT = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
APPLE = RuntimeError("MPS backend out of memory (MPS allocated: 9.06 GB)")
LIBRARY = RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublas`")


class Card:
    """A pretended graphics card: it computes on the CPU, up to a number of pixels."""

    def __init__(self, monkeypatch, network, room, error=SHORT):
        self.room, self.error = room, error
        self.seen, self.pins, self.moves = [], [], []
        self.device = Device("cuda:0", "CUDA device 0", may_fall_back=True)
        for name in ("predict", "head_probabilities"):
            monkeypatch.setattr(mapping, name, self.limited(getattr(mapping, name)))
        monkeypatch.setattr(mapping, "pinned", self.pinned)
        monkeypatch.setattr(network, "to", self.moves.append)

    def pinned(self, array):
        self.pins.append(array.shape)
        return array

    def limited(self, real):
        def compute(network, scene, graphs, *others, **more):
            *others, device = [x for x in others if not isinstance(x, float)]
            self.seen.append((device, scene.valid.size))
            if device != "cpu" and scene.valid.size > self.room:
                raise self.error
            return real(network, scene, graphs, *others, "cpu", **more)

        return compute

    def mapper(self, values, preparation, network):
        one = mapper(values, preparation, network)
        one.device = self.device
        return one


def nine_tiles():
    """Return nine tiles whose padded size is up to 200 x 200 pixels."""
    return tiles_of_side(SIDE, SIDE, 72, Margins(64, 64))


@pytest.mark.parametrize("error", [SHORT, APPLE, LIBRARY], ids=str)
def test_a_tile_too_large_for_the_card_is_halved(
    values, preparation, network, monkeypatch, error
):
    card = Card(monkeypatch, network, 170 * 170, error)
    one, recorder = card.mapper(values, preparation, network), scenes.Recorder()
    found, count = put_together(
        one.probabilities(whole_tile(SIDE, SIDE), recorder), (SIDE, SIDE)
    )
    assert (count == 1).all()
    assert not np.isnan(found).any()
    (said,) = recorder.warnings
    assert said.startswith("The memory of cuda:0 is too small for tiles of this size")
    assert one.device.name == "cuda:0"
    assert max(recorder.fractions) == 1.0


def test_the_size_that_did_not_fit_is_not_tried_again(
    values, preparation, network, monkeypatch
):
    card = Card(monkeypatch, network, 190 * 190)
    one, recorder = card.mapper(values, preparation, network), scenes.Recorder()
    tiles = nine_tiles()
    large = [t for t in tiles if t.padded.height * t.padded.width > card.room]
    assert len(large) == 1
    parts, count = put_together(one.probabilities(tiles, recorder), (SIDE, SIDE))
    assert (count == 1).all()
    failed = [size for _, size in card.seen if size > card.room]
    assert len(failed) == 1
    assert len(recorder.warnings) == 1
    # Nor by the next map with the same device.
    card.seen.clear()
    again, _ = put_together(one.probabilities(tiles, recorder), (SIDE, SIDE))
    assert all(size <= card.room for _, size in card.seen)
    assert len(recorder.warnings) == 1
    np.testing.assert_array_equal(parts, again)


def test_four_tiles_that_wait_cost_one_failure(preparation, network, monkeypatch):
    side, cut = 480, []
    monkeypatch.setattr(SceneMapper, "_graphs", lambda *of: cut.append(of))
    monkeypatch.setattr(
        mapping,
        "predict",
        lambda _network, scene, *_others, part: np.ones(
            (3, *scene.valid[part].shape), np.float32
        ),
    )
    card = Card(monkeypatch, network, 280 * 280)
    values = np.ones((tiny.BANDS, side, side), dtype=np.float32)
    one, recorder = card.mapper(values, preparation, network), scenes.Recorder()
    tiles = tiles_of_side(side, side, side // 2, Margins(64, 64))
    assert len(tiles) == 4
    found, count = put_together(one.probabilities(tiles, recorder), (side, side))
    assert (count == 1).all()
    assert (found == 1).all()
    # Once for the tile that failed, and for those that were prepared meanwhile.
    assert 1 + 4 * 4 <= len(cut) <= 3 + 4 * 4
    assert len(recorder.warnings) == 1


def test_the_cpu_takes_over_at_the_smallest_tile_for_good(
    values, preparation, network, monkeypatch
):
    card = Card(monkeypatch, network, 0)
    one, recorder = card.mapper(values, preparation, network), scenes.Recorder()
    for _ in range(2):
        found, count = put_together(
            one.probabilities(whole_tile(SIDE, SIDE), recorder), (SIDE, SIDE)
        )
        assert (count == 1).all()
        assert not np.isnan(found).any()
    assert card.moves == ["cuda:0", "cpu", "cpu"]
    assert one.device.name == "cpu"
    smaller, over = recorder.warnings
    assert "smaller ones" in smaller
    assert over.startswith("The CPU takes over from cuda:0 for the rest of this run")
    # The CPU never fails, so nothing is halved after it took over.
    first = [device for device, _ in card.seen].index("cpu")
    assert all(device == "cpu" for device, _ in card.seen[first:])


def test_a_card_that_cannot_compute_an_operator_is_left_at_once(
    values, preparation, network, monkeypatch
):
    error = NotImplementedError(
        "The operator 'aten::index_copy.out' is not currently implemented for the MPS "
        "device."
    )
    card = Card(monkeypatch, network, 0, error)
    one, recorder = card.mapper(values, preparation, network), scenes.Recorder()
    list(one.probabilities(whole_tile(SIDE, SIDE), recorder))
    (said,) = recorder.warnings
    assert "'aten::index_copy.out'" in said
    assert [device for device, _ in card.seen] == ["cuda:0", "cpu"]


def test_a_named_card_is_never_left(values, preparation, network, monkeypatch):
    card = Card(monkeypatch, network, 0)
    card.device.may_fall_back = False
    one = card.mapper(values, preparation, network)
    with pytest.raises(MemoryShortError, match="memory of device 'cuda:0'") as caught:
        list(one.probabilities(whole_tile(SIDE, SIDE), scenes.Recorder()))
    assert "auto" in caught.value.hint
    assert "cpu" not in card.moves


def test_other_errors_of_a_card_are_not_hidden(
    values, preparation, network, monkeypatch
):
    card = Card(monkeypatch, network, 0, RuntimeError("CUDA error: misaligned"))
    one = card.mapper(values, preparation, network)
    with pytest.raises(RuntimeError, match="misaligned"):
        list(one.probabilities(whole_tile(SIDE, SIDE), scenes.Recorder()))
    assert one.device.name == "cuda:0"


def test_what_heads_say_survives_a_short_card(
    values, preparation, network, monkeypatch
):
    where = np.zeros((SIDE, SIDE), dtype=bool)
    where[5:195:10, 3:190:7] = True
    tiles = whole_tile(SIDE, SIDE)
    one = mapper(values, preparation, network)
    ((_, _, wanted),) = one.of_heads(tiles, where, scenes.Recorder())
    card = Card(monkeypatch, network, 170 * 170)
    one = card.mapper(values, preparation, network)
    found = list(one.of_heads(tiles, where, scenes.Recorder()))
    assert len(found) == 4
    pixels = sum(int(chosen.sum()) for _, chosen, _ in found)
    assert pixels == where.sum() == wanted.shape[1]


def noted_cuts(monkeypatch, note=lambda count: None):
    """Return a list that gets the thread of each tile that is cut; note how many."""
    cuts, real = [], SceneMapper._graphs

    def graphs(*given):
        cuts.append(threading.current_thread())
        note(len(cuts))
        return real(*given)

    monkeypatch.setattr(SceneMapper, "_graphs", graphs)
    return cuts


def cut_before_computed(monkeypatch, note=lambda: None):
    """Let no tile be computed before the second is cut; see `noted_cuts`.

    `note` is called before each is computed.
    """
    second, compute = threading.Event(), mapping.predict

    def predict(*given, **more):
        assert second.wait(20)
        note()
        return compute(*given, **more)

    monkeypatch.setattr(mapping, "predict", predict)
    return noted_cuts(monkeypatch, lambda count: count > 1 and second.set())


def test_tiles_are_prepared_while_a_card_computes(
    values, preparation, network, monkeypatch
):
    tiles = tiles_of_side(SIDE, SIDE, 72, Margins(64, 64))
    recorder = scenes.Recorder()
    card = Card(monkeypatch, network, SIDE * SIDE)
    one = card.mapper(values, preparation, network)
    with monkeypatch.context() as patched:
        patched.setattr(SceneMapper, "_tiles_ahead", lambda *_: 0)
        wanted, _ = put_together(one.probabilities(tiles, recorder), (SIDE, SIDE))
    card.pins.clear()
    cuts = cut_before_computed(monkeypatch)
    found, count = put_together(one.probabilities(tiles, recorder), (SIDE, SIDE))
    assert (count == 1).all()
    np.testing.assert_array_equal(found, wanted)
    assert len(cuts) == len(card.pins) == len(tiles)
    assert threading.main_thread() not in cuts


@pytest.fixture
def torch_threads():
    """Return what sets the number of torch's threads until the end of the test."""
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def test_one_thread_computes_one_tile_after_the_other(
    values, preparation, network, monkeypatch, torch_threads
):
    torch_threads(1)
    cuts = noted_cuts(monkeypatch)
    tiles = tiles_of_side(SIDE, SIDE, 100, MARGINS)
    one = mapper(values, preparation, network)
    for done, _ in enumerate(one.probabilities(tiles, scenes.Recorder()), start=1):
        assert len(cuts) == done
    assert set(cuts) == {threading.main_thread()}


def test_more_threads_of_a_cpu_compute_several_tiles_at_once(
    values, preparation, network, monkeypatch, torch_threads
):
    torch_threads(6)
    shares = []
    cuts = cut_before_computed(monkeypatch, lambda: shares.append(threads()))
    monkeypatch.setattr(SceneMapper, "_tiles_at_once", lambda *_: 2)
    tiles = tiles_of_side(SIDE, SIDE, 100, MARGINS)
    one = mapper(values, preparation, network)
    _, count = put_together(one.probabilities(tiles, scenes.Recorder()), (SIDE, SIDE))
    assert (count == 1).all()
    assert threading.main_thread() not in cuts
    assert len(set(cuts)) == 2
    assert shares == [3, 3, 3, 3]
    assert torch.get_num_threads() == 6


def test_what_is_made_of_tiles_is_made_in_turn_by_one_thread(
    values, preparation, network, monkeypatch, torch_threads
):
    torch_threads(2)
    monkeypatch.setattr(SceneMapper, "_tiles_at_once", lambda *_: 2)
    tiles = tiles_of_side(SIDE, SIDE, 100, MARGINS)
    seen = []

    def noted(tile, *_):
        seen.append((tile, threading.current_thread()))

    found = mapper(values, preparation, network).over_tiles(
        tiles, noted, scenes.Recorder()
    )
    assert [tile for tile, _ in found] == tiles
    assert seen == [(tile, threading.main_thread()) for tile in tiles]


@pytest.mark.parametrize("side", [100, SIDE])
def test_the_map_does_not_depend_on_the_number_of_threads(
    values, preparation, network, torch_threads, side
):
    maps = []
    for count in (1, 2, 5):
        torch_threads(count)
        one = mapper(values, preparation, network, valid=values[0] > 0)
        tiles = tiles_of_side(SIDE, SIDE, side, MARGINS)
        found = one.probabilities(tiles, scenes.Recorder())
        maps.append(put_together(found, (SIDE, SIDE))[0])
    np.testing.assert_array_equal(maps[1], maps[0])
    np.testing.assert_array_equal(maps[2], maps[0])


@pytest.mark.parametrize(
    ("budget", "total", "count", "at_once"),
    [
        (4096, 1000, 1, 1),
        (4096, 1000, 2, 2),
        (4096, 1000, 16, 5),  # there are no more
        (451, 1000, 16, 1),
        (481, 1000, 16, 1),
        (482, 1000, 16, 2),
        (0, 960, 16, 5),
    ],
)
def test_a_cpu_computes_as_many_tiles_at_once_as_fit_the_budget(
    values, preparation, network, monkeypatch, budget, total, count, at_once
):
    """A tile of 200 x 200 pixels takes 15.9 MiB: 416 bytes a pixel."""
    monkeypatch.setattr(mapping, "reachable_mb", lambda: None)
    monkeypatch.setattr(torch, "get_num_threads", lambda: count)
    for module in (mapping, tiles_module):
        monkeypatch.setattr(module, "total_memory_mb", lambda: total)
    one = mapper(values, preparation, network)
    one.memory_mb = budget
    tiles = [*whole_tile(SIDE, SIDE), *tiles_of_side(SIDE, SIDE, 100, MARGINS)]
    assert one._tiles_at_once(tiles) == at_once
    assert one._tiles_at_once(tiles[:1]) == 1


@pytest.mark.parametrize(
    ("budget", "free", "total", "threads", "ahead"),
    [
        (4096, None, 1000, 2, 2),
        (4096, None, 1000, 16, 8),  # of two scales each
        (470, None, 1000, 16, 1),
        (470, None, 100_000, 16, 1),  # what the user sets is kept
        (450, None, 1000, 16, 0),
        (4096, 460, 1000, 16, 0),
        (0, None, 1000, 1, 2),
        (0, None, 960, 100, 38),  # 900 MiB, the least that is taken
        (0, None, 8 * 1200, 100, 50),  # an eighth of the memory is more
    ],
)
def test_as_many_tiles_ahead_as_memory_and_threads_allow(
    values, preparation, network, monkeypatch, budget, free, total, threads, ahead
):
    """A tile of 200 x 200 pixels takes 11.6 MiB: 304 bytes a pixel."""
    monkeypatch.setattr(mapping, "reachable_mb", lambda: free)
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    for module in (mapping, tiles_module):
        monkeypatch.setattr(module, "total_memory_mb", lambda: total)
    one = mapper(values, preparation, network)
    one.device, one.memory_mb = Device("cuda:0", "CUDA device 0"), budget
    tiles = [*whole_tile(SIDE, SIDE), *tiles_of_side(SIDE, SIDE, 100, MARGINS)]
    assert one._tiles_ahead(tiles) == ahead
    assert one._tiles_ahead(tiles[:1]) == 0


def test_cancel_stops_between_tiles(values, preparation, network):
    one = mapper(values, preparation, network)
    found = one.probabilities(
        tiles_of_side(SIDE, SIDE, 100, MARGINS), scenes.Recorder(0.2)
    )
    next(found)
    with pytest.raises(Cancelled):
        list(found)
