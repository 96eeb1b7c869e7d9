"""An invented world with planted preferences: what people there would choose is known, so learning can be judged.

Per seed the weights, the noise and the interactions are drawn. The country criterion's share is one fifth in every
world and known: people set it, nobody learns it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matching import CRITERIA, DECISION_COLUMNS, Decisions, LinearModel, ScoreModel, WholeList

CANDIDATES = 30
CHOSEN = 3
COUNTRY = CRITERIA.index("country")
COUNTRY_SHARE = 0.2
EQUAL = LinearModel(dict.fromkeys(CRITERIA, 0.2))
# What a wish for a country is worth, by hops, routes and silence (docs/matching.md).
COUNTRY_LADDER = (1.0, 0.8, 0.6, 0.45, 0.4, 0.3, 0.15, 0.0)
# How profiles look: skills seldom fit in full, languages and dates often do.
SHAPES = {"skills": (1.2, 1.8), "languages": (2.0, 1.2), "availability": (2.0, 1.5), "interests": (1.0, 1.0)}
NEUTRAL = {"skills": 0.15, "languages": 0.4, "availability": 0.4, "interests": 0.4}
UNKNOWN = 0.15
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """What the coordinators of a world want: weights, two interactions, and how much their eye wavers."""

    weights: Numbers
    interactions: tuple[tuple[int, int, float], ...]
    noise: float
    trust: float

    @staticmethod
    def of(seed: int) -> World:
        """Draw a world: any division of four fifths among the four other criteria is as likely as any other."""
        chance = np.random.default_rng([seed, 0])
        others = chance.dirichlet(np.ones(len(CRITERIA) - 1)) * (1.0 - COUNTRY_SHARE)
        weights = np.insert(others, COUNTRY, COUNTRY_SHARE)
        places = [place for place in range(len(CRITERIA)) if place != COUNTRY]
        pairs = [chance.choice(places, 2, replace=False) for _ in range(2)]
        strengths = chance.uniform(0.0, 0.2, 2)
        interactions = tuple(
            (int(one), int(two), float(strength)) for (one, two), strength in zip(pairs, strengths, strict=True)
        )
        return World(weights, interactions, float(chance.uniform(0.05, 0.2)), float(chance.uniform(0.0, 0.03)))

    def liking(self, values: Numbers, chance: np.random.Generator) -> Numbers:
        """Return how much the coordinators like each candidate, as their eye sees it this time."""
        together = sum(strength * values[..., one] * values[..., two] for one, two, strength in self.interactions)
        liking: Numbers = values @ self.weights + together + chance.normal(0.0, self.noise, values.shape[:-1])
        return liking

    def lists(self, assignments: int, seed: int) -> dict[str, WholeList]:
        """Return the whole lists of which `decisions` tells."""
        return whole_lists(candidates(assignments, np.random.default_rng([seed, 1])))

    def decisions(self, assignments: int, shown_by: ScoreModel, seed: int, chosen: int = CHOSEN) -> Decisions:
        """Return what was decided on lists as a model showed them: seen less often further down, dismissed unless
        among the best `chosen` of those 30, where standing high helps a little.
        """
        chance = np.random.default_rng([seed, 1])
        values = candidates(assignments, chance)
        rows = []
        for number in range(assignments):
            order = np.argsort(-shown_by.score(values[number]), kind="stable")
            shown = values[number][order]
            places = np.arange(1, CANDIDATES + 1)
            liking = self.liking(shown, chance) + self.trust * (1.0 - np.log2(places) / np.log2(CANDIDATES))
            is_chosen = np.argsort(np.argsort(-liking)) < chosen
            seen = chance.random(CANDIDATES) < 1.0 / (1.0 + places / 10.0)
            rows += [
                (assignment_id(number), f"v{order[at]:02}", "vio", int(is_chosen[at]), at + 1, *shown[at])
                for at in np.flatnonzero(seen)
            ]
        return Decisions.of(pd.DataFrame(rows, columns=list(DECISION_COLUMNS)))

    def quality(self, model: ScoreModel, assignments: int, seed: int) -> float:
        """Return the mean nDCG@10 of a model on fresh assignments, with the CHOSEN best of each as right answers."""
        chance = np.random.default_rng([seed, 2])
        values = candidates(assignments, chance)
        liking = self.liking(values, chance)
        scores = model.score(values.reshape(-1, len(CRITERIA))).reshape(assignments, CANDIDATES)
        right = np.argsort(np.argsort(-liking, axis=1), axis=1) < CHOSEN
        # Candidates stand in no order, so a stable sort breaks ties by chance.
        places = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1) + 1
        gains = np.where(right & (places <= 10), 1.0 / np.log2(places + 1.0), 0.0).sum(axis=1)
        return float(gains.mean() / sum(1.0 / np.log2(place + 1.0) for place in range(1, CHOSEN + 1)))


def assignment_id(number: int) -> str:
    """Return the id of the assignment of a list."""
    return f"a{number:04}"


def whole_lists(values: Numbers) -> dict[str, WholeList]:
    """Return lists (assignments, people, 5) by the id of their assignment."""
    return {assignment_id(number): WholeList(one, len(one)) for number, one in enumerate(values)}


def candidates(assignments: int, chance: np.random.Generator, count: int = CANDIDATES) -> Numbers:
    """Return criteria values, (assignments, count, 5); some facts are not known and count their neutral value."""
    size = (assignments, count)
    columns = []
    for criterion in CRITERIA:
        if criterion == "country":
            columns.append(chance.choice(COUNTRY_LADDER, size))
        else:
            drawn = chance.beta(*SHAPES[criterion], size)
            columns.append(np.where(chance.random(size) < UNKNOWN, NEUTRAL[criterion], drawn))
    return np.stack(columns, axis=-1)
