"""Stages of a bar, warnings, and stopping."""

import pytest

from miaf_engine.errors import Cancelled
from miaf_engine.progress import SILENT, Recording, Span
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
