"""What an administrator does, and what no administrator sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_host, make_user, make_vio, make_volunteer
from tests.test_accounts import NEW_PASSWORD, link_in, newest_letter
from webapp import clock
from webapp.backups import nightly
from webapp.models import AuditEvent, User, Vio
from webapp.models.accounts import ERASED_HOUSE
from webapp.services import counting

PAGES = ("/", "/organizations", "/organizations/new", "/staff", "/staff/invite", "/accounts")


@pytest.fixture
def admin(session: OrmSession, client: Visitor) -> Visitor:
    """Return an administrator who is signed in."""
    user = make_user(session, "administrator")
    session.commit()
    client.sign_in(user.email, PASSWORD)
    return client


def test_administrator_makes_a_vio_and_its_first_coordinator(
    session: OrmSession, admin: Visitor, visit: Callable[[], Visitor]
) -> None:
    page = admin.get("/administrator/")
    assert "Make the first organization" in page.text
    page = admin.submit(
        admin.get("/administrator/organizations/new"), name="Нур", country="KZ", contact_email="office@nur.example"
    )
    vio = session.scalars(select(Vio)).one()
    assert page.path == "/administrator/staff/invite" and vio.is_open
    page = admin.submit(page, email="dana@nur.example", role="coordinator", vio_id=str(vio.id))
    assert "dana@nur.example" in page.text
    invited = visit()
    link = link_in(newest_letter(session, "dana@nur.example"))
    page = invited.submit(invited.get(link), own_name="Дана", password=NEW_PASSWORD)
    assert page.path == "/login"
    account = session.scalars(select(User).where(User.email == "dana@nur.example")).one()
    assert invited.sign_in("dana@nur.example", NEW_PASSWORD).markup.account == f"coordinator:{account.id}"
    assert invited.get(link, status=410).status == 410


def test_second_name_is_refused_beside_the_field(session: OrmSession, admin: Visitor) -> None:
    make_vio(session, name="Harbour")
    session.commit()
    page = admin.submit(
        admin.get("/administrator/organizations/new"),
        status=422,
        name="harbour",
        country="KZ",
        contact_email="office@nur.example",
    )
    assert "already" in page.text and "harbour" in page.text


def test_organization_is_changed_and_noted(session: OrmSession, admin: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    page = admin.get(f"/administrator/organizations/{vio.id}")
    admin.submit(page, retention_months="6", is_open=None)
    session.refresh(vio)
    assert (vio.retention_months, vio.is_open) == (6, False)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "vio_changed")).one()
    assert event.detail["fields"] == ["is_open", "retention_months"]
    assert "from 1 to 120" in admin.submit(page, status=422, retention_months="0").text


def test_an_invitation_names_the_countries(session: OrmSession, admin: Visitor) -> None:
    vio = make_vio(session)
    session.commit()
    fields = {"email": "x@y.example", "role": "coordinator", "vio_id": str(vio.id), "countries": ["KE"]}
    page = admin.get("/administrator/staff/invite")
    assert "acts for all of it" in admin.submit(page, status=422, **fields).text
    make_user(session, "coordinator", vio)
    session.commit()
    page = admin.submit(admin.get("/administrator/staff/invite"), **fields)
    assert page.path == "/administrator/staff" and "Kenya" in page.text
    assert "Kenya" in newest_letter(session, "x@y.example")


@pytest.mark.parametrize(("role", "vio"), [("coordinator", "0"), ("administrator", "one")])
def test_invitation_needs_a_vio_for_coordinators_alone(
    session: OrmSession, admin: Visitor, role: str, vio: str
) -> None:
    made = make_vio(session)
    session.commit()
    number = str(made.id) if vio == "one" else "0"
    page = admin.get("/administrator/staff/invite")
    if role == "coordinator":
        assert (
            "Choose the organization"
            in admin.submit(page, status=422, email="x@y.example", role=role, vio_id=number).text
        )
    else:  # an administrator belongs to none, whatever the list says
        admin.submit(page, email="x@y.example", role=role, vio_id=number)
        assert "Caravanserai" in newest_letter(session, "x@y.example")


def test_invitation_is_sent_again_and_taken_back(
    session: OrmSession, admin: Visitor, visit: Callable[[], Visitor]
) -> None:
    admin.submit(admin.get("/administrator/staff/invite"), email="x@y.example", role="administrator", vio_id="0")
    first = link_in(newest_letter(session, "x@y.example"))
    page = admin.submit(admin.get("/administrator/staff"), action="/again")
    second = link_in(newest_letter(session, "x@y.example"))
    visit().get(first, status=404)
    visit().get(second)
    admin.submit(page, action="/take-back")
    visit().get(second, status=404)


def test_closed_account_is_signed_out_at_once(
    session: OrmSession, admin: Visitor, visit: Callable[[], Visitor]
) -> None:
    user = make_user(session, "coordinator")
    session.commit()
    other = visit()
    other.sign_in(user.email, PASSWORD)
    page = admin.submit(admin.get(f"/administrator/accounts/{user.id}"), action="/close")
    assert "/login" in other.client.get("/coordinator/").headers["Location"]
    assert other.submit(other.get("/login"), email=user.email, password=PASSWORD).markup.account == ""
    admin.submit(page, action="/reopen")
    assert visit().sign_in(user.email, PASSWORD).markup.account


def test_what_is_left_of_an_erased_person_stays_closed(session: OrmSession, admin: Visitor) -> None:
    gone = make_user(session, "volunteer", email=f"0f3a{ERASED_HOUSE}")
    gone.active = False
    session.commit()
    page = admin.get(f"/administrator/accounts/{gone.id}")
    assert "stays closed" in page.text and "again" not in page.text
    token = page.form("csrf_token", action="/logout").data()["csrf_token"]
    sent = admin.client.post(f"/administrator/accounts/{gone.id}/reopen", data={"csrf_token": token})
    session.expire_all()
    assert (sent.status_code, session.get_one(User, gone.id).active) == (404, False)


def test_nobody_closes_the_own_account(session: OrmSession, admin: Visitor) -> None:
    me = session.scalars(select(User)).one()
    page = admin.get("/administrator/")
    token = page.form("csrf_token", action="/administrator/rank").data()["csrf_token"]
    answer = admin.client.post(f"/administrator/accounts/{me.id}/close", data={"csrf_token": token})
    assert answer.status_code == 409 and me.active


def test_administrator_sees_no_profile(session: OrmSession, admin: Visitor) -> None:
    volunteer = make_volunteer(session, full_name="Secret Name", experience="secret work", phone="+7 000 999")
    host = make_host(session, volunteer.vio, name="Secret Host", contact_name="Secret Contact")
    make_user(session, "host", host.vio, host_id=host.id, display_name="Secret Person")
    session.commit()
    paths = [*PAGES, f"/accounts/{volunteer.user_id}", f"/organizations/{volunteer.vio_id}"]
    for path in paths:
        text = admin.get(f"/administrator{path}").text
        assert "ecret" not in text and "+7 000" not in text, path
    for path in ("/coordinator/", "/volunteer/", "/host/"):
        admin.get(path, status=403)


def test_accounts_are_narrowed_and_paged(session: OrmSession, admin: Visitor) -> None:
    vio = make_vio(session)
    for number in range(55):
        make_user(session, "coordinator", vio, email=f"c{number:02}@vio.example")
    session.commit()
    page = admin.get("/administrator/accounts?role=coordinator")
    assert "55 accounts" in page.text and "c00@" in page.text and "c54@" not in page.text
    assert "c54@" in admin.get(page.link("Next")).text
    assert "No account fits" in admin.get("/administrator/accounts?email=50%25").text


def _rows(page: Page) -> int:
    return page.text.count("<tr>")


def test_ranking_is_queued_once(session: OrmSession, admin: Visitor) -> None:
    page = admin.submit(admin.get("/administrator/"), action="/administrator/rank")
    page = admin.submit(page, action="/administrator/rank")
    assert _rows(page) == 2 and "waiting" in page.text


def test_a_backup_that_failed_stands_before_all_else(admin: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "none yet" in admin.get("/administrator/").text
    made = nightly.LastBackup("caravanserai-2026-11-26.zip", clock.now(), 1234, 99, "")
    for told, seen in ((made, "1,234 rows"), (replace(made, error="OSError: No space left"), "No space left")):
        monkeypatch.setattr(nightly, "last", lambda _config, told=told: told)
        assert seen in admin.get("/administrator/").text


def test_accounts_are_counted_as_far_as_it_is_worth_while(
    admin: Visitor, session: OrmSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(session, "coordinator")
    session.commit()
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    assert "More than 1 accounts" in admin.get("/administrator/accounts").text
