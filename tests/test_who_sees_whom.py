"""Every page, every role, own, partner and other VIO: nobody reads what design.md section 3 does not give them.

Each person carries marks in their name, address, telephone number, text and earlier service. The tables below say by
hand which marks an account may meet anywhere on the site; whatever else turns up is a leak.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from tests.factories import (
    PASSWORD,
    AnySession,
    let_country_weigh,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import make_offer, make_placement
from webapp import clock
from webapp.courses import read_course
from webapp.models import (
    Application,
    ApplicationAnswer,
    Clearance,
    ClearanceDocument,
    ConditionAnswer,
    EarlierService,
    Match,
    MatchInvitation,
    Partnership,
    PutForward,
    Reference,
    ReferenceAnswer,
    Scorecard,
    ScorecardLine,
    ScoreModel,
    User,
    Volunteer,
)
from webapp.services import (
    clearances,
    documents,
    emergency,
    learning,
    learning_preview,
    ranking,
    score_models,
)
from webapp.services.recruitment import questions
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.vault import vault_of

OF_PROFILES = ("NAME", "MAIL", "TELE", "TEXT", "SERV", "WHY")
# An answer to a question; a referee with what they wrote, and what they said on misconduct; a note on a scorecard.
OF_RECRUITMENT = ("ASKD", "REFE", "MISC", "CARD")
# What was handed in for a clearance; who is to be called in an emergency.
OF_STAYS = ("DOCS", "KIN")
KINDS = OF_PROFILES + OF_RECRUITMENT + OF_STAYS
FULL = frozenset(OF_PROFILES + OF_STAYS)
RECRUITED = frozenset(OF_RECRUITMENT)
CLOSED = frozenset({"NAME", "TEXT", "WHY"})  # a profile without contact data and earlier service
WITH_CONTACT = CLOSED | {"MAIL", "TELE"}
# Where an account acts for itself or the whole site, and no other person's data can be meant.
WITHOUT_PEOPLE = ("static", "security.static", "public.metrics", "public.healthz")


@dataclass
class Scene:
    """Three VIOs: `own` receives, `partner` sends under an agreement, `other` stands apart."""

    people: dict[str, Volunteer] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)


# account -> person -> marks that this account may meet. What is not here may not be seen at all.
MAY_SEE: dict[str, dict[str, frozenset[str]]] = {
    "visitor": {},
    "administrator": {name: frozenset({"MAIL"}) for name in ("a1", "a2", "a3", "p1", "p2", "p3", "o1", "o2", "o3")},
    "coordinator own": {
        **dict.fromkeys(("a1", "a2", "a3", "a4"), FULL | RECRUITED),
        "p3": WITH_CONTACT | {"KIN"},  # is placed here; the sending VIO is the partner, and opens what was handed in
        "p1": CLOSED,  # put forward; the agreement shares name and profile
        "o3": CLOSED | RECRUITED,  # has applied
    },
    "coordinator partner": dict.fromkeys(("p1", "p2", "p3"), FULL),
    "coordinator other": dict.fromkeys(("o1", "o2", "o3"), FULL),
    "host own": {"a2": CLOSED, "a3": WITH_CONTACT, "o3": CLOSED},
    "host beside": {"p3": WITH_CONTACT, "a3": WITH_CONTACT},
    "host other": {},
    "volunteer a1": {"a1": FULL | {"ASKD"}},
    "volunteer a3": {"a3": FULL | {"ASKD", "REFE"}},  # named the referee, who lets the answer be read
    "volunteer p1": {"p1": FULL},
    "focal_point own": {},
    "supporter own": {},
}


def mark(kind: str, person: str) -> str:
    """Return a word that stands nowhere else."""
    return f"{kind}{person}zq".lower()


def _person(session: AnySession, vio: Any, name: str, **over: Any) -> Volunteer:
    volunteer = make_volunteer(
        session,
        vio,
        full_name=mark("NAME", name),
        phone=mark("TELE", name),
        experience=mark("TEXT", name),
        motivation=mark("WHY", name),
        **over,
    )
    volunteer.email = f"{mark('MAIL', name)}@people.example"
    if volunteer.user is not None:
        volunteer.user.email = volunteer.email
    volunteer.services = [EarlierService(country="NP", what=mark("SERV", name))]
    volunteer.conditions = [ConditionAnswer(condition="heat", answer="cannot")]
    session.flush()
    return volunteer


@pytest.fixture
def scene(session: AnySession, app: Flask) -> Scene:
    """Return the scene, stored."""
    made = make_scene(session, app)
    session.commit()
    return made


def make_scene(session: AnySession, app: Flask) -> Scene:
    """Make the three VIOs with everything between them that can be."""
    own, partner, other = make_vio(session), make_vio(session), make_vio(session)
    host, beside, elsewhere = make_host(session, own), make_host(session, own), make_host(session, other)
    work, second, third = (
        make_assignment(session, host),
        make_assignment(session, beside),
        make_assignment(session, elsewhere),
    )
    made = Scene()
    for name, vio, over in (
        ("a1", own, {}),
        ("a2", own, {}),
        ("a3", own, {}),
        ("a4", own, {"claimed": False}),
        ("p1", partner, {}),
        ("p2", partner, {}),
        ("p3", partner, {}),
        ("o1", other, {"open_to_all": True}),
        ("o2", other, {}),
        ("o3", other, {"open_to_all": True}),
    ):
        made.people[name] = _person(session, vio, name, **over)
    applications = [
        make_application(session, made.people["a2"], work),
        make_application(session, made.people["a3"], work, state="shortlisted"),
        make_application(session, made.people["o3"], work),
        make_application(session, made.people["a1"], second, state="withdrawn"),
    ]
    for application in applications:
        _recruit(session, application)
    placed = make_application(session, made.people["p3"], second, state="shortlisted")
    offered = make_application(session, made.people["a3"], second, state="shortlisted")
    placement, offer = make_placement(session, placed), make_offer(session, offered)
    applications += [placed, offered]
    agreement = _partnership(session, partner, own)
    for name, state in (("p1", "agreed"), ("p2", "asked")):
        _forward(session, agreement, work, made.people[name], state)
    made.accounts = {
        "administrator": make_user(session, "administrator"),
        "coordinator own": make_user(session, "coordinator", own),
        "coordinator partner": make_user(session, "coordinator", partner),
        "coordinator other": make_user(session, "coordinator", other),
        "host own": make_host_user(session, host),
        "host beside": make_host_user(session, beside),
        "host other": make_host_user(session, elsewhere),
        "volunteer a1": made.people["a1"].user,
        "volunteer a3": made.people["a3"].user,
        "volunteer p1": made.people["p1"].user,
        "focal_point own": make_user(session, "focal_point", own),
        "supporter own": make_user(session, "supporter", own),
    }
    _invite(session, work, made.people["o1"], made.accounts["coordinator own"])
    for assignment in (work, second, third):
        ranking.rank_assignment(session, assignment)
    made.ids = {
        "assignment_id": [work.id, second.id, third.id],
        "application_id": [one.id for one in applications],
        "volunteer_id": [one.id for one in made.people.values()],
        "reference_id": [one.id for one in session.query(Reference)],
        "host_id": [host.id, beside.id, elsewhere.id],
        "vio_id": [own.id, partner.id, other.id],
        "partnership_id": [agreement.id],
        "match_id": [match.id for match in session.query(Match).order_by(Match.id)],
        "run_id": [run_id for (run_id,) in session.query(Match.run_id).distinct().order_by(Match.run_id)],
        "put_forward_id": [one.id for one in session.query(PutForward)],
        "invitation_id": [one.id for one in session.query(MatchInvitation)],
        "user_id": [one.id for one in made.accounts.values()],
        "offer_id": [placement.offer_id, offer.id],
        "placement_id": [placement.id],
        "clearance_id": [one.id for one in session.query(Clearance)],
        "document_id": [_document(session, app, made.people["p3"], placement).id],
        "version_id": [one.id for one in _versions(session, made)],
    }
    return made


def _recruit(session: AnySession, application: Application) -> None:
    """Write all that recruitment may hold about an application, each with its mark."""
    person, now = application.volunteer.full_name.removeprefix("name").removesuffix("zq"), clock.now()
    vio = application.assignment.vio
    asked = questions.in_force(session, vio.id) or questions.keep(
        session, make_user(session, "coordinator", vio), questions.suggested()
    )
    session.add(
        ApplicationAnswer(application_id=application.id, question_id=asked.questions[0].id, text=mark("ASKD", person))
    )
    words = mark("REFE", person)
    reference = Reference(
        application=application,
        name=words,
        email=f"{words}@people.example",
        relation="host",
        state="answered",
        named_at=now,
        state_at=now,
    )
    reference.answer = ReferenceAnswer(
        says={},
        words=words,
        misconduct="yes",
        misconduct_words=mark("MISC", person),
        may_be_read=True,
        answered_at=now,
    )
    session.add(reference)
    for seat in (1, 2):
        rater = make_user(session, "coordinator", vio)
        card = Scorecard(application_id=application.id, rater_id=rater.id, seat=seat, sent_at=now)
        card.lines = [
            ScorecardLine(competency=code, score=seat, note=mark("CARD", person), given_at=now) for code in COMPETENCIES
        ]
        session.add(card)
    session.flush()


def _document(session: AnySession, app: Flask, person: Volunteer, placement: Any) -> ClearanceDocument:
    """Hand in a file with words, and name somebody close; the host reads none of it."""
    emergency.name_close(session, person.user, placement, dict.fromkeys(emergency.CLOSE, mark("KIN", "p3")))
    found = session.query(Clearance).filter_by(item="medical").one()
    clearances.hand_in(session, person.user, found, mark("DOCS", "p3"))
    data, vault = f"%PDF-1.7 {mark('DOCS', 'p3')} %%EOF".encode(), vault_of(app.extensions["config"])
    return documents.add(session, person.user, vault, found, f"{mark('DOCS', 'p3')}.pdf", data)


def _versions(session: AnySession, made: Scene) -> list[ScoreModel]:
    """Make a proposal that shows everybody in its examples, and a version in force, of the own VIO."""
    who = made.accounts["coordinator own"]
    in_force = let_country_weigh(session, who, 15, "ours")
    outcome = learning.with_country_weight(None, 0.1)
    preview = learning_preview.compared(learning_preview.material(session, who.vio_id), in_force, outcome)
    return [in_force, score_models.propose(session, who, who.vio_id, outcome, preview=preview)]


def _partnership(session: AnySession, sending: Any, receiving: Any) -> Partnership:
    today, now = clock.today(), clock.now()
    words = (
        "terms",
        "sending_focal_point",
        "receiving_focal_point",
        "vetting_by",
        "insurance_by",
        "support_by",
        "costs_by",
    )
    agreement = Partnership(
        **dict.fromkeys(words, "as agreed"),
        sending_vio_id=sending.id,
        receiving_vio_id=receiving.id,
        proposed_by_vio_id=sending.id,
        shared_parts=["name", "profile"],
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=100),
        created_at=now,
        agreed_at=now,
    )
    session.add(agreement)
    session.flush()
    return agreement


def _forward(session: AnySession, agreement: Partnership, work: Any, person: Volunteer, state: str) -> None:
    who = make_user(session, "coordinator", agreement.sending_vio)
    session.add(
        PutForward(
            partnership_id=agreement.id,
            assignment_id=work.id,
            volunteer_id=person.id,
            state=state,
            by_id=who.id,
            at=clock.now(),
        )
    )
    session.flush()


def _invite(session: AnySession, work: Any, person: Volunteer, who: User) -> None:
    session.add(
        MatchInvitation(
            vio_id=who.vio_id, assignment_id=work.id, volunteer_id=person.id, by_id=who.id, sent_at=clock.now()
        )
    )
    session.flush()


def _rules(app: Flask, method: str) -> list[Rule]:
    rules = (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))
    return sorted((rule for rule in rules if rule.endpoint not in WITHOUT_PEOPLE), key=lambda rule: rule.rule)


def _paths(app: Flask, rule: Rule, ids: dict[str, list[int]], most: int) -> Iterator[str]:
    """Yield the rule's address with every id of the scene (at most so many for one rule), and with words it knows."""
    choices = [_values(rule, name, ids) for name in sorted(rule.arguments)]
    with app.test_request_context():
        for values in itertools.islice(itertools.product(*choices), most):
            built = rule.build(dict(zip(sorted(rule.arguments), values, strict=True)), append_unknown=False)
            assert built is not None
            yield built[1]


