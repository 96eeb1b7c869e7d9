"""What was worked out for a version of the score that is no more waiting is thrown away."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.factories import make_user
from webapp.db import own_session
from webapp.models import LearningRun, ScoreModel, User
from webapp.services import learning, learning_runs, score_models, version_comparison
from webapp.services.learning import Outcome


def _found(session: Any) -> LearningRun:
    found = session.scalars(select(LearningRun)).one()
    assert isinstance(found, LearningRun)
    return found


@pytest.fixture
def run_id(own_engine: Engine) -> int:
    """Return a look at decisions that waits."""
    with own_session() as session:
        return learning_runs.ask(session, make_user(session, "coordinator")).id


def test_comparison_of_a_version_that_was_replaced_meanwhile_changes_nothing(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_session() as session:
        who = make_user(session, "coordinator")
        number = score_models.propose_country_weight(session, who, 15, "As we work.").id

    def overtaken(*_given: object) -> tuple[dict[str, Any], dict[str, float], dict[str, Any]]:
        with own_session() as session:
            score_models.propose_country_weight(session, session.get_one(User, who.id), 25, "On second thoughts.")
        return {"examples": []}, {"gain": 1.0}, {}

    monkeypatch.setattr(version_comparison, "_worked_out", overtaken)
    assert version_comparison.work_out_next(own_session)
    with own_session() as session:
        made = session.get_one(ScoreModel, number)
        assert (made.state, made.preview, made.figures) == ("rejected", {}, {})


def test_look_that_fails_says_why(run_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_given: object) -> Outcome:
        raise RuntimeError("no memory left")

    monkeypatch.setattr(learning, "study", stumble)
    assert learning_runs.carry_out_next(own_session)
    with own_session() as session:
        assert (_found(session).state, _found(session).error) == ("failed", "RuntimeError: no memory left")


@pytest.mark.parametrize("fails", [False, True])
def test_look_that_was_put_back_meanwhile_leaves_nothing(
    run_id: int, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    def overtaken(*_given: object) -> Outcome:
        with own_session() as session:
            session.get_one(LearningRun, run_id).state = "queued"
        if fails:
            raise RuntimeError("no memory left")
        return Outcome("proposed", {})

    monkeypatch.setattr(learning, "study", overtaken)
    assert learning_runs.carry_out_next(own_session)
    with own_session() as session:
        assert (_found(session).state, _found(session).finished_at) == ("queued", None)


def test_weights_for_all_are_not_proposed_from_the_decisions_of_one_office(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_session() as session:
        run = learning_runs.ask(session, make_user(session, "coordinator"))
        run.vio_id = None
    monkeypatch.setattr(learning, "study", lambda *_given: Outcome("proposed", {}, "{}", "weights"))
    assert learning_runs.carry_out_next(own_session)
    with own_session() as session:
        assert (_found(session).state, _found(session).outcome) == ("finished", "few_offices")
        assert session.scalars(select(ScoreModel)).all() == []
