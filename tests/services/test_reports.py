"""A report goes to one focal point whom it does not name, and back to whoever holds code and phrase."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_user, make_vio
from tests.safe import PHRASE, WHAT, make_line, make_report
from webapp import clock
from webapp.models import AuditEvent, Mail, Report
from webapp.services import codes
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.safeguarding import handling, people, references, routing, speaking_up


def test_first_focal_point_reads_it_and_nobody_else(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    assert handling.reports_of(session, line.first) == [report]
    assert handling.reports_of(session, line.second) == []
    stranger = make_line(session).first
    for account in (line.second, stranger):
        with pytest.raises(NotFound):
            handling.report_for(session, account, report.id)
    for role in ("coordinator", "administrator", "volunteer", "supporter"):
        with pytest.raises(NotFound):
            handling.report_for(session, make_user(session, role, line.vio), report.id)


@pytest.mark.parametrize(
    "over",
    [
        {"who": "It was Amina Yusuf."},
        {"what": "Mrs AMINA from the office took the money."},
        {"who": "yusuf, the one who comes on Mondays"},
    ],
)
def test_report_that_names_the_first_goes_to_the_second(session: OrmSession, over: dict[str, str]) -> None:
    line = make_line(session)
    report, _code = make_report(session, line, **over)
    assert report.handler is line.second
    with pytest.raises(NotFound):
        handling.report_for(session, line.first, report.id)


def test_name_in_a_script_without_spaces_is_found(session: OrmSession) -> None:
    line = make_line(session)
    line.first.display_name = "陈伟强"
    assert make_report(session, line, what="是陈伟强打了孩子。")[0].handler is line.second


def test_whom_the_reporter_rules_out_never_reads_it(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line, not_to=(line.first,))
    assert report.handler is line.second
    assert handling.others(session, line.second, report) == []
    with pytest.raises(Refused):
        handling.hand_over(session, line.second, report, line.first.id)
    line.second.active = False
    session.flush()
    assert routing.find_readers(session) == 0  # rather nobody than the one who was ruled out
    third = make_user(session, "focal_point", line.vio)
    assert routing.find_readers(session) == 1
    assert report.handler is third


def test_nothing_is_kept_where_nobody_would_be_left_to_read(session: OrmSession) -> None:
    line = make_line(session)
    with pytest.raises(Refused, match="another organization"):
        make_report(session, line, not_to=(line.first, line.second))
    with pytest.raises(Refused):
        make_report(session, line, not_to=(line.second,), who="Amina")
    with pytest.raises(Refused):
        speaking_up.speak_up(session, make_vio(session).id, speaking_up.Said("other", WHAT), PHRASE)
    assert session.query(Report).count() == 0


def test_ruling_out_somebody_elsewhere_changes_nothing(session: OrmSession) -> None:
    line, other = make_line(session), make_line(session)
    report, _code = make_report(session, line, not_to=(other.first,))
    assert report.handler is line.first
    assert report.exclusions == []


def test_code_and_phrase_open_it_however_they_are_written(session: OrmSession) -> None:
    report, code = make_report(session, make_line(session))
    assert code.replace("-", "") not in report.code_hash + report.phrase_hash
    assert PHRASE not in report.phrase_hash
    for written in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        assert speaking_up.find(session, written, " The  Blue Gate") is report
    for wrong in ((code, "the red gate"), ("AAAA-BBBB-CCCC", PHRASE), ("", ""), (code, ""), ("💧" * 40, "\u202e")):
        with pytest.raises(NotFound):
            speaking_up.find(session, *wrong)


def test_same_phrase_leaves_another_hash() -> None:
    assert references.hash_of_phrase(PHRASE) != references.hash_of_phrase(PHRASE)
    assert len({codes.new_code() for _turn in range(500)}) == 500


def test_guessing_a_phrase_is_slowed_down_for_that_code_alone(session: OrmSession) -> None:
    line = make_line(session)
    (_one, code), (_other, second) = make_report(session, line), make_report(session, line)
    for _turn in range(8):
        speaking_up.note_wrong_phrase(session, code)
    assert speaking_up.is_throttled(session, code.lower())
    assert not speaking_up.is_throttled(session, second)


def test_reporter_reads_answers_and_no_notes(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    handling.take(session, line.first, report)
    handling.write(session, line.first, report, "Thank you. Where is the child now?", is_answer=True)
    handling.write(session, line.first, report, "Ask the school.", is_answer=False)
    handling.refer(session, line.first, report, "Passed to the child protection office.")
    session.refresh(report)
    assert [word.text for word in speaking_up.said_to_reporter(report)] == ["Thank you. Where is the child now?"]


def test_more_words_that_name_the_reader_take_the_report_away_first(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    speaking_up.add_words(session, report, "I did not dare to say it: it was Amina.")
    assert handling.reports_of(session, line.second) == [report]
    with pytest.raises(NotFound):
        handling.report_for(session, line.first, report.id)
    speaking_up.add_words(session, report, "And Chen knew of it.")
    assert report.handler is None
    assert [handling.reports_of(session, one) for one in (line.first, line.second)] == [[], []]


def test_words_after_the_end_open_it_again(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    with pytest.raises(IllegalMove):
        handling.close(session, line.first, report, "Nothing to do.")
    handling.take(session, line.first, report)
    handling.close(session, line.first, report, "The school has a new rule.")
    assert report.closed_at is not None
    speaking_up.add_words(session, report, "It happened again.")
    assert (report.state, report.closed_at) == ("in_hand", None)


def test_handing_over_takes_it_out_of_ones_own_sight(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    handling.hand_over(session, line.first, report, line.second.id)
    assert handling.reports_of(session, line.first) == []
    with pytest.raises(NotFound):
        handling.write(session, line.first, report, "one more thing", is_answer=False)
    with pytest.raises(NotFound):
        handling.take(session, line.first, report)


def test_who_writes_it_down_keeps_it_unless_named(session: OrmSession) -> None:
    line = make_line(session)
    for who, reader in (("the driver", line.second), ("Chen", line.first)):
        said = speaking_up.Said("money", WHAT, who=who, intake="phone")
        report, _code = speaking_up.speak_up(session, line.vio.id, said, "", taken_by=line.second)
        assert report.handler is reader


def test_letters_and_audit_say_nothing_of_it(session: OrmSession) -> None:
    line = make_line(session)
    report, code = make_report(session, line, name="Juma", contact="+254 700", wish="reach")
    handling.take(session, line.first, report)
    letters = " ".join(f"{mail.subject} {mail.body}" for mail in session.query(Mail))
    assert session.query(Mail).one().to == line.first.email
    events = session.query(AuditEvent).filter_by(subject_kind="report").all()
    assert {event.action for event in events} == {"report_received", "report_in_hand"}
    assert {event.vio_id for event in events} == {None}  # no list of the organization's events holds them
    for secret in (WHAT, "Juma", "+254", code, "report"):
        assert secret not in letters
        assert secret == "report" or secret not in str([event.detail for event in events])


def test_closed_account_reads_no_more_and_the_next_one_does(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    line.first.active = False
    session.flush()
    assert people.focal_points(session, line.vio.id) == [line.second]
    assert routing.find_readers(session) == 1
    assert report.handler is line.second
    assert clock.now() - report.created_at < timedelta(minutes=5)


def test_report_is_handed_over_by_its_handler_alone(session: OrmSession) -> None:
    line = make_line(session)
    report, _code = make_report(session, line)
    with pytest.raises(NotFound):
        handling.hand_over(session, line.second, report, line.first.id)
    with pytest.raises(NotFound):
        speaking_up.own(session, 999_999_999)


def test_focal_point_without_a_name_is_not_ruled_out_by_it(session: OrmSession) -> None:
    line = make_line(session)
    line.first.display_name = None
    assert routing.named_in(["Everybody knows it."], [line.first]) == set()