def _values(rule: Rule, name: str, ids: dict[str, list[int]]) -> list[Any]:
    if name in ids:
        return list(ids[name])
    converter = rule._converters[name]
    if hasattr(converter, "items"):
        return sorted(converter.items)
    if name.endswith("_id") or isinstance(converter, IntegerConverter):
        return [1, 2, 3]
    if name == "module":
        return [module.code for course in ("host", "volunteer") for module in read_course(course).modules]
    return ["matching", "abroad", "volunteers", "hosts", "assignments", "work", "csv", "xlsx"]


def _leaks(text: str, allowed: dict[str, frozenset[str]], people: dict[str, Volunteer]) -> list[str]:
    folded = text.lower()
    return [
        mark(kind, person)
        for person in people
        for kind in KINDS
        if mark(kind, person) in folded and kind not in allowed.get(person, frozenset())
    ]


@pytest.mark.parametrize("account", MAY_SEE)
def test_no_page_shows_a_person_to_the_wrong_account(
    app: Flask, scene: Scene, session: AnySession, account: str
) -> None:
    client = app.test_client()
    if account != "visitor":
        _sign_in(client, scene.accounts[account].email)
    opened, faults = 0, []
    for rule in _rules(app, "GET"):
        for path in _paths(app, rule, scene.ids, most=40):
            response = client.get(path)
            if response.status_code >= 500:
                faults.append(f"{path} answered {response.status_code}")
            opened += response.status_code == 200
            faults += [f"{path} shows {leak}" for leak in _leaks(_text(response), MAY_SEE[account], scene.people)]
    assert faults == []
    assert opened >= 5, "hardly a page opened: the test looks at nothing"


