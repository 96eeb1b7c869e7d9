"""Search by text alone with a filter afterwards, as many would build matching: how fast, and how much of it is right.

A person is the mean of the rows of what they say and can do, work the mean of what it asks for; the nearest are looked
for, eight times as many each turn, until fifty of them are eligible by the matcher's rules. The order that comes out is
another one than the matcher's; `recall` says how many of the matcher's fifty are among these.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from data.bench import pgvector_search
from data.bench.contest import TOP, plain
from data.bench.databases import POSTGRESQL, kinds
from data.bench.race import Effort, race
from data.bench.world_work import KINDS, Work
from matching import Assignment, Matcher, SkillLinker, linker_for
from matching.standing import Standing
from matching.text.exact import unit
from matching.text.likeness import asked_in, statements

GROWTH = 8
Rows = NDArray[np.float32]
Places = NDArray[np.int64]
Search = Callable[[Assignment], Places]
# Gives the places of so many nearest people, nearest first.
Nearest = Callable[[Rows, int], NDArray[np.int64]]


def measure(size: int, each: int, rounds: int) -> dict[str, Any]:
    """Return per engine and share: multiples of R, seconds and recall."""
    work = Work()
    linker = linker_for(work.world.reference)
    matcher = plain(work.world, size)
    rows = _people_rows(work, size, linker)
    asked = {
        share: [one for one in work.assignments(share, each) if _asked_row(one, linker) is not None] for share in KINDS
    }
    eligible = {one.id: Standing(matcher.pool_, one).status == 0 for all_ in asked.values() for one in all_}
    with ExitStack() as stack:
        searches: dict[str, Search] = {
            name: partial(_after, nearest, linker, eligible) for name, nearest in _engines(rows).items()
        }
        if POSTGRESQL in kinds():
            table = stack.enter_context(pgvector_search.table())
            table.fill(rows, list(eligible.values()))
            bits = {name: bit for bit, name in enumerate(eligible)}
            for name, iterative in pgvector_search.SETTINGS.items():
                searches[name] = partial(_within, table, linker, bits, iterative)
        found = race(asked, {name: (search, Effort(rounds)) for name, search in searches.items()})
        for name, search in searches.items():
            for share, all_ in asked.items():
                recall = statistics.mean(_recall(matcher, one, search(one)) for one in all_)
                found[name][str(share)]["recall"] = recall
    return found


def _within(
    table: pgvector_search.Table, linker: SkillLinker, bits: Mapping[str, int], iterative: str, one: Assignment
) -> Places:
    return table.nearest(_row(one, linker), bits[one.id], iterative)


def _after(nearest: Nearest, linker: SkillLinker, eligible: Mapping[str, NDArray[np.bool_]], one: Assignment) -> Places:
    return _search(nearest, _row(one, linker), eligible[one.id])


def _engines(rows: Rows) -> dict[str, Nearest]:
    brute = NearestNeighbors(algorithm="brute", metric="cosine", n_jobs=1).fit(rows)
    engines: dict[str, Nearest] = {
        "scikit-learn": lambda row, many: brute.kneighbors(row, many, return_distance=False)[0]
    }
    if find_spec("faiss") is not None:
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(rows)
        engines["faiss"] = lambda row, many: index.search(row, many)[1][0]
    return engines


def _search(nearest: Nearest, row: Rows, eligible: NDArray[np.bool_]) -> NDArray[np.int64]:
    many = TOP
    while True:
        many = min(many * GROWTH, len(eligible))
        found = nearest(row, many)
        kept = found[eligible[found]]
        if len(kept) >= TOP or many == len(eligible):
            return kept[:TOP]


def _recall(matcher: Matcher, one: Assignment, found: NDArray[np.int64]) -> float:
    right = matcher.order([one], top=TOP)
    right = set(right[right["status"] == "eligible"]["volunteer_id"])
    ids = {matcher.pool_.volunteers[place].id for place in found.tolist()}
    return len(right & ids) / max(len(right), 1)


def _people_rows(work: Work, size: int, linker: SkillLinker) -> Rows:
    parts = []
    for people in work.world.volunteers(size):
        said = [statements(one.experience, [skill.code for skill in one.skills], linker) for one in people]
        known = list(dict.fromkeys(statement.text for all_ in said for statement in all_))
        place = {text: number for number, text in enumerate(known)}
        rows = linker.rows(known)
        parts.append(_means(rows, [[place[one.text] for one in all_] for all_ in said]))
    return unit(np.concatenate(parts))


def _means(rows: Rows, places: Sequence[Sequence[int]]) -> Rows:
    means = np.zeros((len(places), rows.shape[1]), dtype=np.float32)
    for number, mine in enumerate(places):
        if mine:
            means[number] = rows[list(mine)].mean(axis=0)
    return means


def _asked_row(one: Assignment, linker: SkillLinker) -> Rows | None:
    codes = tuple(skill.code for skill in (*one.essential, *one.desirable))
    asked = asked_in((one.title, one.skills_text, one.tasks, one.expected_results), codes, linker)
    return None if asked is None else unit(asked.rows.mean(axis=0, keepdims=True))


def _row(one: Assignment, linker: SkillLinker) -> Rows:
    row = _asked_row(one, linker)
    if row is None:
        raise ValueError(f"{one.id} asks for nothing in words")
    return row
