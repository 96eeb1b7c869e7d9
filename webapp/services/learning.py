"""The bridge to learning in `matching`: versions become matchers, decisions become proposals, scores get their meaning.

Pure of queries: callers read the rows and keep what comes back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd

from matching import (
    DECISION_COLUMNS,
    DEFAULT_MODEL,
    LEAST_COMPARABLE,
    LINEAR_FROM,
    Calibration,
    Decisions,
    Lists,
    Matcher,
    Reason,
    Share,
    Spread,
    WholeList,
    compare,
    country_share,
    fit_spread,
    learn,
    model_from_json,
    score_range,
    with_country,
)
from matching import ScoreModel as Model
from webapp.models import MatchRun, ScoreModel
from webapp.services.decisions import Decided

ASSIGNMENTS_NEEDED = LINEAR_FROM
COMPARABLE_NEEDED = LEAST_COMPARABLE  # assignments with somebody endorsed and somebody dismissed
Fitted: TypeAlias = Matcher  # how callers name what they get from here and hand back
DEFAULT = 0  # stands for the installation's weights where versions stand by their id


@dataclass(frozen=True)
class Outcome:
    """What a look at the decisions gave: a version to propose, or a `reason` why there is none."""

    reason: str
    figures: dict[str, float]
    parameters: str = ""
    kind: str = ""
    weights: dict[str, float] = field(default_factory=dict)
    fingerprint: str = ""
    calibration: dict[str, Any] = field(default_factory=dict)  # what held-back scores meant; empty with too few


def model_of(version: ScoreModel | None) -> Model:
    """Return what scores: a version's model, or the installation's weights."""
    return DEFAULT_MODEL if version is None else model_from_json(version.parameters)


def matcher_for(version: ScoreModel | None) -> Matcher:
    """Return an unfitted matcher that scores with a version."""
    return Matcher(model=None if version is None else model_of(version))


def under(matcher: Matcher, version: ScoreModel | None) -> Matcher:
    """Return the fitted matcher on the same people, scoring with a version."""
    return matcher.scored_by(None if version is None else model_of(version))


def spread_of(weights: Mapping[str, Any]) -> Spread:
    """Return the spread of the lot that a run has kept."""
    return Spread.from_dict(weights)


def fitted_spread(pairs: Iterable[tuple[str, str, int]]) -> Spread:
    """Return the spread for lists that hold these eligible pairs (assignment, volunteer, band)."""
    return fit_spread(pairs)


def sign(run: MatchRun, versions: Mapping[int, ScoreModel]) -> dict[str, str]:
    """Say with what a run was made; `versions` are those of the VIOs that it ranks for.

    Returns the fingerprint of each version's score by VIO, and that of the installation's as "".
    """
    plain = matcher_for(None)
    run.weights = plain.effective_weights()
    run.models = {str(vio_id): version.id for vio_id, version in sorted(versions.items())}
    prints = {str(vio_id): matcher_for(version).fingerprint for vio_id, version in sorted(versions.items())}
    run.fingerprint = plain_print = plain.fingerprint
    if prints:
        run.fingerprint = hashlib.sha256(json.dumps([plain_print, prints]).encode()).hexdigest()
    return {"": plain_print, **prints}


def whole_lists(values: Mapping[int, pd.DataFrame], reached: Mapping[int, float]) -> Lists:
    """Return lists by assignment from tables of values; each stands for `reached` times as many people."""
    return {str(one): WholeList(table.to_numpy(), round(len(table) * reached[one])) for one, table in values.items()}


def study(decided: Sequence[Decided], in_force: ScoreModel | None, shared: ScoreModel | None, lists: Lists) -> Outcome:
    """Learn from decisions, leaning on the shared version; say why nothing is proposed where nothing is.

    `lists` are whole lists: what decisions on a part of them cannot tell stays as it was.
    """
    current = model_of(in_force)
    leaning = None if shared is None else model_of(shared)
    proposal = learn(_decisions(decided), current, leaning, lists=lists)
    if proposal.model is None:
        return Outcome(proposal.reason, proposal.figures)
    if proposal.model.to_json() == current.to_json():
        return Outcome("same", proposal.figures)
    return _outcome(proposal.model, proposal.figures, _kept(proposal.calibration))


def with_country_weight(in_force: ScoreModel | None, share: float) -> Outcome:
    """Return what is in force with another weight of the country; the other criteria keep their proportions."""
    return _outcome(with_country(model_of(in_force), share), {})


def taken_over(shared: ScoreModel, in_force: ScoreModel | None) -> Outcome:
    """Return the shared version as a VIO would have it: with the country's weight that its people set.

    Its figures stay behind: they are of another country weight, and their counts would tell of others' decisions.
    """
    return _outcome(with_country(model_of(shared), country_share(model_of(in_force))), {})


def measured(decided: Sequence[Decided], version: ScoreModel, in_force: ScoreModel | None) -> dict[str, float]:
    """Return how a version that people made orders their own decisions, beside what is in force; empty for too few."""
    return compare(_decisions(decided), model_of(version), model_of(in_force)) if decided else {}


def _outcome(model: Model, figures: dict[str, float], calibration: dict[str, Any] | None = None) -> Outcome:
    fingerprint = Matcher(model=model).fingerprint
    return Outcome("", figures, model.to_json(), model.kind, model.weights, fingerprint, calibration or {})


def weights_of(version: ScoreModel | None) -> dict[str, float]:
    """Return each criterion's share of a full score; they add up to 1."""
    return model_of(version).weights


def _decisions(decided: Iterable[Decided]) -> Decisions:
    rows = [
        {
            "assignment_id": one.assignment_id,
            "volunteer_id": one.volunteer_id,
            "vio": one.vio_id,
            "label": int(one.fits),
            "position": one.position,
            **one.values,
        }
        for one in decided
    ]
    return Decisions.of(pd.DataFrame(rows, columns=list(DECISION_COLUMNS)))


def calibrations(decided: Sequence[Decided], versions: Iterable[ScoreModel]) -> dict[str, Any]:
    """Return, per version and for the installation's weights, how scores went with decisions; blank for too few."""
    if not decided:
        return {}
    given = _decisions(decided)
    models = {DEFAULT: model_of(None)} | {version.id: model_of(version) for version in versions}
    curves = {
        str(number): _kept(Calibration.of(model.score(given.values), given.labels, given.groups))
        for number, model in models.items()
    }
    return {number: curve for number, curve in curves.items() if curve}


def _kept(calibration: Calibration | None) -> dict[str, Any]:
    """Return a curve as it is stored; empty for none."""
    found: dict[str, Any] = json.loads(calibration.to_json()) if calibration else {}
    return found


def share_at(calibration: Mapping[str, Any], score: float) -> Share:
    """Return the share endorsed among decided people with such a score."""
    return Calibration.from_json(json.dumps(calibration)).share(score)


def range_of(reasons: Sequence[Mapping[str, Any]], version: ScoreModel | None) -> tuple[float, float]:
    """Return the lowest and highest score that a pair could have, were everything about it known.

    Matches kept before lines told their value are read by their points, which fixed weights had made.
    """
    lines = [Reason(**{**_worth(reason, model_of(None).weights), **reason}) for reason in reasons]
    return score_range(lines, model_of(version))


def _worth(reason: Mapping[str, Any], weights: Mapping[str, float]) -> dict[str, float]:
    points = 100.0 * weights[reason["criterion"]]
    return {"value": reason["contribution"] / points, "share": reason["possible"] / points}
