"""Statements for SQLite as text with their words spelled out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import String, TextClause, literal, select

from tests.factories import AnySession
from webapp import clock
from webapp.models import Offer
from webapp.models.accounts import COORDINATOR, HOST, VOLUNTEER
from webapp.services import badges
from webapp.services.spelled_out import for_database, spelled_out
from webapp.services.stand_ins import Plain

DAY = date(2027, 3, 1)


def test_words_are_spelled_out_and_numbers_and_days_are_not() -> None:
    asked = select(Offer.id).where(Offer.state == "it's", Offer.kind.in_(["a", "b"]), Offer.vio_id == 7)
    told = spelled_out(asked.where(Offer.answer_by < DAY))
    assert "offer.state = 'it''s' AND offer.kind IN ('a', 'b') AND offer.vio_id = :vio_id_1" in str(told)
    assert sorted(told.compile().params.values(), key=str) == [DAY, 7]


@pytest.mark.parametrize("word", ["it's", "x:y", "a :b", ":now", "a\\\\:b", "a::b:", "100%", "%(x)s", "?", "'':c", ""])
def test_a_word_comes_back_as_it_was_whatever_stands_in_it(session: AnySession, word: str) -> None:
    said = select(literal(word), literal(":", type_=String))
    told = session.connection().execute(for_database(said, session.connection().dialect.name))
    assert told.one() == (word, ":")


def test_what_every_page_asks_has_no_words_beside_it_and_one_text_for_many_readers() -> None:
    for role in (COORDINATOR, HOST, VOLUNTEER):
        kept = [badges._statement(Plain(one, role, one, one, ()), clock.today(), "sqlite") for one in (7, 8)]
        mine, other = [one for one in kept if isinstance(one, TextClause)]
        assert not [value for value in mine.compile().params.values() if isinstance(value, str)]
        assert str(mine) == str(other)
