"""Every page, every role: reports, calls, incidents and words to a supporter show where they belong, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask import Flask

from tests.factories import AnySession, make_host_user, make_user
from tests.safe import make_line, make_report
from tests.stays import make_active, make_selectable, user_of
from tests.test_who_sees_whom import _paths, _rules, _sign_in, _text, _token
from webapp.models import User
from webapp.services.safeguarding import duty, handling, help_calls, incidents, supporters
from webapp.services.safeguarding.help_calls import Cry
from webapp.services.safeguarding.incidents import Facts

REPORT, ANSWER, CALL, SHARED, INCIDENT, SUPPORT = (
    "reportedzq",
    "answeredzq",
    "calledzq",
    "sharedzq",
    "incidentzq",
    "supportzq",
)
SECRETS = (REPORT, ANSWER, CALL, SHARED, INCIDENT, SUPPORT)
# What an account may meet anywhere; the first focal point is named in the report, so that the second holds it.
MAY_MEET: dict[str, set[str]] = {
    "visitor": set(),
    "administrator": set(),
    "coordinator": {SHARED},
    "coordinator elsewhere": set(),
    "host": set(),
    "focal_point named": {CALL, SHARED},
    "focal_point second": {REPORT, ANSWER, INCIDENT},
    "focal_point elsewhere": set(),
    "supporter": {SUPPORT},
    "supporter of nobody": set(),
    "volunteer": {CALL, SHARED, SUPPORT},
}


@dataclass
class Safe:
    """Accounts by the names above, and every id that an address may name."""

    accounts: dict[str, User] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)


@pytest.fixture
def safe(session: AnySession) -> Safe:
    """Return what is made, stored."""
    made = make_safe(session)
    session.commit()
    return made


def make_safe(session: AnySession) -> Safe:
    """Make one of everything around one placement; the focal point who is on duty is named in the report."""
    placement = make_active(session, make_selectable(session))
    vio, volunteer = placement.receiving_vio, user_of(placement.volunteer)
    line, elsewhere = make_line(session, vio), make_line(session)
    duty.change(session, line.first, {"duty_person_id": line.first.id})
    report, _code = make_report(session, line, what=f"{REPORT}: it was Amina.")
    handling.write(session, line.second, report, ANSWER, is_answer=True)
    made = incidents.of_report(session, line.second, report, Facts("money", "low", INCIDENT, placement.id))
    incidents.add_measure(session, line.second, made, INCIDENT, None)
    calls = [
        help_calls.call(session, volunteer, Cry("now", CALL)),
        help_calls.call(session, volunteer, Cry("week", SHARED, coordinator_may_see=True)),
    ]
    who = make_user(session, "coordinator", vio)
    link = supporters.name(session, who, placement.id, make_user(session, "supporter", vio).id)
    supporters.write(session, volunteer, link.id, SUPPORT)
    accounts = {
        "administrator": make_user(session, "administrator"),
        "coordinator": who,
        "coordinator elsewhere": make_user(session, "coordinator", elsewhere.vio),
        "host": make_host_user(session, placement.assignment.host),
        "focal_point named": line.first,
        "focal_point second": line.second,
        "focal_point elsewhere": elsewhere.first,
        "supporter": link.supporter,
        "supporter of nobody": make_user(session, "supporter", vio),
        "volunteer": volunteer,
    }
    ids = {
        "report_id": [report.id],
        "incident_id": [made.id],
        "measure_id": [made.measures[0].id],
        "call_id": [one.id for one in calls],
        "link_id": [link.id],
        "placement_id": [placement.id],
        "assignment_id": [placement.assignment_id],
        "volunteer_id": [placement.volunteer_id],
        "host_id": [placement.assignment.host_id],
        "account_id": [one.id for one in accounts.values()],
    }
    return Safe(accounts, ids)


@pytest.mark.parametrize("name", MAY_MEET)
def test_secrets_turn_up_where_they_belong_and_nowhere_else(
    app: Flask, safe: Safe, session: AnySession, name: str
) -> None:
    client, role = app.test_client(), name.split()[0]
    if role != "visitor":
        _sign_in(client, safe.accounts[name].email)
    met: dict[str, list[str]] = {}
    for rule in _rules(app, "GET"):
        if rule.endpoint.split(".")[0] not in (role, "public", "account"):
            continue
        for path in _paths(app, rule, safe.ids, most=4):
            response = client.get(path)
            assert response.status_code < 500, path
            text = _text(response)
            for secret in SECRETS:
                if secret in text:
                    met.setdefault(secret, []).append(path)
    assert set(met) == MAY_MEET[name], met


STRANGERS = {
    "focal_point named": ("report_id", "incident_id"),
    "focal_point second": ("call_id",),
    "focal_point elsewhere": ("report_id", "incident_id", "call_id"),
    "supporter of nobody": ("link_id",),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_rows_of_others_do_not_exist(app: Flask, safe: Safe, session: AnySession, name: str) -> None:
    client, kinds = app.test_client(), set(STRANGERS[name])
    _sign_in(client, safe.accounts[name].email)
    data, tried = {"csrf_token": _token(client), "text": "words", "measure": "words"}, 0
    for method in ("GET", "POST"):
        for rule in _rules(app, method):
            if rule.endpoint.split(".")[0] == name.split()[0] and rule.arguments & kinds:
                for path in _paths(app, rule, safe.ids, most=4):
                    answer = client.get(path) if method == "GET" else client.post(path, data=data)
                    assert answer.status_code == 404, f"{method} {path}"
                    tried += 1
    assert tried >= 2
