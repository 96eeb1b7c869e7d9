"""Reads groups of texts that mean the same: ESCO (read from the shared folder) and this project's own tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

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
TRANSLATIONS = ROOT / "webapp" / "translations"
LONGEST_PAGE_TEXT = 200
LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of one meaning: ESCO concept (its URI), own skill (its code) or text of a page; each with its language."""

    key: str
    kind: str
    texts: tuple[str, ...]
    languages: tuple[str, ...]


def groups(without_concepts: frozenset[str] = frozenset(), without_skills: frozenset[str] = frozenset()) -> list[Group]:
    """Return every group of two or more texts, except those named, in a fixed order."""
    found = [*_esco_groups(without_concepts), *_skill_groups(without_skills), *_page_groups(without_skills)]
    return [group for group in found if len(group.texts) > 1]


def _esco_groups(without: frozenset[str]) -> Iterator[Group]:
    texts: dict[str, dict[str, str]] = {}
    for name, language in ESCO_FILES:
        for row in _rows(ESCO / name):
            if row["conceptUri"] not in without:
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


def _skill_groups(without: frozenset[str]) -> Iterator[Group]:
    """Yield the own skills: labels first, then synonyms, then sentences of people who speak of the skill."""
    more: dict[str, dict[str, str]] = {}
    for row in _rows(REFERENCE / "skill_synonyms.csv"):
        more.setdefault(row["code"], {}).setdefault(legible(row["synonym"]), row["lang"])
    for row in _rows(EXAMPLES):
        more.setdefault(row["code"], {}).setdefault(legible(row["example"]), row["lang"])
    for row in _rows(REFERENCE / "skills.csv"):
        if row["code"] not in without:
            labels = {legible(row[f"label_{language}"]): language for language in LANGUAGES} | more.get(row["code"], {})
            labels.pop("", None)
            yield Group(row["code"], "taxonomy", tuple(labels), tuple(labels.values()))


def _page_groups(without_skills: frozenset[str]) -> Iterator[Group]:
    """Yield the short texts of the service's own pages in six languages, but none that names a skill left out."""
    hidden = {
        legible(row[f"label_{language}"])
        for row in _rows(REFERENCE / "skills.csv")
        if row["code"] in without_skills
        for language in LANGUAGES
    }
    texts: dict[str, dict[str, str]] = {}
    for language in LANGUAGES[1:]:
        with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            for message in read_po(file, locale=language):
                if _is_plain(message.id) and isinstance(message.string, str) and message.string:
                    labels = texts.setdefault(str(message.id), {legible(str(message.id)): "en"})
                    labels.setdefault(legible(message.string), language)
    for text, labels in sorted(texts.items()):
        labels.pop("", None)
        if not hidden & set(labels):
            yield Group(text, "page", tuple(labels), tuple(labels.values()))


def _is_plain(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) < LONGEST_PAGE_TEXT and "%(" not in text


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
