"""Folds and refits: what is scored was not seen, and the kept model has seen all."""

import json

import numpy as np
import pytest
import rasterio
import shapely

from miaf_engine.accuracy import map_accuracy
from miaf_engine.errors import Cancelled, ConfigError
from miaf_engine.models.card import read_card
from miaf_engine.requests import TrainRequest
from miaf_engine.requests.settings import SplitConfig, TrainConfig
from miaf_engine.tasks import carry_out
from miaf_engine.tasks.train import evidence
from miaf_engine.training import loop
from miaf_engine.training.trainer import Trainer
from tests import scenes, tiny
from tests.scenes import Recorder


class Steps(Recorder):
    """Keeps the texts as well, and stops when asked to."""

    def __init__(self):
        super().__init__()
        self.texts, self.stop = [], False

    def advance(self, fraction, text=""):
        super().advance(fraction, text)
        self.texts.append(text)

    def cancelled(self):
        return self.stop


@pytest.fixture
def trained(monkeypatch):
    """Record which pixels each training of a run saw, and which are scored."""
    seen = []
    plain = Trainer.train

    def train(self, samples, *more):
        seen.append(samples)
        return plain(self, samples, *more)

    monkeypatch.setattr(Trainer, "train", train)
    return seen


def without_folds(trained):
    """Return the samples of all trainings but those that weigh the heads."""
    return [s for s in trained if not s.split.description.startswith("Fold")]


def run(inputs, folder, recorder=None, **more):
    """Train with settings; return the figures, and the report's numbers."""
    given = dict(inputs)
    own = {
        name: more.pop(name)
        for name in list(more)
        if name in TrainRequest.__annotations__
    }
    given["settings"] = {**given["settings"], "epochs": 3, **more}
    request = TrainRequest(
        **{**given, **own},
        report=str(folder / "report.html"),
        model=str(folder / "model.miaf.safetensors"),
        output=str(folder / "map.tif"),
    )
    result = carry_out(request, recorder or Recorder())
    return result["figures"], json.loads((folder / "report.json").read_text("utf-8"))


def test_folds_score_every_labelled_pixel_once(inputs, tmp_path, trained):
    recorder = Steps()
    figures, numbers = run(inputs, tmp_path, recorder, folds=2)
    *trials, kept = trained
    labels = kept.labels
    assert len(trials) == 2
    scored = sum((trial.test > 0).astype(int) for trial in trials)
    assert np.array_equal(scored, (labels.values > 0).astype(int))
    for trial in trials:
        used = trial.split.training | trial.split.validation
        assert not np.intersect1d(
            labels.groups[used], trial.test_areas[trial.test > 0]
        ).size
    matrix = np.array(figures["matrix"])
    wanted = np.bincount(labels.values[labels.values > 0])[1:]
    assert np.array_equal(matrix.sum(axis=1), wanted)
    assert figures["reference_areas"] == len(np.unique(labels.groups)) - 1
    assert figures["folds"] == 2
    for text in (figures["accuracy_definition"], numbers["accuracy_definition"]):
        assert "cross-validation in 2 folds" in text
    # The kept model was trained on all, and nothing is left to score it on.
    assert np.array_equal(
        kept.split.training | kept.split.validation, labels.values > 0
    )
    assert not kept.test.any()
    assert recorder.fractions == sorted(recorder.fractions)
    texts = " ".join(recorder.texts)
    assert "Fold 1 of 2" in texts and "Final model" in texts
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "scored on these, it would look better" in page
    assert "scored in fold 2" in page
    card = read_card(tmp_path / "model.miaf.safetensors")
    assert card.split["folds"] == 2
    assert "in 2 folds" in card.scores["accuracy_definition"]


