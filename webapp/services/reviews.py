"""Reviewing an assignment before it is published: approve, ask for changes, decline."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, User
from webapp.services import agreements, calling_off, places, publish_gate, ranking, refusals, versions
from webapp.services.assignment_needs import blanks_left
from webapp.services.by_mail.asking import tell_to_write
from webapp.services.correspondence import write_to_host
from webapp.services.delegations import own_work, relation_to_work
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import PUBLISHING
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.paging import NUMBERS, Part, Start, part_of
from webapp.words import Words, lazy

PAGE = 40
# What a row of the list shows.
LISTED = (
    select(
        Assignment.id,
        Assignment.title,
        Assignment.country,
        Assignment.mode,
        Assignment.start_on,
        Assignment.end_on,
        Assignment.state,
        Host.name.label("host_name"),
    )
    .join(Host, Host.id == Assignment.host_id)
    .where(Assignment.id.in_(NUMBERS))
)
# The reviewer's decision on the displacement questions (R10); its code is kept in the audit trail and counted later.
DISPLACEMENT: dict[str, Words] = {
    "none": lazy("No paid post is displaced"),
    "acceptable": lazy("There is a risk; what the host does about it is enough"),
}


def obstacles(assignment: Assignment, today: date) -> list[Words]:
    """Return what stands against publication and that no reviewer can waive."""
    found = [refusal.words for refusal in refusals.refusals_of(assignment)]
    found.extend(blanks_left(assignment).values())
    if assignment.host.suspended_at is not None:
        found.insert(0, lazy("The host organization is suspended. Lift the suspension first."))
    elif not assignment.host.is_verified(today):
        found.insert(0, lazy("The host organization is not verified. Verify it first."))
    return found


def approve(
    session: Session,
    account: User,
    assignment: Assignment,
    displacement: str,
    today: date,
    waiver_reason: str = "",
    words: str = "",
) -> None:
    """Publish: open from now on, its agreement kept, and ranked at once; Refused while an obstacle stands.

    Below the VIO's gate it needs `waiver_reason`; BelowGate else. `words`, if any, go to the host with the news.
    """
    if relation_to_work(account, assignment) is None:
        raise NotFound
    hold(session, assignment)
    if standing := obstacles(assignment, today):
        raise Refused(standing[0])
    if displacement not in DISPLACEMENT:
        raise Refused(lazy("Say what you decide about paid posts of local people."))
    versions.standing(session, assignment)  # what is published is kept, also where a list changed what was sent
    publish_gate.check(session, account, assignment, waiver_reason)
    assignment.published_at = clock.now()
    assignment.words_to_host = words.strip()
    move(session, account, assignment, "open", displacement=displacement)
    agreements.standing(session, assignment)
    places.settle(session, account, assignment, today)  # all may be held from before it was changed
    ranking.rank_assignment(session, assignment)
    write_to_host(
        session,
        assignment.host,
        PUBLISHING,
        lazy("Published: %(title)s", title=assignment.title),
        _news(assignment),
    )


def ask_for_changes(session: Session, account: User, assignment: Assignment, words: str) -> None:
    """Send it back to the host, with words that say what to change."""
    hold(session, assignment)
    _keep_words(assignment, words)
    move(session, account, assignment, "changes_requested")
    tell_to_write(
        session,
        assignment.host,
        PUBLISHING,
        lazy("Please change: %(title)s", title=assignment.title),
        lazy(
            "Before we can publish %(title)s, please change this:\n\n%(words)s\n\nSign in, change it, send it again.",
            title=assignment.title,
            words=words.strip(),
        ),
        lazy(
            "Before we can publish %(title)s, please change this:\n\n%(words)s",
            title=assignment.title,
            words=words.strip(),
        ),
    )


def decline(session: Session, account: User, assignment: Assignment, words: str) -> None:
    """Cancel it, with words that say why."""
    _keep_words(assignment, words)
    calling_off.call_off(session, account, assignment, "", by="reviewer")
    write_to_host(
        session,
        assignment.host,
        PUBLISHING,
        lazy("We cannot publish: %(title)s", title=assignment.title),
        lazy("We cannot publish %(title)s.\n\n%(words)s", title=assignment.title, words=words.strip()),
    )


def _news(assignment: Assignment) -> Words:
    """Return what a host reads when its assignment is published, with the reviewer's words where there are some."""
    if not assignment.words_to_host:
        return lazy("%(title)s is open. Volunteers can see it and apply from now on.", title=assignment.title)
    return lazy(
        "%(title)s is open. Volunteers can see it and apply from now on.\n\n%(words)s",
        title=assignment.title,
        words=assignment.words_to_host,
    )


def _keep_words(assignment: Assignment, words: str) -> None:
    if not words.strip():
        raise Refused(lazy("Write to the host what has to change, or why you decline."))
    assignment.words_to_host = words.strip()


def assignments_of_vio(session: Session, account: User, state: str, start: Start) -> Part[Row[Any]]:
    """Return a page of the VIO's assignments, what waits for review first, then what is open; the soonest first."""
    query: Select[Any] = select(Assignment).where(own_work(account))
    query = query.where(Assignment.state == state) if state else query.where(Assignment.state != "draft")
    in_turn = case((Assignment.state == "submitted", 0), (Assignment.state == "open", 1), else_=2)
    soonest = func.coalesce(Assignment.start_on, date.max)
    return part_of(session, query, [in_turn, soonest], Assignment.id, start, PAGE, shown_by=LISTED)


def count_by_state(session: Session, account: User) -> dict[str, int]:
    """Return how many of the VIO's assignments stand in each state."""
    query = select(Assignment.state, func.count()).where(own_work(account))
    return dict(session.execute(query.group_by(Assignment.state)).all())


def assignments_of_host(session: Session, account: User, host: Host) -> list[Assignment]:
    """Return a host's assignments, drafts left out, newest first."""
    query = select(Assignment).where(Assignment.host_id == host.id, own_work(account))
    return list(session.scalars(query.where(Assignment.state != "draft").order_by(Assignment.id.desc())))
