import pytest

from matching import CRITERIA, DEFAULT_WEIGHTS, NEUTRAL_VALUES, REASON_CODES
from tests.matching.frames import ONLINE, assignment, evidence, explain, lines, volunteer

Over = dict[str, str]
CASES: list[tuple[str, Over, Over, dict[str, float]]] = [
    # Skills: a level counts up to what is asked; the taxonomy and the text earn less.
    ("skills", {"skills": "WAT-02:3"}, {"skills_desirable": ""}, {"SKILL_STATED": 1.0}),
    ("skills", {"skills": "WAT-02:4"}, {"skills_desirable": ""}, {"SKILL_STATED": 1.0}),
    ("skills", {"skills": "WAT-02:1"}, {"skills_desirable": "", "skills_essential": "WAT-02:2"}, {"SKILL_STATED": 0.5}),
    ("skills", {"skills": "WAT-04:3"}, {"skills_desirable": ""}, {"SKILL_RELATED": 0.5}),
    ("skills", {"skills": "WAT-01:3"}, {"skills_desirable": ""}, {"SKILL_BROADER": 0.6}),
    (
        "skills",
        {"skills": "WAT-02:3"},
        {"skills_desirable": "", "skills_essential": "WAT-01:3"},
        {"SKILL_NARROWER": 0.6},
    ),
    ("skills", {"skills": ""}, {"skills_desirable": ""}, {"SKILL_NOT_KNOWN": 0.15}),
    ("skills", {"skills": "NUR-01:4"}, {"skills_desirable": ""}, {"SKILL_NOT_KNOWN": 0.15}),
    (
        "skills",
        {"skills": "", "experience": "Ten years of borehole drilling."},
        {"skills_desirable": "", "skills_essential": "WAT-02:2"},
        {"SKILL_IN_TEXT": 0.4},
    ),
    ("skills", {}, {"skills_essential": "", "skills_desirable": ""}, {"SKILLS_ASKED_NOT_KNOWN": 0.15}),
    # Words of both sides: what they have in common lifts a line, what they have not takes nothing away.
    (
        "skills",
        {"skills": "", "experience": "Borehole drilling."},
        {"skills_desirable": "", "title": "Borehole drilling"},
        {"SKILL_IN_TEXT": round(1 / 3, 9), "TEXT_ALIKE": 1.0},
    ),
    (
        "skills",
        {"skills": "", "experience": "I love music."},
        {"skills_desirable": "", "title": "Borehole drilling"},
        {"SKILL_NOT_KNOWN": 0.15, "TEXT_NOT_ALIKE": 0.15},
    ),
    (
        "skills",
        {"skills": ""},
        {"skills_desirable": "", "title": "Borehole drilling"},
        {"SKILL_NOT_KNOWN": 0.15, "TEXT_NOT_KNOWN": 0.15},
    ),
    (
        "skills",
        {"skills": "WAT-02:3"},
        {"skills_desirable": "", "title": "Borehole drilling"},
        {"SKILL_STATED": 1.0, "TEXT_ALIKE": 1.0},
    ),
    # Country: the best wish counts.
    ("country", {"served": ""}, {}, {"COUNTRY_CHOSEN": 1.0, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"countries": "CN", "served": "KE"}, {}, {"COUNTRY_NEAR": 0.15, "SERVED_THERE": 1.0}),
    ("country", {"countries": "TZ", "served": "EG"}, {}, {"COUNTRY_NEAR": 0.6, "SERVED_ON_ROUTE": 0.5}),
    ("country", {"countries": "EG", "served": "BR"}, {}, {"COUNTRY_NEAR": 0.45, "SERVED_ELSEWHERE": 0.0}),
    ("country", {"countries": "PK", "served": ""}, {}, {"COUNTRY_NEAR": 0.3, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"countries": "KZ", "served": ""}, {}, {"COUNTRY_FAR": 0.0, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"countries": "", "served": ""}, {}, {"COUNTRY_WISH_NOT_KNOWN": 0.4, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"countries": "BR", "served": ""}, {}, {"COUNTRY_NOT_IN_DATA": 0.4, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"countries": "BR|TZ", "served": ""}, {}, {"COUNTRY_NEAR": 0.6, "SERVICE_NOT_NAMED": 0.0}),
    ("country", {"served": ""}, {"country": "BR"}, {"COUNTRY_NOT_IN_DATA": 0.4, "SERVICE_NOT_NAMED": 0.0}),
    (
        "country",
        {"countries": "", "routes": "msr_iom", "served": ""},
        {},
        {"ROUTE_CHOSEN": 0.8, "SERVICE_NOT_NAMED": 0.0},
    ),
    (
        "country",
        {"countries": "", "routes": "ext_africa", "served": ""},
        {"country": "NA"},
        {"EXTENSION_CHOSEN": 0.6, "SERVICE_NOT_NAMED": 0.0},
    ),
    (
        "country",
        {"countries": "", "routes": "cpec", "served": ""},
        {},
        {"COUNTRY_NEAR": 0.24, "SERVICE_NOT_NAMED": 0.0},
    ),
    (
        "country",
        {"countries": "", "routes": "msr_arctic", "served": ""},
        {},
        {"COUNTRY_NOT_IN_DATA": 0.4, "SERVICE_NOT_NAMED": 0.0},
    ),
    (
        "country",
        {"countries": "", "anywhere": "yes", "served": ""},
        {"country": "BR"},
        {"COUNTRY_ANYWHERE": 0.8, "SERVICE_NOT_NAMED": 0.0},
    ),
    ("country", {"countries": "KZ"}, ONLINE, {"ONLINE_PLACE_DOES_NOT_MATTER": 0.8}),
    # Languages: up to the minimum, by how it is known.
    ("languages", {"languages": "en:B2:certificate"}, {"languages": "en:B2"}, {"LANGUAGE_MET": 1.0}),
    ("languages", {"languages": "en:N:interview"}, {"languages": "en:B2"}, {"LANGUAGE_MET": 1.0}),
    ("languages", {"languages": "en:C2"}, {"languages": "en:B2"}, {"LANGUAGE_MET": 0.85}),
    ("languages", {"languages": "en:B1:certificate"}, {"languages": "en:B2"}, {"LANGUAGE_ONE_STEP_BELOW": 0.5}),
    ("languages", {"languages": "en:A1"}, {"languages": "en:B2"}, {"LANGUAGE_NOT_MET": 0.0}),
    ("languages", {"languages": "en:N"}, {"languages": "fr:A1"}, {"LANGUAGE_NOT_MET": 0.0}),
    ("languages", {"languages": ""}, {"languages": "en:B2"}, {"LANGUAGE_NOT_KNOWN": 0.4}),
    ("languages", {}, {"languages": ""}, {"LANGUAGE_NONE_REQUIRED": 0.4}),
    (
        "languages",
        {"languages": "en:B2:certificate|sw:A1:certificate"},
        {"languages": "en:B2", "languages_helpful": "sw|en"},
        {"LANGUAGE_MET": 1.0, "LANGUAGE_HELPFUL_HELD": round(1 / 3, 9)},
    ),
    (
        "languages",
        {"languages": "en:B2:certificate"},
        {"languages": "", "languages_helpful": "sw"},
        {"LANGUAGE_NONE_REQUIRED": 0.4, "LANGUAGE_HELPFUL_MISSING": 0.0},
    ),
    # Availability: just enough is most of it, a quarter more is all.
    ("availability", {}, {}, {"WEEKS_ENOUGH": 1.0, "STAY_ENOUGH": 1.0}),
    ("availability", {"availability": "2026-10-01/2027-02-17"}, {}, {"WEEKS_ENOUGH": 0.8, "STAY_ENOUGH": 1.0}),
    ("availability", {"availability": "2026-10-01/2026-12-09"}, {}, {"WEEKS_FEW": 0.4, "STAY_ENOUGH": 1.0}),
    ("availability", {"availability": "", "stay_max_weeks": ""}, {}, {"WINDOWS_NOT_KNOWN": 0.4, "STAY_NOT_KNOWN": 0.4}),
    ("availability", {"stay_max_weeks": "10"}, {}, {"WEEKS_ENOUGH": 1.0, "STAY_SHORT": 0.5}),
    (
        "availability",
        {},
        ONLINE,
        {"WEEKS_ENOUGH": 1.0, "HOURS_ENOUGH": 1.0, "CLOCK_SHARED": 1.0},
    ),
    (
        "availability",
        {"online_hours": "4", "time_zone": ""},
        ONLINE,
        {"WEEKS_ENOUGH": 1.0, "HOURS_FEW": 0.5, "CLOCK_NOT_KNOWN": 0.4},
    ),
    (
        "availability",
        {"online_hours": ""},
        {**ONLINE, "hours": "", "online_from": "", "online_to": ""},
        {"WEEKS_ENOUGH": 1.0, "HOURS_ASKED_NOT_KNOWN": 0.4, "CLOCK_ASKED_NOT_KNOWN": 0.4},
    ),
    (
        "availability",
        {"online_hours": ""},
        {**ONLINE, "weeks": "", "start_on": ""},
        {"WEEKS_ASKED_NOT_KNOWN": 0.4, "HOURS_NOT_KNOWN": 0.4, "CLOCK_SHARED": 1.0},
    ),
    # Interests: one shared goal is most of it.
    ("interests", {"causes": "6"}, {"sdg_targets": "6.1|6.2"}, {"CAUSES_SHARED": 1.0}),
    ("interests", {"causes": "6|4"}, {"sdg_targets": "6.1|3.8"}, {"CAUSES_SHARED": 0.85}),
    ("interests", {"causes": "4"}, {"sdg_targets": "6.1"}, {"CAUSES_OTHER": 0.0}),
    ("interests", {"causes": ""}, {}, {"CAUSES_NOT_KNOWN": 0.4}),
    ("interests", {}, {"sdg_targets": ""}, {"GOALS_NOT_KNOWN": 0.4}),
]


