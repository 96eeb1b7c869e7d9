"""What lists need goes from part to part: fewer pairs are kept, and nobody is missed, whichever part is made first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from data.bench.contest import plain
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Reference, linker_for
from matching.batch import Task, chunk, make_part, run
from matching.batch import task as task_module
from matching.batch.fast import FastChunk
from matching.batch.fast import chunk as fast_chunk
from matching.batch.needs import Needs
from matching.batch.part import Part
from matching.batch.picks import EACH, Picks
from matching.batch.run import Parts
from matching.batch.shares import Share
from matching.batch.task import opened
from matching.engine import Writer
from matching.engine.pack import open_pack
from matching.explanation import BAND_STEP
from matching.spread import Spread

WORLD = World(seed=7)
PEOPLE, PART, TOP = 600, 250, 5


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    folder, reference = tmp_path_factory.mktemp("store"), Reference.load()
    Writer(folder, reference, linker_for(reference)).rebuild(plain(WORLD, PEOPLE).pool_.volunteers, PART)
    work = Work(WORLD, judged_on=400)
    works = [one for share in KINDS for one in work.assignments(share, 12)]
    return Task(folder, tuple(works), TOP, 3, Spread(volunteers={"w0000003": 2.5}))


def made(task: Task, folder: Path, order: Sequence[int], needs: Needs | None) -> int:
    """Make parts in this order, some twice, with common needs or each alone; return how many pairs wait in them."""
    folder.mkdir()
    parts = Parts(folder, task.name(task.matcher()))
    for number in order:
        make_part(task, number, parts.path(number), needs or task.needs())
    return sum(len(Share.read(open_pack(parts.path(number))).lot) for number in set(order))


@pytest.mark.parametrize("kind", [chunk.Chunk, FastChunk])
def test_parts_may_be_made_in_any_order_and_again(
    kind: type[chunk.Chunk], task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_module, "chunk_kind", lambda _: kind)
    counts = {
        name: made(task, tmp_path / name, order, needs)
        for name, order, needs in (
            ("alone", (0, 1, 2), None),
            ("onwards", (0, 1, 2), task.needs()),
            ("back", (2, 1, 0), task.needs()),
            # Parts that were lost after they raised what the others needed, each of these made again after that.
            ("again", (0, 1, 2, 1, 0, 2, 0), task.needs()),
        )
    }
    assert max(counts["onwards"], counts["back"]) < counts["alone"] and counts["again"] < counts["onwards"]
    whole, *others = [run(task, tmp_path / name).pack.arrays for name in counts]
    for other in others:
        assert all(np.array_equal(array, other[name]) for name, array in whole.items())


LOTS = st.floats(min_value=0, exclude_min=True, allow_infinity=False, allow_nan=False)


@given(st.lists(st.tuples(st.floats(0, 100), LOTS), min_size=1, max_size=6))
def test_needs_leave_out_nobody_and_little_more_than_nobody(lasts: list[tuple[float, float]]) -> None:
    needs = Needs(1)
    for score, lot in lasts:
        needs.raise_by(_picks([0], [0], [score], [lot]), 1)
    best = min((-int(_band(score)), lot) for score, lot in lasts)
    bands, lots = needs.of(np.arange(EACH))
    assert bands.tolist() == [-best[0], 0] and np.isinf(lots[1])
    assert best[1] < lots[0] and (lots[0] <= best[1] * (1 + 2.0**-35) or best[1] < 1e-290)


def test_only_full_lists_are_raised_to_their_last_entry() -> None:
    needs = Needs(4)
    owners, statuses = [0, 0, 1, 1, 3], [0, 0, 0, 1, 1]
    needs.raise_by(_picks(owners, statuses, [77.0, 62.0, 90.0, 90.0, 90.0], [0.5, 0.25, 0.1, 0.1, 0.1]), 2)
    bands, lots = needs.of(np.arange(EACH * 4))
    assert bands.tolist() == [62 // BAND_STEP, 0, 0, 0, 0, 0, 0, 0]
    assert 0.25 < lots[0] < 0.2500001 and np.isinf(lots[1:]).all()


def test_parts_made_side_by_side_begin_at_different_assignments(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_chunk, "TURN", 5)
    matcher, asked = opened(task)
    begun: list[int] = []
    of = Needs.of

    def noted(needs: Needs, lists: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        begun.append(int(lists[0]))
        return of(needs, lists)

    monkeypatch.setattr(Needs, "of", noted)
    firsts, seen = [], []
    for number in range(3):
        begun.clear()
        FastChunk(Part(matcher, number, asked, TOP, task.seed, task.spread, task.needs())).run(lambda _: None)
        firsts.append(begun[0])
        seen.append(sorted(begun))
    assert len(set(firsts)) == 3 and seen[0] == seen[1] == seen[2]


def test_a_forked_process_tells_what_it_found() -> None:
    needs = Needs(1)
    child = os.fork()
    if not child:
        needs.raise_by(_picks([0], [1], [50.0], [0.5]), 1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert needs.of(np.arange(EACH))[0].tolist() == [0, 50 // BAND_STEP]


def _band(score: float) -> float:
    return round(score, 9) // BAND_STEP


def _picks(owners: list[int], statuses: list[int], scores: list[float], lots: list[float]) -> Picks:
    whose = np.array(owners, np.int32)
    return Picks(whose, whose, np.array(statuses, np.int8), np.array(scores, float), np.array(lots, float))
