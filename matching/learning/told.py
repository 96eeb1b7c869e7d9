"""How much decisions can tell of a criterion, and what stays as it was where they tell little.

People are decided on who stand high already. What brought them there tells them apart no more: a coordinator who first
wants somebody who knows the work, and meets only such people, chooses among them by other things, and a fit would weigh
skills next to nothing. On whole lists most people do not know the work, and such weights would bring them up. So what
is learned is held against how people differ on whole lists: a criterion in which those decided on differ by seven
tenths of that, or less, keeps the weight that it had, or gains; from there on up to nine tenths it may lose more and
more. (On invented lists of 300, people who look at the first 8 to 60 see .4 to .7 of the spread in skills; with half in
place of seven tenths, the offices of data/evaluation/choosy.py lost up to .11 of the people who know the work.)

Only a loss is held back. If a criterion counts among people who are nearly alike in it, it counts among all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from matching.criteria import CRITERIA
from matching.learning.blend import COUNTRY, OTHERS, country_share, rounded
from matching.learning.decisions import Decisions
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.trees import TreesModel
from matching.learning.values import TOLERANCE, Values

NOTHING, ALL = 0.7, 0.9


def usual_spread(lists: Iterable[Values]) -> dict[str, float]:
    """Return how far people of the same whole list differ in each criterion: a standard deviation of 0 to .5.

    `lists` hold the criteria's values (n, 5) of everybody eligible for an assignment; empty where no list has two.
    """
    variances = [values.var(axis=0) for values in lists if len(values) > 1]
    if not variances:
        return {}
    return dict(zip(CRITERIA, np.sqrt(np.mean(variances, axis=0)).tolist(), strict=True))


def spread_shares(decisions: Decisions, usual: Mapping[str, float]) -> dict[str, float]:
    """Return how far decided people differ, as a share of `usual`: for each criterion that sets people apart there."""
    counts = np.bincount(decisions.groups)
    several = (counts > 1)[decisions.groups]
    apart = within_assignments(decisions)[several]
    # An assignment with n decided people has n - 1 free differences: few on each must not look alike.
    free = max(len(apart) - int((counts > 1).sum()), 1)
    found = np.sqrt((apart**2).sum(axis=0) / free)
    return {
        criterion: float(found[place]) / usual[criterion]
        for place, criterion in enumerate(CRITERIA)
        if usual.get(criterion, 0.0) > TOLERANCE
    }


def within_assignments(decisions: Decisions) -> Values:
    """Return the values less their mean over the decided people of the same assignment."""
    counts = np.bincount(decisions.groups)
    means = [np.bincount(decisions.groups, column) / counts for column in decisions.values.T]
    apart: Values = decisions.values - np.stack(means, axis=1)[decisions.groups]
    return apart


def untold(decisions: Decisions, usual: Mapping[str, float]) -> dict[str, float]:
    """Return by criterion how much of its weight the decisions tell nothing of, 0 to 1; the country's is no question.

    `usual` comes from `usual_spread`. A criterion in which people on whole lists do not differ is not told of either.
    """
    shares = spread_shares(decisions, usual)
    return {one: 1.0 - min(max((shares.get(one, 0.0) - NOTHING) / (ALL - NOTHING), 0.0), 1.0) for one in OTHERS}


def keep_untold(own: ScoreModel, base: ScoreModel, parts: Mapping[str, float]) -> ScoreModel:
    """Return the fitted model with each criterion at least at the part of its base weight of which nothing was told.

    `parts` come from `untold`; what a criterion keeps, the others give up in proportion.
    """
    total = 1.0 - country_share(own)
    learned = {one: own.weights[one] / total for one in OTHERS} if total > 0 else {}
    least = {one: parts[one] * base.weights[one] for one in learned}
    if all(learned[one] * total >= least[one] for one in learned):
        return own
    free = _left(learned, least, total)
    if free <= TOLERANCE:
        return base
    if isinstance(own, TreesModel):
        kept = {one: max(0.0, least[one] - free * learned[one]) for one in OTHERS}
        return TreesModel({**kept, COUNTRY: country_share(own)}, own.trees)
    return LinearModel(rounded({one: max(least[one], free * learned[one]) for one in OTHERS}, country_share(own)))


def _left(learned: Mapping[str, float], least: Mapping[str, float], total: float) -> float:
    """Return the share of the score that what was learned divides, so that with what is kept it makes `total`.

    The sum of max(least, share x learned) grows with the share, and is at most `total` where the share is nothing.
    """
    low, high = 0.0, total
    for _ in range(60):
        middle = (low + high) / 2.0
        if sum(max(least[one], middle * learned[one]) for one in learned) > total + TOLERANCE:
            high = middle
        else:
            low = middle
    return low
