from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_user
from tests.matching.coach.test_tongue import OTHERS
from tests.services.whole import make_whole
from webapp import clock
from webapp.models import User
from webapp.services.coach import coaching_of
from webapp.views.host.parts import PARTS

Visit = Callable[[], Visitor]
PANEL = "How well it is described"


def enter(visit: Visit, session: AnySession, user: User) -> Visitor:
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def test_the_panel_stands_beside_every_section_and_on_both_overviews(visit: Visit, session: AnySession) -> None:
    host = make_host(session)
    work = make_assignment(
        session, host, state="draft", published_at=None, tasks="Assist with activities.", sector="water"
    )
    visitor = enter(visit, session, make_host_user(session, host))
    for part in PARTS:
        assert PANEL in visitor.get(f"/host/assignments/{work.id}/edit/{part.code}").text
    page = visitor.get(f"/host/assignments/{work.id}/edit/work")
    for words in (
        "“\N{FIRST STRONG ISOLATE}Assist with activities\N{POP DIRECTIONAL ISOLATE}” could stand in any assignment",
        "of 100 points",
        "seal",
        "Report on the second",
    ):
        assert words in page.text
    assert f"/host/assignments/{work.id}/edit/work#tasks" in page.text
    assert PANEL in visitor.get(f"/host/assignments/{work.id}").text
    assert PANEL in visitor.get(f"/host/assignments/{work.id}/preview").text


def test_a_text_in_another_language_is_said_not_to_be_known(visit: Visit, session: AnySession) -> None:
    known = "does not know, so points for words may be wrong"
    work = make_whole(session, tasks=OTHERS["sw"], learning="", local_strengths="", plain_day="", hardest_thing="")
    visitor = enter(visit, session, make_host_user(session, work.host))
    assert known in visitor.get(f"/host/assignments/{work.id}/edit/work").text
    work.tasks = "Visit ten hand pumps a month with the two mechanics of the union, and write down what breaks in them."
    session.commit()
    assert known not in visitor.get(f"/host/assignments/{work.id}/edit/work").text


def test_a_host_reads_how_far_it_is_to_what_the_office_asks_for(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, make_host_user(session, work.host))
    paths = [f"/host/assignments/{work.id}{rest}" for rest in ("", "/edit/work", "/preview")]
    assert all("Your office asks for" not in visitor.get(path).text for path in paths)
    score = coaching_of(work).score
    for least, told in ((score + 2, ": 2 more."), (score, ": that is reached.")):
        work.vio.least_coach_score = least
        session.commit()
        for path in paths:
            assert f"Your office asks for {least} points before it publishes{told}" in visitor.get(path).text


def test_what_is_over_is_not_coached(visit: Visit, session: AnySession) -> None:
    host = make_host(session)
    work = make_assignment(session, host, state="closed")
    visitor = enter(visit, session, make_host_user(session, host))
    assert PANEL not in visitor.get(f"/host/assignments/{work.id}").text


def test_a_reviewer_reads_the_findings_of_what_waits_and_nothing_to_mend_it_with(
    visit: Visit, session: AnySession
) -> None:
    work = make_whole(session, state="submitted", submitted_at=clock.now())
    visitor = enter(visit, session, make_user(session, "coordinator", work.vio))
    page = visitor.get(f"/coordinator/assignments/{work.id}")
    assert PANEL in page.text
    assert "/edit/" not in page.text
    assert page.link("of 100") == "#coach"


def test_a_part_in_which_nothing_was_said_is_not_called_complete(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, state="draft", published_at=None, mode=None)
    visitor = enter(visit, session, make_host_user(session, work.host))
    for mode, words in ((None, "nothing said yet"), ("online", "needed only where people come")):
        work.mode = mode
        session.commit()
        assert words in visitor.get(f"/host/assignments/{work.id}").text
    work.lodging = "Own room"
    session.commit()
    page = visitor.get(f"/host/assignments/{work.id}").text
    assert "needed only where people come" not in page
    assert "complete" in page
