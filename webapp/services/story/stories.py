"""Whose story is told to whom: what belongs to the coordinator's own VIO, and nothing that people keep to themselves.

Not in it: conditions of life, reports, calls and incidents, supporters and mentors, answers of others to a link, and
what another VIO does with a person. What is in it is named (lines.ACTIONS); the rest of the audit trail is left out.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    Assignment,
    AssignmentVersion,
    Clearance,
    FileLook,
    Host,
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
from webapp.services import audit, file_looks
from webapp.services.letter_kinds import ACCOUNT, AGREEMENT, APPLICATIONS, CLEARANCES, INVITATIONS, OFFERS
from webapp.services.story import sources
from webapp.services.story.cutting import Cut, Page, Source, page_of
from webapp.services.story.lines import KINDS, LETTER, LOOK, MATCHING, PROFILE, REVIEW, WORK, Line

# Letters of which a coordinator may know that they went: not those about help, bars, mentors or talks. The latter ones
# would tell that somebody applies elsewhere; so they are told of only where that is not so.
LETTERS, IF_ONLY_HERE = (ACCOUNT, AGREEMENT, CLEARANCES), (APPLICATIONS, OFFERS, INVITATIONS)
MOST_IN_A_FILE = 5_000


def of_person(session: Session, account: User, volunteer: Volunteer, kind: str, cut: Cut) -> Page:
    """Return a page of the story of a person of the account's own VIO; `kind` is one of KINDS, or blank for all."""
    return page_of(session, _of_person(account, volunteer, _kinds(kind)), cut)


def of_assignment(session: Session, account: User, assignment: Assignment, kind: str, cut: Cut) -> Page:
    """Return a page of the story of an assignment of the account's own VIO."""
    return page_of(session, _of_assignment(account, assignment, _kinds(kind)), cut)


def whole(
    session: Session, account: User, subject: Volunteer | Assignment, kind: str, most: int = MOST_IN_A_FILE
) -> list[Line]:
    """Return all lines for a file (at most `most`), and leave a line that it was taken away."""
    tell = of_person if isinstance(subject, Volunteer) else of_assignment
    cut = Cut()
    found: list[Line] = []
    while len(found) < most:
        page = tell(session, account, subject, kind, cut)  # type: ignore[arg-type]
        found += page.lines
        if page.following is None:
            break
        cut = replace(cut, after=page.following)
    audit.record(session, account, "story_exported", subject, account.vio_id, rows=len(found))
    return found[:most]


def _kinds(kind: str) -> frozenset[str]:
    return frozenset((kind,) if kind else KINDS)


def _of_person(account: User, volunteer: Volunteer, kinds: frozenset[str]) -> list[Source]:
    here, vio_id = volunteer.id, account.vio_id
    placed = select(Placement.id).where(
        Placement.volunteer_id == here,
        or_(Placement.receiving_vio_id == vio_id, Placement.sending_vio_id == vio_id),
    )
    applied = select(Application.id).join(Assignment).where(Application.volunteer_id == here)
    subjects: dict[str, object] = {
        "user": [volunteer.user_id] if volunteer.user_id else [],
        "volunteer": [here],
        "put_forward": select(PutForward.id).where(PutForward.volunteer_id == here),
        "match_invitation": select(MatchInvitation.id).where(
            MatchInvitation.volunteer_id == here, MatchInvitation.vio_id == vio_id
        ),
        "application": applied.where(Assignment.vio_id == vio_id),
        "offer": select(Offer.id).where(Offer.volunteer_id == here, Offer.vio_id == vio_id),
        "placement": placed,
        "clearance": select(Clearance.id).where(Clearance.placement_id.in_(placed)),
    }
    mine = (
        select(Match)
        .join(Assignment, Assignment.id == Match.assignment_id)
        .where(Match.volunteer_id == here, Assignment.vio_id == vio_id)
    )
    saved = and_(MatchRun.scope == "volunteer", MatchRun.subject_id == here)
    parts = [
        (PROFILE, sources.beginning(volunteer)),
        (MATCHING, sources.runs(or_(saved, MatchRun.id.in_(mine.with_only_columns(Match.run_id))), mine)),
        (REVIEW, sources.reviews(and_(Review.volunteer_id == here, Review.vio_id == vio_id))),
        (LETTER, sources.letters(_letters_to(account, volunteer))),
        (LOOK, sources.looks(_looks_of_ours(account, volunteer))),
    ]
    return [sources.events(subjects, kinds), *(source for kind, source in parts if kind in kinds)]


def _letters_to(account: User, volunteer: Volunteer) -> ColumnElement[bool]:
    """Return the condition for letters to the person."""
    elsewhere = (Assignment.vio_id != account.vio_id,)
    applied = exists().where(Application.volunteer_id == volunteer.id, Assignment.id == Application.assignment_id)
    invited = exists().where(MatchInvitation.volunteer_id == volunteer.id, MatchInvitation.vio_id != account.vio_id)
    only_here = and_(Mail.kind.in_(IF_ONLY_HERE), ~applied.where(*elsewhere), ~invited)
    return and_(Mail.user_id == (volunteer.user_id or 0), or_(Mail.kind.in_(LETTERS), only_here))


def _looks_of_ours(account: User, volunteer: Volunteer) -> ColumnElement[bool]:
    """Return the condition for looks by the own office and by its hosts; those of others would tell of them."""
    our_hosts = exists().where(Host.id == FileLook.host_id, Host.vio_id == account.vio_id)
    is_office = and_(FileLook.vio_id == account.vio_id, FileLook.role == file_looks.COORDINATOR)
    return and_(FileLook.volunteer_id == volunteer.id, or_(is_office, our_hosts))


def _of_assignment(account: User, assignment: Assignment, kinds: frozenset[str]) -> list[Source]:
    here = assignment.id

    def ids(table: type[Application] | type[Offer] | type[Placement] | type[MatchInvitation]) -> Select[int]:
        return select(table.id).where(table.assignment_id == here)

    subjects: dict[str, object] = {
        "assignment": [here],
        "match_invitation": ids(MatchInvitation),
        "application": ids(Application),
        "offer": ids(Offer),
        "placement": ids(Placement),
        "clearance": select(Clearance.id).where(Clearance.placement_id.in_(ids(Placement))),
    }
    mine = select(Match).where(Match.assignment_id == here)
    # Each saved profile is ranked too; those runs are the stories of these people.
    ranked = and_(MatchRun.scope != "volunteer", MatchRun.id.in_(mine.with_only_columns(Match.run_id)))
    parts = [
        (WORK, sources.beginning(assignment)),
        (MATCHING, sources.runs(ranked, mine)),
        (REVIEW, sources.reviews(and_(Review.assignment_id == here, Review.vio_id == account.vio_id))),
        (WORK, sources.versions(AssignmentVersion.assignment_id == here)),
    ]
    return [sources.events(subjects, kinds), *(source for kind, source in parts if kind in kinds)]
