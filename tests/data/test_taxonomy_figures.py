import numpy as np
import pytest

from data.evaluation.folds import parts
from data.evaluation.taxonomy import Names, alike, evened, places
from matching.reference import Reference
from matching.text.meanings import NEAREST_SHARE


def test_parts_are_alike_in_size_and_keep_kin_together() -> None:
    reference = Reference.load()
    found = parts(reference)
    assert sorted(code for part in found for code in part) == sorted(reference.skills)
    assert max(map(len, found)) - min(map(len, found)) <= 1
    broader = {code: skill.broader for code, skill in reference.skills.items() if skill.broader}
    assert all(code not in part or other in part for part in found for code, other in broader.items())


def test_a_skill_scores_by_its_nearest_name_and_by_their_mean() -> None:
    queries, names = np.eye(2), np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    scores = alike(queries, names, np.array([0, 2]))
    between = NEAREST_SHARE + (1 - NEAREST_SHARE) * 0.5**0.5
    assert scores == pytest.approx(np.array([[between, 0], [between, 1]]))


def test_a_name_that_lies_near_to_everything_wins_less_often() -> None:
    scores = np.array([[0.5, 0.6, 0.1], [0.1, 0.7, 0.1], [0.1, 0.6, 0.5]])
    assert places(scores).tolist() == [2, 1, 2]
    assert places(evened(scores)).tolist() == [1, 1, 1]


def test_an_equal_score_counts_against_the_answer() -> None:
    assert places(np.ones((3, 3))).tolist() == [3, 3, 3]


def test_names_start_with_the_label() -> None:
    reference = Reference.load()
    names = Names.of(reference, "fr")
    assert names.labels == [skill.labels["fr"] for skill in reference.skills.values()]
