"""Every page, every role: whom of the alumni an office asks about an applicant, and what they say."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import AnySession, make_host_user, make_user, make_volunteer
from tests.services.recruitment.test_alumni_references import Scene
from tests.services.recruitment.test_references import SAYS
from tests.stays import user_of
from tests.test_who_sees_whom import _paths, _rules, _sign_in, _text, _token
from webapp.models import Reference, User
from webapp.services.recruitment import reference_answers
from webapp.services.recruitment.reference_answers import Answered

NAME, MAIL, WORDS = "alumnanamezq", "alumnamailzq", "alumnawordszq"
# What an account may meet anywhere: the applicant reads name and words, never the address.
MAY_MEET: dict[str, set[str]] = {
    "visitor": set(),
    "administrator": {MAIL},  # in the list of accounts
    "coordinator own": {NAME, MAIL, WORDS},
    "coordinator elsewhere": set(),
    "host own": set(),
    "volunteer applicant": {NAME, WORDS},
    "volunteer alumna": {NAME, MAIL},
    "volunteer beside": set(),
    "focal_point own": set(),
    "supporter own": set(),
}


class Asked:
    """Accounts by the names above, and every id that an address may name."""

    def __init__(self, session: AnySession, *, answers: bool) -> None:
        scene, self.accounts = Scene(session), dict[str, User]()
        alumna = scene.alumnus.volunteer
        alumna.full_name, alumna.email = NAME, f"{MAIL}@people.example"
        user_of(alumna).email = alumna.email
        if answers:
            reference_answers.answer(session, scene.ask(), Answered(SAYS, WORDS, may_be_read=True))
        work = scene.application.assignment
        self.accounts = {
            "administrator": make_user(session, "administrator"),
            "coordinator own": scene.who,
            "coordinator elsewhere": make_user(session, "coordinator"),
            "host own": make_host_user(session, work.host),
            "volunteer applicant": user_of(scene.applicant),
            "volunteer alumna": user_of(alumna),
            "volunteer beside": user_of(make_volunteer(session, scene.vio)),
            "focal_point own": make_user(session, "focal_point", scene.vio),
            "supporter own": make_user(session, "supporter", scene.vio),
        }
        self.ids = {
            "application_id": [scene.application.id],
            "assignment_id": [work.id],
            "reference_id": [one.id for one in session.query(Reference)],
            "alumnus_id": [alumna.id],
            "volunteer_id": [alumna.id, scene.applicant.id],
            "host_id": [work.host_id],
        }
        session.commit()


@pytest.mark.parametrize("name", MAY_MEET)
def test_whom_the_office_asked_turns_up_where_it_belongs_and_nowhere_else(
    app: Flask, session: AnySession, name: str
) -> None:
    made, client, role = Asked(session, answers=True), app.test_client(), name.split()[0]
    if role != "visitor":
        _sign_in(client, made.accounts[name].email)
    met: dict[str, list[str]] = {}
    for rule in _rules(app, "GET"):
        if rule.endpoint.split(".")[0] in ("public" if role == "visitor" else role, "account"):
            for path in _paths(app, rule, made.ids, most=4):
                text = _text(client.get(path))
                for secret in (NAME, MAIL, WORDS):
                    if secret in text:
                        met.setdefault(secret, []).append(path)
    assert set(met) == MAY_MEET[name], met


@pytest.mark.parametrize("name", ["coordinator elsewhere", "host own", "volunteer applicant"])
def test_nobody_else_asks(app: Flask, session: AnySession, name: str) -> None:
    made, client = Asked(session, answers=False), app.test_client()
    _sign_in(client, made.accounts[name].email)
    (application,), (alumna,) = made.ids["application_id"], made.ids["alumnus_id"]
    path = f"/coordinator/applications/{application}/references/alumni/{alumna}/ask"
    answer = client.post(path, data={"csrf_token": _token(client)})
    assert answer.status_code == (404 if name.startswith("coordinator") else 403)
    assert session.query(Reference).count() == 0
