"""The worlds in which fairness is measured, and what is counted there."""

from __future__ import annotations

import numpy as np
import pytest

from data.evaluation import congestion, fairness, six_languages
from data.evaluation.paraphrases import LANGUAGES


def test_only_the_text_sets_the_people_of_the_world_apart() -> None:
    world = six_languages.build()
    people = world.volunteers
    assert people["id"].is_unique and people["experience"].is_unique
    assert len(people.drop(columns=["id", "experience"]).drop_duplicates()) == 1
    assert len(world.assignments.drop(columns=["id", "skills_text"]).drop_duplicates()) == 1
    assert len(set(world.asks.values())) == six_languages.SKILLS >= 40


def test_every_skill_has_as_many_who_know_it_in_each_language() -> None:
    world = six_languages.build()
    for code in set(world.asks.values()):
        who = [world.speaks[person] for person, skills in world.knows.items() if code in skills]
        assert sorted(who) == sorted(LANGUAGES * 2)
        assert sum(asked == code for asked in world.asks.values()) == len(LANGUAGES)


def test_a_language_that_is_read_worse_misses_the_goal_and_the_others_are_told_apart() -> None:
    fitting = np.tile([10.0, 10.0, 10.0, 10.0, 10.0, 4.0], (30, 1))
    rows = fairness.of_languages(fitting, fitting)
    found = {row.name.split()[4].rstrip(":"): row for row in rows if row.goal is not None}
    assert [language for language, row in found.items() if not row.ok] == ["en", "zh", "fr", "es", "ru", "ar"]
    assert found["ar"].value == pytest.approx(1 - 4 / 9)
    even = fairness.of_languages(np.full((30, 6), 7.0), np.full((30, 6), 7.0))
    assert all(row.ok and row.value == 0 for row in even if row.goal is not None)


@pytest.mark.parametrize(("counts", "value"), [([5, 5, 5, 5], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)])
def test_gini(counts: list[int], value: float) -> None:
    assert congestion.gini(np.array(counts, dtype=float)) == pytest.approx(value)


def test_the_popular_assignment_of_the_skewed_world_leaves_first_places_to_others() -> None:
    rows = {row.name: row for row in congestion._of("w", *congestion.skewed())}
    share = rows["w, assignments in people's lists: share of the most crowded"]
    assert share.beside["plain lot"] == pytest.approx(0.5, abs=0.05)
    assert share.value < 0.15
    assert rows["w, assignments in people's lists: points lost at the first place"].value == pytest.approx(0)
