import numpy as np
import pytest

from matching.text.alignment import Alignment
from matching.text.encoder import Encoder, shared_encoder
from matching.text.exact import Array


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shared_encoder()


def shares(encoder: Encoder, corpus: list[str], query: str) -> Array:
    """Return how much of each corpus text a query covers."""
    [covered] = Alignment(encoder).fit(corpus, corpus).scores([query], [query])[0]
    return covered


@pytest.mark.parametrize(
    ("query", "kin", "other"), [("teacher", "teaching", "instructor"), ("cook", "cookery", "kitchen")]
)
def test_a_word_near_by_meaning_and_spelling_stands_before_one_near_by_meaning_alone(
    encoder: Encoder, query: str, kin: str, other: str
) -> None:
    by_meaning = encoder.encode([query]) @ encoder.encode([kin, other]).T
    assert by_meaning[0, 0] <= by_meaning[0, 1] + 0.01
    covered = shares(encoder, [kin, other], query)
    assert covered[0] > covered[1] + 0.1


def test_a_text_is_covered_whole_by_itself_and_not_more(encoder: Encoder) -> None:
    covered = shares(encoder, ["teacher of music", "well digging"], "teacher of music")
    assert np.isclose(covered[0], 1.0) and covered[1] < 0.5
