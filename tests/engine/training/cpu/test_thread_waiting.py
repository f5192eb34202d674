import pytest

from miaf_engine.training.cpu import thread_waiting
from miaf_engine.training.cpu.thread_waiting import choose_waiting, wait_asleep

ASLEEP = {"OMP_WAIT_POLICY": "PASSIVE"}
AWAKE = {"GOMP_SPINCOUNT": "10000"}


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ("0.00 0.00 0.00 1/120 77", AWAKE),
        ("9.99 9.99 9.99 1/120 77", AWAKE),  # what has just ended does not count
        ("0.00 0.00 0.00 2/120 77", ASLEEP),
        ("0.00 0.00 0.00 17/120 77", ASLEEP),
        ("nonsense", ASLEEP),
        ("0.00 0.00 0.00 many/120 77", ASLEEP),
        (None, ASLEEP),
    ],
)
def test_threads_wait_awake_only_where_nothing_else_runs(
    tmp_path, monkeypatch, load, expected
):
    file = tmp_path / "loadavg"
    if load is not None:
        file.write_text(load)
    monkeypatch.setattr(thread_waiting, "_LOAD", file)
    found = {}
    choose_waiting(found)
    assert found == expected


@pytest.mark.parametrize(
    "own", [{"OMP_WAIT_POLICY": "ACTIVE"}, {"GOMP_SPINCOUNT": "5"}]
)
def test_what_the_user_has_set_is_kept(own):
    found = dict(own)
    choose_waiting(found)
    assert found == own


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, ASLEEP),
        (AWAKE, ASLEEP),  # the choice of a parent that was alone
        ({"GOMP_SPINCOUNT": "5"}, {"GOMP_SPINCOUNT": "5", **ASLEEP}),
        ({"OMP_WAIT_POLICY": "ACTIVE"}, {"OMP_WAIT_POLICY": "ACTIVE"}),
    ],
)
def test_processes_that_share_the_cores_sleep(before, after):
    found = dict(before)
    wait_asleep(found)
    assert found == after
