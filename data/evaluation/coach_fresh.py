"""Empty sentences and refusals kept apart: written after the coach read meanings, and used for no check.

Twenty empty sentences in each of six languages, of five styles (mission, invitation, duty, praise, process), and ten
answers in each that answer nothing. The same hands wrote them and the sentences that the coach learned from. The third
set, twenty-five sentences in each language, was written when the line of the second training was fixed, the fourth,
five in each, when the judge was learned.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.evaluation.figure import Figure, at_most
from matching.coach.draft import Draft
from matching.facts import UI_LANGUAGES

FRESH = Path(__file__).with_name("coach_fresh.csv")
SETS = {
    "second": FRESH,
    "third": FRESH.with_name("coach_third.csv"),
    "fourth": FRESH.with_name("coach_fourth.csv"),
}
REFUSAL = "refusal"
AT_ONCE = 5
SEED = 20_261_126
ANSWERS = ("community_consulted", "handover", "locals_sought", "why_not_paid_local", "learning", "local_strengths") + (
    "plain_day",
    "hardest_thing",
    "national_priority",
    "supervisor",
    "counterpart",
)
Score = Callable[[Draft], float]
Scores = NDArray[np.float64]


def figures(drafts: Sequence[Draft], score: Score) -> list[Figure]:
    """Return how often empty sentences raise the score of openings, five at once and one alone, and refusals count."""
    before = np.array([score(one) for one in drafts])
    rows = [figure for name in SETS for figure in _of_set(name, drafts, before, score)]
    return [*rows, _refusals(score)]


def rises(name: str, before: Scores, after: Scores) -> Figure:
    """Return how many scores rise, by however little; beside it how many of the whole numbers that pages show do."""
    more = after - before
    shown = float(np.mean(np.floor(after) > np.floor(before)))
    beside = {"as shown": shown, "median points": float(np.median(more)), "most points": float(more.max())}
    return at_most(name, float(np.mean(more > 0)), None, beside=beside)


def _of_set(kept: str, drafts: Sequence[Draft], before: Scores, score: Score) -> list[Figure]:
    chance = Random(SEED)  # noqa: S311 - a drawing that can be repeated, no secret
    rows = []
    for number, name in ((AT_ONCE, "five sentences"), (1, "one sentence")):
        for language in UI_LANGUAGES:
            empty = [text for kind, text in fresh(language, SETS[kept]) if kind != REFUSAL]
            after = np.array([score(padded(one, chance.sample(empty, number))) for one in drafts])
            rows.append(rises(f"kept apart, {kept}: {name} ({language}) raise", before, after))
    return rows


def padded(draft: Draft, sentences: Sequence[str]) -> Draft:
    """Return the draft with sentences at the end of its tasks."""
    return replace(draft, tasks=" ".join([draft.tasks.rstrip(), *sentences]).strip())


def _refusals(score: Score) -> Figure:
    refusals = [text for language in UI_LANGUAGES for kind, text in fresh(language) if kind == REFUSAL]
    counts = [score(_with(name, text)) > score(Draft()) for text in refusals for name in ANSWERS]
    beside = {"refusals": len(refusals), "questions": len(ANSWERS)}
    return at_most("kept apart: refusals that earn points", float(np.mean(counts)), None, beside=beside)


def _with(name: str, text: str) -> Draft:
    fields: dict[str, Any] = {name: text}
    return Draft(**fields)


@cache
def fresh(language: str, path: Path = FRESH) -> tuple[tuple[str, str], ...]:
    """Return (style, text) of a language in one of the sets."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple((row["kind"], row["text"]) for row in csv.DictReader(lines) if row["lang"] == language)
