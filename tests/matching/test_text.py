"""What the text linker finds, in which words, and what it must leave alone."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Reference, SkillLinker, linker_for
from matching.text import MAX_CHARACTERS, linker
from matching.text.calibration import Calibration
from matching.text.encoder import shared_encoder
from matching.text.meanings import ROWS, key_of, shipped_rows, skill_texts, stored_rows
from matching.text.passages import MAX_PASSAGES, passages_of
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
        ("Я преподавал математику", "EDU-18", "Я преподавал математику"),
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


@pytest.mark.parametrize("step", [24, pytest.param(6, marks=pytest.mark.long)])
def test_labels_and_synonyms_find_their_own_skill(step: int) -> None:
    names = [(skill.code, text) for skill in REFERENCE.skills.values() for _, text in skill.names()][::step]
    links = LINKER.link_all([text for _, text in names])
    lost = [name for name, found in zip(names, links, strict=True) if name[0] not in found]
    # Two skills may share words (a synonym inside another's label); that must stay rare.
    assert len(lost) <= len(names) * 0.03, lost


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I did well digging in my village", "WAT-02"),
        ("我是一名护士，在县医院病房做护理工作十二年。", "NUR-01"),
        ("Je soigne les malades à l'hôpital depuis dix ans", "NUR-01"),
        ("Enseñé a leer a los adultos de mi pueblo", "EDU-07"),
    ],
)
def test_work_in_other_words_is_found_by_what_it_means(text: str, code: str) -> None:
    link = LINKER.link(text)[code]
    assert link.phrase in text
    assert 0.5 < link.strength <= 1


def test_the_shipped_numbers_and_rows_belong_to_the_shipped_head() -> None:
    remedy = "run python -m data.model.calibrate"
    assert Calibration.load().head == shared_encoder().head.fingerprint, remedy
    keys = {key_of(text) for _, _, text in skill_texts(REFERENCE)}
    assert keys <= set(shipped_rows(ROWS, shared_encoder().head.fingerprint)), remedy


def test_scores_of_a_passage_do_not_depend_on_its_company() -> None:
    words = ["borehole drilling", "pansement des plaies", "教孩子识字", "a long walk"]
    together = LINKER.meanings.scores(LINKER.rows(words))
    alone = [LINKER.meanings.scores(OTHER_LINKER.rows([one]))[0] for one in words]
    assert all((row == other).all() for row, other in zip(together, alone, strict=True))


def test_passages_hold_few_words_and_stay_when_a_text_grows() -> None:
    text = "I dug wells for 12 years, and trained the pump mechanics of three districts."
    before = passages_of(text)
    assert [passage.text for passage in before][:3] == ["I dug wells", "years", "trained the pump mechanics"]
    assert all(" ".join(text[one.start : one.end].split()) == one.text for one in before)
    assert passages_of(f"{text} Then we built latrines.")[: len(before)] == before
    assert len(passages_of("teaching children to read. " * 1000)) == MAX_PASSAGES


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
    vectors = LINKER.letters._vectorizer.transform([word, other])
    cosine = float((vectors[0] @ vectors[1].T).toarray()[0, 0])
    assert (word_likeness(word, other, cosine) > 0) is alike


def test_folding_keeps_what_is_said_and_drops_how_it_is_written() -> None:
    assert fold("ÉCOLE Ｗａｔｅｒ Ёлка") == "ecole water елка"


def test_rows_of_names_are_the_same_whether_shipped_or_encoded_now(tmp_path: Path) -> None:
    encoder, names = shared_encoder(), tuple(text for _code, _language, text in skill_texts(REFERENCE)[:3])
    of_another_head, absent = tmp_path / "other.npz", tmp_path / "absent.npz"
    zeros = {"keys": np.zeros((1, 8), np.uint8), "rows": np.zeros((1, 512), np.int8)}
    np.savez(of_another_head, allow_pickle=False, head=np.array("another"), **zeros)
    shipped = stored_rows(names, encoder)
    for path in (of_another_head, absent):
        assert stored_rows(names, encoder, path).tobytes() == shipped.tobytes()


def test_a_linker_forgets_the_oldest_texts_and_reads_them_alike_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linker, "CACHE_SIZE", 2)
    texts = ["borehole drilling", "first aid", "I taught mathematics"]
    few = SkillLinker(REFERENCE)
    assert few.link_all(texts) == LINKER.link_all(texts)
    assert len(few._texts) == 2
    assert few.link(texts[0]) == LINKER.link(texts[0])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mimi ni muuguzi, nimefanya kazi hospitalini miaka mitano", "NUR-01"),
        ("Nimekuwa mwalimu wa shule ya msingi tangu 2015", "EDU-01"),
        ("मैं एक नर्स हूँ और पाँच साल से अस्पताल में काम करती हूँ", "NUR-01"),
        ("मैं पेशे से वकील हूँ", "LAW-03"),
        ("Tôi là y tá và đã làm việc năm năm ở bệnh viện", "NUR-01"),
        ("من پرستار هستم و پنج سال در بیمارستان کار کرده‌ام", "NUR-01"),
        ("من جوشکار هستم", "INF-07"),
        ("میں الیکٹریشن ہوں", "INF-03"),
        ("আমি একজন নার্স, পাঁচ বছর হাসপাতালে কাজ করেছি", "NUR-01"),
        ("আমি রাজমিস্ত্রি", "INF-02"),
    ],
)
def test_who_says_what_they_are_is_found_where_only_letters_can_speak(text: str, code: str) -> None:
    assert code in LINKER.link(text)
