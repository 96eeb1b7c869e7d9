"""Every reason and rule has its words, for every reader, in every language, and the numbers stay as they are."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from flask import Flask

from matching import ELIGIBILITY_CODES, REASON_CODES, Matcher
from webapp import explain
from webapp.config import LANGUAGES, ROOT
from webapp.reason_words import ABOUT_OTHERS, OBSTACLES, TO_VOLUNTEER, WHY_NOT
from webapp.services import learning

READERS = (explain.VOLUNTEER, explain.HOST, explain.COORDINATOR, explain.OTHER_VIO)


def _sample(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "sample" / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def matches() -> list[dict[str, Any]]:
    """Return reasons, obstacles and score of the best and the near matches of the sample."""
    found = Matcher().fit(_sample("volunteers")).rank(_sample("assignments").iloc[::4], top=12)
    return [
        {"score": row.score, "reasons": json.loads(row.reasons), "obstacles": json.loads(row.changes)}
        for row in found.itertuples()
    ]


def test_every_reason_has_words() -> None:
    assert set(REASON_CODES) <= set(ABOUT_OTHERS)
    assert set(TO_VOLUNTEER) <= set(ABOUT_OTHERS)


def test_every_rule_has_words() -> None:
    assert set(ELIGIBILITY_CODES) == set(OBSTACLES) == set(WHY_NOT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_sentences_are_whole_and_add_up(app: Flask, matches: list[dict[str, Any]], reader: str, language: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        for match in matches:
            lines = explain.sentences(match["reasons"], language, reader)
            assert sum(line.contribution for line in lines) == pytest.approx(match["score"], abs=1e-9)
            assert sum(line.possible for line in lines) == pytest.approx(100)
            assert [line.criterion for line in lines] == sorted(
                (line.criterion for line in lines), key=explain.CRITERIA_ORDER.index
            )
            for words in [line.text for line in lines] + explain.missing_words(match["obstacles"], language):
                assert words
                assert "%(" not in words
                assert "None" not in words


def test_what_a_person_wrote_is_not_kept(app: Flask, matches: list[dict[str, Any]]) -> None:
    """Lines that many people share are said once; a quoted text has to go when its writer goes."""
    reasons = [reason for match in matches for reason in match["reasons"]]
    quoted = [reason for reason in reasons if "phrase" in reason["evidence"]]
    with app.test_request_context("/"):
        explain._kept_line.cache_clear()
        said = explain.sentences(quoted, "en", explain.COORDINATOR)
        assert explain._kept_line.cache_info().currsize == 0
        explain.sentences(reasons, "en", explain.COORDINATOR)
        assert explain._kept_line.cache_info().currsize > 0
    assert any(reason["evidence"]["phrase"] in line.text for line in said for reason in quoted)


def test_what_a_host_wrote_is_not_kept(app: Flask) -> None:
    """A skill that was read from an assignment's text quotes it, whatever is said of the person."""
    evidence = {"skill": "NUR-01", "read_from_text": "ask Ann in Kisumu"}
    points = {"contribution": 1.0, "possible": 5.0, "known": False, "value": 0.1, "share": 0.5}
    reason = {"criterion": "skills", "code": "SKILL_NOT_KNOWN", "evidence": evidence, **points}
    with app.test_request_context("/"):
        explain._kept_line.cache_clear()
        assert "Ann" in explain.sentences([reason], "en", explain.COORDINATOR)[0].text
        assert explain._kept_line.cache_info().currsize == 0


@pytest.mark.parametrize("reader", READERS)
def test_the_range_opens_by_the_lines_that_are_listed_as_not_known(
    app: Flask, matches: list[dict[str, Any]], reader: str
) -> None:
    with app.test_request_context("/"):
        for match in matches:
            lines = explain.sentences(match["reasons"], "en", reader)
            low, high = learning.range_of(explain.seen_by(reader, match["reasons"]), None)
            unknown = [line for line in lines if line.kind == "unknown"]
            assert match["score"] - low == pytest.approx(sum(line.contribution for line in unknown))
            assert high - low == pytest.approx(sum(line.possible for line in unknown))
    assert any(reason["code"] == "TEXT_NOT_ALIKE" for match in matches for reason in match["reasons"])


@pytest.mark.parametrize("reader", [explain.HOST, explain.OTHER_VIO])
def test_a_host_learns_nothing_of_earlier_service(app: Flask, matches: list[dict[str, Any]], reader: str) -> None:
    with app.test_request_context("/"):
        for match in matches:
            lines = explain.sentences(match["reasons"], "en", reader)
            assert not [line for line in lines if line.code.startswith(("SERV", "COUNTRY_NEAR"))]
            assert len([line for line in lines if line.criterion == "country"]) == 1
