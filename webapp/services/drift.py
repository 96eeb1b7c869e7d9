"""Where the answers of a check-in depart from what was agreed: codes, for the coordinators to look into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import CheckIn, CheckInAnswer, Placement
from webapp.services import signings
from webapp.services.agreement_terms import Term

NOT_WELL = "well"
APART = "apart"  # the two sides see it differently
LOW = 2  # a mark of "hardly" or "no"
FAR = 2  # marks between the two sides
HOURS_OVER = 1.2  # more than a fifth above the hours agreed
HOURS_UNDER = 0.5
SUPERVISED_UNDER = 0.5
Hours = dict[str, float | None]
DRIFTS = ("well", "work", "hours", "supervision", "apart")


def of_check_in(session: Session, one: CheckIn) -> list[str]:
    """Return in which ways (codes of DRIFTS) the answers of both sides depart from the agreement."""
    return of_check_ins(session, [one])[0]


def of_check_ins(session: Session, rows: Sequence[CheckIn]) -> list[list[str]]:
    """Return the same of each check-in of a list; their agreements are read together."""
    terms = signings.terms_of_many(session, [one.placement for one in rows])
    agreed = [_hours_in(terms.get(one.placement_id, [])) for one in rows]
    return [
        _in_order({code for said in one.answers for code in _departs(one, said, hours)})
        for one, hours in zip(rows, agreed, strict=True)
    ]


def of_answer(session: Session, one: CheckIn, said: CheckInAnswer) -> list[str]:
    """Return in which ways one side's answer departs from the agreement, or from the other side's answer."""
    return _in_order(_departs(one, said, agreed_hours(session, one.placement)))


def _departs(one: CheckIn, said: CheckInAnswer, agreed: Hours) -> set[str]:
    found = {code for code in ("well", "work", "hours", "supervision") if getattr(said, code) <= LOW}
    if _is_off(said.hours_done, agreed["hours"], HOURS_UNDER, HOURS_OVER):
        found.add("hours")
    if _is_off(said.hours_supervised, agreed["supervision"], SUPERVISED_UNDER, None):
        found.add("supervision")
    for other in one.answers:
        marks = ("work", "hours", "supervision", "well")
        if any(abs(getattr(other, name) - getattr(said, name)) >= FAR for name in marks):
            found.add(APART)
    return found


def _in_order(found: set[str]) -> list[str]:
    return [code for code in DRIFTS if code in found]


def agreed_hours(session: Session, placement: Placement) -> Hours:
    """Return the hours a week of work and of supervision in the wording that holds; None where it says nothing."""
    return _hours_in(signings.terms_in_force(session, placement))


def _hours_in(terms: Sequence[Term]) -> Hours:
    hours: Hours = {"hours": None, "supervision": None}
    for term in terms:
        if term.code in hours:
            hours[term.code] = term.values.get("hours")
    return hours


def _is_off(done: int | None, agreed: Any, under: float, over: float | None) -> bool:
    if done is None or not agreed:
        return False
    return done < agreed * under or (over is not None and done > agreed * over)
