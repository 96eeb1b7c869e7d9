"""How much decisions can tell of a criterion, and what stays as it was where they tell little.

People are decided on who stand high already. What brought them there tells them apart no more: a coordinator who first
wants somebody who knows the work, and meets only such people, chooses among them by other things, and a fit would weigh
skills next to nothing. On whole lists most people do not know the work, and such weights would bring them up. So what
is learned is held against whole lists, by what it does there (brought.py): how far people in the first places fall
short of those endorsed. In a criterion in which those decided on differ by nine tenths of what people differ by on the
same lists, or more, they may fall as short as one of those endorsed does of the others; at seven tenths or less, no
shorter than with what is in force; in between, a part. (On invented lists of 300, people who look at the first 8 to 60
see .4 to .7 of the spread in skills.) A criterion in which more is brought keeps as much of its weight as it takes.

Only a loss is held back. If a criterion counts among people who are nearly alike in it, it counts among all.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matching.criteria import CRITERIA
from matching.learning.blend import COUNTRY, OTHERS, country_share, linear_part, rounded
from matching.learning.brought import Allowance, Lists, decided_lists
from matching.learning.decisions import Decisions
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.trees import TreesModel
from matching.learning.values import TOLERANCE

NOTHING, ALL = 0.7, 0.9
# A standard deviation of a criterion's values, 0 to .5: below, people are alike in it.
ALIKE = 0.1
STEP = 0.1
# A smaller share of the score is none: trees could not be told from rounding.
LEAST_FREE = 1e-6


def hold(
    own: ScoreModel, standing: ScoreModel, decisions: Decisions, lists: Lists
) -> tuple[ScoreModel, dict[str, float]]:
    """Return a learned model that brings nobody up of whom the decisions cannot tell, and what criteria keep for it.

    The latter is, by criterion in which too much would be brought, the part of its weight in `standing`, the model in
    force, that it keeps at least, 0 to 1. Where no list tells, all stays as it is.
    """
    if not decided_lists(decisions, lists):
        return standing, dict.fromkeys(OTHERS, 1.0)
    allowance = Allowance(decisions, lists, standing, told(decisions, lists))
    # Where nobody on these lists differs, no list shows what another weight would do on lists where people do.
    kept = _alike(decisions, lists).astype(np.float64)
    named = np.zeros(len(OTHERS), dtype=bool)
    model = standing if kept.all() else keep(own, standing, dict(zip(OTHERS, kept.tolist(), strict=True)))
    while (over := allowance.exceeded(model)).any():
        named |= over
        # What gives way to others breaks the rule in turn: where those concerned keep all, the others keep more too.
        kept = np.minimum(kept + STEP * (over if (kept[over] < 1.0 - TOLERANCE).any() else 1.0), 1.0)
        if (kept >= 1.0 - TOLERANCE).all():
            model = standing
            break
        model = keep(own, standing, dict(zip(OTHERS, kept.tolist(), strict=True)))
    parts = zip(OTHERS, np.round(kept, 2).tolist(), named.tolist(), strict=True)
    return model, {one: part for one, part, is_named in parts if is_named}


def told(decisions: Decisions, lists: Lists) -> dict[str, float]:
    """Return by criterion how much the decisions tell of it, 0 to 1; the country's is no question.

    A criterion in which people on whole lists do not differ is not told of either.
    """
    shares = spread_shares(decisions, lists)
    return {one: min(max((shares.get(one, 0.0) - NOTHING) / (ALL - NOTHING), 0.0), 1.0) for one in OTHERS}


def _alike(decisions: Decisions, lists: Lists) -> NDArray[np.bool_]:
    """Return for each of OTHERS whether people on the whole lists decided on hardly differ in it."""
    spread = np.sqrt(np.mean([lists[one].values.var(axis=0) for one in decided_lists(decisions, lists)], axis=0))
    found: NDArray[np.bool_] = spread[[CRITERIA.index(one) for one in OTHERS]] < ALIKE
    return found


def spread_shares(decisions: Decisions, lists: Lists) -> dict[str, float]:
    """Return how far decided people differ, as a share of what people differ by on the same lists.

    For each criterion that sets people apart there; a list counts by how many people were decided on.
    """
    several = {one: rows for one, rows in decided_lists(decisions, lists).items() if len(rows) > 1}
    if not several:
        return {}
    # Of n decided people n - 1 differences are free: few on each list must not look alike.
    free = np.array([len(rows) - 1 for rows in several.values()])
    found = sum(len(rows) * decisions.values[rows].var(axis=0) for rows in several.values())
    usual = free @ np.array([lists[one].values.var(axis=0) for one in several])
    return {
        criterion: float(np.sqrt(found[place] / usual[place]))
        for place, criterion in enumerate(CRITERIA)
        if np.sqrt(usual[place] / free.sum()) > TOLERANCE
    }


def keep(own: ScoreModel, standing: ScoreModel, parts: Mapping[str, float]) -> ScoreModel:
    """Return a model with each criterion at least at this part of its weight in `standing`, 0 to 1.

    What a criterion keeps, the others give up in proportion.
    """
    weights, linear, total = own.weights, linear_part(own), 1.0 - country_share(own)
    learned = {one: weights[one] / total for one in OTHERS} if total > 0 else {}
    least = {one: parts[one] * standing.weights[one] for one in learned}
    if all(learned[one] * total >= least[one] for one in learned):
        return own
    free = _left(learned, least, total)
    if free <= LEAST_FREE:
        return standing
    added = {one: max(0.0, least[one] - free * learned[one]) for one in OTHERS}
    shares = {one: added[one] + free * linear[one] / total for one in OTHERS}
    if isinstance(own, TreesModel):
        return TreesModel({**shares, COUNTRY: country_share(own)}, own.trees)
    return LinearModel(rounded(shares, country_share(own)))


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
