"""Where the answers of a check-in depart from what was agreed: codes, for the coordinators to look into."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.models import CheckIn, CheckInAnswer, Placement
from webapp.services import signings

NOT_WELL = "well"
APART = "apart"  # the two sides see it differently
LOW = 2  # a mark of "hardly" or "no"
FAR = 2  # marks between the two sides
HOURS_OVER = 1.2  # more than a fifth above the hours agreed
HOURS_UNDER = 0.5
SUPERVISED_UNDER = 0.5
DRIFTS = ("well", "work", "hours", "supervision", "apart")


def of_check_in(session: Session, one: CheckIn) -> list[str]:
    """Return in which ways (codes of DRIFTS) the answers of both sides depart from the agreement."""
    found = {code for said in one.answers for code in of_answer(session, one, said)}
    return [code for code in DRIFTS if code in found]


def of_answer(session: Session, one: CheckIn, said: CheckInAnswer) -> list[str]:
    """Return in which ways one side's answer departs from the agreement, or from the other side's answer."""
    agreed = agreed_hours(session, one.placement)
    found = {code for code in ("well", "work", "hours", "supervision") if getattr(said, code) <= LOW}
    if _is_off(said.hours_done, agreed["hours"], HOURS_UNDER, HOURS_OVER):
        found.add("hours")
    if _is_off(said.hours_supervised, agreed["supervision"], SUPERVISED_UNDER, None):
        found.add("supervision")
    for other in one.answers:
        marks = ("work", "hours", "supervision", "well")
        if any(abs(getattr(other, name) - getattr(said, name)) >= FAR for name in marks):
            found.add(APART)
    return [code for code in DRIFTS if code in found]


def agreed_hours(session: Session, placement: Placement) -> dict[str, float | None]:
    """Return the hours a week of work and of supervision in the wording that holds; None where it says nothing."""
    hours: dict[str, float | None] = {"hours": None, "supervision": None}
    for term in signings.terms_in_force(session, placement):
        if term.code in hours:
            hours[term.code] = term.values.get("hours")
    return hours


def _is_off(done: int | None, agreed: Any, under: float, over: float | None) -> bool:
    if done is None or not agreed:
        return False
    return done < agreed * under or (over is not None and done > agreed * over)
