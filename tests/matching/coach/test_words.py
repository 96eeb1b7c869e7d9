from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.coach import Draft, DraftMoney, DraftSkill, coach
from matching.coach.asked import levels
from matching.coach.lexicon import rows
from matching.coach.money import money_clear, provided
from matching.coach.people import contact
from matching.coach.time import hours, pace
from matching.coach.wording import equals
from matching.coach.work import results, task_list, tasks, title
from matching.facts import UI_LANGUAGES
from tests.matching.coach.examples import EQUALS, NO_CHILDREN, PROVIDED, RESULTS, TASKS, TEACHING
from tests.matching.coach.whole import WHOLE

TEXTS = ("title", "tasks", "expected_results", "learning", "local_strengths", "plain_day", "handover")
SIX = pytest.mark.parametrize("language", UI_LANGUAGES)


def test_every_check_of_words_has_words_in_all_languages() -> None:
    counted = Counter((row["check"], row["language"]) for row in rows())
    checks = {check for check, _language in counted}
    assert {(check, language) for check in checks for language in UI_LANGUAGES} == set(counted)
    assert sum(counted.values()) == len({tuple(row.values()) for row in rows()})


@SIX
def test_concrete_tasks_are_told_from_vague_ones(language: str) -> None:
    good, poor = TASKS[language]
    assert tasks(Draft(tasks=good)).share > 0.55
    assert task_list(Draft(tasks=good)).share == 1
    assert tasks(Draft(tasks=good)).evidence["phrases"] == ()
    assert tasks(Draft(tasks=poor)).share < 0.1
    assert tasks(Draft(tasks=poor)).evidence["phrases"]
    assert title(Draft(title=good.split(".")[0])).share == 1
    assert title(Draft(title=poor)).share < 0.5


@SIX
def test_results_that_can_be_checked_are_told_from_wishes(language: str) -> None:
    good, poor = RESULTS[language]
    assert results(Draft(expected_results=good)).evidence["marks"]
    assert not results(Draft(expected_results=poor)).evidence["marks"]
    assert results(Draft(expected_results=good)).share > 0.9 > 0.5 >= results(Draft(expected_results=poor)).share


@SIX
def test_words_that_make_people_small_are_found(language: str) -> None:
    good, poor = EQUALS[language]
    assert equals(Draft(tasks=good)).evidence["phrases"] == ()
    assert equals(Draft(tasks=good)).share == 1
    assert len(equals(Draft(tasks=poor)).evidence["phrases"]) >= 2


@SIX
def test_tasks_with_children_deny_an_answer_without_contact(language: str) -> None:
    without, with_children = NO_CHILDREN[language]
    answered = Draft(contact_children="none", contact_adults="none")
    assert contact(replace(answered, tasks=without)).share == 1
    assert contact(replace(answered, tasks=with_children)).evidence["phrases"]
    assert contact(replace(answered, contact_children="supervised", tasks=with_children)).share == 1


@SIX
def test_what_is_provided_is_read_from_the_money(language: str) -> None:
    lines = [DraftMoney("host", "volunteer", what) for what in PROVIDED[language]]
    kinds = ("lodging", "food", "travel", "insurance")
    assert provided(Draft(money=tuple(lines))).share == 1
    for at, kind in enumerate(kinds):
        assert provided(Draft(money=tuple(lines[:at] + lines[at + 1 :]))).evidence["unsaid"] == (kind,)


OPEN = {
    "en": "to be confirmed",
    "zh": "待定",
    "fr": "à confirmer",
    "es": "por confirmar",
    "ru": "будет решено позже",
    "ar": "يحدد لاحقا",
}


@SIX
def test_a_payment_that_is_left_open_is_not_clear(language: str) -> None:
    room = PROVIDED[language][0]
    assert money_clear(Draft(money=(DraftMoney("host", "volunteer", room, "150", room),))).share == 1
    assert money_clear(Draft(money=(DraftMoney("host", "volunteer", room, OPEN[language], room),))).share == 0


@SIX
def test_tasks_are_counted_against_hours_and_weeks(language: str) -> None:
    good, poor = TASKS[language]
    assert task_list(Draft(tasks=poor)).share == 0
    assert [hours(Draft(tasks=good, hours=given)).evidence["crowded"] for given in (4, 5)] == [True, False]
    assert [pace(Draft(tasks=good, hours=20, weeks=given)).evidence["hurried"] for given in (2, 3)] == [True, False]


@SIX
def test_who_teaches_needs_more_than_guidance(language: str) -> None:
    skills = (DraftSkill("NUR-11", 1, True),)
    mends, teaches, _interpreted = TEACHING[language]
    assert [levels(Draft(tasks=text, skills=skills)).evidence["low"] for text in (mends, teaches)] == [False, True]


EMPTY = st.lists(
    st.sampled_from([row["word"].replace("*", "") for row in rows() if row["check"] == "general"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@SIX
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_padding_never_raises_the_score(language: str, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(TEXTS))
    good, poor = TASKS[language]
    draft = replace(WHOLE, tasks=data.draw(st.sampled_from([good, poor, f"{poor} {good}"])))
    text, empty = getattr(draft, field), data.draw(EMPTY)
    stop = data.draw(st.sampled_from([". ", "。", "\n", " "]))
    padded = data.draw(st.sampled_from([f"{text}{stop}{empty}.", f"{empty}{stop}{text}"]))
    assert coach(replace(draft, **{field: padded})).score <= coach(draft).score


def test_saying_it_twice_never_raises_the_score() -> None:
    for name in TEXTS:
        text = getattr(WHOLE, name)
        assert coach(replace(WHOLE, **{name: f"{text} {text}"})).score <= coach(WHOLE).score
