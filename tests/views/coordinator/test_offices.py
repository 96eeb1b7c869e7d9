"""Hosts, assignments, applications, partnerships, settings and runs, as a coordinator clicks through them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import Assignment, Host, Mail, MatchRun, Partnership, PutForward

TODAY = clock.today()
EVIDENCE: dict[str, Any] = {
    "registration_seen": "Certificate 4",
    "reference_one_said": "Good.",
    "reference_two_said": "Good too.",
    "called_on": TODAY.isoformat(),
    "call_note": "Spoke with the head.",
    "safeguarding_person": "A. Otieno",
}


def _stored(office: Office, table: type, key: int) -> Any:
    office.session.expire_all()
    return office.session.get(table, key)


def test_host_is_verified_on_its_page_with_every_item(office: Office) -> None:
    host = make_host(office.session, office.vio, verified=False, state="asked", name="School of weavers")
    office.session.commit()
    page = office.visitor.get(office.visitor.get("/coordinator/").link("Verify the oldest"))
    page = office.visitor.submit(page, status=422, **EVIDENCE)  # the policy was not seen
    assert "See the conduct policy" in page.text
    assert "Certificate 4" in page.text
    assert _stored(office, Host, host.id).state == "asked"
    page = office.visitor.submit(page, **EVIDENCE, conduct_policy_seen="y")
    assert _stored(office, Host, host.id).is_verified(TODAY)
    page = office.visitor.submit(page, words="The head has left.", action="decline")
    assert not _stored(office, Host, host.id).is_verified(TODAY)
    assert "The head has left." in page.text


def test_hosts_of_others_do_not_exist(office: Office) -> None:
    foreign = make_host(office.session, verified=False, state="asked", name="Foreign school")
    office.session.commit()
    office.visitor.get(f"/coordinator/hosts/{foreign.id}", 404)
    assert "Foreign school" not in office.visitor.get("/coordinator/hosts").text
    assert "Lake Clinic" in office.visitor.get("/coordinator/hosts?state=verified").text


def test_assignment_is_published_and_leads_to_its_matches(office: Office) -> None:
    waiting = make_assignment(office.session, office.host, title="Second ward", state="submitted", published_at=None)
    waiting.tasks = "Help in the orphanage."
    office.session.commit()
    page = office.visitor.get(f"/coordinator/assignments/{waiting.id}")
    assert "may be about an institution where children live" in page.text
    page = office.visitor.submit(page, status=422, displacement=None, action="approve")
    assert "paid posts of local people" in page.text
    page = office.visitor.submit(page, displacement="acceptable", action="approve")
    assert page.path.endswith(f"/assignments/{waiting.id}/matches")
    assert "Sevda" in page.text
    assert _stored(office, Assignment, waiting.id).state == "open"


def test_refused_assignment_shows_no_way_to_publish(office: Office) -> None:
    waiting = make_assignment(office.session, office.host, state="submitted", published_at=None, is_security_work=True)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/assignments/{waiting.id}")
    assert "Nobody can waive this" in page.text
    assert "Publish and rank" not in page.text
    office.visitor.submit(page, words="Describe it without guarding.", action="changes")
    assert _stored(office, Assignment, waiting.id).state == "changes_requested"


def test_assignment_is_declined_with_words(office: Office) -> None:
    waiting = make_assignment(office.session, office.host, state="submitted", published_at=None)
    office.session.commit()
    path = f"/coordinator/assignments/{waiting.id}"
    form = office.visitor.get(path).form("words")
    data = {**form.data(), "words": "We send nobody there."}
    assert office.visitor.client.post(f"{path}/decline", data=data).status_code == 302
    assert _stored(office, Assignment, waiting.id).state == "cancelled"


def test_late_application_stands_first_and_its_host_is_reminded(office: Office) -> None:
    application = make_application(
        office.session, office.own, office.assignment, answer_by=TODAY - timedelta(days=2), note="I would like to come."
    )
    make_user(office.session, "host", office.vio, host_id=office.host.id, email="ward@hosts.example")
    office.session.commit()
    page = office.visitor.get("/coordinator/applications")
    assert "late" in page.text
    page = office.visitor.get(f"/coordinator/applications/{application.id}")
    assert "I would like to come." in page.text
    office.visitor.submit(page, action="remind")
    assert office.session.query(Mail).filter_by(to="ward@hosts.example").count() == 1


def test_applicant_without_a_match_is_not_lost(office: Office) -> None:
    weak = make_volunteer(office.session, office.vio, full_name="Weak French", languages={"fr": "A1"})
    make_application(office.session, weak, office.assignment)
    office.rank()
    page = office.visitor.get(f"/coordinator/assignments/{office.assignment.id}/matches")
    page = office.visitor.get(page.link("Application of"))
    assert "Weak French" in page.text
    assert "B1 is needed, A1 is stated" in page.text
    assert "Weak French" in office.visitor.get(f"/coordinator/assignments/{office.assignment.id}/sheet").text


def test_profile_shows_no_conditions_of_life_and_no_person_of_others(office: Office) -> None:
    office.own.motivation = "I want to learn."
    office.session.commit()
    page = office.visitor.get(f"/coordinator/volunteers/{office.own.id}")
    assert "I want to learn." in page.text
    assert "private and stands nowhere here" in page.text
    office.visitor.get(f"/coordinator/volunteers/{office.elsewhere.id}", 404)
    page = office.visitor.get("/coordinator/volunteers?text=yıldız")
    assert "Лесной" in office.visitor.get("/coordinator/volunteers?text=лесной").text
    assert "Sevda" not in office.visitor.get("/coordinator/volunteers?text=%25").text
    assert "Sevda Yıldız" in page.text
    assert "Лесной" not in page.text
    assert "Лесной" in office.visitor.get("/coordinator/volunteers?claimed=no").text


def test_partnership_from_proposal_to_end(office: Office) -> None:
    other = make_user(office.session, "coordinator", make_vio(office.session, name="Coast Volunteers"))
    assignment = make_assignment(office.session, make_host(office.session, other.vio), title="Work by the sea")
    office.session.commit()
    page = office.visitor.get("/coordinator/partnerships/new")
    people = ("sending_focal_point", "receiving_focal_point", "vetting_by", "insurance_by", "support_by", "costs_by")
    values = {**dict.fromkeys(people, "Office"), "other_vio": str(other.vio_id), "direction": "send", "terms": "Both."}
    values |= {"starts_on": TODAY.isoformat(), "ends_on": (TODAY - timedelta(days=1)).isoformat()}
    page = office.visitor.submit(page, status=422, **values, shared_parts=["name"])
    assert "lies before the first day" in page.text
    page = office.visitor.submit(page, ends_on=(TODAY + timedelta(days=50)).isoformat())
    partnership = office.session.query(Partnership).one()
    assert partnership.shared_parts == ["name"]
    assert "Put a volunteer forward" not in page.text
    partnership.agreed_at = clock.now()
    office.session.commit()
    page = office.visitor.get(office.visitor.get(f"/coordinator/partnerships/{partnership.id}").link("Put a volunteer"))
    page = office.visitor.submit(
        page, assignment=str(assignment.id), volunteer=str(office.own.id), words="Shall we put you forward?"
    )
    assert office.session.query(PutForward).one().state == "asked"
    page = office.visitor.submit(page, action="take-back")
    assert _stored(office, PutForward, 1) is None or office.session.query(PutForward).one().state == "withdrawn"
    page = office.visitor.submit(page, action="/end")
    assert not _stored(office, Partnership, partnership.id).is_active(TODAY)


def test_proposal_of_another_vio_is_answered(office: Office) -> None:
    other = make_vio(office.session, name="Coast Volunteers")
    people = ("sending_focal_point", "receiving_focal_point", "vetting_by", "insurance_by", "support_by", "costs_by")
    partnership = Partnership(
        sending_vio_id=other.id,
        receiving_vio_id=office.vio.id,
        proposed_by_vio_id=other.id,
        terms="We send.",
        starts_on=TODAY,
        ends_on=TODAY,
        created_at=clock.now(),
        **dict.fromkeys(people, "x"),
    )
    office.session.add(partnership)
    office.session.commit()
    page = office.visitor.get(office.visitor.get("/coordinator/").link("Read the terms"))
    office.visitor.submit(page, action="agree")
    assert _stored(office, Partnership, partnership.id).is_active(TODAY)


def test_settings_are_kept_and_wrong_numbers_are_named(office: Office) -> None:
    page = office.visitor.get("/coordinator/settings")
    page = office.visitor.submit(page, status=422, strong_score="101")
    assert "from 0 to 100" in page.text
    page = office.visitor.submit(page, strong_score="65", add_no_go="SS", route_wording=None)
    office.session.expire_all()
    assert (office.vio.strong_score, office.vio.no_go, office.vio.route_wording) == (65, ["SS"], False)
    office.visitor.submit(page, no_go=None)
    office.session.expire_all()
    assert office.vio.no_go == []


def test_ranking_everything_again_is_queued_once(office: Office) -> None:
    page = office.visitor.get("/coordinator/runs")
    page = office.visitor.submit(page, action="/coordinator/runs")
    assert "waits its turn" in page.text
    assert office.session.query(MatchRun).filter_by(scope="everything", state="queued").count() == 1


@pytest.mark.parametrize("path", ["", "more", "invitations", "partnerships", "assignments?state=open&page=9"])
def test_pages_answer(office: Office, path: str) -> None:
    office.visitor.get(f"/coordinator/{path}")
    office.visitor.get(f"/coordinator/{path}{'&' if '?' in path else '?'}lang=ar")
