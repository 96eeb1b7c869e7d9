"""The paraphrases: enough of them, in every language, each for one skill, none of them a label in disguise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from data.evaluation.paraphrases import LANGUAGES, places_of, read_rows
from matching.reference import Reference

ROWS = read_rows()


def test_there_are_150_skills_of_every_family_in_six_languages() -> None:
    said = {language: {row["code"] for row in ROWS if row["lang"] == language} for language in LANGUAGES}
    skills = Reference.load().skills
    assert len(said["en"]) >= 150
    assert all(codes == said["en"] for codes in said.values())
    assert len(ROWS) == len(LANGUAGES) * len(said["en"])
    assert {code[:3] for code in said["en"]} == {code[:3] for code in skills}
    assert said["en"] <= set(skills)


def test_no_paraphrase_stands_twice() -> None:
    assert max(Counter(row["text"] for row in ROWS).values()) == 1


def test_no_paraphrase_holds_the_label_of_its_skill() -> None:
    skills = Reference.load().skills
    holding = [
        row["text"] for row in ROWS if skills[row["code"]].labels[row["lang"]].casefold() in row["text"].casefold()
    ]
    assert holding == []


def test_places_count_from_the_best_score_and_ties_count_against_the_skill() -> None:
    codes = sorted(Reference.load().skills)

    def in_order(queries: Sequence[str], reference: Reference) -> np.ndarray:
        return np.tile(np.arange(len(codes), 0, -1.0), (len(queries), 1))

    def all_equal(queries: Sequence[str], reference: Reference) -> np.ndarray:
        return np.ones((len(queries), len(codes)))

    right = [codes[0], codes[5], codes[-1]]
    assert places_of(in_order, ["", "", ""], right).tolist() == [1, 6, len(codes)]
    assert places_of(all_equal, ["", "", ""], right).tolist() == [len(codes)] * 3
