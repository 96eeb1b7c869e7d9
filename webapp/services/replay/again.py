"""Makes a run again from what was kept, one assignment after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.models import Match, MatchRun, ScoreModel
from webapp.services import learning
from webapp.services.found_matches import KEPT_FOR_ASSIGNMENT, matches_of
from webapp.services.replay.reading import Inputs
from webapp.services.replay.record import Record

EVERYTHING, ONE_PROFILE = "everything", "volunteer"


@dataclass(frozen=True)
class Found:
    """What comes out for one assignment: matches in their order, the counts, and how many who were read are gone.

    Where some are gone, `matches` goes on beyond the most that a run keeps, since others may have moved up.
    """

    assignment_id: int
    matches: list[Match]
    counts: Mapping[str, int]
    gone: int


def versions_of(session: Session, record: Record) -> dict[str, ScoreModel | None]:
    """Return the versions of the score that a run used, by VIO; None for one that is no more."""
    return {vio_id: session.get(ScoreModel, number) for vio_id, number in record.models.items()}


def make(session: Session, record: Record, inputs: Inputs) -> Iterator[Found]:
    """Yield what comes out for each assignment that is left."""
    versions, spread = versions_of(session, record), _spread(session, record)
    whole = learning.matcher_for(None).fit(inputs.people_frame()) if inputs.people else None
    most = None if record.scope == ONE_PROFILE else KEPT_FOR_ASSIGNMENT
    for number in sorted(inputs.works):
        reach = record.works[number].reach
        left = [str(one) for one in reach if one in inputs.people]
        gone = len(reach) - len(left)
        if whole is None or not left:
            yield Found(number, [], {}, gone)
            continue
        matcher = learning.under(whole.among(left), versions.get(str(record.works[number].vio_id)))
        frame = inputs.frame_of(number)
        top = None if most is None else most + gone
        found = matches_of(matcher.rank(frame, top=top, seed=record.seed, spread=spread), record.seed, spread)
        yield Found(number, found, {} if most is None else matcher.why_not(frame), gone)


def _spread(session: Session, record: Record) -> learning.Spread:
    """Return the spread by which a run ordered its lots; one over everything drew plain lots and then drew again."""
    if record.scope == EVERYTHING or record.spread_of is None:
        return learning.spread_of({})
    fitted_by = session.get(MatchRun, record.spread_of)
    return learning.spread_of(fitted_by.spread if fitted_by else {})
