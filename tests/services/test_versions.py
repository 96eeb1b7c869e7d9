"""Versions of an assignment: one for each sending, with all that it says."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.factories import AnySession, make_host_user, make_user
from tests.services.whole import make_whole
from webapp import clock
from webapp.assignment_changes import changes_between
from webapp.courses import read_course
from webapp.models import Assignment, AssignmentVersion
from webapp.services import assignments, reviews, training, versions
from webapp.services.coach import coaching_of
from webapp.services.errors import IllegalMove


def test_each_sending_keeps_a_version_with_score_and_training(session: AnySession) -> None:
    work = make_whole(session)
    account = make_host_user(session, work.host)
    first_score = coaching_of(work).score
    assignments.submit(session, account, work)
    reviews.ask_for_changes(session, make_user(session, "coordinator", work.vio), work, "Say more.")
    course = read_course("host")
    for module in course.modules:
        training.answer(session, account, course, module.code, {one.code: one.right for one in module.questions})
    assignments.edit(session, account, work, {"tasks": "Help.", "hours": 20})
    assignments.submit(session, account, work)
    first, second = versions.versions_of(session, work)
    assert [(one.number, one.host_trained) for one in (first, second)] == [(1, False), (2, True)]
    assert (first.score, second.score) == (first_score, coaching_of(work).score)
    assert first.score > second.score
    assert (first.says["hours"], second.says["hours"]) == (35, 20)


def test_sending_twice_keeps_one_version(session: AnySession) -> None:
    work = make_whole(session)
    account = make_host_user(session, work.host)
    assignments.submit(session, account, work)
    with pytest.raises(IllegalMove):
        assignments.submit(session, account, work)
    assert len(versions.versions_of(session, work)) == 1


def test_version_holds_every_word_and_nothing_of_others(session: AnySession) -> None:
    work = make_whole(session)
    assignments.submit(session, make_host_user(session, work.host), work)
    (version,) = versions.versions_of(session, work)
    assert set(version.says) == {*Assignment.__table__.columns.keys(), *versions.LISTS} - versions.NOT_SAID
    session.expire_all()
    sent = versions.as_sent(work, version)
    for name in set(version.says) - set(versions.LISTS):
        assert getattr(sent, name) == getattr(work, name), name
    assert changes_between(sent, work, "en", clock.today()) == []
    assert sent not in session


def test_what_changed_is_told_field_by_field(session: AnySession) -> None:
    work = make_whole(session)
    account = make_host_user(session, work.host)
    assignments.submit(session, account, work)
    assert versions.to_compare(work, versions.versions_of(session, work)) is None
    assignments.take_back(session, account, work)
    rows = [{"language": "sw", "level": "B2", "is_required": True, "for_safety": False}]
    assignments.edit(
        session, account, work, {"title": "Records", "hours": 20, "supervisor": "Juma Otieno", "languages": rows}
    )
    assignments.submit(session, account, work)
    compared = versions.to_compare(work, versions.versions_of(session, work))
    assert compared.number == 1
    told = changes_between(versions.as_sent(work, compared), work, "en", clock.today())
    assert [one.label for one in told] == ["Title", "Hours a week", "Languages", "Supervisor"]
    assert [(one.before, one.after) for one in told][1:2] == [("35", "20")]
    assert told[-1].after == "Juma Otieno"


@pytest.mark.parametrize(
    "over", [{"number": 0}, {"score": 101}, {"waived_at": clock.now()}, {"waiver_reason": "Because."}]
)
def test_table_keeps_no_impossible_version(session: AnySession, over: dict[str, object]) -> None:
    work = make_whole(session)
    columns = {"number": 1, "score": 50, "says": {}, "host_trained": False, "kept_at": clock.now(), "waiver_reason": ""}
    session.add(AssignmentVersion(assignment_id=work.id, **{**columns, **over}))
    with pytest.raises(IntegrityError):
        session.flush()
