"""The coordinator's list of the own people."""

from __future__ import annotations

import pytest

from tests.factories import make_volunteer
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
