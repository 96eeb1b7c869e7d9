"""Example sentences are of skills, and no answer to a question of the evaluation stands among them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from data.evaluation.paraphrases import LANGUAGES, read_rows
from matching.reference import Reference

FILE = Path(__file__).resolve().parents[2] / "data" / "reference" / "skill_examples.csv"
MOST_ALIKE = 0.36


def rows() -> list[dict[str, str]]:
    """Return all examples."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_examples_are_of_skills_sorted_as_these_and_each_stands_once() -> None:
    order = {code: place for place, code in enumerate(Reference.load().skills)}
    places = [(order[row["code"]], LANGUAGES.index(row["lang"])) for row in rows()]
    assert places == sorted(places)
    texts = [row["example"] for row in rows()]
    assert len(set(texts)) == len(texts) and all(text == text.strip() != "" for text in texts)


def test_no_example_is_a_name_of_a_skill() -> None:
    names = {text.casefold() for skill in Reference.load().skills.values() for _, text in skill.names()}
    assert not [row for row in rows() if row["example"].casefold() in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_is_spelled_like_a_paraphrase(language: str) -> None:
    examples = [row["example"] for row in rows() if row["lang"] == language]
    paraphrases = [row["text"] for row in read_rows() if row["lang"] == language]
    learned = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit(examples + paraphrases)
    alike = (learned.transform(examples) @ learned.transform(paraphrases).T).max(axis=1).toarray().ravel()
    assert not [example for example, most in zip(examples, alike, strict=True) if most > MOST_ALIKE]
