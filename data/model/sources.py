"""Reads groups of texts that mean the same: ESCO (read from the shared folder) and this project's own tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.text.encoder import legible

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "reference"
EXAMPLES = REFERENCE / "skill_examples.csv"
ESCO = ROOT.parent / "shared" / "data" / "esco"
ESCO_FILES = (
    ("occupations_en.csv", "en"),
    ("occupations_es.csv", "es"),
    ("skills_en-us.csv", "en"),
    ("skills_es.csv", "es"),
    ("skills_fr.csv", "fr"),
)
TERMS = Path(__file__).with_name("terms.csv")
LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of one meaning: ESCO concept (its URI), own skill (its code) or term; each with its language."""

    key: str
    kind: str
    texts: tuple[str, ...]
    languages: tuple[str, ...]


def groups(without_concepts: frozenset[str] = frozenset(), without_skills: frozenset[str] = frozenset()) -> list[Group]:
    """Return every group of two or more texts, except those named, in a fixed order."""
    without = without_concepts | without_skills
    whole = [*_esco_groups(), *_skill_groups()]
    known = {text for group in whole if group.key in without for text in group.texts}
    found = [*(group for group in whole if group.key not in without), *_term_groups(known)]
    return [group for group in found if len(group.texts) > 1]


def _esco_groups() -> Iterator[Group]:
    texts: dict[str, dict[str, str]] = {}
    for name, language in ESCO_FILES:
        for row in _rows(ESCO / name):
            labels = texts.setdefault(row["conceptUri"], {})
            for label in _spoken(row):
                labels.setdefault(legible(label), language)
    for uri, labels in sorted(texts.items()):
        labels.pop("", None)
        kind = "occupation" if "/occupation/" in uri else "skill"
        yield Group(uri, kind, tuple(labels), tuple(labels.values()))


def _spoken(row: dict[str, str]) -> Iterator[str]:
    """Yield the labels of a row; of a pair for men and women, each half too."""
    for label in (row["preferredLabel"], *row["altLabels"].split("\n")):
        yield label
        if row["conceptUri"].startswith("http://data.europa.eu/esco/occupation/") and "/" in label:
            yield from label.split("/")


def _skill_groups() -> Iterator[Group]:
    """Yield the own skills: labels first, then synonyms, then sentences of people who speak of the skill."""
    more: dict[str, dict[str, str]] = {}
    for row in _rows(REFERENCE / "skill_synonyms.csv"):
        more.setdefault(row["code"], {}).setdefault(legible(row["synonym"]), row["lang"])
    for row in _rows(EXAMPLES):
        more.setdefault(row["code"], {}).setdefault(legible(row["example"]), row["lang"])
    for row in _rows(REFERENCE / "skills.csv"):
        labels = {legible(row[f"label_{language}"]): language for language in LANGUAGES} | more.get(row["code"], {})
        labels.pop("", None)
        yield Group(row["code"], "taxonomy", tuple(labels), tuple(labels.values()))


def _term_groups(known: set[str]) -> Iterator[Group]:
    """Yield the terms of work and daily life in six languages, but none that is called like a meaning left out."""
    for row in _rows(TERMS):
        labels: dict[str, str] = {}
        for language in LANGUAGES:
            labels.setdefault(legible(row[language]), language)
        if not known & set(labels):
            yield Group(row["en"], "term", tuple(labels), tuple(labels.values()))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
