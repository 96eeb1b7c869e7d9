"""Where lines come from: the audit trail, reviews, runs, letters, looks and versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from webapp.models import (
    Application,
    Assignment,
    AssignmentVersion,
    AuditEvent,
    Base,
    Clearance,
    FileLook,
    Mail,
    Match,
    MatchInvitation,
    MatchRun,
    Offer,
    Placement,
    PutForward,
    Review,
    User,
    Volunteer,
)
from webapp.services.story.changes import changed_parts
from webapp.services.story.cutting import Cut, Source, moment_of, next_rows
from webapp.services.story.lines import ACTIONS, LETTER, LOOK, MATCHING, PROFILE, REVIEW, WORK, Line, Spot

EVENT, BEGIN, REVIEWS, RUNS, LETTERS, LOOKS, VERSIONS = range(7)
TABLES: dict[str, type[Base]] = {
    "user": User,
    "volunteer": Volunteer,
    "put_forward": PutForward,
    "match_invitation": MatchInvitation,
    "assignment": Assignment,
    "application": Application,
    "offer": Offer,
    "placement": Placement,
    "clearance": Clearance,
}
WAIVED = "assignment_gate_waived"
# What a page prints of these rows, read for all at once.
BESIDE: dict[type[Base], tuple[ORMOption, ...]] = {
    User: (joinedload(User.host), joinedload(User.vio)),  # by the way: each source reads its own accounts
    **{
        table: (selectinload(table.assignment), selectinload(table.volunteer))
        for table in (Application, MatchInvitation, Offer, Placement, PutForward, Review)
    },
    Clearance: tuple(
        selectinload(Clearance.placement).selectinload(getattr(Placement, name))
        for name in ("assignment", "volunteer", "sending_vio", "receiving_vio")
    ),
}
Subjects = Mapping[str, Any]  # table -> its ids: a list of numbers, or a query for them


def events(subjects: Subjects, kinds: frozenset[str]) -> Source:
    """Return the source of what the audit trail holds of these subjects."""

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        of = [
            and_(
                AuditEvent.subject_kind == name,
                AuditEvent.subject_id.in_(ids),
                AuditEvent.action.in_(ACTIONS[name][1]),
            )
            for name, ids in subjects.items()
            if ACTIONS[name][0] in kinds
        ]
        if not of:
            return
        found = next_rows(session, select(AuditEvent).where(or_(*of)), AuditEvent.at, AuditEvent.id, EVENT, cut)
        actors = _by_id(session, User, (one.actor_id for one in found))
        about = _subjects(session, found) | _waived(session, found)
        for one in found:
            yield Line(
                Spot(one.at, EVENT, one.id),
                ACTIONS[one.subject_kind][0],
                one.action,
                about.get((one.action, one.detail.get("version")), about.get((one.subject_kind, one.subject_id))),
                actors.get(one.actor_id),
                one.detail,
                int(one.detail.get("link", 0)),
            )

    return lines


def reviews(condition: ColumnElement[bool]) -> Source:
    """Return the source of coordinators' words on matches."""

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        found = next_rows(
            session, select(Review).where(condition).options(*BESIDE[Review]), Review.at, Review.id, REVIEWS, cut
        )
        actors = _by_id(session, User, (one.by_id for one in found))
        for one in found:
            yield Line(Spot(one.at, REVIEWS, one.id), REVIEW, f"review_{one.verdict}", one, actors.get(one.by_id))

    return lines


def runs(which: ColumnElement[bool], mine: Select[Match]) -> Source:
    """Return the source of finished runs; `mine` are the matches of the story, from which the run's are told.

    When a volunteer opened a page is nobody's business, so what that made is left out.
    """

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        query = select(MatchRun).where(MatchRun.state == "finished", MatchRun.is_look.is_(False), which)
        found = next_rows(session, query, MatchRun.finished_at, MatchRun.id, RUNS, cut)
        matches: dict[int, list[Match]] = defaultdict(list)
        here = mine.where(Match.run_id.in_([one.id for one in found])).options(selectinload(Match.assignment))
        for match in session.scalars(here.order_by(Match.status, Match.score.desc(), Match.lot)):
            matches[match.run_id].append(match)
        saved = [one for one in found if one.scope == "volunteer"]
        changed = changed_parts(session, sorted(saved, key=lambda one: one.id))
        for one in found:
            code = "profile_ranked" if one.scope == "volunteer" else "ranked"
            detail = {"changed": changed.get(one.id, [])}
            mine_here = tuple(matches.get(one.id, ()))
            yield Line(Spot(one.finished_at, RUNS, one.id), MATCHING, code, one, detail=detail, matches=mine_here)

    return lines


def letters(condition: ColumnElement[bool]) -> Source:
    """Return the source of letters: that they went, and of what kind; never what they said."""

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        for one in next_rows(session, select(Mail).where(condition), Mail.created_at, Mail.id, LETTERS, cut):
            yield Line(Spot(one.created_at, LETTERS, one.id), LETTER, "letter", one)

    return lines


def looks(condition: ColumnElement[bool]) -> Source:
    """Return the source of who opened a file."""

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        found = next_rows(session, select(FileLook).where(condition), FileLook.day, FileLook.id, LOOKS, cut)
        actors = _by_id(session, User, (one.by_id for one in found))
        for one in found:
            spot = Spot(moment_of(one.day), LOOKS, one.id)
            yield Line(spot, LOOK, f"look_{one.what}", one, actors.get(one.by_id), is_day=True)

    return lines


def versions(condition: ColumnElement[bool]) -> Source:
    """Return the source of the versions of an assignment."""

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        query = select(AssignmentVersion).where(condition)
        for one in next_rows(session, query, AssignmentVersion.kept_at, AssignmentVersion.id, VERSIONS, cut):
            yield Line(Spot(one.kept_at, VERSIONS, one.id), WORK, "version", one)

    return lines


def beginning(subject: Volunteer | Assignment) -> Source:
    """Return the source of the first line of a person or an assignment: it is there."""
    table = type(subject)
    kind, code = (PROFILE, "profile_begun") if isinstance(subject, Volunteer) else (WORK, "assignment_begun")

    def lines(session: Session, cut: Cut) -> Iterable[Line]:
        query = select(table).where(table.id == subject.id)
        for one in next_rows(session, query, table.created_at, table.id, BEGIN, cut):
            yield Line(Spot(one.created_at, BEGIN, one.id), kind, code, one)

    return lines


def _subjects(session: Session, found: Iterable[AuditEvent]) -> dict[tuple[str, int | None], Base]:
    """Return what events happened to, as far as it is still there."""
    wanted: dict[str, set[int | None]] = defaultdict(set)
    for one in found:
        wanted[one.subject_kind].add(one.subject_id)
    return {
        (name, number): row
        for name, ids in wanted.items()
        for number, row in _by_id(session, TABLES[name], ids).items()
    }


def _waived(session: Session, found: Iterable[AuditEvent]) -> dict[tuple[str, int | None], Base]:
    """Return the versions that were published below the gate: they hold the reason."""
    of = {one.subject_id for one in found if one.action == WAIVED}
    query = select(AssignmentVersion).where(AssignmentVersion.assignment_id.in_(of))
    return {(WAIVED, one.number): one for one in session.scalars(query)} if of else {}


def _by_id(session: Session, table: type[Any], numbers: Iterable[int | None]) -> dict[int | None, Any]:
    wanted = {number for number in numbers if number is not None}
    query = select(table).where(table.id.in_(wanted)).options(*BESIDE.get(table, ()))
    return {row.id: row for row in session.scalars(query)} if wanted else {}
