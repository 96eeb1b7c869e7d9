from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, func, select

from tests.factories import AnySession, make_host, make_host_user, make_user, make_vio, make_volunteer
from tests.services.whole import make_whole
from webapp.courses import Course, Module, Option, Page, Question, read_course
from webapp.models import AuditEvent, Certificate, Host, TrainingAnswer, TrainingProgress, User
from webapp.services import assignments, training
from webapp.services.errors import NotFound


def course(version: int = 1, modules: tuple[str, ...] = ("one", "two"), code: str = "host") -> Course:
    options = (Option("good", "Good", "It is.", True), Option("bad", "Bad", "It is not.", False))
    questions = tuple(Question(code, f"{code}?", options) for code in ("first", "second"))
    made = (Module(name, "en", name.title(), "About it.", (Page("Page", ()),), questions) for name in modules)
    return Course(code, version, "Hosting", tuple(made))


def pass_all(session: AnySession, account: User, what: Course | None = None) -> None:
    what = what or read_course("host")
    for module in what.modules:
        training.answer(session, account, what, module.code, {one.code: one.right for one in module.questions})


def account_of(session: AnySession, strictness: str = "required", host: Host | None = None) -> User:
    return make_host_user(session, host or make_host(session, make_vio(session, host_training=strictness)))


def count(session: AnySession, table: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(table)) or 0)


def test_a_wrong_answer_is_kept_and_may_be_tried_again(session: AnySession) -> None:
    account = account_of(session)
    standing = training.standing(session, account, course(), "one")
    assert (standing.is_begun, standing.is_passed, standing.answers) == (False, False, {})
    standing = training.answer(session, account, course(), "one", {"first": "good", "second": "bad"})
    assert (standing.is_begun, standing.is_passed) == (True, False)
    assert standing.answers == {"first": "good", "second": "bad"}
    standing = training.answer(session, account, course(), "one", {"second": "good"})
    assert (standing.is_passed, standing.answers) == (True, {"first": "good", "second": "good"})
    assert count(session, TrainingAnswer) == 2


def test_a_passed_module_stays_passed(session: AnySession) -> None:
    account = account_of(session)
    training.answer(session, account, course(), "one", {"first": "good", "second": "good"})
    standing = training.answer(session, account, course(), "one", {"first": "bad"})
    assert (standing.is_passed, standing.answers["first"]) == (True, "good")


@pytest.mark.parametrize("chosen", [{}, {"third": "good"}, {"first": "worse"}, {"first": "second", "one": "good"}])
def test_what_is_not_asked_or_offered_is_passed_over(session: AnySession, chosen: dict[str, str]) -> None:
    assert training.answer(session, account_of(session), course(), "one", chosen).answers == {}


def test_an_unknown_module_does_not_exist(session: AnySession) -> None:
    account = account_of(session)
    with pytest.raises(NotFound):
        training.standing(session, account, course(), "three")
    with pytest.raises(NotFound):
        training.answer(session, account, course(), "three", {})
    with pytest.raises(NotFound):
        training.own_course(make_user(session, "coordinator"), "en")


def test_progress_belongs_to_one_account(session: AnySession) -> None:
    mine = account_of(session)
    colleague = make_host_user(session, mine.host)
    training.answer(session, mine, course(), "one", {"first": "good", "second": "good"})
    assert [one.is_begun for one in training.standings(session, colleague, course())] == [False, False]


def test_the_certificate_comes_with_the_last_module_and_once(session: AnySession) -> None:
    account = account_of(session)
    training.answer(session, account, course(), "two", {"first": "good", "second": "good"})
    assert training.certificate_of(session, account, "host") is None
    pass_all(session, account, course())
    pass_all(session, account, course())
    found = training.certificate_of(session, account, "host")
    assert found is not None
    assert (found.holder, found.version, found.vio_id) == (account.host.name, 1, account.vio_id)
    assert count(session, Certificate) == 1
    assert session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "certificate")).all() == [
        "certificate_issued"
    ]


