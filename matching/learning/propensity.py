"""How likely a place in the list is looked at, and what that makes of decisions.

Coordinators decide on whom they see, and they see the top of a list more often. A person who was never looked at is no
negative label here: only decided pairs count. Two biases are left. (1) *Who is decided*: mostly those whom the model in
force put on top. Each decision is weighted by one over the chance that its place is decided at all (inverse propensity,
estimated from the decisions and never rising down the list), cut at a limit so that a rare place does not rule the fit.
(2) *How*: being on top may itself win an endorsement. Nothing in the decisions alone tells that from being better;
blind decisions (without a position) are free of it, and they count as seen for certain.
"""

from __future__ import annotations

import numpy as np

from matching.learning.decisions import Decisions
from matching.learning.values import Values

MOST_WEIGHT = 3.0


def propensities(decisions: Decisions) -> Values:
    """Return for each decision the chance that its place in a list is decided; 1 where the place is not known."""
    from sklearn.isotonic import isotonic_regression

    known = ~np.isnan(decisions.positions)
    chances = np.ones(len(decisions))
    if known.any():
        places = decisions.positions[known].astype(int)
        shown = len(np.unique(decisions.groups[known]))
        shares = np.bincount(places)[1:] / shown
        falling = isotonic_regression(shares, increasing=False, y_min=1.0 / shown, y_max=1.0)
        chances[known] = falling[places - 1]
    return chances


def row_weights(decisions: Decisions) -> Values:
    """Return the weight of each decision in a fit: one over its propensity, at most MOST_WEIGHT, 1 on average."""
    weights = np.minimum(1.0 / propensities(decisions), MOST_WEIGHT)
    mean: Values = weights / weights.mean()
    return mean
