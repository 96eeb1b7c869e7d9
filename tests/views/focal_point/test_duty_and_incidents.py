"""A focal point sets duty, prints the poster, makes an incident and follows it up; invitations bring new ones."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD, make_user, make_vio
from tests.safe import make_line, make_report
from tests.test_accounts import NEW_PASSWORD, link_in, newest_letter
from webapp.models import Incident, User
from webapp.services.safeguarding import duty


def test_duty_is_set_and_the_list_grows_and_shrinks(session: OrmSession, client: Visitor) -> None:
    line = make_line(session)
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get("/focal-point/duty")
    page = client.submit(page, duty_line="+254 7", duty_person_id=str(line.second.id), minutes_now="15")
    kept = duty.own(session, line.first)
    assert (kept.duty_line, kept.duty_person, kept.minutes_now) == ("+254 7", line.second, 15)
    page = client.submit(page, user_id=str(line.first.id), phone="")
    page = client.submit(page, status=422, user_id="0", step_name="Embassy", phone="")
    assert "telephone number" in page.text
    client.submit(client.get("/focal-point/duty"), status=422, user_id="999999", phone="")
    page = client.submit(client.get("/focal-point/duty"), user_id="0", step_name="Embassy", phone="+254 9")
    assert "Embassy" in page.text and "by telephone only" in page.text
    client.submit(page, action=f"steps/{kept.steps[0].id}/remove")
    session.expire_all()
    assert [step.name for step in kept.steps] == ["Embassy"]
    client.submit(client.get("/focal-point/duty"), status=422, duty_line="", minutes_now="4")


def test_incident_is_followed_up_to_its_end(session: OrmSession, client: Visitor) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get(client.get(f"/focal-point/reports/{report.id}").link("Make an incident"))
    page = client.submit(page, gravity="grave", text="Two children saw it.", placement_id="0")
    (incident,) = session.query(Incident)
    assert incident.kind == "child" and page.path == f"/focal-point/incidents/{incident.id}"
    page = client.submit(page, measure="Call the parents.", by_on="2027-01-31")
    page = client.submit(page, status=422, action="/close", text="Too early.")
    assert "not done yet" in page.text
    page = client.submit(client.get(f"/focal-point/incidents/{incident.id}"), action="/done")
    client.submit(page, action="/close", text="The parents know.")
    assert incident.state == "closed"
    assert client.get(f"/focal-point/reports/{report.id}").link(f"Incident {incident.id}")


def test_coordinator_invites_a_focal_point_who_gets_the_poster(
    session: OrmSession, visit: Callable[[], Visitor]
) -> None:
    vio = make_vio(session)
    coordinator = make_user(session, "coordinator", vio)
    session.commit()
    office, guest = visit(), visit()
    office.sign_in(coordinator.email, PASSWORD)
    office.submit(office.get("/coordinator/safeguarding"), email="amina@safe.example", role="focal_point")
    page = guest.get(link_in(newest_letter(session, "amina@safe.example")))
    assert "you read what people report" in page.text
    guest.submit(page, own_name="Amina Yusuf", password=NEW_PASSWORD)
    made = session.query(User).filter_by(email="amina@safe.example").one()
    assert (made.role, made.vio_id, made.is_staff) == ("focal_point", vio.id, True)
    page = guest.sign_in(made.email, NEW_PASSWORD)
    assert "You are the only focal point" in page.text
    poster = duty.prepare(session, vio.id).poster_code
    assert f"/speak-up/{poster}" in guest.get(f"/speak-up/{poster}/poster").text
    office.submit(office.get("/coordinator/safeguarding"), email="chen@safe.example", role="focal_point")
    second = visit()
    second.submit(
        second.get(link_in(newest_letter(session, "chen@safe.example"))), own_name="Chen", password=NEW_PASSWORD
    )
    assert "Chen is a safeguarding focal point" in newest_letter(session, made.email)
    page = guest.submit(guest.get("/focal-point/people"), email="rosa@safe.example")
    assert "rosa@safe.example" in page.text


def test_administrator_invites_focal_points_and_no_supporter(session: OrmSession, client: Visitor) -> None:
    vio = make_vio(session)
    admin = make_user(session, "administrator")
    session.commit()
    client.sign_in(admin.email, PASSWORD)
    page = client.get(f"/administrator/staff/invite?vio={vio.id}")
    client.submit(page, email="a@safe.example", role="focal_point")
    client.submit(page, status=422, email="b@safe.example", role="supporter")
    client.submit(page, status=422, email="c@safe.example", role="focal_point", vio_id="0")
    assert "a@safe.example" in client.get("/administrator/staff").text