def test_by_default_matched_folds_score_and_the_map_learns_every_area(
    inputs, tmp_path, trained
):
    recorder = Steps()
    figures, numbers = run(
        inputs, tmp_path, recorder, holdout="matched", validation_percent=0
    )
    *trials, kept = trained
    assert len(trials) == figures["folds"] == 3
    for trial in trials:
        assert not (trial.split.training & (trial.test > 0)).any()
        assert not trial.split.validation.any()
    scored = sum((trial.test > 0).astype(int) for trial in trials)
    assert scored.max() == 1
    assert np.array_equal(kept.split.training, kept.labels.values > 0)
    assert np.array(figures["matrix"]).sum() == scored.sum()
    assert "as the map lies" in figures["accuracy_definition"]
    assert "trained on all areas" in figures["kept_model"]
    low, high = figures["map_accuracy_interval"]
    assert 0 <= low < figures["map_accuracy"] < high <= 1
    assert sum(figures["head_weights"].values()) == pytest.approx(1.0, abs=1e-3)
    assert len(figures["head_weights"]) == 8
    assert numbers["map_accuracy"] == figures["map_accuracy"]
    assert any("Expected accuracy of the whole map" in text for text in recorder.infos)
    assert SplitConfig().holdout == "matched"
    fitted = figures["calibration"]
    assert "held out in turn" in fitted["fitted_on"]
    assert fitted["fitted_on_scored"] is True
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "chose the epoch, was not trained on" not in page
    assert ">Folds of the cross-validation</th><td>3</td>" in page
    assert "Share held out" not in page


def test_dissolved_areas_and_a_second_date_are_no_more_and_no_fewer_samples(
    inputs, tmp_path
):
    """Nothing of an area trains where another part or date of it is scored."""
    alone, _ = run(inputs, tmp_path, holdout="matched")
    shapes, names = tiny.boxes(0.0, 1, 8)
    whole = [
        shapely.MultiPolygon([s for s, n in zip(shapes, names, strict=True) if n == k])
        for k in dict.fromkeys(names)
    ]
    rois = scenes.write_areas(
        tmp_path / "dissolved.gpkg", whole, {"cover": list(dict.fromkeys(names))}
    )
    later = tiny.write_cube(tmp_path / "later.tif")
    for more in ({"rois": str(rois)}, {"cubes": [str(later)]}):
        found, _ = run(inputs, tmp_path, holdout="matched", **more)
        assert found["reference_areas"] == alone["reference_areas"] > 5
        near = "near_training_share"
        assert found[near] == pytest.approx(alone[near], abs=0.05), more


def test_slices_of_a_single_area_are_not_independent_samples(inputs, tmp_path):
    rois = tiny.write_rois(tmp_path / "one_each.gpkg", rows=(1,))
    found, _ = run(inputs, tmp_path, holdout="matched", rois=str(rois))
    assert found["reference_areas"] == 3
    assert {entry["reference_areas"] for entry in found["classes"]} == {1}
    assert not found["interval_reliable"]
    assert any("in a single area" in note for note in found["interval_notes"])
    producers = [entry["producers_accuracy_interval"] for entry in found["classes"]]
    assert producers == 3 * [[None, None]]


def test_a_map_without_a_classified_pixel_has_no_expected_accuracy(inputs, tmp_path):
    recorder = Steps()
    figures, numbers = run(
        inputs, tmp_path, recorder, holdout="matched", min_confidence=1.0
    )
    assert figures["unclassified_share"] == 1.0
    for key in ("map_accuracy", "map_accuracy_interval", "map_accuracy_temperatures"):
        assert figures[key] is numbers[key] is None
    assert not any("Expected accuracy" in text for text in recorder.infos)
    assert "nan" not in (tmp_path / "report.html").read_text("utf-8").lower().split()


def test_same_seed_same_figures_and_map(inputs, tmp_path, fits_afresh):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        figures, _ = run(inputs, tmp_path / name, folds=2)
        with rasterio.open(tmp_path / name / "map.tif") as file:
            made.append((figures["matrix"], file.read(1).tobytes()))
    assert made[0] == made[1]


