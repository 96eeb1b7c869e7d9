"""The coordinator's list of the own people."""

from __future__ import annotations

import pytest

from tests.factories import make_volunteer
from tests.match_runs import keep_only
from tests.views.coordinator.conftest import Office
from webapp.services import counting


def test_people_are_counted_as_far_as_it_is_worth_while(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "2 people" in office.visitor.get("/coordinator/volunteers").text
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    page = office.visitor.get("/coordinator/volunteers")
    assert "More than 1 people" in page.text  # as it says of ten thousand
    assert "Sevda Yıldız" in page.text


def test_people_without_a_link_are_counted_as_far_as_it_is_worth_while(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_volunteer(office.session, office.vio, claimed=False)
    for _person in range(2):
        make_volunteer(office.session, office.vio, claimed=False, email="")
    office.session.commit()
    assert "2 people wait for a link" in office.visitor.get("/coordinator/lists").text
    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    assert "More than 1 people wait for a link" in office.visitor.get("/coordinator/lists").text
    page = office.visitor.get("/coordinator/lists/links").text
    assert "More than 1 people have an address" in page
    assert "More than 1 people have no e-mail address" in page


def test_a_person_whom_a_ranking_left_out_for_want_of_room_is_shown_with_all_that_fits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_only(monkeypatch, 0)
    office.rank()
    assert "Nurse at the lake" not in office.visitor.get("/coordinator/volunteers").text
    for person in (office.own, office.unclaimed):  # whoever has no account too
        assert "Nurse at the lake" in office.visitor.get(f"/coordinator/volunteers/{person.id}").text
