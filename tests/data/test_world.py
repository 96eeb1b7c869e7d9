"""The synthetic world: the same for a seed, uneven as the real one, and as choosy as it is asked to be."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from data.bench.world import CHUNK, World
from data.bench.world_rows import frame_of
from data.bench.world_work import KINDS, Work
from matching import Volunteer, parse_volunteers

WORLD = World(seed=3)


@pytest.fixture(scope="module")
def people() -> list[Volunteer]:
    return [one for chunk in WORLD.volunteers(CHUNK) for one in chunk]


def test_a_small_world_is_the_beginning_of_a_large_one(people: list[Volunteer]) -> None:
    assert [one for chunk in World(seed=3).volunteers(500) for one in chunk] == people[:500]
    assert next(World(seed=3).volunteers(CHUNK + 1, start=CHUNK)) != people[:1]
    assert [one for chunk in World(seed=3).volunteers(700, start=690) for one in chunk] == people[690:700]
    assert next(World(seed=4).volunteers(500)) != people[:500]


def test_people_are_uneven_and_facts_may_be_missing(people: list[Volunteer]) -> None:
    assert len({one.id for one in people}) == CHUNK
    homes = [count for _, count in Counter(one.residence for one in people).most_common()]
    assert homes[0] > 20 * homes[len(homes) // 2]
    for fact in ("skills", "languages", "countries", "availability", "modes", "causes", "experience", "stay_max_weeks"):
        known = sum(bool(getattr(one, fact)) for one in people)
        assert 0.2 * CHUNK < known < CHUNK, fact
    texts = len({one.experience for one in people})
    assert len({one.experience for one in people[: CHUNK // 2]}) < texts < CHUNK / 2


def test_rows_read_back_as_the_same_people(people: list[Volunteer]) -> None:
    assert parse_volunteers(frame_of(people[:300]), WORLD.reference) == people[:300]


@pytest.mark.parametrize("share", sorted(KINDS))
def test_assignments_leave_as_many_eligible_as_they_are_meant_to(share: float) -> None:
    work, kind = Work(WORLD, judged_on=1_000), KINDS[share]
    found = work.assignments(share, 3)
    assert found == work.assignments(share, 5)[:3]
    assert len({one.id for one in found}) == 3
    assert all(kind.low <= work.eligible(one) <= kind.high for one in found)
    every = [work.eligible(one) for one in islice(work._drafts(kind), 60)]
    assert min(every) < kind.low and max(every) > kind.high  # what is drawn differs; what is kept does not
