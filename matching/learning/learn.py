"""From decisions to a proposal: fit, compare over assignments that were held back, and keep only what is better.

Kept is what beats the default weights on assignments that it did not learn from, three times over: nDCG@10 by MARGIN at
least, pairs (endorsed, dismissed) put in the right order more often by a 95 % interval that excludes 0, and a log loss
below theirs. On labels drawn by lot this proposes next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from matching.learning import measures
from matching.learning.blend import blend, country_share, with_country
from matching.learning.brought import Lists, decided_lists
from matching.learning.calibration import Calibration
from matching.learning.decisions import Decisions
from matching.learning.fit import fit_linear, fit_trees
from matching.learning.measures import Measured
from matching.learning.models import DEFAULT_MODEL, ScoreModel
from matching.learning.told import hold

LINEAR_FROM = 20
TREES_FROM = 500
# Assignments with both an endorsed and a dismissed person: only these tell one person from another.
LEAST_COMPARABLE = 10
# Lists with somebody endorsed that are held against what is learned.
LEAST_LISTS = 10
FOLDS = 10
MARGIN = 0.005
SHRINKAGE = 10.0

TOO_FEW = "too_few"
ONE_SIDED = "one_sided"
COUNTRY_IS_ALL = "country_is_all"
NO_SIGNAL = "no_signal"
NO_GAIN = "no_gain"
NO_LISTS = "no_lists"
REASONS = (TOO_FEW, ONE_SIDED, COUNTRY_IS_ALL, NO_SIGNAL, NO_GAIN, NO_LISTS)


@dataclass(frozen=True)
class Learned:
    """A fitted model, and by criterion the part of its weight in force that it keeps for whom it would bring up."""

    model: ScoreModel
    kept: dict[str, float] = field(default_factory=dict)


Fit = Callable[[Decisions], Learned | None]


@dataclass(frozen=True)
class Proposal:
    """A model that beat the default weights, or None with the reason why; `figures` say what was measured.

    Figures are numbers by name (see `Measured`); they are empty where nothing could be compared. `calibration` is what
    scores of such a model meant on assignments that were held back, None with too few decisions.
    """

    model: ScoreModel | None
    kind: str
    reason: str
    figures: dict[str, float]
    calibration: Calibration | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal as JSON-able data."""
        model = self.model.to_json() if self.model else None
        return {"model": model, "kind": self.kind, "reason": self.reason, "figures": dict(self.figures)}


def learn(
    decisions: Decisions,
    current: ScoreModel,
    shared: ScoreModel | None = None,
    seed: int = 0,
    default: ScoreModel = DEFAULT_MODEL,
    lists: Lists | None = None,
) -> Proposal:
    """Propose a score model learned from decisions, or say why none is.

    `current` is the model in force, whose country share stays as it is; `shared` is the model of all VIOs together, on
    which a VIO's own leans while its decisions are few (None: this is the shared one, and leans on `default`). `lists`
    are whole lists by assignment: of those decided on, LEAST_LISTS at least, or nothing is learned; and open ones. They
    keep what decisions cannot tell as it was (see `hold`). None says that the decided people are whole lists.
    """
    of_country = country_share(current)
    default = with_country(default, of_country)
    base = default if shared is None else with_country(shared, of_country)
    reason = _too_little(decisions, of_country)
    if not reason and lists is not None and len(decided_lists(decisions, lists)) < LEAST_LISTS:
        reason = NO_LISTS
    if reason:
        return Proposal(None, "", reason, _counts(decisions))

    def leaning(own: ScoreModel | None, some: Decisions) -> Learned | None:
        if own is None:
            return None
        # Of n comparable assignments, n / (n + SHRINKAGE) is its own.
        count = measures.comparable(some)
        model = blend(own, base, count / (count + SHRINKAGE))
        return Learned(model) if lists is None else Learned(*hold(model, current, some, lists))

    rivals: dict[str, Fit] = {"linear": lambda some: leaning(fit_linear(some, of_country), some)}
    if decisions.assignments >= TREES_FROM:
        rivals["trees"] = lambda some: leaning(fit_trees(some, of_country, seed), some)
    # One thread: the same bytes on every machine, and beside other work two threads are slower than one.
    with threadpool_limits(1):
        return _best(decisions, rivals, {"default": default, "current": current}, seed)