@pytest.mark.parametrize(("criterion", "person", "work", "expected"), CASES)
def test_a_criterion_says_what_it_means(criterion: str, person: Over, work: Over, expected: dict[str, float]) -> None:
    found = lines(explain(volunteer(**person), assignment(**work)), criterion)
    assert found == pytest.approx(expected)


def test_every_reason_code_has_an_example() -> None:
    assert {code for case in CASES for code in case[3]} == set(REASON_CODES)


def test_the_weights_add_up_and_name_every_criterion() -> None:
    assert sum(DEFAULT_WEIGHTS.values()) == pytest.approx(1.0)
    assert set(DEFAULT_WEIGHTS) == set(NEUTRAL_VALUES) == set(CRITERIA)


def test_essential_and_desirable_skills_have_their_own_shares() -> None:
    reasons = [reason for reason in explain().reasons if reason.criterion == "skills"]
    assert [reason.possible for reason in reasons] == pytest.approx([45 * 0.75, 45 * 0.25])
    assert [reason.evidence["essential"] for reason in reasons] == [True, False]


WORK = {"title": "Borehole drilling", "tasks": "Drill three boreholes with the village committee."}


@pytest.mark.parametrize(
    ("work", "share"),
    [
        ({}, 0.4),
        ({"skills_essential": "", "skills_desirable": ""}, 0.5),
    ],
)
def test_words_in_common_have_their_share_beside_skills(work: Over, share: float) -> None:
    told = explain(volunteer(experience="Ich habe Brunnen gebohrt. 我打过水井。"), assignment(**WORK, **work))
    reasons = [reason for reason in told.reasons if reason.criterion == "skills"]
    assert reasons[-1].code.startswith("TEXT_")
    assert reasons[-1].possible == pytest.approx(45 * share)
    assert sum(reason.possible for reason in reasons) == pytest.approx(45)


