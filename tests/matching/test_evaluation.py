"""The measures of a ranking, against values worked out by hand."""

import math
from collections.abc import Callable, Collection, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation import average_precision, bootstrap, ndcg, paired_gain, recall, reciprocal_rank


def test_average_precision_counts_what_was_not_ranked() -> None:
    assert average_precision(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(["a"], {"a", "b"}) == pytest.approx(0.5)
    assert average_precision([], {"a"}) == 0.0


def test_reciprocal_rank_and_recall() -> None:
    assert reciprocal_rank(["x", "a"], {"a", "b"}) == 0.5
    assert reciprocal_rank(["x"], {"a"}) == 0.0
    assert recall(["x", "a", "b"], {"a", "b", "c", "d"}, top=2) == 0.25


def test_ndcg_of_a_known_order() -> None:
    grades = {"a": 3.0, "b": 1.0, "c": 0.0}
    best = 7 + 1 / math.log2(3)
    assert ndcg(["a", "b", "c"], grades) == pytest.approx(1.0)
    assert ndcg(["b", "a", "c"], grades) == pytest.approx((1 + 7 / math.log2(3)) / best)
    assert ndcg(["c"], {"c": 0.0}) == 1.0


@pytest.mark.parametrize("measure", [average_precision, reciprocal_rank])
def test_a_query_without_a_right_answer_is_refused(measure: Callable[[Sequence[str], Collection[str]], float]) -> None:
    with pytest.raises(ValueError, match="right answer"):
        measure(["a"], set())


@given(st.permutations("abcdef"), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3), min_size=1))
def test_ndcg_lies_between_0_and_1_and_the_best_order_gives_1(order: list[str], grades: dict[str, int]) -> None:
    assert 0.0 <= ndcg(order, grades, top=3) <= 1.0 + 1e-12
    best = sorted(grades, key=lambda one: -grades[one])
    assert ndcg(best, grades, top=3) == pytest.approx(1.0)


def test_an_interval_holds_the_mean_and_covers_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(200):
        values = np.random.default_rng(seed).normal(0.5, 0.2, size=60)
        interval = bootstrap(values, seed)
        assert interval.low <= interval.value <= interval.high
        covered += interval.low <= 0.5 <= interval.high
    assert 0.88 <= covered / 200 <= 0.99


def test_a_paired_gain_is_sharper_than_two_intervals() -> None:
    base = np.random.default_rng(1).uniform(size=80)
    gain = paired_gain(base + 0.05, base)
    assert gain.low == pytest.approx(0.05) and gain.high == pytest.approx(0.05)
    with pytest.raises(ValueError, match="same queries"):
        paired_gain([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="at least one"):
        bootstrap([])
