from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from data.evaluation.coach import drawn_pairs, score
from data.evaluation.coach_damages import DAMAGES, Damage, padded
from data.evaluation.coach_openings import ASSIGNMENTS, openings
from matching.coach import Draft
from tests.matching.coach.whole import WHOLE


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damage_needs_its_part_and_makes_a_whole_draft_worse(damage: Damage) -> None:
    assert damage(Draft(), Random(1)) is None
    worse = damage(WHOLE, Random(1))
    assert worse is not None
    assert worse != WHOLE
    assert score(worse) < score(WHOLE)


def test_padding_raises_nothing() -> None:
    for tasks in (WHOLE.tasks, "Repair pumps.", ""):
        draft = replace(WHOLE, tasks=tasks)
        assert score(padded(draft, Random(1))) <= score(draft)


@pytest.mark.long
@pytest.mark.skipif(not ASSIGNMENTS.is_dir(), reason="shared/data/assignments is not here")
def test_damaged_copies_of_real_openings_rank_below() -> None:
    pairs = [pair for kind in drawn_pairs(openings()[::5]).values() for pair in kind]
    assert sum(score(worse) < score(draft) for draft, worse in pairs) >= 0.95 * len(pairs)