def test_work_is_found_by_meaning_across_languages_and_the_words_of_both_are_shown() -> None:
    told = explain(volunteer(skills="", experience="عملت في فحص جودة المياه"), assignment(title="Water testing"))
    found = evidence(told, "TEXT_ALIKE")
    assert "جودة المياه" in found["phrase"]
    assert found["asked_phrase"] == "Water testing"
    assert 0.15 < found["likeness"] <= 1


def test_more_words_never_lower_what_is_alike() -> None:
    short = "我在村里打过水井。"
    text = short
    before = explain(volunteer(skills="", experience=short), assignment(**WORK))
    for more in ("I like films.", "Nimefundisha watoto shuleni kwa miaka mitano.", "Borehole drilling!", "a" * 500):
        text = f"{text} {more}"
        after = explain(volunteer(skills="", experience=text), assignment(**WORK))
        assert after.score >= before.score
        before = after


def test_a_language_that_the_encoder_does_not_know_has_no_likeness() -> None:
    text = "Nimefundisha watoto kusoma shuleni kwa miaka mitano."
    told = explain(volunteer(skills="", experience=text), assignment(**WORK))
    assert "TEXT_NOT_KNOWN" in [reason.code for reason in told.reasons]


def test_a_year_of_last_use_is_shown_and_never_scored() -> None:
    old, new = (explain(volunteer(skills=f"WAT-02:3@{year}")) for year in ("1999", "2026"))
    assert old.score == new.score
    assert [reason.evidence.get("last_used") for reason in (old.reasons[0], new.reasons[0])] == [1999, 2026]


