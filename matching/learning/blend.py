"""Models mixed: what few decisions taught leans on what many did, and people's word on the country stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching.criteria import CRITERIA, country
from matching.learning.models import LinearModel, ScoreModel
from matching.learning.trees import TreesModel

COUNTRY = country.NAME
OTHERS = tuple(criterion for criterion in CRITERIA if criterion != COUNTRY)
DIGITS = 4


def country_share(model: ScoreModel) -> float:
    """Return the country criterion's share of the score, which people set."""
    return model.weights[COUNTRY]


def rounded(shares: Mapping[str, float], of_country: float) -> dict[str, float]:
    """Return weights that add up to 1: the country's as given, the others in proportion, with four digits."""
    total = sum(shares[criterion] for criterion in OTHERS)
    given = {one: (shares[one] / total if total > 0 else 1.0 / len(OTHERS)) * (1.0 - of_country) for one in OTHERS}
    weights = {one: round(share, DIGITS) for one, share in given.items()}
    largest = max(OTHERS, key=weights.__getitem__)
    # The largest takes what rounding left over.
    weights[largest] = round(1.0 - of_country - sum(weights[one] for one in OTHERS if one != largest), 12)
    return {criterion: of_country if criterion == COUNTRY else weights[criterion] for criterion in CRITERIA}


def with_country(model: ScoreModel, of_country: float) -> ScoreModel:
    """Return a model with the country's share as people set it; the rest keeps its proportions."""
    if country_share(model) == of_country:
        return model
    linear = linear_part(model)
    left = 1.0 - linear[COUNTRY]
    scaled = {one: share * (1.0 - of_country) / left if left > 0 else 0.0 for one, share in linear.items()}
    if isinstance(model, TreesModel):
        return TreesModel({**scaled, COUNTRY: of_country}, model.trees)
    return LinearModel(rounded(scaled, of_country))


def blend(own: ScoreModel, base: ScoreModel, share: float) -> ScoreModel:
    """Return `share` parts of one model and the rest of another; the country's share stays that of `own`."""
    base = with_country(base, country_share(own))
    first, second = linear_part(own), linear_part(base)
    linear = {one: share * first[one] + (1.0 - share) * second[one] for one in CRITERIA}
    trees = [*_scaled_trees(own, share), *_scaled_trees(base, 1.0 - share)]
    if not trees:
        return LinearModel(rounded(linear, country_share(own)))
    return TreesModel({**linear, COUNTRY: country_share(own)}, trees)


def linear_part(model: ScoreModel) -> dict[str, float]:
    """Return the shares of the score that are a plain weighted sum; all of a linear model."""
    return model.linear_part if isinstance(model, TreesModel) else model.weights


def _scaled_trees(model: ScoreModel, share: float) -> list[dict[str, list[Any]]]:
    """Return a model's trees with their leaves on the scale of the score, for a sum with another model's."""
    if not isinstance(model, TreesModel) or share == 0.0:
        return []
    factor = share * (1.0 - sum(model.linear_part.values())) / model.tree_span
    return [{**tree, "value": [value * factor for value in tree["value"]]} for tree in model.trees]
