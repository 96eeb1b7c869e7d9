"""What a volunteer reads of an application, its offers and its placement."""

from __future__ import annotations

from datetime import timedelta

from tests.clearing import clear_everything
from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, agree_until, coordinator_of, days, make_offer, sign_both, user_of
from webapp.services import applications, debriefs, offers, placements, shortlists
from webapp.services.timeline import Next, next_step, timeline
from webapp.working_days import next_working_day


def test_the_whole_way_is_told_in_order_with_what_comes_next(session: AnySession) -> None:
    work = make_assignment(session)
    volunteer, host = make_volunteer(session, work.vio), make_host_user(session, work.host)
    who, person = coordinator_of(session, work.vio), user_of(volunteer)
    application = applications.apply(session, person, volunteer, work, "")
    came = [next_step(session, application)]
    shortlists.shortlist(session, host, application)
    came.append(next_step(session, application))
    first = make_offer(session, application, who)
    came.append(next_step(session, application))
    offers.withdraw_offer(session, who, first, "dates", KIND_WORDS)
    came.append(next_step(session, application))
    second = make_offer(session, application, who)
    placement = offers.accept(session, person, second)
    came.append(next_step(session, application))
    clear_everything(session, placement)
    sign_both(session, placement)
    placements.start(session, who, placement, placement.starts_on)
    longer = placement.ends_on + timedelta(7)
    agree_until(session, placement, longer)
    placements.extend(session, who, placement, longer)
    came.append(next_step(session, application))
    placements.complete(session, who, placement, longer)
    came.append(next_step(session, application))
    debriefs.give(session, person, placement, 5, 5)
    next_word = next_working_day((work.host.country, work.vio.country), days(14))
    assert came == [
        Next("host_answers", application.answer_by),
        Next("host_writes", next_word),
        Next("you_answer", first.answer_by),
        Next("office_decides", next_word),
        Next("preparation", placement.starts_on),
        Next("stay", longer),
        Next("debrief"),
    ]
    assert next_step(session, application) == Next("alumni")
    told = timeline(session, application)
    assert [(step.kind, step.state) for step in told] == [
        ("application", "submitted"),
        ("application", "shortlisted"),
        ("application", "selected"),
        ("offer", "made"),
        ("offer", "withdrawn"),
        ("offer", "made"),
        ("offer", "accepted"),
        ("placement", "preparing"),
        ("placement", "active"),
        ("placement", "extended"),
        ("placement", "completed"),
    ]
    assert [step.day for step in told if step.day] == [first.answer_by, second.answer_by, longer]


def test_each_step_is_told_once(session: AnySession) -> None:
    work = make_assignment(session)
    volunteer = make_volunteer(session, work.vio)
    application = applications.apply(session, user_of(volunteer), volunteer, work, "")
    applications.withdraw(session, user_of(volunteer), application)
    assert [step.state for step in timeline(session, application)] == ["submitted", "withdrawn"]
    assert next_step(session, application) is None


def test_rows_without_audit_still_begin_with_the_application(session: AnySession) -> None:
    application = make_application(session, make_volunteer(session), make_assignment(session), state="shortlisted")
    assert [step.state for step in timeline(session, application)] == ["submitted", "shortlisted"]
