"""When it is time for a supporter to write: before departure, a month in, after an incident, twice after return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Incident, Placement, SupporterLink, SupportPrompt
from webapp.models.accounts import SUPPORTER
from webapp.models.placements import SERVED_STATES, UNDER_WAY_STATES
from webapp.services.correspondence import write_to_account
from webapp.services.letter_kinds import SUPPORT
from webapp.words import lazy

WEEK = timedelta(weeks=1)


def prompt_due(session: Session, now: datetime) -> int:
    """Ask supporters to write where it is time, each time once, and end what is over. Return how many were asked."""
    query = select(SupporterLink).where(SupporterLink.ended_at.is_(None)).order_by(SupporterLink.id)
    asked = 0
    for link in session.scalars(query):
        if _is_over(link.placement, now.date()):
            link.ended_at = now
            continue
        known = {(prompt.kind, prompt.about) for prompt in link.prompts}
        for kind, about in _times(session, link, now.date()):
            if (kind, about) not in known:
                link.prompts.append(SupportPrompt(kind=kind, about=about, at=now))
                asked += 1
                _write(session, link)
    session.flush()
    return asked


def _is_over(placement: Placement, today: date) -> bool:
    """Whether a supporter stands beside nobody any more: half a year after the return, or where nobody ever went."""
    home = _home_on(placement)
    return placement.state == "cancelled" or (home is not None and home + 26 * WEEK < today)


def _times(session: Session, link: SupporterLink, today: date) -> Iterator[tuple[str, int]]:
    """Yield what it is time for on `today`; a time that was slept through for long is let go."""
    placement = link.placement
    leaves, home = placement.starts_on, _home_on(placement)
    if placement.state == "preparing" and leaves - 2 * WEEK <= today <= leaves:
        yield "before", 0
    if placement.state in UNDER_WAY_STATES and leaves + 4 * WEEK <= today <= leaves + 8 * WEEK:
        yield "settling", 0
    if home is not None and home + 2 * WEEK <= today <= home + 6 * WEEK:
        yield "back_soon", 0
    if home is not None and home + 12 * WEEK <= today <= home + 16 * WEEK:
        yield "back_later", 0
    # Of an incident the supporter learns nothing but that this would be a good day to write.
    since = select(Incident.id).where(Incident.placement_id == placement.id, Incident.created_at >= link.created_at)
    for incident_id in session.scalars(since.order_by(Incident.id)):
        yield "check", incident_id


def _home_on(placement: Placement) -> date | None:
    """Return the day on which a stay that was begun ended."""
    return placement.ended_at.date() if placement.state in SERVED_STATES and placement.ended_at else None


def _write(session: Session, link: SupporterLink) -> None:
    if link.supporter.active and link.supporter.role == SUPPORTER:
        subject = lazy("It is time to write to one of your volunteers")
        body = lazy("Sign in to Caravanserai: the first page says to whom.")
        write_to_account(session, link.supporter, SUPPORT, subject, body)
