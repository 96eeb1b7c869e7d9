"""The graded set: readable, whole, and scored over its candidates alone."""

from __future__ import annotations

import pytest

from data.evaluation.graded import chance, quality, read, read_grades, text_orders, texts_of
from matching.reference import Reference
from matching.schema import parse_assignments, parse_volunteers


def test_the_lists_can_be_read_by_the_matcher() -> None:
    reference = Reference.load()
    assert len(parse_assignments(read("assignments"), reference)) == 30
    assert len(parse_volunteers(read("volunteers"), reference)) == 238


def test_thirty_assignments_have_twenty_graded_candidates_each_as_pooled() -> None:
    grades, pool = read("grades"), read("pool")
    pairs = list(zip(grades["assignment_id"], grades["volunteer_id"], strict=True))
    assert pairs == list(zip(pool["assignment_id"], pool["volunteer_id"], strict=True))
    assert len(set(pairs)) == 600
    assert set(grades.groupby("assignment_id").size()) == {20}
    assert set(grades["grade"]) == {"0", "1", "2", "3"}
    assert set(grades["volunteer_id"]) <= set(read("volunteers")["id"])


def test_the_second_reading_is_of_pooled_pairs() -> None:
    first, second = read("grades"), read("second")
    merged = second.merge(first, on=["assignment_id", "volunteer_id"])
    assert len(merged) == len(second) == 100


def test_an_assignment_without_a_right_candidate_is_left_out() -> None:
    grades = read_grades()
    assert len(grades) == 29
    assert "G29" not in grades


def test_quality_reads_the_order_of_the_graded_candidates_alone() -> None:
    grades = {"A": {"right": 3, "wrong": 0}}
    assert quality({"A": ["ungraded", "right", "wrong"]}, grades).tolist() == [1.0]
    assert quality({"A": ["wrong", "right"]}, grades)[0] == pytest.approx(0.6309, abs=1e-4)
    assert quality({}, grades).tolist() == [0.0]
    assert chance(grades) == pytest.approx(0.815, abs=0.05)


def test_texts_name_stated_skills_in_words_and_orders_hold_every_candidate() -> None:
    volunteers, assignments, grades = read("volunteers"), read("assignments"), read_grades()
    people, work = texts_of(volunteers, assignments)
    assert Reference.load().skills["NUR-01"].labels["en"] in work[0]
    assert any(":" not in text and "General nursing" in text for text in people)
    for orders in text_orders(volunteers, assignments, grades).values():
        assert {name: set(order) for name, order in orders.items()} == {name: set(of) for name, of in grades.items()}
