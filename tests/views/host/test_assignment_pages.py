from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_volunteer
from tests.services.whole import make_whole, whole_columns
from webapp import clock
from webapp.models import Assignment, Host
from webapp.services import linking, ranking
from webapp.views.host.parts import PARTS

TASKS = "forage de puits, sage-femme, comptabilité"
SECTIONS = [part.code for part in PARTS]
Visit = Callable[[], Visitor]


def enter(visit: Visit, session: AnySession, host: Host) -> Visitor:
    user = make_host_user(session, host)
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor


def the_only_one(session: AnySession) -> Assignment:
    session.expire_all()
    return session.scalars(select(Assignment)).one()


def test_a_title_begins_a_draft_and_a_blank_one_does_not(visit: Visit, session: AnySession) -> None:
    visitor = enter(visit, session, make_host(session))
    page = visitor.submit(visitor.get("/host/assignments/new"), title=" ", status=422)
    assert "Give it a title" in page.text
    page = visitor.submit(page, title="Map the wells")
    assert page.heading == "The work"
    assert the_only_one(session).state == "draft"


def test_an_invalid_section_loses_nothing_and_keeps_nothing(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}/edit/place")
    page = visitor.submit(
        page, start_on="2027-05-01", end_on="2027-04-01", weeks="soon", hours="99", location="Mbeya", status=422
    )
    for words in (
        "Mbeya",
        "The last day lies before the first day",
        "Write a whole number",
        "from 1 to 60",
        "99",
        "soon",
    ):
        assert words in page.text
    assert the_only_one(session).location == "Kitui"
    visitor.submit(page, end_on="2027-12-01", weeks="12", hours="30", button="Save and look over it")
    kept = the_only_one(session)
    assert (kept.location, kept.hours, str(kept.start_on)) == ("Mbeya", 30, "2027-05-01")


@pytest.mark.parametrize("code", SECTIONS)
def test_saving_a_section_unchanged_changes_nothing(visit: Visit, session: AnySession, code: str) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    before = columns_of(work)
    visitor.submit(
        visitor.get(f"/host/assignments/{work.id}/edit/{code}"), action=f"/edit/{code}", button="Save and look"
    )
    assert columns_of(the_only_one(session)) == before


def test_own_words_suggest_skills_which_the_host_adds_or_leaves(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, skills={}, state="draft", title="Aide au village", tasks=TASKS)
    visitor = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}/preview")
    assert "You have chosen no skill" in page.text
    assert "Borehole drilling (you wrote: “forage de puits”)" in page.text
    assert "Borehole drilling (read from the host's text: “forage de puits”)" in unescape(page.text)
    page = visitor.get(f"/host/assignments/{work.id}/edit/skills")
    assert "Your own text speaks of these" in page.text
    assert "Midwifery and delivering babies (you wrote: “sage-femme”)" in page.text
    assert the_only_one(session).skills == []
    page = visitor.submit(page, action="/edit/skills", button="Add Borehole drilling")
    assert [one.skill for one in the_only_one(session).skills] == ["WAT-02"]
    assert "Borehole drilling (you wrote" not in page.text
    assert "Midwifery and delivering babies (you wrote" in page.text
    page = visitor.get(f"/host/assignments/{work.id}/preview")
    assert "You have chosen no skill" not in page.text and "read from" not in page.text


def test_the_preview_names_what_ranking_asks_for(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, skills={}, tasks=TASKS)
    person = make_volunteer(session, work.host.vio)
    asked = [
        (reason.evidence["skill"], reason.evidence["read_from_text"])
        for reason in ranking.explain_pair(session, person, work).reasons
        if "read_from_text" in reason.evidence
    ]
    assert len(asked) > 2
    assert linking.read_as_asked(work) == asked


def columns_of(work: Assignment) -> dict[str, Any]:
    lists = {
        "skills": [(s.skill, s.level, s.is_essential, s.needs_licence) for s in work.skills],
        "languages": [(s.language, s.level, s.is_required, s.for_safety) for s in work.languages],
        "money": [(m.payer, m.payee, m.what, m.amount, m.when) for m in work.money],
    }
    return {column.key: getattr(work, column.key) for column in Assignment.__table__.columns} | lists


def test_sending_lists_everything_that_is_missing(visit: Visit, session: AnySession) -> None:
    work = make_whole(session, tasks="", replaces_strikers=None)
    visitor = enter(visit, session, work.host)
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit", status=422)
    assert "2 answers are missing" in page.text
    assert "Describe the tasks." in page.text
    assert "standing in for people on strike" in page.text
    assert f"/host/assignments/{work.id}/edit/people#replaces_strikers" in page.text
    assert the_only_one(session).state == "draft"


def test_a_refusal_says_why_and_where(visit: Visit, session: AnySession) -> None:
    work = make_whole(session, is_security_work=True)
    visitor = enter(visit, session, work.host)
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit", status=422)
    assert "no guarding, police or military work" in page.text
    assert "no guarding" in visitor.get(f"/host/assignments/{work.id}/edit/people").text


