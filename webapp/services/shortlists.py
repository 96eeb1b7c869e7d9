"""A host and its applicants: who they are, the shortlist, and a kind answer to everyone.

Only here does an application become `shortlisted`, and only the host can do it; that is what opens contact data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from webapp import clock
from webapp.models import Application, Assignment, Host, Match, Review, User, Volunteer
from webapp.services import companions, kind_answers, next_words, places, ranking
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.person_relations import CONTACT_STATES, may_be_matched, within_reach
from webapp.services.placement_sight import check_decides
from webapp.services.relations import check_host
from webapp.services.sights import sights_of
from webapp.services.visibility import Sight
from webapp.words import Words, lazy

ANSWER = "application.answer"  # the action in the table of permissions

OTHER = "other"
# The codes are kept for ever, so none is ever renamed. They go to the volunteer in these words, with the host's own.
REASONS: dict[str, Words] = {
    "skills": lazy("Other applicants bring more of the skills that we need."),
    "level": lazy("The work needs more experience than the profile shows."),
    "language": lazy("The work needs a language at a higher level."),
    "dates": lazy("The dates or the length of the stay do not fit."),
    "places_taken": lazy("All places are taken."),
    "licence": lazy("We could not confirm the licence that the work needs."),
    OTHER: lazy("Another reason, which we write below."),
}
# Rules that a host may read of where an applicant is not matched: about the work, not about consent or other countries.
TOLD_TO_HOSTS = frozenset(
    {"MODE", "DATES_DO_NOT_MEET", "STAY_TOO_SHORT", "HOURS_DO_NOT_MEET", "LICENCE_MISSING", "LANGUAGE_BELOW"}
    | {"SKILL_BELOW", "NO_OPEN_PLACE"}
)
SHORTEST_WORDS = 20  # characters of the host's own words: less is no answer to a person
ANSWERABLE = ("open", "filled", "closed")  # states of an assignment in which applicants are answered


@dataclass(frozen=True)
class Applicant:
    """An application as its host may see it: the sight says what of the person is printed."""

    application: Application
    sight: Sight
    match: Match | None
    is_proposed: bool
    days_left: int  # to the day promised to the volunteer; negative when it is past

    @property
    def volunteer(self) -> Volunteer:
        """The person; print only what `sight` allows."""
        return self.application.volunteer

    @property
    def waits(self) -> bool:
        """Whether the person waits for the host's answer."""
        return self.application.state == "submitted"


def applicants(session: Session, account: User, assignment: Assignment, today: date) -> list[Applicant]:
    """Return who applied: those who wait first, by band and lot; withdrawn applications are gone."""
    check_host(account, ANSWER, assignment)
    query = select(Application).where(Application.assignment_id == assignment.id, Application.state != "withdrawn")
    query = query.options(selectinload(Application.volunteer)).order_by(Application.id)
    found = _seen(session, account, list(session.scalars(query)), today)
    order = ("submitted", "shortlisted", "interview", "selected", "declined")
    return sorted(found, key=lambda one: (order.index(one.application.state), _by_match(one.match), one.application.id))


def applicant(session: Session, account: User, application: Application, today: date) -> Applicant:
    """Return one applicant; NotFound for another organization's or a withdrawn application."""
    assignment = application.assignment
    check_host(account, ANSWER, assignment)
    seen = _seen(session, account, [application], today)
    if not seen:
        raise NotFound
    return seen[0]


def why_not_matched(session: Session, one: Applicant) -> list[dict[str, Any]]:
    """Return what stands in the way of an applicant without a match, as far as a host may know it."""
    if one.match is not None or not one.sight.match or not may_be_matched(session, one.volunteer):
        return []
    found = ranking.explain_pair(session, one.volunteer, one.application.assignment)
    return [obstacle.to_dict() for obstacle in found.obstacles if obstacle.code in TOLD_TO_HOSTS]