def test_those_who_may_see_a_person_do(app: Flask, scene: Scene, session: AnySession) -> None:
    """The other half: without it, a site that shows nothing would pass."""
    for account in ("coordinator own", "coordinator partner", "host own", "volunteer a1"):
        client = app.test_client()
        _sign_in(client, scene.accounts[account].email)
        seen = ""
        for rule in _rules(app, "GET"):
            if rule.endpoint.split(".")[0] == account.split()[0]:
                seen += "".join(_text(client.get(path)) for path in _paths(app, rule, scene.ids, most=40)).lower()
        for person, kinds in MAY_SEE[account].items():
            assert mark("NAME", person) in seen, f"{account} never meets {person}"
            if "MAIL" in kinds and not account.startswith("volunteer"):
                assert mark("MAIL", person) in seen, f"{account} never meets the address of {person}"
            for kind in kinds & {"DOCS", "KIN"} if person == "p3" else ():
                assert mark(kind, person) in seen, f"{account} never meets what belongs to the placement of {person}"


def test_recruitment_is_read_where_it_may_be(app: Flask, scene: Scene, session: AnySession) -> None:
    for account, person, kinds in (
        ("coordinator own", "a2", RECRUITED),
        ("coordinator own", "o3", RECRUITED),
        ("volunteer a3", "a3", {"ASKD", "REFE"}),
    ):
        client = app.test_client()
        _sign_in(client, scene.accounts[account].email)
        place = account.split()[0]
        pages = ["", "/references", "/interview"] if place == "coordinator" else ["", "/references"]
        paths = [f"/{place}/applications/{one}{page}" for one in scene.ids["application_id"] for page in pages]
        seen = "".join(_text(client.get(path)) for path in paths).lower()
        for kind in kinds:
            assert mark(kind, person) in seen, f"{account} never meets {kind} of {person}"


