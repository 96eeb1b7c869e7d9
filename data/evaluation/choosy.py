"""Invented offices that first want somebody who knows the work, and decide only on the top of long lists.

All or most whom they meet know the work, so their decisions hardly speak of skills. What is learned must not bring
people who do not know it to the top of whole lists. Per seed are drawn: from where on somebody knows the work, how far
down the office looks, and what it goes by among those who do. Two kinds: skills are spread over everybody as in the
other worlds; or they are rare, and few know the work well while the others hardly know any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.evaluation.figure import Figure, at_least
from data.evaluation.world import COUNTRY, Numbers, assignment_id, candidates, whole_lists
from matching import CRITERIA, DECISION_COLUMNS, DEFAULT_MODEL, Decisions, ScoreModel, learn
from matching.evaluation import bootstrap

# What matching/learning/told.py does was chosen on the seeds 0 to 31; none of them is here.
SEEDS = tuple(range(100, 140))
LIST, CHOSEN, FEW, DECIDED, FRESH, TOP = 300, 4, 2, 60, 100, 10
LOOKED_AT = (8, 15, 30, 60)
# Of a list, so many know the work well where skills are rare; what these and the others bring (beta distributions).
RARE = (0.02, 0.15)
KNOWS, HARDLY = (12.0, 4.0), (2.0, 8.0)
RARE_FROM = 0.5
SKILLS = CRITERIA.index("skills")
# Knowing the work comes before all else.
KNOWING = 10.0


@dataclass(frozen=True)
class Office:
    """What an office wants: from which value of skills on somebody knows the work, and the weights of the rest."""

    knows_from: float
    weights: Numbers
    looked_at: int
    noise: float

    @staticmethod
    def of(seed: int, rare: bool = False) -> Office:
        """Draw an office; where skills are rare, who knows the work is plain."""
        chance = np.random.default_rng([seed, 10])
        weights = np.insert(chance.dirichlet(np.ones(3)), [SKILLS, COUNTRY], 0.0)
        start, noise = chance.uniform(0.4, 0.7), chance.uniform(0.05, 0.2)
        return Office(RARE_FROM if rare else start, weights, LOOKED_AT[seed % len(LOOKED_AT)], noise)

    def liking(self, values: Numbers) -> Numbers:
        """Return how much it likes people, by their values (..., 5)."""
        liking: Numbers = KNOWING * (values[..., SKILLS] >= self.knows_from) + values @ self.weights
        return liking

    def decisions(self, lists: Numbers, chance: np.random.Generator, chosen: int = CHOSEN) -> Decisions:
        """Return what it said of those it looked at: the best `chosen` endorsed, the rest dismissed."""
        rows = []
        for number, values in enumerate(lists):
            order = np.argsort(-DEFAULT_MODEL.score(values), kind="stable")[: self.looked_at]
            liking = self.liking(values[order]) + chance.normal(0.0, self.noise, len(order))
            is_chosen = np.argsort(np.argsort(-liking)) < chosen
            rows += [
                (assignment_id(number), f"v{who:03}", "vio", int(is_chosen[at]), at + 1, *values[who])
                for at, who in enumerate(order.tolist())
            ]
        return Decisions.of(pd.DataFrame(rows, columns=list(DECISION_COLUMNS)))

    def know_the_work(self, model: ScoreModel, lists: Numbers) -> float:
        """Return the share of people at the TOP of whole lists who know the work."""
        return float((_top(model, lists, lists[..., SKILLS]) >= self.knows_from).mean())

    def pleasure(self, model: ScoreModel, lists: Numbers) -> float:
        """Return the mean liking at the TOP of whole lists, of what people are beside knowing the work."""
        return float(_top(model, lists, lists @ self.weights).mean())


def people(assignments: int, chance: np.random.Generator, rare: bool) -> Numbers:
    """Return lists of people, (assignments, LIST, 5)."""
    values = candidates(assignments, chance, LIST)
    if rare:
        size = values.shape[:2]
        know = chance.random(size) < chance.uniform(*RARE, (assignments, 1))
        values[..., SKILLS] = np.where(know, chance.beta(*KNOWS, size), chance.beta(*HARDLY, size))
    return values


def _top(model: ScoreModel, lists: Numbers, told: Numbers) -> Numbers:
    """Return what is told of the people at the TOP of each list, (lists, TOP)."""
    scores = model.score(lists.reshape(-1, len(CRITERIA))).reshape(lists.shape[:2])
    first = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    found: Numbers = np.take_along_axis(told, first, axis=1)
    return found


@dataclass(frozen=True)
class Outcome:
    """The share who know the work, and how they please, before learning, after it, and without the guard."""

    knowing: tuple[float, float, float]
    pleasure: tuple[float, float, float]
    skills: tuple[float, float]


def outcome(seed: int, rare: bool = False, chosen: int = CHOSEN) -> Outcome:
    """Let an office decide, learn with whole lists to hold it against and without, and look at fresh lists."""
    office, chance = Office.of(seed, rare), np.random.default_rng([seed, 11])
    lists, fresh = people(DECIDED, chance, rare), people(FRESH, chance, rare)
    decided = office.decisions(lists, chance, chosen)
    proposals = [learn(decided, DEFAULT_MODEL, seed=seed, lists=whole).model for whole in (whole_lists(lists), None)]
    models = [DEFAULT_MODEL, *(model or DEFAULT_MODEL for model in proposals)]
    first, second, third = (office.know_the_work(model, fresh) for model in models)
    before, after, bare = (office.pleasure(model, fresh) for model in models)
    return Outcome(
        (first, second, third),
        (before, after, bare),
        (models[1].weights["skills"], models[2].weights["skills"]),
    )


def figures() -> list[Figure]:
    """Return what learning does to the share of people who know the work, on average and at worst."""
    return [*_figures(False, CHOSEN), *_figures(True, CHOSEN), *_figures(True, FEW)]


def _figures(rare: bool, chosen: int) -> list[Figure]:
    found = [outcome(seed, rare, chosen) for seed in SEEDS]
    changes = [one.knowing[1] - one.knowing[0] for one in found]
    bare = [one.knowing[2] - one.knowing[0] for one in found]
    gains = [one.pleasure[1] - one.pleasure[0] for one in found]
    freely = [one.pleasure[2] - one.pleasure[0] for one in found]
    shares = {name: _mean([one.knowing[place] for one in found]) for place, name in enumerate(("before", "after"))}
    skills = [_mean([one.skills[place] for one in found]) for place in (0, 1)]
    weights = dict(zip(("weight of skills", "unguarded"), skills, strict=True))
    name = f"worlds: {len(found)} offices that first want who knows the work"
    name += (", rare" if rare else "") + ("" if chosen == CHOSEN else f", {chosen} endorsed")
    return [
        at_least(f"{name}: change of these in ten places", bootstrap(changes), -0.02, beside=shares | weights),
        at_least(f"{name}: worst change", min(changes), -0.1, beside={"unguarded": min(bare), "mean": _mean(bare)}),
        at_least(f"{name}: gain in what else they want", bootstrap(gains), 0.0, beside={"unguarded": _mean(freely)}),
    ]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
