from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, AnySession, make_host, make_host_user, make_user, make_vio
from tests.services.test_training import pass_all
from tests.services.whole import make_whole
from webapp.courses import read_course
from webapp.models import Host, User
from webapp.services import training

Visit = Callable[[], Visitor]
COURSE = read_course("host")
NEEDS = COURSE.modules[0]


def enter(visit: Visit, session: AnySession, host: Host | None = None) -> tuple[Visitor, User]:
    user = make_host_user(session, host or make_host(session))
    session.commit()
    visitor = visit()
    visitor.sign_in(user.email, PASSWORD)
    return visitor, user


def choices(module: str = "needs", **instead: str) -> dict[str, str]:
    found = COURSE.module(module)
    assert found is not None
    return {question.code: question.right for question in found.questions} | instead


def send(visitor: Visitor, module: str = "needs", **instead: str) -> Page:
    page = visitor.get(f"/host/training/{module}/quiz")
    return visitor.submit(page, action="/quiz", **choices(module, **instead))


def test_every_page_of_every_module_can_be_read_and_printed(visit: Visit, session: AnySession) -> None:
    visitor, _user = enter(visit, session)
    index = visitor.get("/host/training")
    for module in COURSE.modules:
        assert module.title in index.text
        page = visitor.get(f"/host/training/{module.code}/1")
        for number, text in enumerate(module.pages, start=1):
            assert page.heading == text.title
            if number < len(module.pages):
                page = visitor.get(page.link("Next"))
        assert visitor.get(page.link("To the quiz")).heading == "Quiz"
        sheet = visitor.get(f"/host/training/{module.code}/sheet")
        assert all(page.title in sheet.text for page in module.pages)
        assert all(question.options[0].reason not in sheet.text for question in module.questions)
    assert "<img" not in index.text


def test_a_wrong_answer_shows_its_reason_and_the_right_ones_are_kept(visit: Visit, session: AnySession) -> None:
    visitor, _user = enter(visit, session)
    page = send(visitor, task="assist")
    assert "Not the best answer." in page.text
    assert "It could mean anything from cooking to accounts." in page.text
    assert NEEDS.questions[1].option("weekly").reason not in page.text
    assert page.form("task").data()["first"] == ["need"]
    assert "quiz begun" in visitor.get("/host/training").text
    page = visitor.submit(page, action="/quiz", task="weekly")
    assert "This module is passed" in page.text
    assert "passed" in visitor.get("/host/training").text


def test_all_modules_lead_to_a_certificate_that_everybody_may_read(
    visit: Visit, session: AnySession, client: Visitor
) -> None:
    visitor, user = enter(visit, session)
    for module in COURSE.modules:
        send(visitor, module.code)
    link = visitor.get("/host/training").link("certificate")
    page = client.get(link)
    assert page.heading == "Certificate"
    host = user.host
    assert host is not None
    for words in (host.name, host.vio.name, COURSE.title, link.rpartition("/")[2]):
        assert words in page.text
    assert user.email not in page.text
    assert client.get(link.lower()).heading == "Certificate"


def test_a_certificate_can_be_read_in_another_language(visit: Visit, session: AnySession, client: Visitor) -> None:
    visitor, user = enter(visit, session)
    pass_all(session, user)
    session.commit()
    page = client.get(visitor.get("/host/training").link("certificate"))
    page = client.submit(page, action="/language", button="Français")
    assert page.path.startswith("/certificates/")
    assert page.markup.root["lang"] == "fr"


@pytest.mark.parametrize(("strictness", "is_told"), [("required", True), ("advised", False), ("not_asked", False)])
def test_the_first_page_names_a_training_that_comes_first(
    visit: Visit, session: AnySession, strictness: str, is_told: bool
) -> None:
    visitor, user = enter(visit, session, make_host(session, make_vio(session, host_training=strictness)))
    told = "The training comes before your first assignment"
    assert (told in visitor.get("/host/").text) is is_told
    pass_all(session, user)
    session.commit()
    assert told not in visitor.get("/host/").text


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "x", "1", "%20", "ä"])
def test_an_unknown_certificate_is_not_found(client: Visitor, session: AnySession, code: str) -> None:
    assert client.get(f"/certificates/{code}", status=404).heading == "No certificate has this number"


@pytest.mark.parametrize("path", ["other/1", "needs/0", "needs/9", "other/quiz", "other/sheet"])
def test_what_no_course_has_is_not_found(visit: Visit, session: AnySession, path: str) -> None:
    visitor, _user = enter(visit, session)
    visitor.get(f"/host/training/{path}", status=404)


def test_another_accounts_progress_is_not_shown(visit: Visit, session: AnySession) -> None:
    mine, user = enter(visit, session)
    send(mine)
    for host in (user.host, make_host(session)):
        other, _account = enter(visit, session, host)
        assert "not passed yet" in other.get("/host/training").text
        assert "This module is passed" not in other.get("/host/training/needs/quiz").text


def test_other_roles_and_visitors_do_not_get_in(visit: Visit, session: AnySession) -> None:
    coordinator = make_user(session, "coordinator")
    session.commit()
    visitor = visit()
    assert "password" in visitor.get("/host/training").form("email", "password").names
    visitor.sign_in(coordinator.email, PASSWORD)
    for path in ("/host/training", "/host/training/needs/1", "/host/training/needs/quiz"):
        visitor.get(path, status=403)


def test_a_language_without_text_says_so_and_shows_english(visit: Visit, session: AnySession) -> None:
    visitor, _user = enter(visit, session)
    page = visitor.get("/host/training/needs/1?lang=ar")
    assert '<div lang="en" dir="ltr">' in page.text
    assert "Many assignments begin with" in page.text
    assert '<div lang="zh" dir="ltr">' in visitor.get("/host/training/needs/1?lang=zh").text
    assert "not translated yet" not in visitor.get("/host/training/needs/1?lang=en").text


def test_a_strict_office_holds_back_the_first_assignment(visit: Visit, session: AnySession) -> None:
    host = make_host(session, make_vio(session, host_training="required"))
    work = make_whole(session, host)
    visitor, user = enter(visit, session, host)
    page = visitor.get(f"/host/assignments/{work.id}")
    assert "Finish the training first" in page.text
    page = visitor.submit(page, action="/submit", status=422)
    assert page.link("Go to the training") == "/host/training"
    pass_all(session, user)
    session.commit()
    page = visitor.submit(visitor.get(f"/host/assignments/{work.id}"), action="/submit")
    assert "A coordinator is reading it" in page.text


def test_a_mild_office_advises_and_lets_it_pass(visit: Visit, session: AnySession) -> None:
    work = make_whole(session)
    visitor, _user = enter(visit, session, work.host)
    page = visitor.get(f"/host/assignments/{work.id}")
    assert "The training helps with the first assignment" in page.text
    assert "A coordinator is reading it" in visitor.submit(page, action="/submit").text


def test_a_coordinator_chooses_how_strictly(visit: Visit, session: AnySession) -> None:
    host = make_host(session)
    coordinator = make_user(session, "coordinator", host.vio)
    session.commit()
    visitor = visit()
    visitor.sign_in(coordinator.email, PASSWORD)
    assert "not finished" in visitor.get(f"/coordinator/hosts/{host.id}").text
    page = visitor.get("/coordinator/settings")
    visitor.submit(page, host_training="sometimes", status=422)
    visitor.submit(page, host_training="required", volunteer_training="advised")
    session.expire_all()
    assert host.vio.volunteer_training == "advised"
    assert training.asked_of(session, host) == "required"
