"""The script that the engine is compared with gives what the plain matcher gives, so that speeds may be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.bench import pandas_baseline
from data.bench.contest import plain
from data.bench.pandas_tables import Tables
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Assignment, Matcher, linker_for

PEOPLE = 400
WORK = Work(World(seed=5), judged_on=300)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return plain(WORK.world, PEOPLE)


@pytest.fixture(scope="module")
def tables() -> Tables:
    # In parts: a table is the same however its people come.
    parts: Iterator = (next(WORK.world.volunteers(end, start)) for start, end in ((0, 150), (150, PEOPLE)))
    return Tables(parts, linker_for(WORK.world.reference))


def strange(one: Assignment) -> list[Assignment]:
    """Return an assignment with facts missing, one at a time."""
    return [
        replace(one, start_on=None, end_on=None, weeks=None, goals=()),
        replace(one, essential=(), desirable=(), licensed_skills=("NUR-01",)),
        replace(one, languages=(), mode="online", weekly_hours=None),
        replace(one, title="", tasks="", expected_results="", places_international=0, places_national=1),
        replace(one, host_verified=False),
    ]


@pytest.mark.parametrize("share", sorted(KINDS))
def test_pandas_ranks_as_the_plain_matcher_does(share: float, matcher: Matcher, tables: Tables) -> None:
    first, *others = WORK.assignments(share, 4)
    for one in [first, *others, *strange(first)]:
        expected = matcher.order([one], top=20, seed=2)
        found = pandas_baseline.rank(tables, WORK.world.reference, one, top=20, seed=2)
        assert found.to_numpy().tolist() == expected.to_numpy().tolist(), one
