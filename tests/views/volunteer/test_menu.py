"""The volunteer's menu: on one line, with the rest under “More”."""

from __future__ import annotations

import pytest

from tests.views.volunteer.conftest import Traveller
from webapp.services import badges


def test_everything_is_in_the_menu_once_and_more_says_that_the_page_is_in_it(traveller: Traveller) -> None:
    page = traveller.visitor.get("/volunteer/lessons")
    for name in ("Search", "Training", "Profile", "Invitations", "Lessons", "Consents", "My supporter"):
        assert page.link(name)
    assert '<summary class="current">More' in page.text
    assert '<summary class="current">More' not in traveller.visitor.get("/volunteer/training").text


def test_what_waits_behind_a_folded_entry_counts_on_more(traveller: Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<summary>More <svg" in traveller.visitor.get("/volunteer/training").text
    monkeypatch.setattr(badges, "waiting", lambda *_: {"invitations": 3})
    assert '<summary>More <span class="count">3' in traveller.visitor.get("/volunteer/training").text
