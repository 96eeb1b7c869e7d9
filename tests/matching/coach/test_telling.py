"""What could stand in any assignment earns nothing in any words: no list holds them, and none was learned."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from data.evaluation.coach_fresh import AT_ONCE, REFUSAL, SETS, fresh, padded
from data.evaluation.coach_heldout import PADDING
from data.model.telling import STATEMENTS
from matching.coach import Draft, coach
from matching.coach.refusals import is_named, refused, unnamed
from matching.coach.statements import statements_of, told
from matching.coach.work import tasks
from matching.facts import UI_LANGUAGES
from tests.matching.coach.examples import TASKS
from tests.matching.coach.whole import WHOLE

SIX = pytest.mark.parametrize("language", UI_LANGUAGES)
DEFERRING = {
    "en": "We talk about it when you are here.",
    "zh": "等您来了再谈。",
    "fr": "On en parlera quand vous serez là.",
    "es": "Ya hablaremos cuando estés aquí.",
    "ru": "Поговорим, когда вы приедете.",
    "ar": "سنتحدث عن ذلك عندما تصل.",
}

EMPTY = {
    "en": ("You will grow as a person and come home with a thousand memories.",),
    "zh": ("您会收获成长，带着美好的回忆回家。",),
    "fr": ("Vous grandirez et rentrerez chez vous avec mille souvenirs.",),
    "es": ("Crecerás como persona y volverás a casa con mil recuerdos.", "¡No lo pienses más y ven con nosotros!"),
    "ru": ("Вы вырастете как личность и вернётесь домой с тысячей воспоминаний.",),
    "ar": ("ستنضج شخصيتك وتعود إلى بيتك بألف ذكرى جميلة.",),
}


@SIX
def test_empty_sentences_kept_apart_hardly_ever_tell_something(language: str) -> None:
    empty = [text for kind, text in fresh(language) if kind != REFUSAL]
    assert sum(told(text) > 0 for text in empty) <= len(empty) / 4


@SIX
def test_empty_sentences_after_full_tasks_raise_nothing(language: str) -> None:
    empty = [text for kind, text in fresh(language) if kind != REFUSAL]
    draft = replace(WHOLE, tasks=f"{TASKS[language][0]}\n{WHOLE.tasks}")
    for first in range(0, len(empty), AT_ONCE):
        assert coach(padded(draft, empty[first : first + AT_ONCE])).score <= coach(draft).score


@SIX
def test_an_empty_sentence_after_one_without_a_stop_lends_it_no_words(language: str) -> None:
    draft = replace(WHOLE, tasks="Repair six hand pumps with the caretakers of the valley")
    for empty in EMPTY[language]:
        assert coach(padded(draft, [empty])).score < coach(draft).score


def test_a_name_within_a_sentence_begins_no_other() -> None:
    for text in (
        "Work with the Ministry of Health on malaria nets in the Northern Region of the country",
        "Teach in 北京大学 the use of microscopes",
    ):
        assert [one.text for one in statements_of(text)] == [text]


@SIX
def test_the_sentence_that_counts_as_empty_is_quoted(language: str) -> None:
    good, deferring = TASKS[language][0], DEFERRING[language]
    found = tasks(Draft(tasks=f"{good}\n{deferring}"))
    assert found.evidence["sentences"] == (deferring.rstrip("。"),)
    assert found.share < tasks(Draft(tasks=good)).share


@SIX
def test_an_answer_that_defers_is_none_and_is_quoted(language: str) -> None:
    text = DEFERRING[language]
    assert coach(Draft(community_consulted=text, locals_sought=text, supervisor=text)).score == 0
    assert refused("unasked", text)
    assert unnamed(text)


@pytest.mark.parametrize("name", ["Rosa", "Nowak", "李伟", "أم خالد", "Сергей", "Marie-Claire", "N. Perera (teacher)"])
def test_a_name_is_a_name(name: str) -> None:
    assert is_named(name)
    assert unnamed(name) == ()


def test_what_stands_around_a_sentence_does_not_matter() -> None:
    plain, dressed = (statements_of(text)[0].clear for text in ("Weigh each calf", " - Weigh each calf!"))
    assert plain == dressed > 0


def test_beside_empty_sentences_a_sentence_has_to_be_clearer() -> None:
    work = TASKS["en"][0].split(". ")[0]
    alone = statements_of(work)[0].clear
    beside = statements_of(f"We will see. It depends. {work}")[-1].clear
    assert 0 < beside < alone


def test_tasks_that_only_hint_earn_a_little_and_less_when_they_are_cut_or_vaguer() -> None:
    hints = "Volunteers join projects on farming. Volunteers act as mentors for young people."
    whole, cut, vaguer = (replace(WHOLE, tasks=text) for text in (hints, hints.split(". ")[0], "Help us. We will see."))
    assert told(hints) == 0
    nothing = coach(replace(WHOLE, tasks="")).score
    assert nothing < coach(cut).score < coach(whole).score
    assert nothing <= coach(vaguer).score < coach(whole).score
    assert coach(replace(WHOLE, tasks=f"{hints} {hints}")).score <= coach(whole).score
    assert coach(replace(WHOLE, tasks=f"{hints} We will see. It depends.")).score < coach(whole).score
    assert coach(whole).score - nothing < 5


def test_a_language_that_the_encoder_cannot_read_counts_as_before() -> None:
    swahili = "Fundisha wauguzi wanne kuosha vidonda na kuandika katika daftari la hospitali ya wilaya kila asubuhi."
    assert [one.clear for one in statements_of(swahili)] == [1.0]


def test_what_is_kept_apart_was_not_learned() -> None:
    def texts(path: object) -> set[str]:
        with open(str(path), encoding="utf-8", newline="") as lines:
            return {row["text"] for row in csv.DictReader(lines)}

    learned = texts(STATEMENTS)
    assert not learned & {text for language in PADDING.values() for text in language}
    for kept in SETS.values():
        assert not learned & texts(kept)