def test_a_whole_assignment_is_sent_taken_back_and_copied(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit")
    assert "A coordinator is reading it" in page.text
    assert (
        "Take it back first"
        in visitor.submit(visitor.get(f"/host/assignments/{work.id}/edit/work"), title="Other", status=422).text
    )
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/take-back")
    assert the_only_one(session).state == "draft"
    visitor.submit(page, action="/copy")
    assert session.scalars(select(Assignment.title)).all() == [work.title] * 2


def test_skills_are_searched_picked_and_removed_without_scripts(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    path = f"/host/assignments/{work.id}/edit/skills"
    page = visitor.submit(visitor.get(path), find="midwif", skills_text="Patience.", button="Search")
    assert "Midwifery" in page.text
    assert "Patience." in page.text
    page = visitor.submit(page, find="midwif", button="Add Midwifery and delivering babies")
    kept = the_only_one(session)
    assert [(s.skill, s.needs_licence) for s in kept.skills] == [("NUR-01", False), ("NUR-02", True)]
    page = visitor.submit(page, action="/edit/skills", button="Remove General nursing")
    assert [s.skill for s in the_only_one(session).skills] == ["NUR-02"]
    page = visitor.submit(page, find="xyzzy", button="Search")
    assert "Nothing found" in page.text
    page = visitor.submit(page, new_language="sw", button="Add the language")
    values: dict[str, Any] = {"languages-1-for_safety": "y", "languages-1-level": "A2", "languages-1-is_required": "1"}
    visitor.submit(page, button="Save and look", **values)
    spoken = the_only_one(session).languages
    assert [(s.language, s.level, s.for_safety) for s in spoken] == [("fr", "B1", False), ("sw", "A2", True)]


def test_money_rows_grow_shrink_and_say_what_is_wrong(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    page = visitor.submit(
        visitor.get(f"/host/assignments/{work.id}/edit/money"), action="/edit/money", button="Add a line"
    )
    page = visitor.submit(page, **{"money-1-payer": "volunteer", "money-1-amount": "80 USD"}, status=422, button="Save")
    assert "Say who is paid." in page.text
    assert "80 USD" in page.text
    row: dict[str, Any] = {"money-1-payee": "third_party", "money-1-what": "visa", "money-1-when": "before leaving"}
    visitor.submit(page, button="Save", **row)
    assert [line.what for line in the_only_one(session).money] == ["room", "visa"]
    page = visitor.get(f"/host/assignments/{work.id}/edit/money")
    page = visitor.submit(page, action="/edit/money", button="Remove Who pays whom 1")
    visitor.submit(page, action="/edit/money", button="Save")
    assert [line.what for line in the_only_one(session).money] == ["visa"]


def test_the_six_questions_have_no_answer_beforehand(visit: Visit, session: AnySession) -> None:
    work = make_whole(session, is_security_work=None, contact_children=None)
    visitor = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}/edit/people")
    assert "is_security_work" not in page.form("is_security_work").data()
    visitor.submit(page, is_security_work="no", replaces_strikers="yes", button="Save")
    kept = the_only_one(session)
    assert (kept.is_security_work, kept.replaces_strikers, kept.contact_children) == (False, True, None)


def test_an_open_assignment_takes_wording_only(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session)
    visitor = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}/edit/work")
    visitor.submit(page, tasks="Better words.", button="Save the wording")
    assert the_only_one(session).tasks == "Better words."
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}/edit/place"), hours="12", status=422)
    assert "Take it back to change the rest" in page.text


def test_the_preview_and_the_sheet_show_what_a_volunteer_reads(visit: Visit, session: AnySession) -> None:
    host = make_host(session, about="We keep a ward of twenty beds.", safeguarding_person="Grace Mutua")
    work = make_whole(session, host, state="open", published_at=clock.now())
    reader = make_volunteer(session, host.vio)
    visitor = enter(visit, session, host)
    assert reader.user is not None
    other = visit()
    other.sign_in(reader.user.email, PASSWORD)
    read = words_of(other.get(f"/volunteer/openings/{work.id}"))
    texts = [value for value in whole_columns().values() if isinstance(value, str) and len(value) > 12]
    texts += ["We keep a ward of twenty beds.", "Grace Mutua", "room", host.vio.name]
    for path in ("preview", "sheet"):
        shown = words_of(visitor.get(f"/host/assignments/{work.id}/{path}"))
        assert [text for text in texts if text not in shown or text not in read] == []


def words_of(page: Page) -> str:
    return " ".join(unescape(page.text).split())


def test_calling_off_asks_for_words(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    visitor.submit(visitor.get(f"/host/assignments/{work.id}/cancel"), words="")
    assert the_only_one(session).state == "cancelled"


def test_another_hosts_assignment_is_not_there(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, make_host(session, work.vio))
    tails = ["", "/preview", "/sheet", "/cancel", "/applicants", "/shortlist", "/shortlist/sheet"]
    for tail in [*tails, *(f"/edit/{code}" for code in SECTIONS)]:
        visitor.get(f"/host/assignments/{work.id}{tail}", status=404)
    token = visitor.get("/host/assignments/new").form("title").data()["csrf_token"]
    for tail in ("/submit", "/take-back", "/close", "/cancel", "/copy", "/shortlist/tell"):
        answer = visitor.client.post(f"/host/assignments/{work.id}{tail}", data={"csrf_token": token})
        assert answer.status_code == 404, tail
    assert the_only_one(session).state == "draft"


def test_a_section_that_does_not_exist(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    enter(visit, session, work.host).get(f"/host/assignments/{work.id}/edit/nothing", status=404)


@pytest.mark.parametrize("language", ["zh", "ar"])
def test_pages_read_from_both_sides(visit: Visit, session: AnySession, language: str) -> None:
    work = make_whole(session)
    visitor = enter(visit, session, work.host)
    for path in (
        "/host/",
        f"/host/assignments/{work.id}",
        *(f"/host/assignments/{work.id}/edit/{c}" for c in SECTIONS),
    ):
        visitor.get(f"{path}?lang={language}")
