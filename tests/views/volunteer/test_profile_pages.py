"""The steps of a profile, as filled in without scripts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.views.volunteer.conftest import Traveller
from webapp import clock
from webapp.models import ConditionAnswer, Licence
from webapp.views.volunteer.steps import ORDER


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
@pytest.mark.parametrize("step", ORDER)
def test_every_step_is_a_sound_and_light_page(traveller: Traveller, step: str, language: str) -> None:
    page = traveller.visitor.get(f"/volunteer/profile/{step}?lang={language}")
    assert len(page.text.encode()) < 100 * 1024


def test_a_newcomer_goes_from_first_page_to_fitting_openings_in_five_short_steps(newcomer: Traveller) -> None:
    visitor, session = newcomer.visitor, newcomer.session
    home = visitor.get("/volunteer/")
    assert "A ward in Kisumu" in home.text
    page = visitor.get(home.link("Answer"))
    page = visitor.submit(page, full_name="Nur", residence="CN", button="Save and go on")
    assert page.heading == "What you can do"
    page = visitor.submit(page, q="general nursing", button="Search")
    page = visitor.submit(page, pick=["NUR-01"], button="Add what is ticked")
    assert newcomer.volunteer.skills == []
    page = visitor.submit(page, **{"skills-0-level": "3", "skills-0-last_used": "2024"}, button="Save and go on")
    assert page.heading == "Your languages"
    row = {"languages-0-language": "fr", "languages-0-level": "C1", "languages-0-known_by": "own"}
    page = visitor.submit(page, **row, button="Save and go on")
    assert page.heading == "Where you would go"
    page = visitor.submit(page, countries=["KE"], routes=["nelb"], button="Save and go on")
    assert page.heading == "When you have time"
    first, last = clock.today(), clock.today() + timedelta(days=600)
    dates = {"windows-0-starts_on": first.isoformat(), "windows-0-ends_on": last.isoformat()}
    page = visitor.submit(
        page, **dates, stay_max_weeks="40", on_site="yes", online="no", button="Save and see openings"
    )
    assert page.heading == "Openings for you"
    assert "1 opening fits you now" in page.text
    assert "you state level 3" in page.text
    session.refresh(newcomer.volunteer)
    assert [(row.skill, row.level, row.last_used) for row in newcomer.volunteer.skills] == [("NUR-01", 3, 2024)]


def test_an_error_names_the_field_keeps_what_was_typed_and_saves_nothing(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.get("/volunteer/profile/when")
    wrong = {"windows-0-starts_on": "2030-05-01", "windows-0-ends_on": "2030-04-01"}
    page = visitor.submit(page, **wrong, stay_min_weeks="x7", time_zone="Asia/Bishkek", status=422)
    assert "The last day comes before the first" in page.text
    assert "Write a whole number" in page.text
    sent = page.form("stay_min_weeks").data()
    assert sent["windows-0-ends_on"] == ["2030-04-01"]
    assert sent["stay_min_weeks"] == ["x7"]
    assert sent["time_zone"] == ["Asia/Bishkek"]
    traveller.session.refresh(traveller.volunteer)
    assert traveller.volunteer.time_zone is None


def test_a_search_keeps_levels_that_are_not_saved_yet(traveller: Traveller) -> None:
    page = traveller.visitor.get("/volunteer/profile/skills")
    page = traveller.visitor.submit(page, **{"skills-0-level": "4"}, q="first aid", button="Search")
    form = page.form("q")
    assert form.data()["skills-0-level"] == ["4"]
    assert "First aid" in page.text


def test_the_enter_key_in_the_search_box_searches(traveller: Traveller) -> None:
    page = traveller.visitor.submit(traveller.visitor.get("/volunteer/profile/skills"), q="pompes")
    assert page.heading == "What you can do"
    page = traveller.visitor.submit(traveller.visitor.get("/volunteer/profile/skills?lang=zh"), q="护理")
    assert "护理" in page.text


def test_a_skill_needs_a_level_before_it_is_saved(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/skills"), family="WAT", button="Search")
    page = visitor.submit(page, pick=["WAT-01"], button="Add what is ticked")
    page = visitor.submit(page, action="profile", button="Save and go on", status=422)
    assert "Say how well you can do it" in page.text


def test_a_row_is_taken_out_only_when_saved(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/skills"), action="profile", button="Take out")
    assert len(traveller.volunteer.skills) == 1
    visitor.submit(page, action="profile", button="Save and go on")
    traveller.session.refresh(traveller.volunteer)
    assert traveller.volunteer.skills == []


def test_own_words_suggest_skills_and_add_none_by_themselves(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(
        visitor.get("/volunteer/profile/experience"),
        experience="I gave first aid.",
        button="Save and go to your profile",
    )
    assert [row.skill for row in traveller.volunteer.skills] == ["NUR-01"]
    page = visitor.get("/volunteer/profile/skills")
    assert "First aid (you wrote: “first aid”)" in page.text
    assert "pick" not in page.form("q").data()


def test_a_country_is_written_by_name_and_an_unknown_one_stays_in_the_field(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/experience"), action="profile", button="Add earlier service")
    page = visitor.submit(page, **{"services-0-country": "Atlantis", "services-0-year": "2019"}, status=422)
    assert page.form("experience").data()["services-0-country"] == ["Atlantis"]
    visitor.submit(page, **{"services-0-country": "namibia"})
    traveller.session.refresh(traveller.volunteer)
    assert [row.country for row in traveller.volunteer.services] == ["NA"]


def test_countries_of_a_list_and_of_the_excluded_cannot_be_the_same(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/where"), action="profile", button="Add a country")
    page = visitor.submit(page, **{"excluded-0": "Kenya"}, status=422)
    assert "Kenya is ticked above" in page.text


def test_conditions_of_life_are_kept_and_shown_to_nobody_else(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/conditions"), heat="cannot", cold="ask", agrees="y")
    traveller.session.refresh(traveller.volunteer)
    assert {(a.condition, a.answer) for a in traveller.volunteer.conditions} == {("heat", "cannot"), ("cold", "ask")}
    page = visitor.get("/volunteer/profile/")
    assert "I cannot: heat above 38 degrees" in page.text
    assert "Private to you." in page.text


def test_the_profile_says_what_is_missing_and_confirms_dates(newcomer: Traveller, traveller: Traveller) -> None:
    page = newcomer.visitor.get("/volunteer/profile/")
    assert "0 of 8 parts" in page.text
    assert "Go on: " in page.text
    page = traveller.visitor.get("/volunteer/profile/")
    traveller.visitor.submit(page, action="confirm", button="Still right")
    traveller.session.refresh(traveller.volunteer)
    assert traveller.volunteer.availability_confirmed_on == clock.today()


def test_a_cause_and_sharing_and_motivation_are_kept(traveller: Traveller) -> None:
    visitor = traveller.visitor
    visitor.submit(visitor.get("/volunteer/profile/causes"), causes=["3", "13"])
    visitor.submit(visitor.get("/volunteer/profile/motivation"), motivation="Мой дед был врачом.")
    visitor.submit(visitor.get("/volunteer/profile/sharing"), open_to_all="y")
    volunteer = traveller.volunteer
    traveller.session.refresh(volunteer)
    assert (volunteer.causes, volunteer.motivation, volunteer.open_to_all) == (["3", "13"], "Мой дед был врачом.", True)


def test_licences_and_languages_are_kept(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/licences"), action="profile", button="Add a licence")
    row = {"licences-0-skill": "NUR-01", "licences-0-country": "China", "licences-0-valid_until": "2031-01-31"}
    visitor.submit(page, **row)
    page = visitor.submit(visitor.get("/volunteer/profile/languages"), action="profile", button="Add a language")
    twice = {"languages-2-language": "fr", "languages-2-level": "A1", "languages-2-known_by": "own"}
    page = visitor.submit(page, **twice, status=422)
    assert "French stands here twice" in page.text
    visitor.submit(page, **{"languages-2-language": "sw"})
    volunteer = traveller.volunteer
    traveller.session.refresh(volunteer)
    assert [(one.skill, one.country) for one in volunteer.licences] == [("NUR-01", "CN")]
    assert {one.language: one.level for one in volunteer.languages} == {"en": "C1", "fr": "B2", "sw": "A1"}


def test_a_marked_condition_hides_an_opening_and_says_so(traveller: Traveller) -> None:
    traveller.assignment.hottest_celsius = 45
    traveller.volunteer.conditions = [ConditionAnswer(condition="heat", answer="cannot")]
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/openings/")
    assert "1 opening is left out" in page.text
    page = traveller.visitor.get(page.link("Show them too"))
    assert "You said that you cannot live with this: heat above 38 degrees." in page.text


def test_times_that_cannot_be_are_refused_each_at_its_field(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.get("/volunteer/profile/when")
    over = {"windows-0-starts_on": "2020-05-01", "windows-0-ends_on": "2020-06-01"}
    page = visitor.submit(page, **over, stay_min_weeks="9", stay_max_weeks="3", online_to="20:00", status=422)
    for words in ("This is over already", "The longest stay is shorter", "from which you are free"):
        assert words in page.text
    page = visitor.submit(page, online_from="18:00", time_zone="", status=422)
    assert "Choose a place with your time" in page.text
    traveller.session.refresh(traveller.volunteer)
    assert traveller.volunteer.online_to is None


def test_a_country_that_is_not_wished_for_is_excluded(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/profile/where"), action="profile", button="Add a country")
    visitor.submit(page, **{"excluded-0": "Namibia"})
    traveller.session.refresh(traveller.volunteer)
    assert {(wish.kind, wish.code) for wish in traveller.volunteer.wishes} == {("country", "KE"), ("excluded", "NA")}


def test_the_profile_tells_what_each_part_says_and_nothing_that_was_not_said(traveller: Traveller) -> None:
    person = traveller.volunteer
    person.online, person.online_hours = True, 6
    person.licences = [Licence(skill="NUR-01", country="CN", valid_until=date(2031, 1, 31))]
    person.experience = "I nursed on a ward. " * 40
    traveller.session.commit()
    text = traveller.visitor.get("/volunteer/profile/").text
    for words in ("6 hours a week online", "until 31 Jan 2031", "at least 4 weeks", "at most 52 weeks", "I nursed"):
        assert words in text
    assert person.experience.strip() not in text and "…" in text
    person.stay_min_weeks = person.stay_max_weeks = person.online_hours = None
    traveller.session.commit()
    text = traveller.visitor.get("/volunteer/profile/").text
    for words in ("hours a week online", "at least", "at most"):
        assert words not in text
