"""The volunteer names two people who know them; from the shortlist on, not earlier."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Application, Reference, User, Volunteer
from webapp.models.references import EARLIER_HOSTS, LIVE_REFERENCE_STATES, RELATIONS
from webapp.plain import one_line
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import can_move, move
from webapp.services.person_relations import CONTACT_STATES
from webapp.services.relations import check_profile
from webapp.words import Words, lazy

NEEDED = 2
MOST_NAMED = 6  # for one application, those who declined or were taken back among them: each may get a letter of ours
LONGEST_NAME, LONGEST_ADDRESS = 200, 255
RELATION_WORDS: dict[str, Words] = {
    "host": lazy("they were my host where I served before"),
    "supervisor": lazy("they supervised my work, paid or not"),
    "colleague": lazy("we worked side by side"),
    "teacher": lazy("they taught me"),
    "other": lazy("we know each other in another way"),
}


def references_of(session: Session, application: Application) -> list[Reference]:
    """Return everybody who is to speak of an applicant, in the order of naming; one of the alumni may be among them."""
    query = select(Reference).where(Reference.application_id == application.id).order_by(Reference.id)
    query = query.options(selectinload(Reference.answer))
    return list(session.scalars(query))


def named(references: list[Reference]) -> list[Reference]:
    """Return those whom the volunteer named."""
    return [one for one in references if one.is_named]


def live(references: list[Reference]) -> list[Reference]:
    """Return those who count: named by the volunteer, and neither declined nor taken back."""
    return [one for one in named(references) if one.state in LIVE_REFERENCE_STATES]


def can_name(application: Application, references: list[Reference]) -> bool:
    """Whether the volunteer may name somebody now."""
    is_time = application.state in CONTACT_STATES
    return is_time and len(live(references)) < NEEDED and len(named(references)) < MOST_NAMED


def must_be_earlier_host(references: list[Reference]) -> bool:
    """Whether the next one has to be an earlier host or supervisor, because the other one is not."""
    standing = live(references)
    return len(standing) == NEEDED - 1 and not any(one.is_earlier_host for one in standing)


def name(
    session: Session, account: User, application: Application, own_name: str, email: str, relation: str
) -> Reference:
    """Name somebody. They get no letter before a coordinator sends one."""
    check_profile(account, "recruitment.read", application.volunteer)
    references = references_of(session, application)
    _check_time(application, references)
    own_name, email = one_line(own_name), email.strip().lower()
    _check_person(application, references, own_name, email, relation)
    now = clock.now()
    made = Reference(
        application=application,
        name=own_name,
        email=email,
        relation=relation,
        state="named",
        named_at=now,
        state_at=now,
    )
    session.add(made)
    audit.record(session, account, "reference_named", made, application.assignment.vio_id, application=application.id)
    return made


def take_back(session: Session, account: User, reference: Reference) -> None:
    """Take somebody back who has not answered; a link that they have stops at once. Whom the office asks stays."""
    check_profile(account, "recruitment.read", reference.application.volunteer)
    if not reference.is_named:
        raise NotFound
    withdraw(session, account, reference)


def withdraw(session: Session, account: User | None, reference: Reference) -> None:
    """End the request to somebody. The caller has checked that the account may; None: a bar ends it."""
    hold(session, reference)
    if not can_move(reference, "withdrawn"):
        raise Refused(lazy("This person has answered already, or is not asked any more."))
    move(session, account, reference, "withdrawn", vio_id=reference.application.assignment.vio_id)
    reference.state_at = clock.now()
    session.flush()


def wanted(account: User) -> Select[int]:
    """Return how many more people the volunteer's applications on a shortlist need, as one count."""
    mine = (Volunteer.user_id == account.id, Application.state.in_(CONTACT_STATES[:2]))
    standing = (Reference.served_beside_id.is_(None), Reference.state.in_(LIVE_REFERENCE_STATES))
    named_for = select(func.count(Reference.id)).where(Reference.application_id == Application.id, *standing)
    lacking = func.sum(NEEDED - named_for.correlate(Application).scalar_subquery())
    return select(func.coalesce(lacking, 0)).select_from(Application).join(Volunteer).where(*mine)


def _check_time(application: Application, references: list[Reference]) -> None:
    if application.state not in CONTACT_STATES:
        raise Refused(lazy("References are asked for once you are on the shortlist. You need not name anybody now."))
    if len(live(references)) >= NEEDED:
        raise Refused(lazy("You have named two people. Take one back if you want to name another."))
    if len(named(references)) >= MOST_NAMED:
        raise Refused(lazy("You have named many people already. Write to the office: they help you."))


def _check_person(
    application: Application, references: list[Reference], own_name: str, email: str, relation: str
) -> None:
    if not own_name or len(own_name) > LONGEST_NAME:
        raise Refused(lazy("Write the person's name."))
    if "@" not in email or len(email) > LONGEST_ADDRESS or email != one_line(email):
        raise Refused(lazy("This is no e-mail address. Write it like name@organization.example."))
    volunteer = application.volunteer
    own = {(volunteer.email or "").lower(), volunteer.user.email.lower() if volunteer.user else ""}
    if email in own:
        raise Refused(lazy("This is your own address. Name somebody else."))
    if any(one.email == email for one in live(references)):
        raise Refused(lazy("You have named this person already. Name a second one."))
    if relation not in RELATIONS:
        raise Refused(lazy("Say how you know each other."))
    if must_be_earlier_host(references) and relation not in EARLIER_HOSTS:
        raise Refused(lazy("One of the two has to be an earlier host, or somebody who supervised your work."))
