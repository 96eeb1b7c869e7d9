"""What the machine can do is measured, and what could not be measured is a row without a value."""

from __future__ import annotations

import json

import pytest

from data.bench.alone import alone
from data.bench.limits import Multiplying, Reading, empty_page, interleaved
from data.evaluation.figure import missing


def test_limits_are_plausible() -> None:
    assert 1e-3 < Reading(rows=2_000).seconds() < 10
    assert 1e7 < Multiplying(side=64).rate() < 1e13
    assert empty_page().test_client().get("/").get_data(as_text=True) == "ok"


def test_each_work_is_measured_beside_the_yardstick() -> None:
    yards, done = iter([9.0, 9.0, 9.0, 1.0, 2.0, 4.0, 1.0, 2.0]), []
    works = {
        "one": (lambda: done.append(1), 2),
        "two": (lambda: done.append(2), 2),
        "fewer rounds": (lambda: done.append(3), 1),
    }
    found = interleaved(lambda: next(yards), works)
    assert done == [1, 2, 3, 1, 2, 3, 1, 2]
    # The first round (9.0) is left out, and each work has its own yardstick: 1.0, 2.0 and 4.0.
    assert found["one"][1] == pytest.approx(found["one"][0])
    assert found["two"][1] == pytest.approx(found["two"][0] / 2)
    assert found["fewer rounds"][1] == pytest.approx(found["fewer rounds"][0] / 4)


def test_a_process_of_its_own_has_one_thread_and_gives_its_result_back() -> None:
    assert alone("json", "loads", s="[1]") == [1]
    assert alone("os", "getenv", key="OPENBLAS_NUM_THREADS") == "1"


def test_what_was_not_measured_has_no_value_and_is_missed() -> None:
    row = json.loads(json.dumps(missing("speed", 1.0).to_row()))
    assert row["value"] is None
    assert row["ok"] is False
