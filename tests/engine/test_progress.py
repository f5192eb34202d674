"""Stages of a bar, warnings, and stopping."""

import pytest

from miaf_engine.errors import Cancelled
from miaf_engine.progress import SILENT, Recording, Span, Stage
from tests.scenes import Recorder


def test_a_span_is_a_slice_of_its_callers_bar():
    recorder = Recorder()
    span = Span(Span(recorder, 0.5, 1.0), 0.0, 0.5)
    for fraction in (0.0, 0.5, 1.0):
        span.step(fraction)
    assert recorder.fractions == [0.5, 0.625, 0.75]


def test_a_step_stops_where_the_caller_asked_to():
    span = Span(Recorder(cancel_at=0.5), 0.0, 1.0)
    span.step(0.4)
    with pytest.raises(Cancelled):
        span.step(0.5)


def test_warnings_are_kept_and_passed_on():
    recorder = Recorder()
    recording = Recording(recorder)
    Span(recording, 0.2, 0.3).warning("look")
    assert recording.warnings == recorder.warnings == ["look"]
    recording.info("fact")
    recording.step(0.7)
    assert recorder.fractions == [0.7]


def test_silence_never_stops():
    SILENT.info("x")
    SILENT.warning("x")
    SILENT.step(1.0, "x")


def test_epochs_are_passed_on_with_the_names_of_their_stages():
    class Epochs(Recorder):
        def epoch(self, *report):
            reports.append(report)

        def kept(self, *report):
            reports.append(report)

    reports = []
    fold = Stage(Recording(Epochs()), 0.0, 0.5, "Fold 2 of 5: ")
    Span(fold, 0.0, 1.0).epoch(3, 9, 0.5)
    Stage(fold, 0.9, 1.0, "With the validation set: ").epoch(1, 2, 0.4, 0.75)
    fold.kept(3)
    assert reports == [
        (3, 9, 0.5, None, "Fold 2 of 5: "),
        (1, 2, 0.4, 0.75, "Fold 2 of 5: With the validation set: "),
        (3, "Fold 2 of 5: "),
    ]
    SILENT.epoch(1, 2, 0.4)
    SILENT.kept(1)
