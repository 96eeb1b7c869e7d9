"""What lists need goes from part to part: fewer pairs wait, and nobody is missed, whichever part is made first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from data.bench.contest import plain
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Reference, linker_for
from matching.batch import Task, chunk, make_part, run
from matching.batch import task as task_module
from matching.batch.bars import ANYBODY, Bars
from matching.batch.fast import FastChunk
from matching.batch.lists import WORKS, picks_in
from matching.batch.picks import Picks
from matching.batch.run import Parts
from matching.batch.scores import BAND_STEPS
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


def made(task: Task, folder: Path, order: Sequence[int], bars: Bars | None) -> int:
    """Make parts in this order, some twice, with common bars or each alone; return how many pairs wait in them."""
    folder.mkdir()
    parts = Parts(folder, task.name(task.matcher()))
    for number in order:
        make_part(task, number, parts.path(number), bars or task.bars())
    return sum(len(picks_in(open_pack(parts.path(number)), WORKS).other) for number in set(order))


@pytest.mark.parametrize("kind", [chunk.Chunk, FastChunk])
def test_parts_may_be_made_in_any_order_and_again(
    kind: type[chunk.Chunk], task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_module, "chunk_kind", lambda _: kind)
    counts = {
        name: made(task, tmp_path / name, order, bars)
        for name, order, bars in (
            ("alone", (0, 1, 2), None),
            ("onwards", (0, 1, 2), task.bars()),
            ("back", (2, 1, 0), task.bars()),
            # Parts that were lost after they raised what the others needed, each of these made again after that.
            ("again", (0, 1, 2, 1, 0, 2, 0), task.bars()),
        )
    }
    assert max(counts["onwards"], counts["back"]) < counts["alone"] and counts["again"] < counts["onwards"]
    whole, *others = [run(task, tmp_path / name).pack.arrays for name in counts]
    for other in others:
        assert all(np.array_equal(array, other[name]) for name, array in whole.items())


def test_only_full_lists_are_raised_to_their_last_entry() -> None:
    bars = Bars.none(8)
    owners, statuses = np.array([0, 0, 1, 1, 3], np.int32), np.array([0, 0, 0, 1, 1], np.int8)
    lots = np.array([0.5, 0.25, 0.1, 0.1, 0.1])
    bars.raise_by(Picks(owners, owners, statuses, np.array([77.0, 62.0, 90.0, 90.0, 90.0]), lots), 2)
    assert bars.bands(np.arange(8)).tolist() == [62 // BAND_STEP, 0, 0, 0, 0, 0, 0, 0]
    assert bars.steps[0] == ANYBODY + 62 // BAND_STEP * BAND_STEPS and bars.lots[0] == 0.25
    assert np.isinf(bars.lots[1:]).all() and (bars.steps[1:] == ANYBODY).all()
