"""Every page of the demonstration that an account can open: one address for each rule of the site."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.journey import stays
from webapp.models import (
    Application,
    Assignment,
    Bar,
    BarLikeness,
    Certificate,
    HeldStay,
    HelpCall,
    Host,
    ImportFile,
    Incident,
    Match,
    MatchInvitation,
    Mentorship,
    Partnership,
    Placement,
    PutForward,
    Reference,
    ReferenceLink,
    Report,
    RollCall,
    Safeguarding,
    ScoreModel,
    ServiceCertificate,
    SupporterLink,
    User,
    Volunteer,
)
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, HOST, SUPPORTER, VOLUNTEER
from webapp.services import country_sheets, openings
from webapp.services.one_time_links import new_token
from webapp.views.host.parts import PARTS

# Not pages: files, numbers for machines, steps of a log-in that is under way, and addresses that only send elsewhere.
NO_PAGES = {
    "static",
    "security.static",
    "public.metrics",
    "public.healthz",
    "public.home",
    "public.invitation",
    "volunteer.supporter",  # where somebody has one supporter, it leads there
    "public.read_own_report",
    "public.share_picture",
    "coordinator.make_joint_offer",  # for somebody who goes alone it leads to the plain offer
    "volunteer.decision",  # only for somebody about whom there is one; tests/views open it
    "public.calendar_file",
    "public.stop_letters",  # its token is signed, not kept; tests/views/account/test_stop_letters.py opens it
    "security.confirm_email",
    "security.reset_password",
    "security.two_factor_rescue",
    "security.two_factor_token_validation",
    "security.tf_select",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_delete",
    "public.sign_in_elsewhere",  # only where a provider is set; tests/test_single_sign_on.py goes there and back
    "public.come_back",
}
SIGNED_IN = {
    "security.change_password",
    "security.verify",
    "security.two_factor_setup",
    "security.mf_recovery_codes",
    "security.wan_register",
}
VISITOR = "visitor"
# A page and a case of two modules.
TRAINING: dict[str, dict[str, list[Any]]] = {
    HOST: {"module": ["needs", "safety"], "number": [1, 5]},
    VOLUNTEER: {"module": ["conduct", "return"], "number": [1, 6]},
}
# Which pages of a person: all but those of placements, of one that is prepared, of one under way, of one that is over.
ORDINARY, COMING, STAY, AFTER = "ordinary", "coming", "stay", "after"
OF_PLACEMENTS = {"placement_id", "clearance_id", "document_id", "wording_number", "check_in_id", "offer_id"}
AFTERWARDS = {"debrief", "own_lessons", "service_certificate", "service_certificate_sheet"}
TEMPLATE: dict[str, list[Any]] = {"template_code": ["village-boreholes"]}


@dataclass(frozen=True)
class Person:
    """An account, and the rows that its addresses name."""

    role: str
    email: str = ""
    values: dict[str, list[Any]] = field(default_factory=dict)
    pages: str = ORDINARY


def people(session: Session) -> list[Person]:
    """Return a visitor, an account of every role around an application on a shortlist, and the sides of three stays."""
    query = select(Application).join(Volunteer).join(Assignment).where(Application.state == "shortlisted")
    own = query.where(Volunteer.vio_id == Assignment.vio_id).order_by(Application.id)
    agreement = session.scalars(select(Partnership).where(Partnership.agreed_at.is_not(None))).one()
    application = session.scalars(own.where(Assignment.vio_id == agreement.sending_vio_id)).first()
    assert application is not None, "the demonstration has nobody on a shortlist"
    work, volunteer = application.assignment, application.volunteer
    match = session.scalars(
        select(Match).where(Match.assignment_id == work.id, Match.status == "eligible", Match.is_current)
    ).first()
    assert match is not None
    shared = {"assignment_id": [work.id], "application_id": [application.id], "agreement_number": [1]}
    coordinator = _account(session, User.role == COORDINATOR, User.vio_id == work.vio_id)
    host = _account(session, User.role == HOST, User.host_id == work.host_id)
    return [
        Person(VISITOR, "", {"assignment_id": [work.id]} | _of_visitor(session)),
        Person(ADMINISTRATOR, _account(session, User.role == ADMINISTRATOR).email, _of_administrator(session)),
        Person(
            COORDINATOR,
            coordinator.email,
            shared | _of_coordinator(session, coordinator, agreement, work, volunteer, match),
        ),
        Person(HOST, host.email, shared | {"code": [part.code for part in PARTS]} | TRAINING[HOST] | TEMPLATE),
        Person(VOLUNTEER, volunteer.email, shared | TRAINING[VOLUNTEER] | _of_volunteer(session, volunteer)),
        _focal_point(session),
        _supporter(session),
        *_sides(session, stays.coming(session), COMING),
        *_sides(session, stays.under_way(session), STAY),
        *_sides(session, stays.over(session), AFTER),
    ]


def _account(session: Session, *where: Any) -> User:
    return session.scalars(select(User).where(*where).order_by(User.id)).first()  # type: ignore[return-value]


def _sides(session: Session, placement: Placement, pages: str) -> list[Person]:
    return [
        Person(
            role, stays.of_side(session, placement, role).email, stays.values_of(session, placement, role), pages=pages
        )
        for role in stays.ROLES
    ]


def _of_visitor(session: Session) -> dict[str, list[Any]]:
    """Return the numbers of two certificates, and a link by which three kinds of people are asked and wait."""
    token, token_hash = new_token()
    asked = session.scalars(select(Reference).where(Reference.state == "asked").order_by(Reference.id)).first()
    assert asked is not None, "the demonstration asks nobody for a reference"
    asked.links.append(ReferenceLink(token_hash=token_hash))
    stays.ask_by_link(session, token_hash)
    return {
        "code": list(session.scalars(select(Certificate.code).limit(1))),
        "service_code": list(session.scalars(select(ServiceCertificate.code).limit(1))),
        "token": [token],
        "poster": list(session.scalars(select(Safeguarding.poster_code).limit(1))),
    }


def _focal_point(session: Session) -> Person:
    """Return somebody who has taken up a call for help, with a report and an incident in hand."""
    call = session.scalars(select(HelpCall).where(HelpCall.owner_id.is_not(None)).order_by(HelpCall.id)).first()
    assert call is not None, "nobody of the demonstration calls for help"
    assert call.owner is not None
    mine = {
        "report_id": list(session.scalars(select(Report.id).where(Report.handler_id == call.owner_id))),
        "incident_id": list(session.scalars(select(Incident.id).where(Incident.handler_id == call.owner_id))),
    }
    assert call.owner.vio_id is not None
    return Person(FOCAL_POINT, call.owner.email, mine | {"call_id": [call.id]} | _bars(session, call.owner.vio_id))


def _supporter(session: Session) -> Person:
    link = session.scalars(select(SupporterLink).order_by(SupporterLink.id)).first()
    assert link is not None, "nobody of the demonstration has a supporter"
    return Person(SUPPORTER, link.supporter.email, {"link_id": [link.id]})


def _of_administrator(session: Session) -> dict[str, list[Any]]:
    coordinator = _account(session, User.role == COORDINATOR)
    return {"account_id": [coordinator.id], "vio_id": [coordinator.vio_id]}


def _of_coordinator(
    session: Session, coordinator: User, agreement: Partnership, work: Assignment, volunteer: Volunteer, match: Match
) -> dict[str, list[Any]]:
    unverified = select(Host.id).where(Host.vio_id == work.vio_id, Host.state != "verified")
    return {
        "match_id": [match.id],
        "run_id": [match.run_id],
        "volunteer_id": [volunteer.id],
        "host_id": [work.host_id, *session.scalars(unverified.limit(1))],
        "partnership_id": [agreement.id],
        "kind": ["volunteers"],
        "country": [one.country for one in country_sheets.countries_of(session, coordinator) if one.sheet][:1],
        "version_id": list(session.scalars(select(ScoreModel.id).where(ScoreModel.vio_id == work.vio_id))),
        "file_id": list(session.scalars(select(ImportFile.id).limit(1))),
        **_held_and_stopped(session, work.vio_id),
    }


def _held_and_stopped(session: Session, vio_id: int) -> dict[str, list[Any]]:
    """Return the rows of a VIO about suspended hosts, barred people and a roll call."""
    call = session.scalars(select(RollCall).where(RollCall.vio_id == vio_id)).first()
    return {
        **_bars(session, vio_id),
        "held_id": list(session.scalars(select(HeldStay.id).where(HeldStay.vio_id == vio_id))),
        "call_id": [call.id] if call else [],
        "person_id": [call.people[0].id] if call else [],
    }


def _bars(session: Session, vio_id: int) -> dict[str, list[Any]]:
    like = select(BarLikeness.id).join(Bar, Bar.id == BarLikeness.bar_id)
    return {
        "bar_id": list(session.scalars(select(Bar.id).where(Bar.vio_id == vio_id))),
        "likeness_id": list(session.scalars(like.where(Bar.vio_id == vio_id))),
    }


def _of_volunteer(session: Session, volunteer: Volunteer) -> dict[str, list[Any]]:
    fitting = [one.assignment_id for one in openings.find(session, volunteer).fitting if not one.is_applied]
    of_placement = Placement.volunteer_id == volunteer.id
    asked = select(PutForward.id).where(PutForward.volunteer_id == volunteer.id)
    invited = select(MatchInvitation.id).where(MatchInvitation.volunteer_id == volunteer.id)
    of_mentor = Mentorship.mentor_id == volunteer.id
    return {
        "assignment_id": fitting[:1],
        "purpose": ["abroad"],
        "put_forward_id": list(session.scalars(asked.limit(1))),
        "sheet_id": [one.sheet.id for one in country_sheets.of_volunteer(session, volunteer.user) if one.sheet],
        "invitation_id": list(session.scalars(invited.limit(1))),
        "call_id": list(session.scalars(select(HelpCall.id).where(HelpCall.volunteer_id == volunteer.id))),
        "link_id": list(session.scalars(select(SupporterLink.id).join(Placement).where(of_placement))),
        "mentorship_id": list(session.scalars(select(Mentorship.id).where(Mentorship.state == "accepted", of_mentor))),
        "alumnus_id": [],  # who is asked by somebody with a placement; tests/views/test_alumni_pages.py opens it
        "token": [],  # of a letter that asks to go together; tests/views/volunteer/test_companions.py opens it
    }


def addresses(app: Flask, person: Person) -> Iterator[tuple[str, str]]:
    """Yield endpoint and address of every page for this person; fails where a rule asks for what nobody named."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or ()) and _is_for(rule, person):
            unnamed = rule.arguments - set(person.values)
            assert not unnamed, f"{rule.rule}: say in tests/journey/pages.py which {unnamed} a {person.role} may open"
            names = sorted(rule.arguments)
            with app.test_request_context():
                for values in itertools.product(*(person.values[name] for name in names)):
                    built = rule.build(dict(zip(names, values, strict=True)), append_unknown=False)
                    assert built is not None
                    yield rule.endpoint, built[1]


def _is_for(rule: Rule, person: Person) -> bool:
    if rule.endpoint in NO_PAGES or "ending" in rule.arguments:  # a file to download
        return False
    if person.pages not in _kinds(rule):
        return False
    blueprint = rule.endpoint.rpartition(".")[0]
    if rule.endpoint in SIGNED_IN or blueprint == "account":
        return person.role == VOLUNTEER
    return blueprint == person.role or (person.role == VISITOR and blueprint in ("public", "security"))


def _kinds(rule: Rule) -> tuple[str, ...]:
    if not rule.arguments & OF_PLACEMENTS:
        return (ORDINARY,)
    return (AFTER,) if rule.endpoint.rpartition(".")[2] in AFTERWARDS else (COMING, STAY)
