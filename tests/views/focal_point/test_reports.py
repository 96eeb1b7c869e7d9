"""A focal point reads what was handed over, answers, notes, passes on, closes; every look is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.factories import PASSWORD
from tests.safe import WHAT, Line, make_line, make_report
from webapp.db import SESSION_FACTORY
from webapp.models import AuditEvent, Report, SafeguardingLook


@pytest.fixture
def line(session: OrmSession) -> Line:
    """Make two focal points."""
    return make_line(session)


def test_report_goes_from_received_to_closed(session: OrmSession, client: Visitor, line: Line) -> None:
    report, _code = make_report(session, line)
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get(client.get("/focal-point/reports").link(f"Report {report.id}"))
    assert WHAT in page.text and "not said" in page.text
    page = client.submit(page, action="take", button="I work on it")
    page = client.submit(page, text="Where is the child now?", button="Answer the reporter")
    page = client.submit(page, text="Called the school.", button="Keep as a note")
    page = client.submit(page, text="Child protection office.", button="pass on")
    page = client.submit(page, text="The man has left the school.", button="Close with")
    assert "I work on it" in page.text and "Close with" not in page.text
    assert [word.side for word in report.words] == ["answer", "note", "note", "answer"]
    assert report.state == "closed"


def test_each_look_is_kept_and_shown_to_its_reader_alone(
    session: OrmSession, visit: Callable[[], Visitor], line: Line
) -> None:
    report, _code = make_report(session, line)
    session.commit()
    reader, other = visit(), visit()
    reader.sign_in(line.first.email, PASSWORD)
    other.sign_in(line.second.email, PASSWORD)
    for _turn in range(2):
        page = reader.get(f"/focal-point/reports/{report.id}")
    assert page.text.count("Amina Yusuf,") == 0 and "<bdi>Amina Yusuf</bdi>" in page.text
    other.get(f"/focal-point/reports/{report.id}", status=404)
    assert [look.user_id for look in session.query(SafeguardingLook)] == [line.first.id] * 2
    assert session.query(AuditEvent).filter(AuditEvent.action.contains("look")).count() == 0


def test_handed_over_report_is_gone_from_the_list(session: OrmSession, client: Visitor, line: Line) -> None:
    report, _code = make_report(session, line)
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get(f"/focal-point/reports/{report.id}")
    page = client.submit(page, action="hand-over", user_id=str(line.second.id))
    assert page.path == "/focal-point/reports" and f"Report {report.id}" not in page.text
    assert report.handler is line.second


def test_paper_that_names_the_writer_goes_to_the_other(session: OrmSession, client: Visitor, line: Line) -> None:
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get("/focal-point/reports/new")
    page = client.submit(page, intake="paper", kind="money", what="Amina asked for money.")
    assert "is kept" in page.heading and 'class="secret"' not in page.text
    (report,) = session.query(Report)
    assert (report.intake, report.handler) == ("paper", line.second)
    client.get(f"/focal-point/reports/{report.id}", status=404)


def test_telephone_gives_a_code_where_the_person_chose_a_phrase(
    session: OrmSession, client: Visitor, line: Line
) -> None:
    session.commit()
    client.sign_in(line.first.email, PASSWORD)
    page = client.get("/focal-point/reports/new")
    page = client.submit(page, intake="phone", kind="danger", what=WHAT, phrase="green door")
    assert 'class="secret"' in page.text
    assert session.query(Report).one().handler is line.first


def test_under_another_key_the_page_says_that_its_words_cannot_be_read(
    session: OrmSession, client: Visitor, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, _code = make_report(session, line)
    session.commit()
    path = f"/focal-point/reports/{report.id}"
    client.sign_in(line.first.email, PASSWORD)
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": "another key"})
    session.expire_all()
    page = client.get(path, status=500)
    assert "words on this page cannot be read" in page.text and WHAT not in page.text
