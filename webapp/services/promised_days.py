"""Promised days follow the calendars of both sides: of who answers, and of the office that stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Offer
from webapp.services import audit
from webapp.working_days import Countries, Holiday, holidays_between, next_working_day

RENEWED = "application_promise_renewed"


def sides(assignment: Assignment) -> Countries:
    """Return the countries of the host and of the VIO that receives."""
    return assignment.host.country, assignment.vio.country


def working(assignment: Assignment, asked: date) -> date:
    """Return the day promised where the host answers by `asked`: that day, or the next on which both sides work."""
    return next_working_day(sides(assignment), asked)


def of_offer(offered: Sequence[Application], today: date, starts_on: date) -> date:
    """Return by when an offer is answered: all sides work on it, but it is never after the first day.

    It is one day for all to whom places are offered together, wherever each of them lives.
    """
    vio = offered[0].assignment.vio
    countries = (*(one.volunteer.residence for one in offered), vio.country)
    return min(next_working_day(countries, today + timedelta(days=vio.offer_answer_days)), starts_on)


def why_offer(offer: Offer) -> list[Holiday]:
    """Return the holidays because of which the day to answer an offer is a later one."""
    asked = offer.made_at.date() + timedelta(days=offer.assignment.vio.offer_answer_days)
    return _why((offer.volunteer.residence, offer.assignment.vio.country), asked, offer.answer_by)


def why(session: Session, application: Application) -> list[Holiday]:
    """Return the holidays because of which the day promised to an applicant is a later one."""
    assignment = application.assignment
    asked = application.submitted_at.date() + timedelta(days=assignment.vio.host_answer_days)
    if application.first_answer_by is not None:
        moved = [one for one in audit.history_of(session, application) if one.action == RENEWED]
        if not moved or "asked" not in moved[-1].detail.get("days", {}):
            return []
        asked = date.fromisoformat(moved[-1].detail["days"]["asked"])
    return _why(sides(assignment), asked, application.answer_by)


def _why(countries: Countries, asked: date, promised: date) -> list[Holiday]:
    """Return nothing where the day was not worked out like this: the office has set another number of days since."""
    is_ours = asked < promised and next_working_day(countries, asked) == promised
    return holidays_between(countries, asked, promised) if is_ours else []