def _text(response: Any) -> str:
    """Return the text of an answer; a spreadsheet is unpacked first."""
    if response.mimetype.endswith("spreadsheetml.sheet"):
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(response.data)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return str(response.data.decode("utf-8", "replace"))  # a picture is no text: its bytes name nobody


def _sign_in(client: Any, email: str) -> None:
    page = client.get("/login").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = client.post("/login", data={"email": email, "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 302, "could not sign in"


def _token(client: Any) -> str:
    page = client.get("/about").get_data(as_text=True)
    return str(page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0])


def _is_foreign(rule: Rule, account: str) -> bool:
    blueprint = rule.endpoint.rpartition(".")[0]
    roles = ("volunteer", "host", "coordinator", "administrator", "focal_point", "supporter")
    return blueprint in roles and blueprint != account.split()[0]


@pytest.mark.parametrize("account", [name for name in MAY_SEE if name != "visitor"])
def test_no_account_reaches_the_pages_of_another_role(
    app: Flask, scene: Scene, session: AnySession, account: str
) -> None:
    client = app.test_client()
    _sign_in(client, scene.accounts[account].email)
    token = _token(client)
    tried = 0
    for method, send in (("GET", client.get), ("POST", client.post)):
        for rule in _rules(app, method):
            if _is_foreign(rule, account):
                for path in _paths(app, rule, scene.ids, most=2):
                    data: dict[str, Any] = {"data": {"csrf_token": token}} if method == "POST" else {}
                    assert send(path, **data).status_code == 403, f"{method} {path}"
                    tried += 1
    assert tried > 20


OTHERS: dict[str, Callable[[Scene], dict[str, list[int]]]] = {
    "coordinator other": lambda scene: {
        "assignment_id": scene.ids["assignment_id"][:2],
        "application_id": scene.ids["application_id"],
        "offer_id": scene.ids["offer_id"],
        "placement_id": scene.ids["placement_id"],
        "clearance_id": scene.ids["clearance_id"],
        "document_id": scene.ids["document_id"],
        "host_id": scene.ids["host_id"][:2],
        "volunteer_id": [scene.people[name].id for name in ("a1", "a2", "a4", "p1")],
        "version_id": scene.ids["version_id"],
        "reference_id": scene.ids["reference_id"],
    },
    "host other": lambda scene: {
        "assignment_id": scene.ids["assignment_id"][:2],
        "application_id": scene.ids["application_id"],
    },
    "host beside": lambda scene: {
        "assignment_id": scene.ids["assignment_id"][:1],
        "application_id": scene.ids["application_id"][:3],
    },
    "volunteer p1": lambda scene: {
        "application_id": scene.ids["application_id"],
        "offer_id": scene.ids["offer_id"],
        "placement_id": scene.ids["placement_id"],
        "clearance_id": scene.ids["clearance_id"],
        "document_id": scene.ids["document_id"],
        "invitation_id": scene.ids["invitation_id"],
        "reference_id": scene.ids["reference_id"],
    },
}


@pytest.mark.parametrize("account", OTHERS)
def test_rows_of_others_answer_as_if_they_did_not_exist(
    app: Flask, scene: Scene, session: AnySession, account: str
) -> None:
    client = app.test_client()
    _sign_in(client, scene.accounts[account].email)
    token, ids, tried = _token(client), OTHERS[account](scene), 0
    for method, send in (("GET", client.get), ("POST", client.post)):
        for rule in _rules(app, method):
            mine = rule.endpoint.split(".")[0] == account.split()[0]
            if mine and rule.arguments and rule.arguments & set(ids):
                for path in _paths(app, rule, ids, most=6):
                    data: dict[str, Any] = {"data": {"csrf_token": token}} if method == "POST" else {}
                    assert send(path, **data).status_code == 404, f"{method} {path}"
                    tried += 1
    assert tried >= 4
