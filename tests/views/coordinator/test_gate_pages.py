"""The publish gate and the versions, as a coordinator meets them: pages without any script."""

from __future__ import annotations

import pytest

from tests.factories import make_host_user
from tests.services.whole import make_whole
from tests.views.coordinator.conftest import Office
from webapp.models import Assignment, Vio
from webapp.services import assignments, versions


@pytest.fixture
def work(office: Office) -> Assignment:
    """Return an assignment that was sent, taken back, changed and sent again; the gate is high."""
    work = make_whole(office.session, office.host, title="Records of the ward")
    account = make_host_user(office.session, office.host)
    assignments.submit(office.session, account, work)
    assignments.take_back(office.session, account, work)
    assignments.edit(office.session, account, work, {"hours": 21, "handover": "The <b>new</b> clerk takes over."})
    assignments.submit(office.session, account, work)
    office.vio.least_coach_score = 100
    office.session.commit()
    return work


def _path(work: Assignment) -> str:
    return f"/coordinator/assignments/{work.id}"


def test_gate_asks_for_a_reason_and_keeps_it(office: Office, work: Assignment) -> None:
    page = office.visitor.get(_path(work))
    assert "Below the least score" in page.text
    page = office.visitor.submit(page, status=422, displacement="none", waiver_reason=" ", action="approve")
    assert "your organization asks for 100" in page.text
    assert "Please look at this again" in page.text
    page = office.visitor.submit(page, displacement="none", waiver_reason="The ward cannot wait.", action="approve")
    assert page.path.endswith("/matches")
    office.session.expire_all()
    assert office.session.get_one(Assignment, work.id).state == "open"
    page = office.visitor.get(_path(work))
    assert "The ward cannot wait." in page.text
    assert "Defne" in page.text
    assert "Published below the least score" in page.text


def test_without_a_gate_no_reason_is_asked_for(office: Office, work: Assignment) -> None:
    office.vio.least_coach_score = 0
    office.session.commit()
    page = office.visitor.get(_path(work))
    assert "waiver_reason" not in page.form("displacement").names
    office.visitor.submit(page, displacement="none", action="approve")
    assert [one.waived_at for one in versions.versions_of(office.session, work)] == [None, None]


def test_a_coordinator_may_write_to_the_host_while_publishing(office: Office, work: Assignment) -> None:
    office.vio.least_coach_score = 0
    office.session.commit()
    page = office.visitor.get(_path(work))
    office.visitor.submit(page, displacement="none", words_along="A clear text, thank you.", action="approve")
    assert "A clear text, thank you." in office.visitor.get(_path(work)).text


def test_page_shows_what_changed_and_each_score(office: Office, work: Assignment) -> None:
    page = office.visitor.get(_path(work))
    assert "Changed since version 1" in page.text
    assert "<b>new</b>" not in page.response.text
    for words in ("Hours a week", "What happens after the stay", "The clerk takes over.", "Versions sent for review"):
        assert words in page.text
    scores = [one.score for one in versions.versions_of(office.session, work)]
    assert all(f">{score}</td>" in page.response.text for score in scores)


def test_history_says_in_words_what_happened(office: Office, work: Assignment) -> None:
    page = office.visitor.get(_path(work))
    for words in ("Sent for review", "Taken back by the host"):
        assert words in page.text
    assert "assignment_" not in page.text
    begun = assignments.create(office.session, make_host_user(office.session, office.host), "Ward clerks")
    office.session.commit()
    page = office.visitor.get(_path(begun))
    assert "Draft begun" in page.text
    assert "assignment_" not in page.text


def test_page_in_another_language_has_its_own_labels(office: Office, work: Assignment) -> None:
    page = office.visitor.get(f"{_path(work)}?lang=ar")
    assert "Hours a week" not in page.text
    assert "The clerk takes over." in page.text


def test_first_version_has_nothing_to_compare_with(office: Office) -> None:
    first = make_whole(office.session, office.host)
    assignments.submit(office.session, make_host_user(office.session, office.host), first)
    office.session.commit()
    page = office.visitor.get(_path(first))
    assert "Changed since" not in page.text
    assert "Versions sent for review" in page.text


@pytest.mark.parametrize(("typed", "status", "kept"), [("60", 200, 60), ("101", 422, 0), ("", 422, 0)])
def test_least_score_is_a_setting(office: Office, typed: str, status: int, kept: int) -> None:
    page = office.visitor.get("/coordinator/settings")
    office.visitor.submit(page, status=status, least_coach_score=typed)
    office.session.expire_all()
    assert office.session.get_one(Vio, office.vio.id).least_coach_score == kept