def with_whom(session: Session, account: User, one: Applicant, today: date) -> list[Applicant | None]:
    """Return the applicants who go together with this one; None for somebody whom the host does not see (yet)."""
    others = companions.companions(session, one.application)
    seen = [[each.application] if each.application else [] for each in others]
    found = [_seen(session, account, each, today) for each in seen]
    return [each[0] if each else None for each in found]


def waiting(session: Session, account: User, today: date, most: int = 8) -> list[Applicant]:
    """Return the organization's applicants who wait for an answer, the earliest promise first."""
    query = select(Application).join(Assignment).join(Host, Host.id == Assignment.host_id).where(_waits_for(account))
    query = query.order_by(Application.answer_by, Application.id).limit(most)
    query = query.options(contains_eager(Application.assignment), selectinload(Application.volunteer))
    return _seen(session, account, session.scalars(query).all(), today)


def to_answer(account: User) -> Select[int]:
    """Return the count of applicants who wait for the organization."""
    query = select(func.count(Application.id)).join(Assignment).join(Host, Host.id == Assignment.host_id)
    return query.where(_waits_for(account))


def shortlist(session: Session, account: User, application: Application, today: date | None = None) -> None:
    """Put an applicant on the shortlist: opens contact data to the host, and tells the volunteer so."""
    hold(session, application.assignment, application)  # whoever withdraws at this moment shows nothing any more
    check_may_answer(account, application)
    if application.assignment.host.suspended_at is not None:
        raise Refused(lazy("Your organization is suspended at present, so contact data stay closed. Ask the office."))
    if not application.assignment.host.is_verified(today or clock.today()):
        raise Refused(
            lazy("Your organization is not verified at present, so contact data stay closed. Renew the verification.")
        )
    move(session, account, application, "shortlisted", assignment=application.assignment_id)
    application.state_at = clock.now()
    next_words.promise(application)
    _tell(
        session,
        application,
        lazy("You are on the shortlist: %(title)s", title=application.assignment.title),
        lazy(
            "%(host)s has put you on its shortlist for “%(title)s”.\n\nFrom now on the host sees your e-mail address "
            "and telephone number and may write to you. Nothing is decided yet: a coordinator decides every "
            "placement.\n\nPlease open the application and name two people who know you: the office asks them how it "
            "is to work with you.",
            host=application.assignment.host.name,
            title=application.assignment.title,
        ),
    )


def decline(session: Session, account: User, application: Application, reason_code: str, words: str) -> None:
    """Decline an applicant; the volunteer gets the reason from the list and the words of the host."""
    check_may_answer(account, application)
    answer_no(session, account, application, reason_code, words, application.assignment.host.name)
    companions.tell_of_end(session, application)


def can_let_go(session: Session, application: Application) -> bool:
    """Whether a coordinator may decline: the host has put the person on its shortlist, and no place is held."""
    return application.state in CONTACT_STATES and not places.holds_place(session, application)


def let_go(session: Session, account: User, application: Application, reason_code: str, words: str) -> None:
    """Decline somebody on the shortlist as the coordinator who decides, with a reason and words of the office."""
    check_decides(account, application.assignment)
    if application.state == "submitted":
        raise Refused(lazy("The host answers first. Remind it if the promised day is near."))
    answer_no(session, account, application, reason_code, words, application.assignment.vio.name)
    companions.tell_of_end(session, application)


