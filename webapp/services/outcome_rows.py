"""The rows from which outcomes.py reads what became of assignments, each kind by assignment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    Assignment,
    AssignmentVersion,
    AuditEvent,
    Debrief,
    Exclusion,
    HintDraw,
    MatchRun,
    Offer,
    Placement,
)

OPENED, FILLED = "assignment_open", "assignment_filled"
OVER = ("assignment_closed", "assignment_cancelled")
Query = Select[*tuple[Any, ...]]
ByAssignment = dict[int, list[Row[*tuple[Any, ...]]]]


@dataclass(frozen=True)
class Rows:
    """All that is read, in lists by the id of the assignment; no key where there is none."""

    works: list[Row[*tuple[Any, ...]]]  # id, host_id, hint_order
    versions: ByAssignment  # the first one first
    events: ByAssignment  # oldest first: opened, filled, over
    eligible: ByAssignment  # in the first ranking
    applications: ByAssignment
    offers: ByAssignment
    placements: ByAssignment
    debriefs: ByAssignment


def rows_of_vio(session: Session, vio_id: int | None) -> Rows:
    """Return the rows of a VIO's assignments."""
    mine = select(Assignment.id).where(Assignment.vio_id == vio_id)
    works = select(Assignment.id, Assignment.host_id, HintDraw.hint_order).outerjoin(
        HintDraw, HintDraw.assignment_id == Assignment.id
    )

    def read(query: Query) -> ByAssignment:
        found: ByAssignment = defaultdict(list)
        for row in session.execute(query):
            found[row[0]].append(row)
        return dict(found)

    return Rows(
        works=list(session.execute(works.where(Assignment.vio_id == vio_id).order_by(Assignment.id))),
        versions=read(_versions(mine)),
        events=read(_events(mine)),
        eligible=read(_first_eligible(mine)),
        applications=read(
            select(Application.assignment_id, Application.submitted_at).where(Application.assignment_id.in_(mine))
        ),
        offers=read(select(Offer.assignment_id, Offer.state).where(Offer.assignment_id.in_(mine))),
        placements=read(
            select(Placement.assignment_id, Placement.state, Placement.ended_at).where(
                Placement.assignment_id.in_(mine)
            )
        ),
        debriefs=read(
            select(Placement.assignment_id, Debrief.side, Debrief.overall, Debrief.as_expected)
            .join(Debrief, Debrief.placement_id == Placement.id)
            .where(Placement.assignment_id.in_(mine))
        ),
    )


def _versions(mine: Select[int]) -> Query:
    one = AssignmentVersion
    query = select(one.assignment_id, one.score, one.host_trained, one.kept_at, one.waived_at)
    return query.where(one.assignment_id.in_(mine)).order_by(one.number)


def _events(mine: Select[int]) -> Query:
    one = AuditEvent
    told = one.action.in_((OPENED, FILLED, *OVER))
    query = select(one.subject_id, one.action, one.at).where(one.subject_kind == "assignment", told)
    return query.where(one.subject_id.in_(mine)).order_by(one.at, one.id)


def _first_eligible(mine: Select[int]) -> Query:
    """Return the query for how many were eligible in the first ranking of each: only what is open is ranked."""
    is_counted = and_(Exclusion.code == "eligible", Exclusion.assignment_id.in_(mine))
    first = (
        select(Exclusion.assignment_id, func.min(Exclusion.run_id).label("run_id"))
        .join(MatchRun, MatchRun.id == Exclusion.run_id)
        .where(is_counted, MatchRun.state == "finished")
        .group_by(Exclusion.assignment_id)
        .subquery()
    )
    same = and_(Exclusion.assignment_id == first.c.assignment_id, Exclusion.run_id == first.c.run_id)
    return select(Exclusion.assignment_id, Exclusion.people).join(first, same).where(is_counted)