def test_refit_keeps_the_figures_of_the_scored_model(inputs, tmp_path, trained):
    for name in ("plain", "refit"):
        (tmp_path / name).mkdir()
    plain, plain_numbers = run(inputs, tmp_path / "plain")
    figures, numbers = run(inputs, tmp_path / "refit", refit=True)
    assert figures["matrix"] == plain["matrix"]
    assert figures["overall_accuracy"] == plain["overall_accuracy"]
    assert plain["kept_model"] is None
    assert "trained briefly on all areas" in figures["kept_model"]
    assert figures["kept_model"] == numbers["kept_model"]
    first, scored, kept = without_folds(trained)
    assert np.array_equal(first.test, scored.test) and scored.test.any()
    assert np.array_equal(kept.split.training, kept.labels.values > 0)
    assert not kept.split.validation.any()
    assert kept.split.training[scored.test > 0].all()
    # A short training that went on, at the end of the history of the scored model.
    assert figures["epochs"] == plain["epochs"]
    share = TrainConfig().continue_percent
    more = figures["final_epochs"] - plain["final_epochs"]
    assert more == max(1, round(share * plain["epochs"] / 100))
    losses = [run["history"]["losses"] for run in (plain_numbers, numbers)]
    assert losses[1][: len(losses[0])] == losses[0]
    assert len(losses[1]) == len(losses[0]) + more
    card = read_card(tmp_path / "refit" / "model.miaf.safetensors")
    assert card.split["refit"] is True
    assert "trained briefly on all areas" in card.split["description"]
    assert "scored on these, it would look better" in (
        tmp_path / "refit" / "report.html"
    ).read_text("utf-8")


def test_refit_learns_validation_areas_too(inputs, tmp_path, trained):
    areas = tiny.write_rois(tmp_path / "validation.gpkg", rows=(17,))
    run(inputs, tmp_path, refit=True, validation_rois=str(areas))
    scored, kept = without_folds(trained)
    used = kept.split.training | kept.split.validation
    assert used[scored.test > 0].all()
    groups = kept.labels.groups
    assert len(np.unique(groups)) == len(np.unique(scored.labels.groups)) + 3


def test_refit_without_held_out_pixels_trains_once(inputs, tmp_path, trained):
    figures, _ = run(inputs, tmp_path, refit=True, holdout="none")
    assert len(without_folds(trained)) == 1 and figures["kept_model"] is None


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"holdout": "pixels"}, "'Hold-out method' is 'pixels'"),
        ({"holdout": "none"}, "'Hold-out method' is 'none'"),
        ({"validation_rois": "some.gpkg"}, "both given"),
    ],
)
def test_folds_that_mean_nothing_are_refused_at_once(inputs, tmp_path, more, text):
    recorder = Steps()
    with pytest.raises(ConfigError, match=text):
        run(inputs, tmp_path, recorder, folds=3, **more)
    assert recorder.fractions == []
    assert list(tmp_path.iterdir()) == []


def test_cancel_between_folds_leaves_nothing(inputs, tmp_path, monkeypatch):
    recorder = Steps()
    plain = evidence._of_fold

    def score_and_stop(*arguments):
        found = plain(*arguments)
        recorder.stop = True
        return found

    monkeypatch.setattr(evidence, "_of_fold", score_and_stop)
    with pytest.raises(Cancelled):
        run(inputs, tmp_path, recorder, folds=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "warned"),
    [
        ({"epochs": 2}, True),
        ({"epochs": 3}, False),
        ({"epochs": 4}, False),
        # Without folds nothing is expected of the map.
        ({"epochs": 2, "holdout": "polygons", "committee": False}, False),
    ],
)
def test_a_short_training_is_warned_of_in_log_page_and_numbers(
    inputs, tmp_path, monkeypatch, settings, warned
):
    few = {"quick": 1, "standard": 3, "best": 6}
    monkeypatch.setattr(map_accuracy, "preset_epochs", lambda: few)
    recorder = Recorder()
    settings = {"holdout": "matched", "validation_percent": 0, **settings}
    figures, numbers = run(inputs, tmp_path, recorder, **settings)
    assert (figures["map_accuracy"] is None) == ("committee" in settings)
    text = "trained for 2 epochs, fewer than the standard 3"
    page = (tmp_path / "report.html").read_text("utf-8")
    for said in (recorder.warnings, numbers["warnings"], [page]):
        assert sum(text in line for line in said) == warned
    for doubt in (figures["map_accuracy_doubt"], numbers["map_accuracy_doubt"]):
        assert text in doubt if warned else doubt is None
    if warned:
        assert page.index("to be right") < page.index(text) < page.index("Device: ")


