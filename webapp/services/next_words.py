"""By when an applicant hears again: one rule for the timeline, the board, the queue and the reminders."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select

from webapp import clock
from webapp.models import Application, Offer, Placement
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import promised_days

DAYS = 14  # from each step after the host's first answer until the next word

# By the day promised first: one that was moved does not hide what is late. `Application.next_by` says it of a row.
BY: ColumnElement[date] = case(
    (Application.state == "submitted", func.coalesce(Application.first_answer_by, Application.answer_by)),
    else_=func.coalesce(Application.next_word_by, Application.answer_by),
)


def promise(application: Application) -> None:
    """Set the day of the next word, two weeks from now or the working day behind; the row is held."""
    application.next_word_by = promised_days.working(application.assignment, clock.today() + timedelta(days=DAYS))


def is_placed() -> ColumnElement[bool]:
    """Whether a placement came of the application, and was not cancelled."""
    placed = select(Placement.id).join(Offer, Offer.id == Placement.offer_id).where(Placement.state != "cancelled")
    return placed.where(Offer.application_id == Application.id).exists()


def waits() -> ColumnElement[bool]:
    """Whether the person waits for a word of host or office; it is not their turn to answer, and nobody is placed."""
    offered = select(Offer.id).where(Offer.application_id == Application.id, Offer.state == "made").exists()
    return and_(Application.state.in_(LIVE_APPLICATION_STATES), ~offered, ~is_placed())
