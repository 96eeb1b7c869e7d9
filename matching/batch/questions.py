"""What a batch is asked: assignments with what is looked for in each, read once for all segments."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from matching.criteria.skills import SkillsCriterion, Wanted, words_asked
from matching.engine.matcher import StoredMatcher
from matching.learning import LinearModel
from matching.matcher import linker_for
from matching.records import Assignment
from matching.text.likeness import Asked, all_asked_in

MOST_NAMED = 2_000  # skills and languages of an assignment: each adds a step to what two bytes have to hold


class BatchError(ValueError):
    """The batch cannot be made as asked."""


@dataclass(frozen=True)
class Question:
    """An assignment with what is looked for in it: the same for all segments."""

    number: int
    assignment: Assignment
    wanted: tuple[Wanted, ...]
    text_share: float
    asked: Asked | None


def check_model(matcher: StoredMatcher) -> None:
    """Raise BatchError where the model is no weighted sum."""
    if not isinstance(matcher.model_, LinearModel):
        raise BatchError("the batch ranks by linear models only; use a matcher for others")


def questions(matcher: StoredMatcher, assignments: list[Assignment]) -> list[Question]:
    """Read the assignments; those that ask in the same words stand beside one another.

    BatchError where one names so much that it cannot be added up.
    """
    for one in assignments:
        if len(one.essential) + len(one.desirable) + len(one.languages) + len(one.languages_helpful) > MOST_NAMED:
            raise BatchError(f"assignment {one.id} names more than {MOST_NAMED} skills and languages; name fewer")
    criterion = next(one for one in matcher._criteria() if isinstance(one, SkillsCriterion))
    linker = linker_for(matcher.reference_)
    words = [words_asked(one) for one in assignments]
    order = sorted(range(len(assignments)), key=lambda number: (words[number], number))
    distinct = list(dict.fromkeys(words[number] for number in order))
    read = dict(zip(distinct, all_asked_in(distinct, linker), strict=True))
    shares: dict[Hashable, tuple[tuple[Wanted, ...], float]] = {}
    found = []
    for number in order:
        one, asked = assignments[number], read[words[number]]
        key = words[number], one.essential, one.desirable, one.experience_level
        if key not in shares:
            wanted, share = criterion.shares(matcher.pool_, one, asked is not None)
            shares[key] = tuple(wanted), share
        found.append(Question(number, one, *shares[key], asked if shares[key][1] else None))
    return found
