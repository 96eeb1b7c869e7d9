from __future__ import annotations

from dataclasses import replace

import pytest

from matching.coach import Draft, coach
from matching.coach.lexicon import bare, spans_of
from matching.coach.statements import statements_of, told
from matching.coach.wording import equals
from matching.coach.work import task_list, tasks
from matching.facts import UI_LANGUAGES
from matching.words import every_word_of
from tests.matching.coach.examples import TASKS
from tests.matching.coach.prose import ADVERTS, EXPERTS, PLANS, SAVING, TELLING
from tests.matching.coach.whole import WHOLE

SIX = pytest.mark.parametrize("language", UI_LANGUAGES)
FOUR = (
    "Repair six hand pumps with the caretakers",
    "Train caretakers to change seals and rods",
    "Price spare parts in Kisumu",
    "Keep a logbook",
)


@SIX
def test_prose_of_plans_names_no_work(language: str) -> None:
    found = tasks(Draft(tasks=PLANS[language]))
    assert found.share < 0.1
    assert found.evidence["sentences"]
    assert task_list(Draft(tasks=PLANS[language])).share == 0


@SIX
def test_adverts_name_no_work(language: str) -> None:
    assert tasks(Draft(tasks=ADVERTS[language])).share < 0.05
    assert task_list(Draft(tasks=ADVERTS[language])).share == 0


@SIX
def test_only_an_expert_who_is_set_above_others_is_flagged(language: str) -> None:
    fine, raised = EXPERTS[language]
    assert equals(Draft(tasks=fine)).evidence["phrases"] == ()
    assert equals(Draft(tasks=raised)).evidence["phrases"]


@SIX
def test_words_that_begin_like_empty_ones_count(language: str) -> None:
    for word in TELLING[language]:
        words = tuple(bare(one) for one in every_word_of(word))
        assert not [check for check in ("general", "vague") if spans_of(check, words)], word


@SIX
def test_one_word_of_saving_leaves_the_work_beside_it(language: str) -> None:
    found = Draft(tasks=SAVING[language])
    assert equals(found).evidence["phrases"]
    assert tasks(found).share > 0.1


@pytest.mark.parametrize("joint", ["\n{}", "\n- {}", "\n{n}. {}", " {n}. {}.", " ✅ {}", "\n{n}、{}", " • {}"])
def test_a_list_counts_its_entries_whatever_marks_them(joint: str) -> None:
    text = "".join(joint.format(entry, n=number) for number, entry in enumerate(FOUR, 1))
    assert [one.is_concrete for one in statements_of(text)] == [True] * len(FOUR)
    assert tasks(Draft(tasks=text)).share == tasks(Draft(tasks=". ".join(FOUR))).share


def test_what_announces_a_list_is_not_called_empty() -> None:
    assert tasks(Draft(tasks="Your tasks:\n" + "\n".join(FOUR))).evidence["sentences"] == ()
    assert tasks(Draft(tasks="Help us.\n" + "\n".join(FOUR))).evidence["sentences"] == ("Help us.",)


def test_numbers_and_addresses_alone_tell_nothing() -> None:
    for text in ("1 2 3 4 5 6", "www.pumps.example/jobs/now", "https://pumps.example/a/b", "jobs.now@pumps.example"):
        assert told(text) == 0, text
    assert told("Water 200 seedlings") == 2
    assert told("联系 a@pumps.example教护士包扎伤口") == told("联系 教护士包扎伤口")
    assert len(statements_of("Read www.pumps.example. Teach nurses.")) == 2


def test_a_dot_in_an_abbreviation_ends_no_sentence() -> None:
    for text in ("Plant trees, e.g. mango, at St. Mary school.", "Plantar árboles, p. ej. mango.", "Ask Dr. Achieng."):
        assert len(statements_of(text)) == 1, text
    assert len(statements_of("Teach grade 5. Mark tests.")) == 2


def test_a_task_that_repeats_a_word_is_a_task_and_a_repeated_task_none() -> None:
    again = "Teach the ward nurses to dress wounds. Check with the ward nurses how wounds heal."
    assert tasks(Draft(tasks=again)).evidence["sentences"] == ()
    assert task_list(Draft(tasks=again)).evidence["number"] == 2
    assert task_list(Draft(tasks=f"{again} {again}")).evidence["number"] == 2


def test_padding_a_task_does_not_hide_an_empty_one() -> None:
    draft = replace(WHOLE, tasks="Help out where needed. Teach four nurses wound care.")
    padded = replace(draft, tasks=draft.tasks[:-1] + " in a very good and great way every day for all of us.")
    assert coach(padded).score <= coach(draft).score


def test_saying_a_task_twice_does_not_hide_an_empty_one() -> None:
    good = TASKS["en"][0]
    draft, twice = (replace(WHOLE, tasks=f"Help out where needed. {text}") for text in (good, f"{good} {good}"))
    assert coach(twice).score <= coach(draft).score
