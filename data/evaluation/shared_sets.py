"""Reads the labelled sets of the shared folder, and says which concepts of ESCO are right answers in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.model.sources import ESCO, REFERENCE
from matching.text.encoder import legible

QUALITY = ESCO.parent / "quality"
MELO = {"fra_fr": "fra_q_fr_c_fr", "esp_es": "esp_q_es_c_es"}
SENTENCES = ("house", "tech")
ANNOTATIONS = "annotations.tsv"
# Scored as the published figures are: the best 100 of a title, the best 200 of a sentence.
MELO_TOP = 100
SENTENCES_TOP = 200
# A concept's number within an identifier such as C002089_fr_000.
NUMBER = slice(0, 7)


class Absent(Exception):
    """The shared folder is not here."""


@dataclass(frozen=True)
class TextSet:
    """Queries, a corpus, and the places in it that are right for each query; scored on the best `top`."""

    name: str
    queries: list[str]
    corpus: list[str]
    answers: list[set[int]]
    top: int


def melo(language: str) -> TextSet:
    """Return the national titles of a language that have an answer, and the labels of ESCO."""
    folder = _present(QUALITY / MELO[language])
    corpus = list(_lines(folder / "corpus_elements.tsv"))
    places = {row[0]: place for place, row in enumerate(corpus)}
    answers: dict[str, set[int]] = {}
    for query, _, element, _ in _lines(folder / ANNOTATIONS):
        answers.setdefault(query, set()).add(places[element])
    asked = [(row[0], row[1]) for row in _lines(folder / "queries.tsv") if row[0] in answers]
    right = [answers[key] for key, _ in asked]
    return TextSet(f"MELO {language}", [text for _, text in asked], [row[1] for row in corpus], right, MELO_TOP)


def sentences(name: str) -> TextSet:
    """Return sentences of job ads that have a skill of ESCO, and the labels of all skills."""
    labels = _present(QUALITY / "skills_en_label.txt").read_text(encoding="utf-8").splitlines()
    places: dict[str, set[int]] = {}
    for place, label in enumerate(labels):
        places.setdefault(label.lower(), set()).add(place)
    answers: dict[str, set[int]] = {}
    for row in _rows(QUALITY / f"{name}_validation_annotations.csv"):
        if row["label"].lower() in places:
            answers.setdefault(row["sentence"], set()).update(places[row["label"].lower()])
    return TextSet(f"{name.upper()} validation", list(answers), labels, list(answers.values()), SENTENCES_TOP)


@lru_cache(maxsize=1)
def right_concepts() -> frozenset[str]:
    """Return the URIs of all concepts that are a right answer in any of the sets, whatever the language.

    MELO's corpora share their numbers; the Spanish labels lead from a number to the concept. A label that several
    concepts share leads to all of them: rather too many are left out than too few.
    """
    numbers = {row[2][NUMBER] for folder in MELO.values() for row in _lines(_present(QUALITY / folder / ANNOTATIONS))}
    titles = {
        legible(row[1]) for row in _lines(QUALITY / MELO["esp_es"] / "corpus_elements.tsv") if row[0][NUMBER] in numbers
    }
    skills = {
        legible(one.corpus[place]) for one in map(sentences, SENTENCES) for right in one.answers for place in right
    }
    return frozenset(_named("occupations_es.csv", titles) | _named("skills_en-us.csv", skills))


@lru_cache(maxsize=1)
def right_skills() -> frozenset[str]:
    """Return the codes of this project's own skills that stand for one of those concepts."""
    right = {uri.rsplit("/", 1)[-1] for uri in right_concepts()}
    return frozenset(row["code"] for row in _rows(REFERENCE / "skills.csv") if row["esco"] in right)


def _named(file: str, labels: set[str]) -> set[str]:
    found = set()
    for row in _rows(ESCO / file):
        if any(legible(label) in labels for label in (row["preferredLabel"], *row["altLabels"].split("\n"))):
            found.add(row["conceptUri"])
    return found


def _present(path: Path) -> Path:
    if not path.exists():
        raise Absent("the labelled sets are not here: they are read from ../shared/data/quality, and are not shipped")
    return path


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
