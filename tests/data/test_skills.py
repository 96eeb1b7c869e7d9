"""The skills taxonomy is sound: what the matching and the pages take for granted is checked here."""

import csv
import re
from collections import Counter
from itertools import chain, groupby
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
LABELS = tuple(f"label_{language}" for language in LANGUAGES)
SKILL_COLUMNS = [
    "code",
    "family",
    *LABELS,
    "broader",
    "related",
    "licensed",
    "esco",
]
FAMILY_COLUMNS = ["code", *LABELS]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LATIN = re.compile(r"[A-Za-z]")
SCRIPTS = {
    "en": LATIN,
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "fr": LATIN,
    "es": LATIN,
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
}

Row = dict[str, str]


def read(name: str) -> tuple[list[str], list[Row]]:
    """Header and rows of a reference table; a row with too many or too few cells fails."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        header, *lines = list(csv.reader(handle))
    return header, [dict(zip(header, line, strict=True)) for line in lines]


def cells(row: Row, column: str) -> list[str]:
    """The items of a list cell."""
    return row[column].split("|") if row[column] else []


SKILL_HEADER, SKILLS = read("skills.csv")
FAMILY_HEADER, FAMILIES = read("skill_families.csv")
SYNONYM_HEADER, SYNONYMS = read("skill_synonyms.csv")
BY_CODE = {skill["code"]: skill for skill in SKILLS}


def repeated(values: list[str]) -> list[str]:
    """Values that occur more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_columns_stand_in_the_agreed_order() -> None:
    assert SKILL_HEADER == SKILL_COLUMNS
    assert FAMILY_HEADER == FAMILY_COLUMNS
    assert SYNONYM_HEADER == ["code", "lang", "synonym"]


def test_no_cell_has_stray_blanks() -> None:
    loose = [
        (row["code"], text)
        for row in SKILLS + FAMILIES + SYNONYMS
        for text in row.values()
        if text != " ".join(text.split())
    ]
    assert loose == []


def test_there_are_enough_skills_and_families() -> None:
    assert len(SKILLS) >= 300
    assert len(FAMILIES) >= 36


def test_codes_are_unique_and_well_formed() -> None:
    assert repeated([skill["code"] for skill in SKILLS]) == []
    assert repeated([family["code"] for family in FAMILIES]) == []
    assert [s["code"] for s in SKILLS if not re.fullmatch(rf"{s['family']}-\d\d", s["code"])] == []
    assert [f["code"] for f in FAMILIES if not re.fullmatch(r"[A-Z]{3}", f["code"])] == []


def test_every_skill_has_a_family_and_every_family_a_skill() -> None:
    assert {skill["family"] for skill in SKILLS} == {family["code"] for family in FAMILIES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_in_the_script_of_their_language(language: str) -> None:
    wrong = [row["code"] for row in SKILLS + FAMILIES if not SCRIPTS[language].search(row[f"label_{language}"])]
    assert wrong == []


@pytest.mark.parametrize("label", LABELS)
def test_labels_are_unique_in_each_language(label: str) -> None:
    assert repeated([skill[label].casefold() for skill in SKILLS]) == []
    assert repeated([family[label].casefold() for family in FAMILIES]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_has_two_synonyms_or_more(language: str) -> None:
    counts = Counter(row["code"] for row in SYNONYMS if row["lang"] == language)
    assert [code for code in BY_CODE if counts[code] < 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_synonyms_are_in_the_script_of_their_language(language: str) -> None:
    rows = [row for row in SYNONYMS if row["lang"] == language]
    # A few are names that stand in Latin letters everywhere (QGIS).
    assert sum(not SCRIPTS[language].search(row["synonym"]) for row in rows) <= 5


@pytest.mark.parametrize("language", sorted({row["lang"] for row in SYNONYMS}))
def test_a_synonym_means_one_skill_only(language: str) -> None:
    labels = {skill.get(f"label_{language}", "").casefold() for skill in SKILLS}
    synonyms = [row["synonym"].casefold() for row in SYNONYMS if row["lang"] == language]
    assert sorted(labels.intersection(synonyms)) == []
    assert repeated(synonyms) == []
    assert "" not in synonyms


def test_synonyms_are_of_skills_and_stand_together() -> None:
    assert {row["code"] for row in SYNONYMS} <= set(BY_CODE)
    order = [(row["code"], row["lang"]) for row in SYNONYMS]
    assert len(list(groupby(order))) == len(set(order))


def ancestors(code: str) -> list[str]:
    """Codes above a skill, nearest first; fails on an unknown code and stops at a cycle."""
    found: list[str] = []
    while (code := BY_CODE[code]["broader"]) and code not in found:
        found.append(code)
    return found


def test_broader_skills_exist_and_make_no_cycle() -> None:
    assert [s["code"] for s in SKILLS if s["broader"] and s["broader"] not in BY_CODE] == []
    assert [code for code in BY_CODE if code in ancestors(code)] == []


def test_related_skills_exist_and_point_both_ways() -> None:
    pairs = {(skill["code"], other) for skill in SKILLS for other in cells(skill, "related")}
    assert {other for _, other in pairs} <= set(BY_CODE)
    assert [pair for pair in pairs if pair[0] == pair[1]] == []
    assert sorted({(other, code) for code, other in pairs} - pairs) == []


def test_a_skill_is_not_both_broader_and_related() -> None:
    assert [s["code"] for s in SKILLS if s["broader"] in cells(s, "related")] == []


def test_every_skill_is_linked_to_another() -> None:
    above = {skill["broader"] for skill in SKILLS}
    alone = [s["code"] for s in SKILLS if not s["broader"] and not s["related"] and s["code"] not in above]
    assert alone == []


def test_licensed_is_yes_or_no_and_both_occur() -> None:
    assert {skill["licensed"] for skill in SKILLS} == {"yes", "no"}


def test_esco_identifiers_look_like_uuids_and_are_used_once() -> None:
    given = list(chain.from_iterable(cells(skill, "esco") for skill in SKILLS))
    assert [value for value in given if not UUID.fullmatch(value)] == []
    assert repeated(given) == []
