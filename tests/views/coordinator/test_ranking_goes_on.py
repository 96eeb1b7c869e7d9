"""Pages of an assignment that is ranked in the background: they say that it waits, and keep what was found before."""

from __future__ import annotations

import pytest

from tests.factories import make_assignment
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.services import ranking, reach, runs


@pytest.fixture
def crowded(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return an office with more people than a request ranks."""
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 1)
    return office


def _pages(office: Office) -> list[str]:
    here = f"/coordinator/assignments/{office.assignment.id}"
    return [office.visitor.get(path).text for path in (here, f"{here}/matches", f"{here}/matches?status=near")]


def test_pages_say_how_far_the_ranking_is_and_show_what_was_found_before(crowded: Office) -> None:
    assert not any("Ranking this assignment" in page for page in _pages(crowded))
    crowded.rank()
    going = runs.going_for(crowded.session, crowded.assignment)
    for page in _pages(crowded):
        assert "Ranking this assignment" in page and "waits its turn" in page
        assert "Nobody here" not in page
    assert "Sevda Yıldız" in _pages(crowded)[1]
    going.state, going.total, going.done, going.heartbeat_at = "running", 3, 2, clock.now()
    crowded.session.commit()
    assert all("2 of 3 · people read" in page for page in _pages(crowded))
    runs.finish(crowded.session, going)
    crowded.session.commit()
    assert not any("Ranking this assignment" in page for page in _pages(crowded))


def test_no_page_reloads_under_somebody_who_chooses(crowded: Office) -> None:
    crowded.rank()
    _, matches, near = _pages(crowded)
    assert 'http-equiv="refresh"' in near and 'http-equiv="refresh"' not in matches


def test_publishing_says_that_matches_are_looked_for(crowded: Office) -> None:
    work = make_assignment(crowded.session, crowded.host, state="submitted")
    crowded.session.commit()
    page = crowded.visitor.get(f"/coordinator/assignments/{work.id}")
    page = crowded.visitor.submit(page, displacement="none", action="approve")
    assert "the first matches are being looked for" in page.text and "waits its turn" in page.text


@pytest.mark.parametrize(
    ("done", "seconds_left", "said"),
    [
        (0, None, "0 of 40<"),
        (10, 20, "10 of 40 · about 1 minute left"),
        (10, 760, "10 of 40 · about 13 minutes left"),
        (10, 9_000, "10 of 40 · about 2 hours left"),
        (40, None, "40 of 40 · puts the lists in order"),
    ],
)
def test_a_ranking_of_everything_says_how_long_it_will_take(
    office: Office, done: int, seconds_left: int | None, said: str
) -> None:
    run = ranking.request_everything(office.session, None)
    office.session.commit()
    assert "0 of 0 · waits its turn" in office.visitor.get("/coordinator/runs").text
    run.state, run.total, run.done, run.seconds_left, run.heartbeat_at = "running", 40, done, seconds_left, clock.now()
    office.session.commit()
    assert said in office.visitor.get("/coordinator/runs").text
