"""Each example of the coach: of the sector, in the language of the page, and good by the coach's own measure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from matching import Draft, coach_draft, to_fill_in
from tests.matching.coach.whole import WHOLE
from webapp import vocabulary
from webapp.coach_examples import BY_TASKS, FROM_FACTS, FROM_TABLE, FROM_TEMPLATE, example, table
from webapp.coach_words import SAYINGS
from webapp.config import LANGUAGES
from webapp.i18n import translate

SECTORS = tuple(vocabulary.reference().sectors)
SIX = pytest.mark.parametrize("language", LANGUAGES)
# What is said of any work in the same way: numbers, days, money, facts of a place, and how a text is written.
GENERAL = {"length", "reading", "languages", "dates", "living", "safety", "access", "provided", "money_clear"}
GENERAL |= {"contact", "openness"}


def test_every_check_has_an_example_of_its_sector_or_one_for_any_work() -> None:
    told = {*BY_TASKS, *FROM_TEMPLATE, *FROM_TABLE, *FROM_FACTS}
    assert told | GENERAL == set(SAYINGS)
    assert not told & GENERAL


@SIX
def test_examples_are_of_the_sector_and_in_the_language_of_the_page(app: Flask, language: str) -> None:
    numbers = {"hours", "pace"}
    with app.test_request_context(headers={"Accept-Language": language}):
        for code in {*BY_TASKS, *FROM_TEMPLATE, *FROM_TABLE, *FROM_FACTS} - numbers:
            told = {example(code, sector, language) for sector in SECTORS}
            assert len(told - {None, ""}) == len(SECTORS), code
    assert language == "en" or all(
        table(language)[check][sector] != table("en")[check][sector] for check in FROM_TABLE for sector in SECTORS
    )


@pytest.mark.parametrize("code", [*FROM_TEMPLATE, *FROM_TABLE, *FROM_FACTS])
def test_before_a_sector_is_chosen_the_example_fits_any_work(code: str) -> None:
    assert example(code, None, "en") is None
    assert SAYINGS[code].example


@SIX
def test_what_the_table_tells_is_good_by_its_own_check(language: str) -> None:
    def share(code: str, draft: Draft) -> float:
        return next(one.share for one in coach_draft(draft).findings if one.code == code)

    for sector in SECTORS:
        asked, sought, leads = (table(language)[check][sector] for check in FROM_TABLE)
        assert share("community", replace(WHOLE, community_consulted=asked)) == 1, asked
        why = "The county froze posts until 2028; a cook, two drivers and one guard keep theirs."
        assert share("displacement", replace(WHOLE, locals_sought=sought, why_not_paid_local=why)) == 1, sought
        assert share("supervision", replace(WHOLE, supervisor=leads)) == 1, leads
        shown = coach_draft(replace(WHOLE, plain_day=asked, hardest_thing=sought)).findings
        assert all(one.share == 1 for one in shown if one.code in ("equals", "welcome")), (asked, sought)


@SIX
def test_examples_hold_no_blank_and_earn_most_of_their_check(app: Flask, language: str) -> None:
    def share(code: str, **over: object) -> float:
        return next(one.share for one in coach_draft(replace(WHOLE, **over)).findings if one.code == code)

    with app.test_request_context(headers={"Accept-Language": language}):
        for sector in SECTORS:
            for code in SAYINGS:
                shown = example(code, sector, language) or translate(SAYINGS[code].example or "")
                assert to_fill_in(shown) == (), (code, sector)
                if code in FROM_TEMPLATE:
                    blank, full = share(code, **{FROM_TEMPLATE[code]: ""}), share(code)
                    assert share(code, **{FROM_TEMPLATE[code]: shown}) > (blank + full) / 2, (code, sector)
            tasks = str(example("tasks", sector, language))
            assert share("results", expected_results=tasks) > 0.5, sector
            assert min(share(code, tasks=tasks) for code in ("equals", "welcome")) > 0.5, sector
