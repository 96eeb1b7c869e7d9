"""A profile part by part: saved as said, ranked at once, and nothing else touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from webapp import clock
from webapp.models import CountryWish, Match
from webapp.models.consents import SENSITIVE
from webapp.services import consents, linking, visibility, volunteers
from webapp.services.errors import Refused
from webapp.services.profile_strength import strength_at_once, strength_of
from webapp.services.volunteers import About, HeldLanguage, HeldLicence, HeldSkill, Places, Served, Time


def test_saved_skills_replace_the_old_ones_and_keep_rows_that_stay(session: AnySession) -> None:
    volunteer = make_volunteer(session, skills={"NUR-01": 2, "HEA-01": 1})
    kept = next(row.id for row in volunteer.skills if row.skill == "NUR-01")
    volunteers.save_skills(session, volunteer, [HeldSkill("NUR-01", 4, 2024), HeldSkill("WAT-01", 1)])
    assert {(row.skill, row.level, row.last_used) for row in volunteer.skills} == {
        ("NUR-01", 4, 2024),
        ("WAT-01", 1, None),
    }
    assert kept in {row.id for row in volunteer.skills}


def test_a_skill_that_no_list_has_is_refused(session: AnySession) -> None:
    with pytest.raises(Refused, match="XXX-99"):
        volunteers.save_skills(session, make_volunteer(session), [HeldSkill("XXX-99", 2)])


def test_saving_a_part_shows_fitting_openings_at_once(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio, skills={})
    volunteers.save_skills(session, volunteer, [HeldSkill("HEA-01", 1)])
    before = visibility.matches_of_volunteer(session, volunteer)[0].score
    volunteers.save_skills(session, volunteer, [HeldSkill("NUR-01", 3)])
    (match,) = visibility.matches_of_volunteer(session, volunteer)
    assert match.assignment_id == assignment.id
    assert match.score > before


def test_every_part_is_kept_as_said(session: AnySession) -> None:
    volunteer, today = make_volunteer(session), clock.today()
    window = (today, today + timedelta(days=90))
    volunteers.save_about(session, volunteer, About("أمينة", "Amina", None, "MA"))
    volunteers.save_licences(session, volunteer, [HeldLicence("NUR-01", "MA", today)])
    volunteers.save_languages(session, volunteer, [HeldLanguage("ar", "N"), HeldLanguage("fr", "B2", "certificate")])
    volunteers.save_places(session, volunteer, Places(["NA"], ["nelb"], False, ["MA"]))
    volunteers.save_time(
        session, volunteer, Time([window], 4, 12, True, True, 6, "18:00", "21:00", "Africa/Casablanca")
    )
    volunteers.save_causes(session, volunteer, ["3", "6"])
    volunteers.save_experience(session, volunteer, "I dug wells.", [Served("NA", 2019, "wells")])
    session.expire_all()
    assert (volunteer.full_name, volunteer.residence) == ("أمينة", "MA")
    assert [(row.skill, row.country) for row in volunteer.licences] == [("NUR-01", "MA")]
    assert [(row.language, row.level, row.known_by) for row in volunteer.languages] == [
        ("ar", "N", "own"),
        ("fr", "B2", "certificate"),
    ]
    wishes = {(row.kind, row.code) for row in volunteer.wishes}
    assert wishes == {("country", "NA"), ("route", "nelb"), ("excluded", "MA")}
    assert [(row.starts_on, row.ends_on) for row in volunteer.windows] == [window]
    assert (volunteer.online_hours, volunteer.time_zone) == (6, "Africa/Casablanca")
    assert volunteer.availability_confirmed_on == today
    assert volunteer.causes == ["3", "6"]
    assert [(row.country, row.year, row.what) for row in volunteer.services] == [("NA", 2019, "wells")]


def test_a_country_cannot_be_wished_for_and_excluded(session: AnySession) -> None:
    with pytest.raises(Refused):
        volunteers.save_places(session, make_volunteer(session), Places(countries=["KE"], excluded=["KE"]))


@pytest.mark.parametrize("part", ["motivation", "conditions"])
def test_what_no_model_may_read_makes_no_new_ranking(session: AnySession, part: str) -> None:
    volunteer = make_volunteer(session)
    if part == "motivation":
        volunteers.save_motivation(session, volunteer, "nurse nurse nurse")
    else:
        consents.give(session, volunteer.user, volunteer, SENSITIVE, "in a test")
        volunteers.save_conditions(session, volunteer, {"heat": "cannot"})
    assert session.query(Match).filter_by(volunteer_id=volunteer.id).count() == 0


def test_what_an_import_assumed_is_no_longer_assumed_once_said(session: AnySession) -> None:
    volunteer = make_volunteer(session, assumed={"causes": "constant of the file", "residence": "constant of the file"})
    volunteers.save_causes(session, volunteer, ["4"])
    assert set(volunteer.assumed) == {"residence"}


def test_what_is_missing_names_first_what_the_matching_needs_most(session: AnySession) -> None:
    volunteer = make_volunteer(session, skills={}, residence="KE")
    strength = strength_of(volunteer)
    assert [part.name for part in strength.missing] == ["skills", "experience", "causes", "conditions"]
    assert not strength.is_begun
    volunteers.save_skills(session, volunteer, [HeldSkill("NUR-01", 1)])
    assert strength_of(volunteer).is_begun


def test_what_is_missing_is_told_alike_where_lists_are_not_read(session: AnySession) -> None:
    volunteer = make_volunteer(session, anywhere=False)
    nobody = make_volunteer(session, skills={}, languages={}, countries=(), anywhere=False)
    nobody.windows = []
    session.flush()
    assert strength_at_once(session, nobody) == strength_of(nobody)
    for kind, code in (("excluded", "KE"), ("country", "TZ")):
        nobody.wishes.append(CountryWish(kind=kind, code=code))
        session.flush()
        assert strength_at_once(session, nobody) == strength_of(nobody)
    consents.give(session, volunteer.user, volunteer, SENSITIVE, "in a test")
    volunteers.save_conditions(session, volunteer, {"heat": "fine"})
    assert strength_at_once(session, volunteer) == strength_of(volunteer)
    assert strength_of(volunteer).filled > strength_of(nobody).filled


def test_text_suggests_skills_that_are_not_in_the_profile() -> None:
    text = "I gave first aid for ten years."
    assert ("HEA-01", "first aid") in linking.suggest_skills(text)
    assert "HEA-01" not in dict(linking.suggest_skills(text, known={"HEA-01"}))
    assert linking.suggest_skills("  ") == []
