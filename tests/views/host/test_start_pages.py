from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.browser import Visitor
from tests.factories import PASSWORD, AnySession, make_host, make_host_user
from tests.services.whole import make_whole
from webapp.assignment_templates import read_templates
from webapp.models import Assignment, Host

Visit = Callable[[], Visitor]
CODE = "early-reading"
PATH = f"/host/assignments/new/templates/{CODE}"


def enter(visit: Visit, session: AnySession, host: Host, language: str = "en") -> Visitor:
    user = make_host_user(session, host, locale=language)
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def test_the_three_ways_are_one_click_away(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    page = visitor.get("/host/assignments/new")
    assert {"title"} <= page.form("title").names
    listed = visitor.get(page.link("Choose a template"))
    assert (
        visitor.get(listed.link("Train teachers in reading")).heading
        == "Train teachers in reading for the early grades"
    )
    earlier = visitor.get(page.link("Choose an earlier one"))
    assert "dates and the six safety questions" in earlier.text
    assert visitor.submit(earlier, action=f"/{work.id}/copy").heading == "The work"
    assert session.scalars(select(Assignment.title)).all() == [work.title] * 2


def test_who_has_no_earlier_one_is_sent_to_the_templates(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, make_host(session))
    assert "Choose an earlier one" not in visitor.get("/host/assignments/new").text
    assert visitor.get("/host/assignments/new/earlier").link("Choose a template")


@pytest.mark.parametrize("language", ["zh", "ar"])
def test_a_host_starts_from_a_template_in_the_language_of_the_page(
    visit: Visit, session: AnySession, language: str
) -> None:
    visitor = enter(visit, session, make_host(session), language)
    texts = read_templates()[CODE].texts[language]
    listed = visitor.get("/host/assignments/new/templates")
    page = visitor.get(listed.link(texts["title"]))
    assert page.heading == texts["title"]
    page = visitor.submit(page, action=PATH)
    draft = session.scalars(select(Assignment)).one()
    assert (draft.title, draft.tasks) == (texts["title"], texts["tasks"])
    for blank in {"zh": ("哪所学校", "几名"), "ar": ("أي مدرسة", "كم عدد")}[language]:
        assert page.text.count(blank) >= 2  # in the text, and in the line under it


def test_another_language_of_the_text_is_chosen_on_the_page(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, make_host(session))
    page = visitor.get(PATH)
    page = visitor.get(page.link("Français"))
    assert page.heading == "Train teachers in reading for the early grades"
    visitor.submit(page, action=PATH)
    assert session.scalars(select(Assignment.title)).one().startswith("Former les enseignants")


def test_blanks_stand_under_their_field_and_refuse_the_sending(visit: Visit, session: AnySession) -> None:
    work = make_whole(session, learning="How [which ward] works.", handover="[Who] takes over.")
    visitor = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}/edit/work")
    assert "Still to fill in: which ward." in page.text
    assert 'aria-describedby="learning-note"' in page.text
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit", status=422)
    assert "2 answers are missing" in page.text
    assert "Fill in what stands in square brackets, or take it out: which ward." in page.text
    assert f"/host/assignments/{work.id}/edit/background#handover" in page.text
    visitor.submit(visitor.get(f"/host/assignments/{work.id}/edit/work"), learning="How a ward works.", button="go on")
    visitor.submit(visitor.get(f"/host/assignments/{work.id}/edit/background"), handover="A clerk.", button="go on")
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit")
    assert "A coordinator is reading it" in page.text


def test_what_is_not_there_and_what_is_another_hosts(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, make_host(session, work.vio))
    assert work.title not in visitor.get("/host/assignments/new/earlier").text
    visitor.get("/host/assignments/new/templates/nothing", status=404)
    token = visitor.get("/host/assignments/new").form("title").data()["csrf_token"]
    for path, data in ((f"/host/assignments/{work.id}/copy", {}), (PATH, {"in": "de"}), (f"{PATH}x", {"in": "en"})):
        assert visitor.client.post(path, data={"csrf_token": token, **data}).status_code == 404
    assert session.scalars(select(Assignment)).one() is work
