"""What the text linker finds, in which words, and what it must leave alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Reference, SkillLinker, linker_for
from matching.text import MAX_CHARACTERS
from matching.words import fold, word_likeness

REFERENCE = Reference.load()
LINKER = linker_for(REFERENCE)
OTHER_LINKER = SkillLinker(REFERENCE)


@pytest.mark.parametrize(
    ("text", "code", "phrase"),
    [
        ("I drilled boreholes for a decade", "WAT-02", "drilled boreholes"),
        ("Well-digging, and repaired hand pumps", "WAT-04", "repaired hand pumps"),
        ("BOREHOLE DRILLING", "WAT-02", "BOREHOLE DRILLING"),
        ("Ｂｏｒｅｈｏｌｅ　ｄｒｉｌｌｉｎｇ", "WAT-02", "Ｂｏｒｅｈｏｌｅ ｄｒｉｌｌｉｎｇ"),
        ("我在乡下做过五年急救工作", "HEA-01", "急救"),
        ("Я преподавал математику", "EDU-18", "преподавал математику"),
        ("premiers secours et soins infirmiers generaux", "HEA-01", "premiers secours"),
        ("Primeros  auxilios\nen la montaña", "HEA-01", "Primeros auxilios"),
        ("الإسعافات الأولية في القرى", "HEA-01", "الإسعافات الأولية"),
    ],
)
def test_a_skill_is_found_with_the_words_that_spoke(text: str, code: str, phrase: str) -> None:
    links = LINKER.link(text)
    assert links[code].phrase == phrase
    assert 0.7 < links[code].strength <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1234 !!! ...",
        "I like music and good food and long walks",
        "community communication",
        "strong social and work habits",
        "Willingness to live in difficult conditions, with best practices",
        "a history of success",
        "🙂🙂🙂",
        "\ud800",
    ],
)
def test_words_without_a_skill_find_none(text: str) -> None:
    assert LINKER.link(text) == {}


def test_every_label_and_synonym_finds_its_own_skill() -> None:
    lost = []
    for skill in REFERENCE.skills.values():
        for _, text in skill.names():
            if skill.code not in LINKER.link(text):
                lost.append((skill.code, text))
    # Two skills may share words (a synonym inside another's label); that must stay rare.
    total = sum(len(list(skill.names())) for skill in REFERENCE.skills.values())
    assert len(lost) <= total * 0.03, lost


def test_the_longer_phrase_speaks_for_the_words_it_holds() -> None:
    links = LINKER.link("rural water supply")
    assert next(iter(links)) == "WAT-01"


def test_clauses_are_not_read_across() -> None:
    assert "WAT-02" not in LINKER.link("I know a borehole. Drilling teeth is my work")


def test_a_long_text_is_cut() -> None:
    started = time.perf_counter()
    links = LINKER.link("x " * MAX_CHARACTERS + "borehole drilling")
    assert links == {}
    assert time.perf_counter() - started < 5


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_gives_the_same_links_alone_and_in_company(texts: list[str]) -> None:
    together = LINKER.link_all(texts)
    assert together == [OTHER_LINKER.link(text) for text in reversed(texts)][::-1]
    for links in together:
        for code, link in links.items():
            assert (link.code, 0 < link.strength <= 1) == (code, True)


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("nurse", "nursing", True),
        ("farmers", "farming", True),
        ("teachers", "teaching", True),
        ("story", "history", False),
        ("communication", "community", False),
        ("driving", "drilling", False),
    ],
)
def test_words_are_alike_by_stem_or_n_grams(word: str, other: str, alike: bool) -> None:
    vectors = LINKER._vectorizer.transform([word, other])
    cosine = float((vectors[0] @ vectors[1].T).toarray()[0, 0])
    assert (word_likeness(word, other, cosine) > 0) is alike


def test_folding_keeps_what_is_said_and_drops_how_it_is_written() -> None:
    assert fold("ÉCOLE Ｗａｔｅｒ Ёлка") == "ecole water елка"