def test_a_confidence_that_too_few_pixels_calibrate_is_doubted(inputs, tmp_path):
    """Points as GPS gives them: four of each class."""
    shapes, names = tiny.boxes(0.0, 1, 7, 12, 17)
    points = [shape.centroid for shape in shapes]
    rois = scenes.write_areas(tmp_path / "points.gpkg", points, {"cover": names})
    recorder = Recorder()
    figures, _ = run(inputs, tmp_path, recorder, holdout="matched", rois=str(rois))
    assert figures["map_accuracy"] is not None
    assert figures["calibration"]["fitted_pixels"] == 0
    note = figures["calibration"]["note"]
    assert "too few held-out pixels" in note
    assert figures["map_accuracy_doubt"].startswith(note)
    assert any(text.startswith(note) for text in recorder.warnings)


@pytest.mark.parametrize("holdout", ["matched", "polygons"])
def test_an_accuracy_that_held_out_areas_contradict_is_doubted(
    inputs, tmp_path, monkeypatch, holdout
):
    asked = []

    def said(expected, share, interval):
        asked.append((expected.value, share, *interval))
        return "Held-out areas say otherwise."

    monkeypatch.setattr("miaf_engine.tasks.train.train.contradicted", said)
    recorder = Recorder()
    figures, _ = run(inputs, tmp_path, recorder, holdout=holdout)
    names = ("map_accuracy", "overall_accuracy")
    known = [*(figures[name] for name in names), *figures["overall_accuracy_interval"]]
    assert asked[0] == pytest.approx(known)
    assert figures["map_accuracy_doubt"].startswith("Held-out areas say otherwise.")
    assert recorder.warnings.count(figures["map_accuracy_doubt"]) == 1


def test_early_stopping_is_no_short_training(inputs, tmp_path, monkeypatch):
    few = {"quick": 1, "standard": 6, "best": 9}
    monkeypatch.setattr(map_accuracy, "preset_epochs", lambda: few)
    falling = iter(range(100, 0, -1))
    monkeypatch.setattr(loop, "validate", lambda *_: (next(falling) / 100, 1.0))
    recorder = Recorder()
    early = {"epochs": 6, "validation_percent": 20, "final_percent": 0}
    figures, _ = run(inputs, tmp_path, recorder, holdout="matched", **early)
    assert figures["best_epoch"] < 6 and figures["map_accuracy"] is not None
    assert not [text for text in recorder.warnings if "fewer than" in text]


def test_the_report_says_what_the_weights_of_the_heads_follow_from(inputs, tmp_path):
    def page(name, **more):
        folder = tmp_path / name
        folder.mkdir()
        run(inputs, folder, epochs=1, **more)
        return (folder / "report.html").read_text("utf-8")

    in_turn = "areas held out in turn"
    assert f"Their weights follow from {in_turn}." in page("first", holdout="matched")
    model = str(tmp_path / "first" / "model.miaf.safetensors")
    continued = page("continued", holdout="polygons", initial_model=model)
    assert "Their weights are those of the initial model." in continued
    assert f"weights follow from {in_turn}" not in continued
    where = tiny.grid()
    points = [scenes.pixel_box(where, 3, 10 * k + 4, 1, 1) for k in range(3)]
    names = ["Wheat", "Forest", "Road"]
    rois = scenes.write_areas(tmp_path / "pixels.gpkg", points, {"cover": names})
    single = page("single", holdout="matched", rois=str(rois))
    assert "They have equal weights, because no area could be held out." in single
    assert in_turn not in single
