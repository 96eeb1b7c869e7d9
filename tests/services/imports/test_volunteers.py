"""Lists of volunteers: what comes in, what is shown before, and what nobody does silently."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tests.factories import AnySession, make_vio, make_volunteer
from tests.services.imports.lists import SAID, bring, csv_of, dry_run, faults, only
from webapp.models import AuditEvent, Volunteer
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import person_relations
from webapp.services.errors import Refused
from webapp.services.imports import apply as applying
from webapp.services.imports.apply import NotYet
from webapp.services.list_rows import standing, volunteer_row

ANA = "1,Ana Pérez,ana@people.example,Peru,First aid (3)"
HEADER = "No.,Nombre completo,Correo,País,Skills"
LIST = csv_of(HEADER, ANA, "2,王小明,wang@people.example,NA,急救:2", "3,Ama,,Ghana,")


def count(session: AnySession) -> int:
    return session.scalar(select(func.count()).select_from(Volunteer)) or 0


def test_people_come_in_unclaimed_and_with_what_was_stated(session: AnySession) -> None:
    vio = make_vio(session)
    ana, wang, ama = bring(session, vio, "volunteers", LIST, statements=SAID)
    assert (ana.full_name, ana.email, ana.residence, ana.user_id, ana.external_id) == (
        "Ana Pérez",
        "ana@people.example",
        "PE",
        None,
        "1",
    )
    assert [(one.skill, one.level) for one in ana.skills] == [("HEA-01", 3)]
    assert wang.residence == "NA"
    assert ama.email is None and not ama.is_adult
    consent = standing(ana, ABROAD)
    assert consent is not None and (consent.given_on, consent.how) == (date(2026, 1, 16), "by telephone")
    assert person_relations.may_be_matched(session, ama)
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == ana.id)).all()
    assert {"volunteer_imported", "consent_given"} <= set(actions)


def test_without_a_consent_people_are_stored_and_not_matched(session: AnySession) -> None:
    ana, *_ = bring(session, make_vio(session), "volunteers", LIST)
    assert ana.consents == [] and not person_relations.may_be_matched(session, ana)


def test_consents_by_column_need_their_day_and_how(session: AnySession) -> None:
    vio = make_vio(session)
    header = "id,full_name,consent_matching,consent_matching_on,consent_matching_how,consent_abroad"
    rows = (
        "1,A,yes,2026-02-01,by letter,no",
        "2,B,yes,,by letter,",
        "3,C,no,,,",
        "4,D,yes,2031-01-01,x,",
        "5,E,,,,yes",
    )
    checked, _ = dry_run(session, vio, "volunteers", csv_of(header, *rows))
    assert [(row, column) for row, column, _ in faults(checked)] == [
        (3, "consent_matching_on"),
        (5, "consent_matching_on"),
        (6, "consent_abroad_on"),
        (6, "consent_abroad_how"),
        (6, "consent_abroad"),
    ]
    people = bring(session, vio, "volunteers", csv_of(header, rows[0], rows[2]))
    assert [standing(one, MATCHING) is not None for one in people] == [True, False]
    assert all(standing(one, ABROAD) is None for one in people)


def test_consent_taken_back_is_not_given_again_by_an_older_list(session: AnySession) -> None:
    vio = make_vio(session)
    ana, *_ = bring(session, vio, "volunteers", LIST, statements=SAID)
    for consent in ana.consents:
        consent.withdrawn_at = datetime(2026, 5, 1, tzinfo=UTC)
    checked, _ = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA), statements=SAID)
    assert only(checked).status == "unchanged"
    assert "taken back" in str(only(checked).notes[0])


def test_same_list_again_changes_nothing_and_a_changed_cell_is_shown(session: AnySession) -> None:
    vio = make_vio(session)
    bring(session, vio, "volunteers", LIST, statements=SAID)
    again, _ = dry_run(session, vio, "volunteers", LIST, statements=SAID)
    assert again.counts["unchanged"] == 3
    changed, plan = dry_run(session, vio, "volunteers", LIST.replace(b"(3)", b"(4)"), statements=SAID)
    assert (changed.counts["changed"], changed.counts["unchanged"]) == (1, 2)
    assert changed.rows[0].changes == [("skills", "HEA-01:3", "HEA-01:4")]
    [ana] = applying.apply(session, None, vio, changed, plan)
    assert [one.level for one in ana.skills] == [4]


@pytest.mark.parametrize(
    ("row", "column", "value", "remedy"),
    [
        ("9,,x@people.example,Peru,", "Nombre completo", "", "must not be blank"),
        ("9,Bo,nowhere,Peru,", "Correo", "nowhere", "e-mail"),
        ("9,Bo,,Atlantis,", "País", "Atlantis", "single country"),
        ("9,Bo,,Peru,Wizardry:2", "Skills", "Wizardry:2", "no skill"),
        ("9,Bo,,Peru,First aid", "Skills", "First aid", "level from 1 to 4"),
        ("1,Bo,,Peru,", "No.", "1", "Row 2 has this number"),
    ],
)
def test_each_error_names_row_column_value_and_remedy(
    session: AnySession, row: str, column: str, value: str, remedy: str
) -> None:
    vio = make_vio(session)
    checked, plan = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA, row))
    [problem] = checked.rows[1].problems
    sentence = str(problem.sentence(checked.rows[1].number))
    assert sentence.startswith(f"Row 3, column {column}, “{value}”: ") and remedy in sentence
    with pytest.raises(NotYet):
        applying.apply(session, None, vio, checked, plan)
    assert count(session) == 0


def test_wrong_rows_may_be_left_out_and_are_then_listed(session: AnySession) -> None:
    vio = make_vio(session)
    checked, plan = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA, "9,Bo,,Atlantis,"), leave_out_errors=True)
    assert [row.status for row in checked.rows] == ["new", "left_out"]
    assert checked.rows[1].name == "Bo" and checked.rows[1].problems
    assert len(applying.apply(session, None, vio, checked, plan)) == 1


def test_failure_in_the_last_row_leaves_nothing(session: AnySession, monkeypatch: pytest.MonkeyPatch) -> None:
    vio = make_vio(session)
    checked, plan = dry_run(session, vio, "volunteers", LIST, statements=SAID)

    def stumble(*_all: object) -> None:  # the people and all that hangs on them are in by then
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(applying.add_volunteers, "_leave_lines", stumble)
    with pytest.raises(RuntimeError, match="full"):
        applying.apply(session, None, vio, checked, plan)
    assert count(session) == 0
    assert session.scalar(select(func.count()).where(AuditEvent.action == "volunteer_imported")) == 0


def test_duplicates_are_proposed_and_wait_for_a_decision(session: AnySession) -> None:
    vio = make_vio(session)
    known = make_volunteer(
        session, vio, claimed=False, full_name="PÉREZ Ana", residence="PE", email="old@people.example"
    )
    known.external_id = "X7"
    checked, plan = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA))
    assert only(checked).status == "duplicate" and "PÉREZ Ana" in only(checked).resembles[0]
    with pytest.raises(NotYet, match="look like somebody"):
        applying.apply(session, None, vio, checked, plan)
    assert count(session) == 1
    same, _ = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA), duplicates={"2": "same"})
    assert only(same).existing is known and only(same).changes[0] == ("id", "X7", "1")
    left, _ = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA), duplicates="leave")
    assert only(left).status == "left_out"
    bring(session, vio, "volunteers", csv_of(HEADER, ANA), duplicates={"2": "new"})
    assert count(session) == 2


def test_namesakes_of_one_list_with_their_own_numbers_are_two_people(session: AnySession) -> None:
    rows = (
        "1,Made,made1@people.example,Indonesia,",
        "2,Made,made2@people.example,Indonesia,",
        "3,Made,made1@people.example,,",
    )
    checked, _ = dry_run(session, make_vio(session), "volunteers", csv_of(HEADER, *rows))
    assert [row.status for row in checked.rows] == ["new", "new", "duplicate"]


def test_address_finds_people_without_a_number_and_other_organizations_are_not_seen(session: AnySession) -> None:
    vio = make_vio(session)
    known = make_volunteer(session, vio, claimed=False, full_name="Ana Pérez", email="ana@people.example")
    make_volunteer(session, claimed=False, full_name="Bo", email="bo@people.example", residence="PE")
    checked, _ = dry_run(session, vio, "volunteers", csv_of(HEADER, ANA, "2,Bo,bo@people.example,Peru,"))
    assert checked.rows[0].existing is known and checked.rows[1].status == "new"


def test_who_has_an_account_keeps_the_profile(session: AnySession) -> None:
    vio = make_vio(session)
    known = make_volunteer(session, vio, full_name="Ana Pérez", residence="PE")
    row = f"1,Ana Otra,{known.email},Ghana,"
    checked, plan = dry_run(session, vio, "volunteers", csv_of(HEADER, row), statements=SAID)
    assert only(checked).changes == [("id", f"#{known.id}", "1")]
    assert "keeps the profile" in str(only(checked).notes[0])
    applying.apply(session, None, vio, checked, plan)
    assert (known.full_name, known.residence, known.external_id) == ("Ana Pérez", "PE", "1")
    assert len(known.consents) == 2


def test_constants_and_moved_dates_are_marked_as_assumed(session: AnySession) -> None:
    vio = make_vio(session)
    data = csv_of("id,full_name,languages,available from,available until", "1,A,French,2024-02-29,31.12.2024")
    [person] = bring(
        session, vio, "volunteers", data, constants={"language_level": "B1", "residence": "Kenya"}, shift_years=3
    )
    assert [(one.language, one.level) for one in person.languages] == [("fr", "B1")]
    assert [(one.starts_on, one.ends_on) for one in person.windows] == [(date(2027, 2, 28), date(2027, 12, 31))]
    assert set(person.assumed) == {"languages", "residence", "availability"}
    assert "moved by +3 years" in person.assumed["availability"]


def test_ambiguous_dates_are_asked(session: AnySession) -> None:
    vio = make_vio(session)
    data = csv_of("id,full_name,available from,available until", "1,A,03/04/2027,05/06/2027")
    checked, _ = dry_run(session, vio, "volunteers", data)
    assert "Say which comes first" in str(checked.notes[0]) and len(only(checked).problems) == 2
    [person] = bring(session, vio, "volunteers", data, date_order="month")
    assert person.windows[0].starts_on == date(2027, 3, 4)


def test_plan_that_names_what_is_not_there_is_refused(session: AnySession) -> None:
    vio = make_vio(session)
    with pytest.raises(Refused, match="none of our columns"):
        dry_run(session, vio, "volunteers", LIST, constants={"shoe_size": "44"})
    with pytest.raises(Refused, match="both for a consent"):
        dry_run(session, vio, "volunteers", LIST, statements={"matching": {"on": "2026-01-01"}})


def test_row_reads_back_as_it_stands(session: AnySession) -> None:
    vio = make_vio(session)
    kept = volunteer_row(make_volunteer(session, vio, claimed=False, full_name="=Ana", motivation="a\r\nb"))
    data = csv_of(",".join(kept), ",".join(f'"{cell}"' for cell in kept.values()))
    checked, _ = dry_run(session, vio, "volunteers", data)
    assert (only(checked).status, only(checked).problems) == ("unchanged", [])


def test_faults_between_cells_are_found(session: AnySession) -> None:
    header = "id,full_name,stay_min_weeks,stay_max_weeks,countries,excluded,online_from,online_to"
    header += ",available_from,available_until"
    rows = (
        "1,A,10,4,,,,,,",
        "2,B,,,Kenya|Peru,Kenya,,,,",
        "3,C,,,,,09:00,,,",
        "4,D,,,,,,17:00,,",
        "5,E,,,,,,,2027-03-01,",
        "6,F,,,,,,,,2027-03-01",
        "7,G,,,,,,,2027-05-01,2027-03-01",
    )
    checked, _ = dry_run(session, make_vio(session), "volunteers", csv_of(header, *rows))
    assert [(row, column) for row, column, _ in faults(checked)] == [
        (2, "stay_max_weeks"),
        (3, "excluded"),
        (4, "online_to"),
        (5, "online_from"),
        (6, "available_until"),
        (7, "available_from"),
        (8, "available_until"),
    ]


def test_nobody_stands_twice_in_a_list_and_numbers_of_ours_are_not_made_up(session: AnySession) -> None:
    vio = make_vio(session)
    known = make_volunteer(session, vio, claimed=False)
    rows = (f"#{known.id},A,", f",A,{known.email}", ",B,b@people.example", ",C,B@people.example", "#999999999,D,")
    checked, _ = dry_run(session, vio, "volunteers", csv_of("id,full_name,email", *rows))
    told = [(row, words) for row, _, words in faults(checked)]
    assert [row for row, _ in told] == [3, 5, 6]
    assert "Row 2 is about the same" in told[0][1] and "Row 4 has the same address" in told[1][1]
    assert "number of the service" in told[2][1]


def test_names_that_may_be_broken_are_pointed_out(session: AnySession) -> None:
    vio = make_vio(session)
    data = csv_of("id,full_name", "1,Guin\x8ee")
    lost, _ = dry_run(session, vio, "volunteers", data)
    assert "Some letters were lost" in str(lost.notes)
    mended, _ = dry_run(session, vio, "volunteers", data, odd_characters="mac_roman")
    assert mended.notes == ()
    old, _ = dry_run(session, vio, "volunteers", "id,full_name\n1,José Núñez\n".encode("windows-1252"))
    assert "old encoding" in str(old.notes)


def test_addresses_are_found_by_what_they_look_like(session: AnySession) -> None:
    [person] = bring(session, make_vio(session), "volunteers", csv_of("No.,full_name,Kuhinga", "1,A,a@people.example"))
    assert person.email == "a@people.example"


def test_level_stated_beside_a_skill_counts_and_one_for_all_is_marked(session: AnySession) -> None:
    vio = make_vio(session)
    [stated] = bring(session, vio, "volunteers", csv_of("id,full_name,skills,skill_level", "1,A,First aid,3"))
    assert [one.level for one in stated.skills] == [3] and "skills" not in stated.assumed
    data = csv_of("id,full_name,skills", "2,B,First aid")
    [assumed] = bring(session, vio, "volunteers", data, constants={"skill_level": "2"})
    assert [one.level for one in assumed.skills] == [2] and "level 2" in assumed.assumed["skills"]


def test_later_list_says_more_of_consents_and_ends_them(session: AnySession) -> None:
    vio = make_vio(session)
    header = "id,full_name,consent_matching,consent_matching_on,consent_matching_how"
    agreed = "yes,2026-02-01,by letter"
    bring(session, vio, "volunteers", csv_of(header, f"1,A,{agreed}", "2,B,no,,", f"3,C,{agreed}", "4,D,no,,"))
    agreed = "yes,2026-03-01,signed form"
    later = csv_of(header, f"1,A,{agreed}", f"2,B,{agreed}", "3,C,no,,", "4,Dan,no,,")
    people = bring(session, vio, "volunteers", later)
    kept = [standing(one, MATCHING) for one in people]
    assert [one and (one.given_on, one.how) for one in kept] == [*[(date(2026, 3, 1), "signed form")] * 2, None, None]
    assert [len(one.consents) for one in people] == [1, 1, 1, 0]


def test_consent_given_after_it_was_taken_back_counts(session: AnySession) -> None:
    vio = make_vio(session)
    [ana] = bring(session, vio, "volunteers", csv_of(HEADER, ANA), statements=SAID)
    for consent in ana.consents:
        consent.withdrawn_at = datetime(2026, 5, 1, tzinfo=UTC)
    session.flush()
    anew = {purpose: {**said, "on": "2026-06-01"} for purpose, said in SAID.items()}
    bring(session, vio, "volunteers", csv_of(HEADER, ANA), statements=anew)
    consent = standing(ana, MATCHING)
    assert consent is not None and consent.given_on == date(2026, 6, 1)


def test_statement_about_a_day_to_come_is_refused(session: AnySession) -> None:
    said = {"matching": {"on": "2031-01-01", "how": "by letter"}}
    checked, _ = dry_run(session, make_vio(session), "volunteers", csv_of(HEADER, ANA), statements=said)
    assert [words for _, _, words in faults(checked)] == ["The day of a consent cannot lie ahead."]


def test_places_of_somebody_known_become_those_of_the_list(session: AnySession) -> None:
    vio, header = make_vio(session), "id,full_name,countries,served"
    bring(session, vio, "volunteers", csv_of(header, "1,A,Kenya|Peru,Ghana|Laos"))
    [person] = bring(session, vio, "volunteers", csv_of(header, "1,A,Peru|Namibia,Ghana|Egypt"))
    assert sorted(wish.code for wish in person.wishes) == ["NA", "PE"]
    assert sorted(one.country for one in person.services) == ["EG", "GH"]
