"""People whom the host has answered, and who wait to hear how it goes on: before the day of the next word and after."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Host
from webapp.services import next_words
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import APPLICATIONS, LATE
from webapp.services.reminders import letters
from webapp.services.reminders.sent import first_time, week_of
from webapp.services.reminders.to_offices import write_list

SOON_DAYS = 3  # before the day the host is reminded of its shortlist


def remind_hosts(session: Session, today: date) -> int:
    """Write to hosts whose shortlist waits to hear from them soon, one letter for each assignment and day."""
    groups: dict[tuple[int, date], list[Application]] = defaultdict(list)
    near = next_words.BY.between(today, today + timedelta(days=SOON_DAYS))
    for one in _waiting(session, near, Application.state == "shortlisted"):
        if first_time(session, "word_soon", one, one.next_by):
            groups[one.assignment_id, one.next_by].append(one)
    for (_assignment, day), found in groups.items():
        words = letters.told("word_soon", found[0].assignment, number=len(found), day=day)
        tell_to_act(session, found[0].assignment, "word_soon", APPLICATIONS, *words)
    return len(groups)


def own_up(session: Session, today: date) -> int:
    """Tell people once that the word which they should have had has not come."""
    done = 0
    for one in _waiting(session, today > next_words.BY):
        if first_time(session, "word_late", one, one.next_by):
            office = one.assignment.vio
            told = {"day": one.next_by, "office": office.name, "email": office.contact_email}
            write_to_volunteer(session, one.volunteer, APPLICATIONS, *letters.told("word_late", one.assignment, **told))
            done += 1
    return done


def tell_offices(session: Session, today: date) -> int:
    """Write to the coordinators of what is late since yesterday, and weekly from then on; one letter an office."""
    late: dict[int, list[Application]] = defaultdict(list)
    for one in _waiting(session, today > next_words.BY):
        if first_time(session, "words_late", one, week_of(one.next_by, today)):
            late[one.assignment.vio_id].append(one)
    for vio_id, found in late.items():
        lines = [(one.next_by, one.assignment) for one in found]
        write_list(session, vio_id, LATE, "words_late", lines)
    return len(late)


def _waiting(session: Session, *where: ColumnElement[bool]) -> list[Application]:
    """Return who has the first answer and waits, in the order in which rows are held; suspended hosts' rest."""
    query = select(Application).join(Assignment).join(Host, Host.id == Assignment.host_id)
    query = query.where(next_words.waits(), Application.state != "submitted", Host.suspended_at.is_(None), *where)
    return list(session.scalars(query.order_by(Application.assignment_id, Application.id)))
