"""The reference tables are whole and agree with each other: codes resolve, counts are those of the sources."""

import csv
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from babel import Locale

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
LABELS = [f"label_{language}" for language in ("en", "zh", "fr", "es", "ru", "ar")]
TARGETS_OF_GOAL = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def items(cell: str) -> list[str]:
    return [item for item in cell.split("|") if item]


def every_table() -> list[str]:
    return sorted(path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.csv"))


@pytest.mark.parametrize("name", every_table())
def test_a_table_is_plain(name: str) -> None:
    content = (REFERENCE / name).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    table = rows(name)
    assert table, "a table has rows"
    for row in table:
        assert None not in {*row, *row.values()}, f"every row of {name} has a cell for each column"
        assert all(cell == cell.strip() for cell in row.values()), f"no blanks around cells of {name}: {row}"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("countries.csv", "iso2"),
        ("bri_countries.csv", "iso2"),
        ("routes.csv", "id"),
        ("languages.csv", "code"),
        ("sdg_goals.csv", "goal"),
        ("sdg_targets.csv", "target"),
        ("sectors.csv", "code"),
        ("caveats.csv", "code"),
    ],
)
def test_keys_are_unique(name: str, key: str) -> None:
    assert [code for code, count in Counter(row[key] for row in rows(name)).items() if count > 1] == []


def test_all_iso_countries_are_there_and_babel_names_them() -> None:
    table = {row["iso2"]: row for row in rows("countries.csv")}
    assert len(table) == 249
    assert len({row["iso3"] for row in table.values()}) == 249
    assert table["NA"]["name_en"] == "Namibia"
    for language in ("en", "zh", "fr", "es", "ru", "ar"):
        names = Locale(language).territories
        assert [iso2 for iso2 in table if not names.get(iso2)] == []
    assert [iso2 for iso2, row in table.items() if not row["un_subregion"]] == ["AQ"]


def test_no_two_countries_answer_to_one_name() -> None:
    names = [
        (name.casefold(), row["iso2"])
        for row in rows("countries.csv")
        for name in {row["iso2"], row["iso3"], row["name_en"], *items(row["aliases_en"])}
    ]
    assert [name for name, count in Counter(name for name, _ in names).items() if count > 1] == []


def test_partner_counts_are_those_of_the_sources() -> None:
    status = Counter(row["mou_status"] for row in rows("bri_countries.csv"))
    assert status == {"signed": 153, "withdrawn": 2, "china": 1, "none": 5}
    assert {row["iso2"] for row in rows("bri_countries.csv") if row["mou_status"] == "withdrawn"} == {"IT", "PA"}


def test_every_partner_has_a_source_and_no_year_without_confidence() -> None:
    for row in rows("bri_countries.csv"):
        assert row["source"], f"{row['iso2']} has a source"
        assert bool(row["mou_year"]) <= (row["mou_year_confidence"] in {"high", "medium", "low"})


def test_membership_columns_never_mix() -> None:
    kinds = {row["id"]: row["kind"] for row in rows("routes.csv")}
    for row in rows("bri_countries.csv"):
        named, inferred = set(items(row["routes_named"])), set(items(row["routes_inferred"]))
        extension = set(items(row["routes_extension"]))
        assert not named & inferred
        assert all(kinds[route_id] in {"land", "sea"} for route_id in named | inferred)
        assert all(kinds[route_id] == "extension" for route_id in extension)
        if row["route_basis"] == "extension_rule":
            assert not named | inferred
            assert extension


def test_codes_of_routes_and_countries_resolve() -> None:
    countries = {row["iso2"] for row in rows("countries.csv")}
    partners = {row["iso2"] for row in rows("bri_countries.csv")}
    routes = {row["id"] for row in rows("routes.csv")}
    assert partners <= countries
    assert {row["iso2"] for row in rows("route_stops.csv")} <= partners
    assert {row["iso2"] for row in rows("bri_disagreements.csv")} <= countries
    edges = rows("route_edges.csv")
    assert set(chain.from_iterable((edge["iso2_a"], edge["iso2_b"]) for edge in edges)) == partners
    assert {edge["route_id"] for edge in edges} | {"msr_arctic"} == routes
    assert all(edge["route_id"].startswith("ext_") == edge["basis"].startswith("extension_") for edge in edges)


def test_routes_and_their_sources_are_named_in_six_languages() -> None:
    for row in rows("routes.csv"):
        assert all(row[f"name_{language}"] for language in ("en", "zh", "fr", "es", "ru", "ar")), row["id"]
        assert row["source"]


def test_languages_cover_every_official_language_of_a_partner() -> None:
    known = {row["code"] for row in rows("languages.csv")}
    spoken = {
        code
        for row in rows("bri_countries.csv")
        for code in items(row["official_languages"]) + items(row["official_languages_other"])
    }
    assert spoken - known == set()
    assert len(known) >= 150
    assert all(re.fullmatch(r"[A-Z][a-z]{3}", row["script"]) for row in rows("languages.csv"))


def test_sdg_goals_targets_and_sectors() -> None:
    assert [row["goal"] for row in rows("sdg_goals.csv")] == [str(number) for number in range(1, 18)]
    targets = Counter(row["goal"] for row in rows("sdg_targets.csv"))
    assert [targets[str(number)] for number in range(1, 18)] == TARGETS_OF_GOAL
    assert all(row["target"].split(".")[0] == row["goal"] and row["summary_en"] for row in rows("sdg_targets.csv"))
    assert max(len(row["summary_en"]) for row in rows("sdg_targets.csv")) <= 110
    assert 15 <= len(rows("sectors.csv")) <= 18
    for row in chain(rows("sdg_goals.csv"), rows("sectors.csv")):
        assert all(row[label] for label in LABELS)


def test_the_dictionary_describes_every_table_and_column() -> None:
    text = (REFERENCE.parent / "README.md").read_text(encoding="utf-8")
    for name in every_table():
        section = text.split(f"\n### `reference/{name}`", 1)
        assert len(section) == 2, f"data/README.md describes reference/{name}"
        described = section[1].split("\n### ", 1)[0]
        with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        missing = [column for column in columns if not _is_described(column, described)]
        assert missing == [], f"data/README.md explains each column of {name}"


def _is_described(column: str, text: str) -> bool:
    # Six columns, one a language, are described as one: label_en to label_ar.
    stem, _, language = column.rpartition("_")
    if stem in {"label", "name"} and language in {"zh", "fr", "es", "ru"}:
        return f"`{stem}_en`" in text and f"`{stem}_ar`" in text
    return f"`{column}`" in text