def test_skills_named_in_the_text_say_which_words_and_need_no_confirmation_to_be_shown() -> None:
    explanation = explain(volunteer(skills="", experience="I know first aid. Well drilling since 2010!"))
    found = evidence(explanation, "SKILL_IN_TEXT")
    assert (found["skill"], found["phrase"]) == ("WAT-02", "Well drilling")


def test_words_in_a_text_never_earn_more_than_the_lowest_level_that_could_be_stated() -> None:
    work = assignment(skills_essential="WAT-02:4", skills_desirable="")
    text = explain(volunteer(skills="", experience="borehole drilling"), work)
    stated = explain(volunteer(skills="WAT-02:1", experience="borehole drilling"), work)
    assert lines(text, "skills") == {"SKILL_IN_TEXT": 0.25}
    assert lines(stated, "skills") == {"SKILL_STATED": 0.25}


def test_skills_of_an_assignment_without_any_are_read_from_its_text_and_marked() -> None:
    work = assignment(skills_essential="", skills_desirable="", title="Borehole drilling", experience_level="newcomer")
    found = evidence(explain(work=work), "SKILL_STATED")
    assert (found["skill"], found["asked"], found["read_from_text"]) == ("WAT-02", 1, "Borehole drilling")


def test_a_skill_read_from_the_text_excludes_nobody() -> None:
    work = assignment(
        skills_essential="", skills_desirable="", title="Borehole drilling", experience_level="specialist"
    )
    assert explain(volunteer(skills="WAT-02:1"), work).obstacles == ()


def test_the_way_along_the_routes_names_each_leg_and_what_it_rests_on() -> None:
    found = evidence(explain(volunteer(countries="PE"), assignment(country="KZ")), "COUNTRY_NEAR")
    assert (found["from"], found["hops"], len(found["path"])) == ("PE", 2, 2)
    assert found["path"][0]["route"].startswith("ext_")
    assert found["path"][0]["basis"].startswith("extension")
    assert (found["path"][0]["from"], found["path"][-1]["to"]) == ("PE", "KZ")


def test_a_chosen_route_says_who_put_the_country_on_it() -> None:
    on_route = explain(volunteer(countries="", routes="msr_iom"))
    assert evidence(on_route, "ROUTE_CHOSEN") == {"country": "KE", "route": "msr_iom", "basis": "named"}
    extension = explain(volunteer(countries="", routes="ext_africa"), assignment(country="NA"))
    assert evidence(extension, "EXTENSION_CHOSEN")["basis"] == "extension_rule"


def test_a_country_off_the_graph_never_shows_a_distance() -> None:
    found = evidence(explain(volunteer(countries="BR")), "COUNTRY_NOT_IN_DATA")
    assert found == {"country": "KE"}


def test_the_reason_of_a_language_tells_how_it_is_known() -> None:
    found = evidence(
        explain(volunteer(languages="en:C1:own|en:C1:certificate"), assignment(languages="en:B2")), "LANGUAGE_MET"
    )
    assert (found["held"], found["basis"]) == ("C1", "certificate")
