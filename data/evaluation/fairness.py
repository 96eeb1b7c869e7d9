"""Whether equally good profiles come as far in every language, and how first places are divided (congestion.py)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.evaluation import congestion, six_languages
from data.evaluation.figure import Figure, at_most
from data.evaluation.paraphrases import LANGUAGES
from data.evaluation.six_languages import World
from matching import Matcher

TOP = 10
GOAL = 0.10
RESAMPLES = 2000
SEEDS = 5
Counts = NDArray[np.float64]


def figures() -> list[Figure]:
    """Return each language's share of top-10 places beside the mean of all, and the congestion before and after."""
    return of_languages(*top_places(six_languages.build())) + congestion.figures()


def top_places(world: World) -> tuple[Counts, Counts]:
    """Return (skills, languages): top-10 places of people who know the skill asked, and of anybody.

    Summed over the six assignments that ask for the skill, and averaged over seeds of the lot. Who does not know the
    skill but stands there fills a place by lot: such places say nothing about how well a language is read.
    """
    matcher = Matcher().fit(world.volunteers)
    skills = {code: number for number, code in enumerate(sorted(set(world.asks.values())))}
    fitting, anybody = (np.zeros((len(skills), len(LANGUAGES))) for _ in range(2))
    for seed in range(SEEDS):
        ranked = matcher.rank(world.assignments, top=TOP, seed=seed)
        eligible = ranked[ranked["status"] == "eligible"]
        for work, person in zip(eligible["assignment_id"], eligible["volunteer_id"], strict=True):
            place = skills[world.asks[work]], LANGUAGES.index(world.speaks[person])
            anybody[place] += 1 / SEEDS
            fitting[place] += (world.asks[work] in world.knows[person]) / SEEDS
    return fitting, anybody


def of_languages(fitting: Counts, anybody: Counts) -> list[Figure]:
    """Return a row per language: how far its share lies from the mean; the interval is a bootstrap over skills."""
    draws = np.random.default_rng(0).integers(len(fitting), size=(RESAMPLES, len(fitting)))
    drawn = ratios(fitting[draws].sum(axis=1))
    value, of_all = ratios(fitting.sum(axis=0)), ratios(anybody.sum(axis=0))
    read = fitting.sum() / anybody.sum()
    found = []
    for number, language in enumerate(LANGUAGES):
        low, high = np.quantile(drawn[:, number], [0.025, 0.975])
        beside = {"share/mean": value[number], "from": low, "to": high, "of all places": of_all[number]}
        row = at_most(f"top-10 places, profiles in {language}: |share/mean - 1|", abs(value[number] - 1), GOAL)
        bounds = np.quantile(np.abs(drawn[:, number] - 1), [0.025, 0.975])
        found.append(Figure(row.name, row.value, "", GOAL, row.ok, float(bounds[0]), float(bounds[1]), beside))
    fit = Figure("top-10 places held by people who know the skill", float(read), "of all", beside={"at most": 1.0})
    return [*found, fit]


def ratios(places: Counts) -> Counts:
    """Return each language's places divided by the mean of all languages (last axis)."""
    mean = places.mean(axis=-1, keepdims=True)
    return np.divide(places, mean, out=np.zeros_like(places), where=mean > 0)
