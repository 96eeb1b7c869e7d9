"""Texts that were found together speak for their like: names of one thing come before a stranger that scores alike."""

import numpy as np
from scipy.sparse import csr_matrix

from matching.text.echo import Echo
from matching.text.exact import whole

# Three names of one thing, and a stranger to them.
MEANING = whole(np.array([[1.0, 0.0], [0.98, 0.199], [0.97, 0.243], [0.0, 1.0]], dtype=np.float32))
SPELLING = csr_matrix(np.eye(4, dtype=np.float32))
SCORES = np.array([[0.9, 0.8, 0.4, 0.5]], dtype=np.float32)
WHOLE, NOTHING = np.ones((1, 1), dtype=np.float32), np.zeros((1, 1), dtype=np.float32)


def test_a_name_beside_what_was_found_comes_before_a_stranger() -> None:
    [heard] = Echo(MEANING, SPELLING, 0.8).heard(SCORES, WHOLE)
    assert np.argsort(-heard).tolist() == [0, 1, 2, 3]


def test_the_best_of_a_long_text_say_nothing_of_one_another() -> None:
    assert np.array_equal(Echo(MEANING, SPELLING, 0.8).heard(SCORES, NOTHING), SCORES)


def test_a_lone_text_keeps_its_score_and_texts_that_are_the_same_score_the_same() -> None:
    alone = Echo(MEANING[:1], SPELLING[:1], 0.8)
    reached = np.array([[1.8]], dtype=np.float32)
    assert np.allclose(alone.heard(reached, WHOLE), alone.most(WHOLE, reached))
    twins = Echo(MEANING[[0, 0, 3]], SPELLING[[0, 0, 3]], 0.8)
    [heard] = twins.heard(np.array([[0.7, 0.7, 0.6]], dtype=np.float32), WHOLE)
    assert heard[0] == heard[1] > heard[2]


def test_what_is_not_heard_stays_behind_what_is() -> None:
    generator = np.random.default_rng(3)
    rows = generator.normal(size=(400, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    scores = generator.normal(size=(1, 400)).astype(np.float32)
    [heard] = Echo(whole(rows), csr_matrix(np.eye(400, dtype=np.float32)), 0.8).heard(scores, WHOLE)
    changed = heard != scores[0]
    assert changed.any() and not changed.all()
    assert heard[changed].min() >= heard[~changed].max()
