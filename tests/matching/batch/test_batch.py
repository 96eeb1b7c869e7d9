"""A batch gives both sides what the plain matcher gives, however it is cut, stopped and shared out."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.bench.contest import plain
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Assignment, Matcher, Reference, Spread, Volunteer, linker_for
from matching.batch import BatchError, Progress, Task, chunk, run
from matching.batch import task as task_module
from matching.batch.fast import FastChunk, rows, worth
from matching.batch.fast import chunk as fast_chunk
from matching.engine import Writer
from matching.learning import TreesModel
from matching.matcher import ORDER

# The package gives its function the name of the module.
runner = importlib.import_module("matching.batch.run")
PEOPLE, TOP, SEED = 600, 5, 3
WORLD = World(seed=7)
SPREAD = Spread(volunteers={"w0000003": 2.5, "w0000010": 0.4})


def strange(one: Assignment) -> list[Assignment]:
    """Return an assignment with facts missing or doubled."""
    return [
        replace(one, id=f"{one.id}-a", start_on=None, end_on=None, weeks=None, goals=()),
        replace(one, id=f"{one.id}-b", essential=(), desirable=(), licensed_skills=("NUR-01",)),
        replace(one, id=f"{one.id}-c", languages=(), mode="online", weekly_hours=None),
        replace(one, id=f"{one.id}-d", title="", tasks="", expected_results="", places_international=0, places_local=1),
        replace(one, id=f"{one.id}-e", host_verified=False),
        replace(one, id=f"{one.id}-f", start_on=date(2026, 5, 1), end_on=None, weeks=999_999),
        replace(one, id=f"{one.id}-g", start_on=date(2026, 5, 1), end_on=date(2226, 5, 1), weeks=None),
    ]


@pytest.fixture(scope="module")
def works() -> tuple[Assignment, ...]:
    work = Work(WORLD, judged_on=400)
    drawn = [one for share in KINDS for one in work.assignments(share, 12)]
    return (*drawn, *strange(drawn[0]), *strange(drawn[14]))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return plain(WORLD, PEOPLE)


def stored(folder: Path, people: Sequence[Volunteer], most: int) -> Path:
    reference = Reference.load()
    Writer(folder, reference, linker_for(reference)).rebuild(people, most)
    return folder


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, matcher: Matcher) -> dict[int, Path]:
    people = matcher.pool_.volunteers
    return {most: stored(tmp_path_factory.mktemp("store") / str(most), people, most) for most in (250, 600)}


@pytest.fixture
def by_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without compiled loops."""
    monkeypatch.setattr(task_module, "chunk_kind", lambda _: chunk.Chunk)


def test_compiled_loops_are_taken_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = [task_module.chunk_kind(top) for top in (0, 1, 50, task_module.LONGEST_COMPILED + 1)]
    assert kinds == [chunk.Chunk, FastChunk, FastChunk, chunk.Chunk]
    monkeypatch.setattr(task_module, "find_spec", lambda _: None)
    assert task_module.chunk_kind(50) is chunk.Chunk


