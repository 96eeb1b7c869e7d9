"""The batch is measured beside a loop that only multiplies, and what it says is compared with the plain matcher."""

from __future__ import annotations

from pathlib import Path

from data.bench import cohort

PEOPLE = 250


def test_a_small_cohort_is_measured_and_right(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    cohort.prepare(store, PEOPLE)
    found = cohort.one_process(store, str(tmp_path / "one"), PEOPLE, sizes=(4, 8), share=0.5, rounds=1)
    assert found["wrong"] == 0
    assert found["4"]["batch"] > 0 and found["8"]["product"] > 0
    shared = cohort.processes(store, str(tmp_path / "two"), assignments=4, share=0.5, rounds=1)
    assert shared["different"] == 0 and min(shared["two"], shared["two beside"], shared["dask"]) > 0