def test_the_code_finds_it_however_it_is_written(session: AnySession) -> None:
    account = account_of(session)
    pass_all(session, account, course())
    found = training.certificate_of(session, account, "host")
    assert found is not None
    assert len(found.code.replace("-", "")) == 12
    assert training.find_certificate(session, f" {found.code.lower()} ") is found
    for wrong in ("", "ABCD-EFGH-JKMN", found.code[:-1]):
        with pytest.raises(NotFound):
            training.find_certificate(session, wrong)


def test_a_new_version_begins_anew_and_takes_no_certificate_away(session: AnySession) -> None:
    account = account_of(session)
    pass_all(session, account, course())
    assert [one.is_begun for one in training.standings(session, account, course(version=2))] == [False, False]
    assert training.is_trained(session, account.host)
    pass_all(session, account, course(version=2))
    newest = training.certificate_of(session, account, "host")
    assert newest is not None
    assert newest.version == 2
    assert count(session, Certificate) == 2


def test_each_role_has_its_own_course(session: AnySession) -> None:
    volunteer = make_volunteer(session)
    assert training.own_course(volunteer.user, "en") == read_course("volunteer")
    assert training.own_course(account_of(session), "zh") == read_course("host", "zh")


def test_a_volunteer_is_trained_with_the_last_module_and_stays_so(session: AnySession) -> None:
    volunteer = make_volunteer(session, full_name="Мээрим Асанова")
    what = course(code="volunteer")
    training.answer(session, volunteer.user, what, "one", {"first": "good", "second": "good"})
    assert not training.is_volunteer_trained(session, volunteer)
    pass_all(session, volunteer.user, what)
    assert training.is_volunteer_trained(session, volunteer)
    found = training.certificate_of(session, volunteer.user, "volunteer")
    assert found is not None
    assert (found.holder, found.vio_id) == ("Мээрим Асанова", volunteer.vio_id)
    training.answer(session, volunteer.user, course(2, code="volunteer"), "one", {"first": "bad"})
    assert training.is_volunteer_trained(session, volunteer)


def test_only_the_own_certificate_of_the_own_course_makes_a_volunteer_trained(session: AnySession) -> None:
    volunteer, unclaimed = make_volunteer(session), make_volunteer(session, claimed=False)
    pass_all(session, make_volunteer(session, volunteer.vio).user, course(code="volunteer"))
    pass_all(session, volunteer.user, course(code="host"))
    assert not training.is_volunteer_trained(session, volunteer)
    assert not training.is_volunteer_trained(session, unclaimed)


@pytest.mark.parametrize(("strictness", "asked"), [("not_asked", "not_asked"), ("advised", "advised")])
def test_where_it_is_not_required_a_host_may_send(session: AnySession, strictness: str, asked: str) -> None:
    account = account_of(session, strictness)
    work = make_whole(session, account.host)
    assert training.asked_of(session, work.host) == asked
    assignments.submit(session, account, work)
    assert work.state == "submitted"
    assert training.asked_of(session, work.host) == "not_asked"


def test_where_it_is_required_the_first_assignment_waits_for_it(session: AnySession) -> None:
    account = account_of(session)
    work = make_whole(session, account.host)
    with pytest.raises(training.TrainingNeeded):
        assignments.submit(session, account, work)
    assert work.state == "draft"
    pass_all(session, account)
    assignments.submit(session, account, work)
    assert work.state == "submitted"


def test_a_colleagues_certificate_counts_and_another_hosts_does_not(session: AnySession) -> None:
    account = account_of(session)
    work = make_whole(session, account.host)
    pass_all(session, account_of(session, host=make_host(session, account.vio)))
    assert training.asked_of(session, work.host) == "required"
    pass_all(session, make_host_user(session, work.host))
    assert training.asked_of(session, work.host) == "not_asked"


def test_who_has_sent_one_before_is_not_asked(session: AnySession) -> None:
    account = account_of(session, "advised")
    assignments.submit(session, account, make_whole(session, account.host))
    account.vio.host_training = "required"
    second = make_whole(session, account.host)
    assignments.submit(session, account, second)
    assert second.state == "submitted"


def test_everything_goes_with_the_account(session: AnySession) -> None:
    account = account_of(session)
    pass_all(session, account, course())
    session.execute(delete(User).where(User.id == account.id))
    assert [count(session, table) for table in (TrainingProgress, TrainingAnswer, Certificate)] == [0, 0, 0]
