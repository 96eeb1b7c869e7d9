"""What became of each assignment of a VIO: facts that stand elsewhere already, side by side. Nothing is stored here.

The score is that of the version that was published first; what a host changes after that does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp.models import User
from webapp.models.placements import SERVED_STATES
from webapp.services.outcome_rows import FILLED, OPENED, OVER, Rows, rows_of_vio

# Applications count for so long after publication, and tell nothing yet of what is younger.
WATCHED = timedelta(days=30)


@dataclass(frozen=True)
class Published:
    """An assignment as it was first published, and what followed until it was over, or until now."""

    score: int  # of the coach, 0 to 100
    is_trained: bool  # whether somebody of the host was when this version was sent
    is_waived: bool  # published below the gate, with a reason
    eligible: int | None  # volunteers in its first ranking; None where nobody was within reach
    applications: int | None  # within WATCHED; None where that time is not over
    days: int  # until its last place was taken, else until it was over or until now
    is_filled: bool


@dataclass(frozen=True)
class Outcome:
    """One assignment; `published` is None where it never was."""

    host_id: int
    hint_order: str | None
    first_score: int | None  # when it was sent for the first time
    published: Published | None
    accepted: Sequence[bool]  # a word for each offer that its volunteer answered
    ended_early: Sequence[bool]  # one for each placement that began and is over
    marks: Mapping[str, Sequence[int]]  # 1 to 5; by volunteer and host, and how far it was as the volunteer expected


def outcomes_of(session: Session, account: User, now: datetime) -> list[Outcome]:
    """Return the assignments of the account's VIO that were sent, or drew an order of hints."""
    rows = rows_of_vio(session, account.vio_id)
    return [
        _outcome(work.id, work.host_id, work.hint_order, rows, now)
        for work in rows.works
        if work.hint_order or work.id in rows.versions
    ]


def _outcome(number: int, host_id: int, hint_order: str | None, rows: Rows, now: datetime) -> Outcome:
    versions, debriefs = rows.versions.get(number, ()), rows.debriefs.get(number, ())
    offers = [row.state for row in rows.offers.get(number, ())]
    placements = [row.state for row in rows.placements.get(number, ())]
    return Outcome(
        host_id=host_id,
        hint_order=hint_order,
        first_score=versions[0].score if versions else None,
        published=_published(number, rows, now),
        accepted=[state == "accepted" for state in offers if state in ("accepted", "declined")],
        ended_early=[state == "ended_early" for state in placements if state in SERVED_STATES],
        marks={
            "volunteer": [row.overall for row in debriefs if row.side == "volunteer"],
            "host": [row.overall for row in debriefs if row.side == "host"],
            "expected": [row.as_expected for row in debriefs if row.side == "volunteer"],
        },
    )


def _published(number: int, rows: Rows, now: datetime) -> Published | None:
    """Return what was published first; None too where that was before versions were kept."""
    events = rows.events.get(number, ())
    opened = next((event.at for event in events if event.action == OPENED), None)
    sent = [one for one in rows.versions.get(number, ()) if opened is not None and one.kept_at <= opened]
    if opened is None or not sent:
        return None
    version, eligible = sent[-1], rows.eligible.get(number)
    filled, end = _filled_or_over(number, rows, now)
    soon = sum(row.submitted_at <= opened + WATCHED for row in rows.applications.get(number, ()))
    return Published(
        score=version.score,
        is_trained=version.host_trained,
        is_waived=version.waived_at is not None,
        eligible=eligible[0].people if eligible else None,
        applications=soon if opened + WATCHED <= now else None,
        days=max(0, (end - opened).days),
        is_filled=filled,
    )


def _filled_or_over(number: int, rows: Rows, now: datetime) -> tuple[bool, datetime]:
    """Return whether the last place was taken, and since when; else until when it was watched.

    A place that came free again undoes it, but not because a stay ended early: that is a figure of its own.
    """
    events, filled = rows.events[number], None
    early = [row.ended_at for row in rows.placements.get(number, ()) if row.state == "ended_early"]
    for event in events:
        if event.action == FILLED:
            filled = filled or event.at
        elif event.action == OPENED and not any(filled and filled < end <= event.at for end in early):
            filled = None
    over = next((event.at for event in events if event.action in OVER), now)
    return (True, filled) if filled else (False, over)