def compare(decisions: Decisions, proposed: ScoreModel, current: ScoreModel, seed: int = 0) -> dict[str, float]:
    """Return how a model that was not learned here orders decisions, beside the one in force; figures by name.

    Nothing is fitted, so nothing has to be held back: every decision counts. Empty with too few assignments to tell.
    """
    if measures.comparable(decisions) < LEAST_COMPARABLE:
        return {}
    with threadpool_limits(1):
        after, before = (_held_back(decisions, _always(model), seed) for model in (proposed, current))
    change, pairs_change = after.gain_over(before, seed)
    figures = _counts(decisions)
    for name, measured in (("current", before), ("proposal", after)):
        figures |= {f"ndcg_{name}": float(measured.ndcg.mean()), f"pairs_{name}": float(measured.pairs.mean())}
    for name, interval in (("change", change), ("pairs_change", pairs_change)):
        figures |= {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}
    return figures


def _too_little(decisions: Decisions, of_country: float) -> str:
    if decisions.assignments < LINEAR_FROM:
        return TOO_FEW
    if measures.comparable(decisions) < LEAST_COMPARABLE:
        return ONE_SIDED
    return COUNTRY_IS_ALL if of_country >= 1.0 else ""


def _best(decisions: Decisions, rivals: dict[str, Fit], standing: dict[str, ScoreModel], seed: int) -> Proposal:
    """Return the rival that orders held-back assignments best, where it beats the default weights by the margin."""
    measured = {name: _held_back(decisions, fit, seed) for name, fit in rivals.items()}
    measured |= {name: _held_back(decisions, _always(model), seed) for name, model in standing.items()}
    kind = max(rivals, key=lambda name: (measured[name].pairs.mean(), name == "linear"))
    gain, pairs_gain = measured[kind].gain_over(measured["default"], seed)
    figures = _counts(decisions) | {"margin": MARGIN}
    for name in ("default", "current", kind):
        told = "proposal" if name == kind else name
        figures |= {
            f"ndcg_{told}": float(measured[name].ndcg.mean()),
            f"pairs_{told}": float(measured[name].pairs.mean()),
        }
        figures[f"log_loss_{told}"] = measured[name].log_loss
    figures |= {"gain": gain.value, "gain_low": gain.low, "gain_high": gain.high}
    figures |= {"pairs_gain": pairs_gain.value, "pairs_gain_low": pairs_gain.low, "pairs_gain_high": pairs_gain.high}
    found = rivals[kind](decisions)
    if found is None:
        return Proposal(None, kind, NO_SIGNAL, figures)
    before = standing["current"].weights
    lost = {one for one, weight in found.model.weights.items() if weight < before[one]}
    figures |= {f"kept_{one}": part for one, part in found.kept.items() if part and one in lost}
    if gain.value < MARGIN or pairs_gain.low <= 0.0 or measured[kind].log_loss >= measured["default"].log_loss:
        return Proposal(None, kind, NO_GAIN, figures)
    meaning = Calibration.of(measured[kind].scores, decisions.labels, decisions.groups)
    return Proposal(found.model, found.model.kind, "", figures, meaning)


def _always(model: ScoreModel) -> Fit:
    return lambda _: Learned(model)


def _held_back(decisions: Decisions, fit: Fit, seed: int) -> Measured:
    """Fit on nine tenths of the assignments and score the rest, ten times over; one who learns nothing scores 0."""
    scores, losses = np.zeros(len(decisions)), np.zeros(len(decisions))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(decisions.values, groups=decisions.groups):
        found = fit(decisions.take(train))
        if found is None:
            losses[test] = np.log(2.0)
            continue
        model = found.model
        seen, scores[test] = model.score(decisions.values[train]), model.score(decisions.values[test])
        labels = decisions.labels
        losses[test] = measures.held_back_losses((seen, labels[train]), (scores[test], labels[test]))
    return measures.measure(decisions, scores, losses)


def _counts(decisions: Decisions) -> dict[str, float]:
    return {
        "assignments": decisions.assignments,
        "comparable": measures.comparable(decisions),
        "decisions": len(decisions),
        "endorsed": int(decisions.labels.sum()),
    }
