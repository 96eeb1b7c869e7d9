"""Does the coach tell a good description from a worse one: damaged copies of real openings, each kind apart.

Every pair is an opening and its copy with one damage (coach_damages.py, written before the checks), in which the
damaged part existed. The copy has to score below. Beside stand the distribution of scores and what padding does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from random import Random

import numpy as np

from data.evaluation import coach_fresh, coach_heldout
from data.evaluation.coach_damages import DAMAGES, Damage, padded
from data.evaluation.coach_openings import openings
from data.evaluation.figure import Figure, at_least, at_most, missing
from data.evaluation.shared_sets import Absent
from matching.coach import Draft, coach

PAIRS = 2000
GOAL = 0.95
SEED = 20_260_101
Pair = tuple[Draft, Draft]


def figures() -> list[Figure]:
    """Return the distribution of scores, the share of damaged copies that rank below, and what padding does."""
    try:
        drafts = openings()
    except Absent as error:
        sys.stderr.write(f"coach: {error}; its rows count as missed\n")
        return [
            missing(f"damaged copies below, {PAIRS} pairs", GOAL),
            missing("padding raises the score, share of openings", 0.0),
        ]
    return [
        *_distribution(drafts),
        *_damages(drafts),
        *_padding(drafts),
        *_held_out(drafts),
        *coach_fresh.figures(drafts, score),
    ]


def drawn_pairs(drafts: Sequence[Draft]) -> dict[str, list[Pair]]:
    """Return the pairs by kind of damage, drawn by the seed: as many of each kind as there are, `PAIRS` in all."""
    chance = Random(SEED)  # noqa: S311 - a drawing that can be repeated, no secret
    made = {damage.__name__: _pairs(damage, chance.sample(list(drafts), len(drafts)), chance) for damage in DAMAGES}
    taken: dict[str, list[Pair]] = {kind: [] for kind in made}
    turn = 0
    while sum(map(len, taken.values())) < PAIRS and any(turn < len(pairs) for pairs in made.values()):
        for kind, pairs in made.items():
            if turn < len(pairs) and sum(map(len, taken.values())) < PAIRS:
                taken[kind].append(pairs[turn])
        turn += 1
    return taken


def _pairs(damage: Damage, drafts: Sequence[Draft], chance: Random) -> list[Pair]:
    return [(draft, worse) for draft in drafts if (worse := damage(draft, chance)) is not None]


def _damages(drafts: Sequence[Draft]) -> list[Figure]:
    below = {
        kind: [score(worse) < score(draft) for draft, worse in pairs] for kind, pairs in drawn_pairs(drafts).items()
    }
    every = [one for kind in below.values() for one in kind]
    rows = [at_least(f"damaged copies below, {len(every)} pairs", float(np.mean(every)), GOAL)]
    return rows + [
        at_least(f"  {kind.replace('_', ' ')}", float(np.mean(found)), None, beside={"pairs": len(found)})
        for kind, found in below.items()
        if found
    ]


def _padding(drafts: Sequence[Draft]) -> list[Figure]:
    chance = Random(SEED)  # noqa: S311 - as above
    raised = [score(padded(draft, chance)) > score(draft) for draft in drafts]
    return [at_most("padding raises the score, share of openings", float(np.mean(raised)), 0.0)]


def _held_out(drafts: Sequence[Draft]) -> list[Figure]:
    """Return what damages and empty sentences do that no check was made with; measured, with no goal."""
    chance = Random(SEED)  # noqa: S311 - as above
    rows = []
    for damage in coach_heldout.DAMAGES:
        below = [score(worse) < score(draft) for draft, worse in _pairs(damage, drafts, chance)]
        name = f"kept apart: {damage.__name__.replace('_', ' ')}, copies below"
        rows.append(at_least(name, float(np.mean(below)), None, beside={"pairs": len(below)}))
    before = np.array([score(draft) for draft in drafts])
    for language in coach_heldout.PADDING:
        after = np.array([score(coach_heldout.padded(draft, language)) for draft in drafts])
        rows.append(coach_fresh.rises(f"kept apart: padding ({language}) raises", before, after))
    return rows


def _distribution(drafts: Sequence[Draft]) -> list[Figure]:
    scores = np.array([score(draft) for draft in drafts])
    beside = {f"{part} %": float(np.percentile(scores, part)) for part in (0, 10, 90, 100)}
    distinct = len(set(drafts))
    return [
        Figure(
            f"score of {len(drafts)} openings ({distinct} distinct), median",
            float(np.median(scores)),
            "",
            beside=beside,
        )
    ]


@cache
def score(draft: Draft) -> float:
    """Return the coach's score."""
    return coach(draft).score
