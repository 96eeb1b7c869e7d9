"""One VIO with the same work in two countries, one of which is delegated to a coordinator; all of it carries marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
)
from tests.stays import days, make_active, make_offer, user_of
from tests.test_who_sees_whom import KINDS, _person, _recruit, mark
from webapp import clock
from webapp.models import (
    Assignment,
    CheckIn,
    Clearance,
    HelpCall,
    HelpWord,
    Host,
    Lesson,
    Match,
    MatchInvitation,
    Message,
    Placement,
    Reference,
    User,
    Vio,
    Volunteer,
)
from webapp.services import clearances, documents, ranking
from webapp.vault import vault_of

HERE, THERE = "KE", "LA"  # what is delegated, and what is not
NOT_HERE = (THERE, "nowhere", "online")
OF_WORK = ("WORK", "HOST", "SAID", "LESSON", "CALL")  # marks of an assignment, its host, and what is said in a stay
Ids = dict[str, list[int]]


@dataclass
class Countries:
    """The accounts, what is delegated (`here`), and what is not (`there`), by the names of arguments in addresses."""

    vio: Vio
    accounts: dict[str, User] = field(default_factory=dict)
    here: Ids = field(default_factory=dict)
    there: Ids = field(default_factory=dict)

    @property
    def ids(self) -> Ids:
        """All numbers together."""
        return {name: [*self.here[name], *self.there[name]] for name in self.here}


def hidden() -> set[str]:
    """Return the marks that the delegated coordinator may meet nowhere."""
    people = {mark(kind, f"{tag}{number}") for tag in NOT_HERE for number in (1, 2, 3) for kind in KINDS}
    return people | {mark(kind, tag) for tag in NOT_HERE for kind in OF_WORK}


def shown() -> set[str]:
    """Return marks that the delegated coordinator does meet."""
    people = {mark(kind, f"{HERE}{number}") for number in (1, 2, 3) for kind in ("NAME", "MAIL", "TELE", "TEXT")}
    return people | {mark(kind, HERE) for kind in OF_WORK} | {mark("DOCS", f"{HERE}2"), mark("CARD", f"{HERE}1")}


def make_countries(session: AnySession, app: Flask) -> Countries:
    """Make the scene."""
    vio = make_vio(session)
    made = Countries(vio)
    made.accounts = {
        "coordinator delegated": make_user(session, "coordinator", vio, delegated=[HERE]),
        "coordinator of all": make_user(session, "coordinator", vio),
    }
    made.here = _work_in(session, app, vio, HERE, HERE)
    made.there = _work_in(session, app, vio, THERE, THERE)
    online = _work_in(session, app, vio, "online", HERE, country=HERE, mode="online")
    made.there = {name: [*made.there[name], *online[name]] for name in online}
    host = make_host(session, vio, country=None, name=mark("HOST", "nowhere"))
    work = make_assignment(session, host, country=None, title=mark("WORK", "nowhere"), state="submitted")
    made.there["host_id"].append(host.id)
    made.there["assignment_id"].append(work.id)
    _reach_over(session, made)
    return made


def _reach_over(session: AnySession, made: Countries) -> None:
    """Let the host here have work there, where somebody from here applies too."""
    host, person = (
        session.get_one(Host, made.here["host_id"][0]),
        session.get_one(Volunteer, made.here["volunteer_id"][0]),
    )
    # Filled, as all other work is by now: what is open is public.
    work = make_assignment(session, host, country=THERE, title=mark("WORK", THERE), state="filled")
    made.there["assignment_id"].append(work.id)
    made.there["application_id"] += [
        make_application(session, person, one).id
        for one in (work, session.get_one(Assignment, made.there["assignment_id"][0]))
    ]


def _work_in(session: AnySession, app: Flask, vio: Vio, tag: str, wish: str, **over: Any) -> Ids:
    """Make a host with an assignment, an applicant, somebody placed and somebody who only fits."""
    host = make_host(session, vio, country=tag if tag in (HERE, THERE) else None, name=mark("HOST", tag))
    work = make_assignment(session, host, **{"country": tag, "title": mark("WORK", tag), **over})
    people = [
        _person(
            session,
            vio,
            f"{tag}{number}",
            countries=[wish],
            open_to_all=False,
            online=tag == "online",
            on_site=tag != "online",
        )
        for number in (1, 2, 3)
    ]
    applicant, placed, _fits = people
    wish_of = make_application(session, applicant, work, state="shortlisted")
    _recruit(session, wish_of)
    offer = make_offer(session, wish_of)
    stay = make_active(session, make_application(session, placed, work, state="shortlisted"))
    matched = _match(session, work)
    session.add(MatchInvitation(vio_id=vio.id, assignment_id=work.id, volunteer_id=people[2].id, **_sent(session, vio)))
    session.flush()
    return {
        "assignment_id": [work.id],
        "host_id": [host.id],
        "volunteer_id": [one.id for one in people],
        "application_id": [wish_of.id, stay.offer.application_id],
        "offer_id": [offer.id, stay.offer_id],
        "placement_id": [stay.id],
        "reference_id": [session.scalars(select(Reference.id).where(Reference.application_id == wish_of.id)).one()],
        "match_id": matched,
        **_said_in(session, app, stay, tag),
    }


def _match(session: AnySession, work: Assignment) -> list[int]:
    ranking.rank_assignment(session, work)
    return list(session.scalars(select(Match.id).where(Match.assignment_id == work.id).order_by(Match.id)))


def _sent(session: AnySession, vio: Vio) -> dict[str, Any]:
    return {"by_id": make_user(session, "coordinator", vio).id, "sent_at": clock.now()}


def _said_in(session: AnySession, app: Flask, stay: Placement, tag: str) -> Ids:
    """Let both sides speak in a stay: a message, a check-in that differs, a lesson, a call for help, a document."""
    now, person = clock.now(), user_of(stay.volunteer)
    told = {"author_id": person.id, "side": "volunteer", "author": "somebody", "sent_at": now}
    check_in = CheckIn(placement=stay, due_on=days(61), flagged_at=now)
    lesson = Lesson(placement_id=stay.id, author_id=person.id, side="volunteer", text=mark("LESSON", tag), folded="x")
    lesson.state, lesson.version, lesson.made_at, lesson.state_at, lesson.agreed_at = "waiting", "1", now, now, now
    call = HelpCall(vio_id=stay.sending_vio_id, volunteer=stay.volunteer, placement=stay, severity="now", state="open")
    call.coordinator_may_see, call.created_at, call.state_at = True, now, now
    call.words = [HelpWord(author_id=person.id, text=mark("CALL", tag), at=now)]
    message = Message(placement_id=stay.id, text=mark("SAID", tag), **told)
    session.add_all([check_in, lesson, call, message])
    session.flush()
    papers = session.scalars(select(Clearance).where(Clearance.placement_id == stay.id).order_by(Clearance.id)).all()
    return {
        "check_in_id": [check_in.id],
        "lesson_id": [lesson.id],
        "call_id": [call.id],
        "clearance_id": [one.id for one in papers],
        "document_id": [_document(session, app, stay, papers)],
    }


def _document(session: AnySession, app: Flask, stay: Placement, papers: Sequence[Clearance]) -> int:
    words = mark("DOCS", stay.volunteer.full_name.removeprefix("name").removesuffix("zq"))
    paper = next(one for one in papers if one.owner == "volunteer" and one.item != "emergency_contact")
    paper.state, paper.state_at = "open", clock.now()
    clearances.hand_in(session, user_of(stay.volunteer), paper, words)
    data, vault = f"%PDF-1.7 {words} %%EOF".encode(), vault_of(app.extensions["config"])
    return documents.add(session, user_of(stay.volunteer), vault, paper, f"{words}.pdf", data).id