def answer_no(
    session: Session, account: User, application: Application, reason_code: str, words: str, who: str
) -> None:
    """Decline an application in the name of `who`; the caller has looked whether the account may.

    The caller also tells companions, where it does not answer them too.
    """
    hold(session, application.assignment, application)
    if places.holds_place(session, application):
        raise Refused(lazy("This person has an offer or a placement. The coordinator has to end that first."))
    if reason_code not in REASONS:
        raise Refused(lazy("Choose the reason."))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: what you saw in the application, and thanks."))
    application.reason_code = reason_code
    application.words = words.strip()
    move(session, account, application, "declined", reason=reason_code, assignment=application.assignment_id)
    application.state_at = clock.now()
    _tell(
        session,
        application,
        lazy("An answer to your application: %(title)s", title=application.assignment.title),
        lazy(
            "%(host)s has not chosen you for “%(title)s”.\n\n%(reason)s\n\n%(words)s\n\n%(more)s",
            host=who,
            title=application.assignment.title,
            reason=REASONS[reason_code] if reason_code != OTHER else "",
            words=application.words,
            more=kind_answers.closing(session, application, reason_code, clock.today()),
        ),
    )


def check_may_answer(account: User, application: Application) -> None:
    """Raise NotFound unless it is an application to the account's organization, Refused where none is answered now."""
    check_host(account, ANSWER, application.assignment)
    if application.state == "withdrawn":
        raise NotFound
    if application.assignment.state not in ANSWERABLE:
        raise Refused(lazy("The assignment is not public at present. Answer its applicants once it is open again."))


def _waits_for(account: User) -> ColumnElement[bool]:
    """Return the condition that an application waits for the organization; while it is suspended, promises rest."""
    waits = Application.state == "submitted"
    return and_(Assignment.host_id == account.host_id, waits, Host.suspended_at.is_(None))


def _seen(session: Session, account: User, applications: Sequence[Application], today: date) -> list[Applicant]:
    """Return the applicants with what the host may see of each; who may not be seen at all is left out."""
    matches, proposed = _matches(session, applications, today), _proposed(session, applications)
    found = []
    for application, sight in zip(applications, sights_of(session, account, applications), strict=True):
        if sight.anything:
            pair = (application.assignment_id, application.volunteer_id)
            match = matches.get(pair) if sight.match else None
            found.append(Applicant(application, sight, match, pair in proposed, (application.answer_by - today).days))
    return found


def _matches(session: Session, applications: Sequence[Application], today: date) -> dict[tuple[int, int], Match]:
    """Return the newest match of each applicant who may still be matched, by assignment and person."""
    if not applications:
        return {}
    vio_id = applications[0].assignment.vio_id  # a host's assignments are all of its VIO
    query = select(Match).join(Volunteer, Volunteer.id == Match.volunteer_id)
    query = query.where(Match.is_current, *_among(applications, Match.assignment_id, Match.volunteer_id))
    query = query.where(within_reach(Match.assignment_id, vio_id, today))
    return {(match.assignment_id, match.volunteer_id): match for match in session.scalars(query)}


def _proposed(session: Session, applications: Sequence[Application]) -> set[tuple[int, int]]:
    """Return the pairs on which the coordinators' newest word is a proposal for the shortlist."""
    of_them = _among(applications, Review.assignment_id, Review.volunteer_id)
    newest = select(func.max(Review.id)).where(*of_them).group_by(Review.assignment_id, Review.volunteer_id)
    query = select(Review.assignment_id, Review.volunteer_id)
    query = query.where(Review.id.in_(newest), Review.verdict == "propose")
    return {(assignment_id, volunteer_id) for assignment_id, volunteer_id in session.execute(query)}


def _among(
    applications: Sequence[Application], assignment_id: Any, volunteer_id: Any
) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a row is about one of these assignments and one of these people."""
    works, people = {one.assignment_id for one in applications}, {one.volunteer_id for one in applications}
    return assignment_id.in_(works), volunteer_id.in_(people)


def _by_match(match: Match | None) -> tuple[bool, bool, int, str]:
    """Order by band and lot, near matches after eligible ones, people without a match last."""
    return (True, True, 0, "") if match is None else (False, match.status == "near", -match.band, match.lot)


def _tell(session: Session, application: Application, subject: Words, body: Words) -> None:
    write_to_volunteer(session, application.volunteer, APPLICATIONS, subject, body)
