"""Lists of hosts and assignments: their hosts, what is never published, and what may open."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_assignment, make_host, make_vio
from tests.services.imports.lists import SAFE, bring, csv_of, dry_run, faults, only
from webapp.models import AuditEvent, Match
from webapp.services import agreements
from webapp.services.imports.apply import NotYet

HEADER = "id,title,tasks,country,start_on,places_international,languages"
ROW = "A1,Teacher,Teach mathematics in a village school.,Malawi,2024-09-01,2,en:B1"


def test_hosts_come_in_unverified_and_what_was_verified_stays(session: AnySession) -> None:
    vio = make_vio(session)
    data = csv_of("编号,机构名称,国家,邮箱", "H1,湖滨诊所,肯尼亚,lake@hosts.example")
    [host] = bring(session, vio, "hosts", data)
    assert (host.name, host.country, host.state, host.external_id) == ("湖滨诊所", "KE", "unverified", "H1")
    assert dry_run(session, vio, "hosts", data)[0].counts["unchanged"] == 1
    verified = make_host(session, vio, external_id="H2", name="School", country="KE")
    checked, _ = dry_run(session, vio, "hosts", csv_of("id,name,country,about", "H2,School,Peru,new words"))
    assert faults(checked)[0][:2] == (2, "country") and "verification" in faults(checked)[0][2]
    bring(session, vio, "hosts", csv_of("id,name,about", "H2,School,new words"))
    assert (verified.about, verified.country) == ("new words", "KE")


def test_assignments_wait_for_review_unless_reviewed(session: AnySession) -> None:
    vio = make_vio(session)
    host = make_host(session, vio, external_id="H1")
    over = {"constants": SAFE | {"host_id": "H1"}, "shift_years": 4}
    [one] = bring(session, vio, "assignments", csv_of(HEADER, ROW), **over)
    assert (one.state, one.host_id, one.start_on, one.published_at) == ("submitted", host.id, date(2028, 9, 1), None)
    assert set(one.assumed) == {*SAFE, "host_id", "start_on"}
    again, _ = dry_run(session, vio, "assignments", csv_of(HEADER, ROW), **over)
    assert only(again).status == "unchanged"
    other = csv_of(HEADER, ROW.replace("A1", "A2"))
    [opened] = bring(session, vio, "assignments", other, displacement="none", **over)
    assert opened.state == "open" and opened.published_at is not None
    assert [len(agreements.agreed(session, work).kept) for work in (one, opened)] == [0, 1]
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_id == opened.id).order_by(AuditEvent.id)
    )
    assert [action for action in actions if action.startswith("assignment_")] == [
        "assignment_imported",
        "assignment_submitted",
        "assignment_open",
    ]


@pytest.mark.parametrize(
    ("verified", "constants", "row", "words"),
    [
        (False, {}, ROW, "not verified"),
        (True, {"is_child_institution": ""}, ROW, "An institution where children live"),
        (True, {}, ROW.replace(",2,", ",0,"), "International places"),
        (True, {}, ROW.replace("a village school", "orphanages"), "only assumed"),
    ],
)
def test_what_cannot_open_waits_and_says_why(
    session: AnySession, verified: bool, constants: dict[str, str], row: str, words: str
) -> None:
    vio = make_vio(session)
    make_host(session, vio, external_id="H1", verified=verified)
    over = {"constants": SAFE | {"host_id": "H1"} | constants, "displacement": "none", "shift_years": 4}
    checked, _ = dry_run(session, vio, "assignments", csv_of(HEADER, row), **over)
    assert any(words in str(note) for note in only(checked).notes)
    [one] = bring(session, vio, "assignments", csv_of(HEADER, row), **over)
    assert one.state == "submitted"


def test_what_is_never_published_is_refused_by_name(session: AnySession) -> None:
    vio = make_vio(session)
    make_host(session, vio, external_id="H1")
    header, row = HEADER + ",is_child_institution,weeks", ROW + ",yes,8"
    over = {
        "constants": {name: word for name, word in SAFE.items() if name != "is_child_institution"} | {"host_id": "H1"}
    }
    checked, _ = dry_run(session, vio, "assignments", csv_of(header, row), **over)
    [(number, column, words)] = faults(checked)
    assert (number, column) == (2, "is_child_institution") and "institution" in words
    assert only(checked).name == "Teacher" and only(checked).id == "A1"
    with pytest.raises(NotYet):
        bring(session, vio, "assignments", csv_of(header, row), **over)


def test_faults_between_cells_are_found(session: AnySession) -> None:
    vio = make_vio(session)
    make_host(session, vio, name="Lake Clinic")
    make_host(session, vio, name="Twin")
    make_host(session, vio, name="TWIN")
    header = "id,host,title,tasks,country,start,end,licensed_skills"
    rows = (
        "1,lake clinic,T,t,Kenya,2027-03-01,2027-02-01,",
        "2,Nobody,T,t,Kenya,2027-03-01,,",
        "3,Twin,T,t,Kenya,2027-03-01,,",
        "4,Lake Clinic,T,t,,2027-03-01,,",
        "5,Lake Clinic,T,,Kenya,2027-03-01,,",
        "6,Lake Clinic,T,t,Kenya,2027-03-01,,NUR-01",
        "7,,T,t,Kenya,2027-03-01,,",
    )
    checked, _ = dry_run(session, vio, "assignments", csv_of(header, *rows))
    assert [(row, column) for row, column, _ in faults(checked)] == [
        (2, "end"),
        (3, "host"),
        (4, "host"),
        (5, "country"),
        (6, "tasks"),
        (7, "licensed_skills"),
        (8, "host"),
    ]


def test_hours_online_have_two_ends_and_a_list_has_the_columns_it_needs(session: AnySession) -> None:
    vio = make_vio(session)
    make_host(session, vio, external_id="H1")
    data = csv_of("id,title,tasks,mode,online_from,online_to", "1,T,t,online,09:00,", "2,T,t,online,,17:00")
    checked, _ = dry_run(session, vio, "assignments", data, constants={"host_id": "H1"})
    assert [(row, column) for row, column, _ in faults(checked)] == [(2, "online_to"), (3, "online_from")]
    checked, _ = dry_run(session, vio, "assignments", csv_of("id,title,tasks", "1,T,t"))
    (_, column, words), *_ = faults(checked)
    assert column == "host_id" and "Choose which of your columns" in words


def test_work_that_is_over_is_not_published(session: AnySession) -> None:
    vio = make_vio(session)
    make_host(session, vio, external_id="H1")
    data = csv_of(HEADER + ",end_on", ROW + ",2024-12-01")
    over = {"constants": SAFE | {"host_id": "H1"}, "displacement": "none"}
    checked, _ = dry_run(session, vio, "assignments", data, **over)
    assert any("Last day" in str(note) for note in only(checked).notes)
    [one] = bring(session, vio, "assignments", data, **over)
    assert one.state == "submitted"


def test_hosts_of_one_name_in_one_country_may_be_the_same(session: AnySession) -> None:
    vio = make_vio(session)
    make_host(session, vio, name="Lake Clinic", country="KE")
    for country, status in (("Kenya", "duplicate"), ("Peru", "new")):
        checked, _ = dry_run(session, vio, "hosts", csv_of("id,name,country", f"H9,Clinic Lake,{country}"))
        assert only(checked).status == status


def test_open_assignment_changes_only_after_review_and_a_closed_one_never(session: AnySession) -> None:
    vio = make_vio(session)
    host = make_host(session, vio, external_id="H1")
    one = make_assignment(session, host, external_id="A1", title="Nurse", country="MW", tasks="Old words")
    data = csv_of("id,tasks", "A1,New words")
    checked, _ = dry_run(session, vio, "assignments", data)
    assert "reviewed the list" in faults(checked)[0][2]
    bring(session, vio, "assignments", data, displacement="none")
    assert (one.tasks, one.state) == ("New words", "open")
    assert agreements.agreed(session, one).is_kept
    one.state = "closed"
    checked, _ = dry_run(session, vio, "assignments", csv_of("id,tasks", "A1,Third words"), displacement="none")
    assert "over" in faults(checked)[0][2]
    checked, _ = dry_run(session, vio, "assignments", csv_of("id,tasks", "A1,New words"), displacement="none")
    assert faults(checked) == []
    assert session.scalars(select(Match)).all() == []


def test_skills_and_languages_hang_together(session: AnySession) -> None:
    vio = make_vio(session)
    host = make_host(session, vio, external_id="H1")
    one = make_assignment(
        session,
        host,
        external_id="A1",
        state="submitted",
        published_at=None,
        skills={"NUR-01": 2},
        languages={"fr": "B1"},
    )
    data = csv_of("id,skills_desirable,languages_helpful", "A1,HEA-01:1,sw")
    bring(session, vio, "assignments", data)
    assert [(s.skill, s.level, s.is_essential) for s in one.skills] == [("NUR-01", 2, True), ("HEA-01", 1, False)]
    assert [(s.language, s.is_required) for s in one.languages] == [("fr", True), ("sw", False)]
