"""Words that pages share: what is known is told, what is not known is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine
from flask import Flask, Response
from sqlalchemy.dialects import sqlite
from werkzeug.datastructures import MultiDict

from webapp import pace
from webapp.assignment_words import skill_words
from webapp.headers import with_headers
from webapp.i18n import moment
from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, Volunteer, VolunteerLanguage
from webapp.models.base import UtcDateTime
from webapp.promise_words import why_later
from webapp.views.coordinator.interview import to_check
from webapp.views.host.forms.facts import MoneyRow
from webapp.views.host.forms.team import RoleRow
from webapp.views.host.forms.work import SkillsForm
from webapp.working_days import Holiday

TODAY = date(2026, 11, 26)


def test_a_holiday_whose_day_is_an_estimate_says_so(app: Flask) -> None:
    with app.test_request_context("/"):
        sure = why_later([Holiday("KE", is_estimate=False)])
        assert "Kenya" in sure and "estimate" not in sure
        assert "is an estimate" in why_later([Holiday("KE", is_estimate=True)])


def test_what_is_not_known_leaves_no_gap_in_the_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert moment(None) == ""
        bare = skill_words(AssignmentSkill(skill="HEA-01", level=None, needs_licence=False), "en")
        assert bare == "First aid"
        assert skill_words(AssignmentSkill(skill="HEA-01", level=2, needs_licence=True), "en").startswith("First aid: ")


def test_an_interview_begins_with_what_safety_depends_on(app: Flask) -> None:
    work = Assignment(contact_children="unsupervised")
    work.skills = [AssignmentSkill(skill="NUR-01", level=2, needs_licence=True)]
    work.languages = [
        AssignmentLanguage(language="fr", level="B1", is_required=True, for_safety=True),
        AssignmentLanguage(language="en", level="B1", is_required=True, for_safety=False),
    ]
    person = Volunteer()
    person.languages = [VolunteerLanguage(language=code, level="B2", known_by="own") for code in ("fr", "en")]
    with app.test_request_context("/"):
        asked = to_check(person, work, "en", TODAY)
    assert "Alone with children" in asked[0] and "See the licence" in asked[1]
    assert "safety depends on it" in asked[2] and "French" in asked[2]
    assert "speak it for some minutes" in asked[3] and "English" in asked[3]


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"what": "food", "payee": "volunteer"}, "payer", "Say who pays"),
        ({"what": "food", "payer": "host"}, "payee", "Say who is paid"),
        ({"what": "food", "payer": "host", "payee": "host"}, "payee", "two different sides"),
        ({"payer": "host", "payee": "volunteer"}, "what", "Say what it is for"),
    ],
)
def test_a_row_of_money_that_was_begun_names_both_sides(
    app: Flask, row: dict[str, str], field: str, words: str
) -> None:
    with app.test_request_context("/"):
        form = MoneyRow(MultiDict(row))
        assert not form.validate()
        assert words in str(form.errors[field])
        assert MoneyRow(MultiDict({"payer": "", "payee": ""})).validate()


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ({"label": "Mason"}, {"number": "Say how many", "kind": "Choose where they come from"}),
        ({"label": "Mason", "kind": "local", "number": "0"}, {"number": "Say how many"}),
        ({"label": "Mason", "kind": "local", "number": "x"}, {"number": "Write a whole number"}),
        ({"label": "Mason", "kind": "local", "number": "100"}, {"number": "from 0 to 99"}),
        ({"label": "Mason", "kind": "local", "number": "2"}, {}),
        ({"label": ""}, {}),
    ],
)
def test_a_named_role_says_how_many_and_whence(app: Flask, row: dict[str, str], errors: dict[str, str]) -> None:
    with app.test_request_context("/"):
        form = RoleRow(MultiDict({"kind": "", "number": "", **row}))
        form.kind.choices, form.skills.choices = [("", "Choose"), ("local", "local")], []
        form.validate()
        assert set(form.errors) == set(errors)
        for name, words in errors.items():
            assert words in str(form.errors[name][0])


def test_skills_and_languages_stand_once_each_and_come_from_the_lists(app: Flask) -> None:
    twice = {"skills-0-skill": "HEA-01", "skills-1-skill": "HEA-01", "languages-0-language": "klingon"}
    with app.test_request_context("/"):
        form = SkillsForm(MultiDict(twice), meta={"csrf": False})
        form.prepare("en")
        assert not form.validate()
        assert "only once" in str(form.errors["skills"]) and "from the list" in str(form.errors["languages"])
        few = SkillsForm(MultiDict({}), meta={"csrf": False})
        for code in ("fr", "fr", "klingon"):
            few.add_language(code)
        assert [entry.form.language.data for entry in few.languages] == ["fr"]


def test_an_address_of_long_ago_is_forgotten_when_many_others_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KEYS", 2)
    asked = pace.Pace(1, timedelta(minutes=10))
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False) as clock:
        assert [asked.is_over(key) for key in ("a", "b", "c", "a")] == [False, False, False, True]
        clock.shift(timedelta(minutes=11))
        assert [asked.is_over("d"), asked.is_over("d"), asked.is_over("a")] == [False, True, False]
        assert set(asked._tries) == {"a", "d"}


def test_only_over_tls_a_browser_is_told_to_stay_with_it(app: Flask) -> None:
    for scheme, is_told in (("http", False), ("https", True)):
        with app.test_request_context("/", base_url=f"{scheme}://match.example"):
            assert ("Strict-Transport-Security" in with_headers(Response()).headers) == is_told


def test_a_moment_without_a_zone_is_never_stored() -> None:
    kind, dialect = UtcDateTime(), sqlite.dialect()
    with pytest.raises(ValueError, match="needs a time zone"):
        kind.process_bind_param(datetime(2026, 11, 26, 9), dialect)  # noqa: DTZ001  (the naive one is the subject)
    east = datetime(2026, 11, 26, 9, tzinfo=timezone(timedelta(hours=8)))
    assert kind.process_bind_param(east, dialect) == datetime(2026, 11, 26, 1, tzinfo=UTC)