@pytest.mark.parametrize("spread", [Spread(), SPREAD])
@pytest.mark.parametrize("kind", [chunk.Chunk, FastChunk])
def test_both_sides_get_what_the_plain_matcher_gives(
    kind: type[chunk.Chunk],
    spread: Spread,
    stores: dict[int, Path],
    works: tuple[Assignment, ...],
    matcher: Matcher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(task_module, "chunk_kind", lambda _: kind)
    lists = run(Task(stores[250], works, TOP, SEED, spread), tmp_path)
    expected = matcher.order(works, top=TOP, seed=SEED, spread=spread)
    assert lists.for_assignments().to_numpy().tolist() == expected.to_numpy().tolist()
    ids = [one.id for one in matcher.pool_.volunteers[::7]]
    expected = matcher.rank_for(ids, works, top=TOP, seed=SEED, spread=spread)[list(ORDER)]
    found = lists.for_volunteers()
    assert found[found["volunteer_id"].isin(ids)].to_numpy().tolist() == expected.to_numpy().tolist()


def test_the_bytes_are_the_same_however_it_is_cut_shared_out_and_made(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (FastChunk, chunk.Chunk):
        monkeypatch.setattr(task_module, "chunk_kind", lambda _, kind=kind: kind)
        for most, processes in ((600, 1), (250, 1), (250, 2)):
            run(Task(stores[most], works, TOP, SEED), tmp_path / f"{kind.__name__}-{most}-{processes}", processes)
    whole, *others = [path.read_bytes() for path in sorted(tmp_path.glob("*/lists"))]
    assert len(others) == 5 and all(other == whole for other in others)


def test_the_bytes_are_the_same_however_often_columns_are_forgotten(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(Task(stores[250], works, TOP, SEED), tmp_path / "seldom")
    monkeypatch.setattr(rows, "LEAST", 3)
    monkeypatch.setattr(fast_chunk, "TURN", 2)
    for name in ("RULES_BYTES", "POINTS_BYTES", "FACTS_BYTES"):
        monkeypatch.setattr(worth, name, 0)
    forgotten: list[None] = []
    monkeypatch.setattr(rows.Rows, "forget", lambda self: forgotten.append(self._numbers.clear()))
    run(Task(stores[250], works, TOP, SEED), tmp_path / "often")
    assert len(forgotten) > 12
    assert (tmp_path / "often/lists").read_bytes() == (tmp_path / "seldom/lists").read_bytes()


def test_the_bytes_are_the_same_however_few_are_looked_at_together(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(Task(stores[250], works, TOP, SEED), tmp_path / "many")
    monkeypatch.setattr(fast_chunk, "TILE", 64)
    monkeypatch.setattr(fast_chunk, "WORDINGS", 2)
    for turn in (7, 1):  # alone, an assignment that nobody may take is looked at in no mode
        monkeypatch.setattr(fast_chunk, "TURN", turn)
        run(Task(stores[250], works, TOP, SEED), tmp_path / str(turn))
        assert (tmp_path / f"{turn}/lists").read_bytes() == (tmp_path / "many/lists").read_bytes()


def test_a_process_that_is_killed_is_told_in_words_and_costs_its_part_alone(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, mine = Task(stores[250], works, TOP, SEED), os.getpid()
    make = runner.part_of

    def killed(*given: Any) -> Any:
        if os.getpid() != mine and given[3] == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(*given)

    with monkeypatch.context() as patched:
        patched.setattr(runner, "part_of", killed)
        with pytest.raises(BatchError, match=r"ended from outside.*What is done is kept"):
            run(task, tmp_path / "killed", processes=2)
    run(task, tmp_path / "killed", processes=2)
    run(task, tmp_path / "whole")
    assert (tmp_path / "killed/lists").read_bytes() == (tmp_path / "whole/lists").read_bytes()


def test_assignments_that_nobody_may_take_have_empty_lists(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path
) -> None:
    lists = run(Task(stores[250], tuple(replace(one, host_verified=False) for one in works[:3]), TOP), tmp_path)
    assert lists.for_assignments().empty and lists.for_volunteers().empty


def test_what_was_read_is_kept_until_the_store_changes(
    matcher: Matcher, works: tuple[Assignment, ...], tmp_path: Path
) -> None:
    store, reference = stored(tmp_path / "store", matcher.pool_.volunteers[:50], 50), Reference.load()
    task = Task(store, works[:3], TOP)
    before, read = task_module.opened(task)
    assert task_module.opened(replace(task, seed=SEED, top=TOP + 1))[1] is read
    assert task_module.opened(replace(task, assignments=works[:2]))[1] != read
    Writer(store, reference, linker_for(reference)).remove([matcher.pool_.volunteers[0].id])
    assert task_module.opened(task)[0].snapshot.manifest != before.snapshot.manifest
    run(task, tmp_path / "after")


def test_an_assignment_that_names_more_than_can_be_added_up_is_refused(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path
) -> None:
    endless = replace(works[0], id="endless", languages_helpful=tuple(f"x{number}" for number in range(2_001)))
    with pytest.raises(BatchError, match="assignment endless names more than 2000 skills and languages; name fewer"):
        run(Task(stores[600], (works[1], endless), TOP), tmp_path)


@pytest.mark.usefixtures("by_arrays")
def test_the_bytes_are_the_same_however_often_lists_are_looked_through(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(Task(stores[250], works, TOP, SEED), tmp_path / "seldom")
    for name, few in {"OFTEN": 3, "SELDOM": 5, "PEOPLE": 32, "SAMPLE": 20}.items():
        monkeypatch.setattr(chunk, name, few)
    monkeypatch.setattr(chunk, "GROWN", 0.5)
    run(Task(stores[250], works, TOP, SEED), tmp_path / "often")
    assert (tmp_path / "often/lists").read_bytes() == (tmp_path / "seldom/lists").read_bytes()


def test_a_batch_that_was_stopped_goes_on_where_it_was(
    stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(stores[250], works, TOP)
    whole = run(task, tmp_path / "whole")
    said: list[Progress] = []

    class Stopped(Exception):
        pass

    def stop(progress: Progress) -> None:
        said.append(progress)
        if progress.done > progress.total / 2:
            raise Stopped

    with pytest.raises(Stopped):
        run(task, tmp_path / "again", tell=stop)
    left: list[int] = []
    make = runner.make_part

    def counted(*given: Any) -> int:
        left.append(given[1])
        return make(*given)

    monkeypatch.setattr(runner, "make_part", counted)
    again = run(task, tmp_path / "again", tell=said.append)
    assert left == [1, 2]
    assert said[-1] == Progress(PEOPLE * len(works), PEOPLE * len(works), 0.0)
    assert again.for_volunteers().equals(whole.for_volunteers())
    # Another task in the same folder does not take what was made for this one.
    other = run(Task(stores[250], works[:5], TOP), tmp_path / "again")
    assert set(other.for_assignments()["assignment_id"]) <= {one.id for one in works[:5]}


def test_a_store_without_anybody_has_empty_lists(works: tuple[Assignment, ...], tmp_path: Path) -> None:
    lists = run(Task(stored(tmp_path / "store", [], 250), works, TOP), tmp_path / "lists")
    assert lists.for_assignments().empty and lists.for_volunteers().empty


def test_what_files_of_another_layout_hold_is_made_anew(
    stores: dict[int, Path], works: tuple[Assignment, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(stores[250], works, TOP)
    name = task.name(task.matcher())
    monkeypatch.setattr(task_module, "LAYOUT", task_module.LAYOUT + 1)
    assert task.name(task.matcher()) != name


def test_only_linear_models_are_ranked(stores: dict[int, Path], works: tuple[Assignment, ...], tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="linear"):
        run(Task(stores[250], works, TOP, model=object.__new__(TreesModel)), tmp_path)
