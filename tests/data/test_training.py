import csv
from dataclasses import fields, replace

import numpy as np
import pytest

from data.model.batches import batches
from data.model.descent import descend, gradients, loss
from data.model.sources import ESCO, EXAMPLES, Group, groups
from matching.text.head import Head

needs_esco = pytest.mark.skipif(not ESCO.exists(), reason="ESCO is not part of the repository")


@pytest.fixture
def head() -> Head:
    shapes = ((6, 20), (6, 24), (20, 24), (24, 20), (24, 6), (20, 6))
    generator = np.random.default_rng(3)
    return Head(*(generator.normal(size=shape) / 8 for shape in shapes))


def test_gradients_are_the_slopes_of_the_loss(head: Head) -> None:
    rows = np.random.default_rng(4).normal(size=(8, 6))
    for name, slope in gradients(head, rows).items():
        values, place, step = getattr(head, name), (1, 2), 1e-4
        moved = [values.copy(), values.copy()]
        moved[0][place] += step
        moved[1][place] -= step
        up, down = (loss(replace(head, **{name: one}), rows) for one in moved)
        assert (up - down) / (2 * step) == pytest.approx(slope[place], rel=0.05, abs=0.02)


def test_descent_lowers_the_loss_and_repeats_itself(head: Head) -> None:
    rows = np.random.default_rng(5).normal(size=(16, 6)).astype(np.float32)
    pairs = np.arange(16).reshape(2, 8)
    first, second = (descend(head, rows, iter([pairs] * 60), 60) for _ in range(2))
    assert loss(first, rows) < loss(head, rows)
    assert all(getattr(first, one.name).tobytes() == getattr(second, one.name).tobytes() for one in fields(Head))


@needs_esco
def test_what_is_left_out_is_in_no_group() -> None:
    whole = groups()
    concept = next(group for group in whole if group.kind == "occupation")
    skill = next(group for group in whole if group.kind == "taxonomy")
    fewer = groups(frozenset([concept.key]), frozenset([skill.key]))
    keys = {group.key for group in fewer}
    assert concept.key not in keys and skill.key not in keys
    terms = {text for group in fewer if group.kind == "term" for text in group.texts}
    assert not terms & {*concept.texts, *skill.texts}
    assert len(whole) > len(fewer) > 10_000


@needs_esco
def test_every_group_has_two_texts_or_more_and_none_is_empty() -> None:
    assert all(len(group.texts) == len(group.languages) > 1 and all(group.texts) for group in groups())


def test_the_two_texts_of_a_pair_are_of_one_meaning_and_of_different_languages_where_there_are_such() -> None:
    many = [Group(str(number), "taxonomy", ("a", "b", "c"), ("en", "en", "fr")) for number in range(20)]
    alone = [Group(f"s{number}", "skill", ("a", "b", "c"), ("en", "en", "en")) for number in range(40)]
    chosen = [*many, *alone]
    rows = np.random.default_rng(6).normal(size=(180, 8)).astype(np.float32)
    tongues = np.array([language for group in chosen for language in group.languages])
    for one, other in batches(chosen, rows, 5, 7):
        assert (one // 3 == other // 3).all() and (one != other).all()
        assert len(set((one // 3).tolist())) == len(one)
        mixed = one < 60
        assert mixed.any() and (tongues[one[mixed]] != tongues[other[mixed]]).all()


@needs_esco
def test_examples_are_learned_with_their_skill_and_left_out_with_it() -> None:
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    learned = {text for group in groups() if group.key == row["code"] for text in group.texts}
    assert row["example"].lower() in learned
    left = {text for group in groups(without_skills=frozenset([row["code"]])) for text in group.texts}
    assert row["example"].lower() not in left
