"""The team of an assignment: written by its host, read by everybody, filled by offers."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_vio
from tests.stays import coordinator_of, make_selectable
from webapp.models import Assignment, Offer, User
from webapp.services import teams
from webapp.services.teams import Role

TEAM = (Role("Nurse", "international", 1, ("NUR-01",)), Role("Aide", "local", 2))


def _as(visit: Callable[[], Visitor], session: AnySession, account: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    return visitor


def _work(session: AnySession) -> tuple[Assignment, User]:
    work = make_assignment(session, make_host(session), state="draft", places_international=1, places_local=2)
    return work, make_host_user(session, work.host)


def test_a_host_writes_the_team(visit: Callable[[], Visitor], session: AnySession) -> None:
    work, account = _work(session)
    host = _as(visit, session, account)
    page = host.get(f"/host/assignments/{work.id}/team")
    nurse = {"roles-0-label": "Nurse", "roles-0-kind": "international", "roles-0-number": "1"}
    assert "Please look at this again" in host.submit(page, status=422, **nurse).text
    assert "Please look at this again" in host.submit(page, status=422, **{"roles-0-label": "Nurse"}).text
    aide = {"roles-1-label": "Aide", "roles-1-kind": "local", "roles-1-number": "2", "roles-1-by_host": "1"}
    page = host.submit(page, **nurse, **aide, **{"roles-0-skills": ["NUR-01"]})
    session.expire_all()
    assert [(one.label, one.number, one.by_host, one.skills) for one in work.team] == [
        ("Nurse", 1, 0, ["NUR-01"]),
        ("Aide", 2, 1, []),
    ]
    ids = [one.id for one in work.team]
    host.submit(page, **{"roles-0-label": "Nurse on the ward"})
    session.expire_all()
    assert [(one.id, one.label) for one in work.team] == list(zip(ids, ("Nurse on the ward", "Aide"), strict=True))
    stranger = _as(visit, session, make_host_user(session, make_host(session)))
    stranger.get(f"/host/assignments/{work.id}/team", status=404)


def test_everybody_reads_it_and_an_offer_names_the_role(visit: Callable[[], Visitor], session: AnySession) -> None:
    work, account = _work(session)
    teams.save(session, account, work, TEAM)
    work.state = "open"
    application = make_selectable(session, work)
    host = _as(visit, session, account)
    page = host.submit(host.get(f"/host/assignments/{work.id}/team"), action="/filled", number="1")
    assert "1 of 2" in page.text
    assert "1 person is there already" in visit().get(f"/assignments/{work.id}").text
    office = _as(visit, session, coordinator_of(session, work.vio))
    page = office.get(f"/coordinator/applications/{application.id}/offer")
    assert "Role in the team" in page.text
    nurse = work.team[0].id
    dates = {"starts_on": work.start_on.isoformat(), "ends_on": work.end_on.isoformat()}
    office.submit(page, kind=f"international:{nurse}", words="Welcome.", **dates)
    assert session.query(Offer).one().team_role_id == nurse
    page = office.get(f"/coordinator/assignments/{work.id}")
    assert "Filled so far" in page.text and "1 local" in page.text
    stranger = _as(visit, session, coordinator_of(session, make_vio(session)))
    stranger.get(f"/coordinator/assignments/{work.id}", status=404)
