"""The whole way from decisions to a score that a coordinator let in, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp.db import own_session
from webapp.models import Assignment, AssignmentSkill, AuditEvent, LearningRun, Match, ScoreModel, User, Volunteer
from webapp.services import (
    judgements,
    learning,
    learning_runs,
    models_in_force,
    ranking,
    runs,
    score_models,
    visibility,
)
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.judgements import Word

DECIDED = 25
CAUSE = "3"


def build(session: AnySession, works: int = DECIDED) -> User:
    """Make an office whose coordinator prefers people who care for the cause, more than those of much skill."""
    vio = make_vio(session)
    who = make_user(session, "coordinator", vio)
    host = make_host(session, vio)
    for _ in range(works):
        work = make_assignment(session, host, skills={}, sdg_targets=["3.8", "16.1"])
        work.skills = [AssignmentSkill(skill=code, level=2, is_essential=False) for code in ("NUR-01", "WAT-02")]
    for second in ({}, {"WAT-02": 1}, {"WAT-02": 2}, {"WAT-02": 3}):
        for cause in (CAUSE, "13"):
            make_volunteer(session, vio, skills={"NUR-01": 2, **second}, causes=[cause])
    return who


def decide(session: AnySession, who: User) -> None:
    """Let the coordinator decide on everybody who matches, by the cause alone."""
    for assignment in session.scalars(select(Assignment).where(Assignment.vio_id == who.vio_id)):
        for match in visibility.current_matches(session, assignment):
            cares = match.volunteer.causes == [CAUSE]
            word = Word("endorse", "skills_fit") if cares else Word("dismiss", "skills")
            judgements.judge(session, who, assignment, [match], word)


def rank_all() -> None:
    """Do every ranking that waits."""
    while runs.carry_out_next(own_session, ranking.rank_everything):
        pass


def shown() -> list[tuple[Any, ...]]:
    """Return everything that any reader is shown of the current matches, as stored."""
    with own_session() as session:
        rows = session.scalars(select(Match).where(Match.is_current).order_by(Match.assignment_id, Match.volunteer_id))
        return [
            (one.assignment_id, one.volunteer_id, one.score, one.band, one.lot, json.dumps(one.reasons)) for one in rows
        ]


def test_decisions_change_the_ranking_once_let_in_and_back(own_engine: Engine) -> None:
    with own_session() as session:
        who = build(session)
        ranking.request_everything(session, who)
    rank_all()
    with own_session() as session:
        decide(session, who)
        learning_runs.ask(session, who)
    before = shown()
    assert learning_runs.carry_out_next(own_session)
    assert not learning_runs.carry_out_next(own_session)
    assert shown() == before, "a proposal changes nothing"
    with own_session() as session:
        run = learning_runs.last_finished(session, who.vio_id)
        assert (run.outcome, run.assignments, run.decisions) == ("proposed", DECIDED, 8 * DECIDED)
        proposal = score_models.waiting(session, who.vio_id)
        assert proposal.weights["interests"] > 0.2, "twice the installation's weight, and more"
        assert proposal.weights["country"] == pytest.approx(0.20)
        assert proposal.figures["gain"] > 0
        assert len(proposal.preview["examples"]) == 10
        assert proposal.preview["moved"] == 0, "eight people for ten places"
        score_models.approve(session, who, proposal, "Who cares for the cause stays.")
    rank_all()
    after = shown()
    assert [row[:2] for row in after] == [row[:2] for row in before]
    assert [row[2] for row in after] != [row[2] for row in before]
    for row in after:
        assert sum(reason["contribution"] for reason in json.loads(row[5])) == pytest.approx(row[2], abs=1e-9)
    with own_session() as session:
        newest = session.scalars(select(Match).where(Match.is_current).order_by(Match.id.desc())).first()
        assert models_in_force.of_match(session, newest).version == 1
        best = sorted((row for row in after if row[0] == newest.assignment_id), key=lambda row: -row[2])[:4]
        assert [session.get(Volunteer, row[1]).causes for row in best] == [[CAUSE]] * 4
        calibrations = learning_runs.last_finished(session, who.vio_id).calibrations
        assert set(calibrations) == {"0", str(newest.run.models[str(who.vio_id)])}
        score_models.back_to_default(session, who)
    rank_all()
    assert shown() == before, "rolled back, every score, lot and reason is what it was, byte for byte"
    with own_session() as session:
        score_models.roll_back(session, who, session.scalar(select(ScoreModel)))
    rank_all()
    assert shown() == after
    with own_session() as session:
        actions = list(session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "score_model")))
        assert actions == [f"score_model_{word}" for word in ("proposed", "approved", "retired", "approved")]


def test_too_few_decisions_say_so_and_propose_nothing(own_engine: Engine) -> None:
    with own_session() as session:
        who = build(session, works=3)
        ranking.request_everything(session, who)
    rank_all()
    with own_session() as session:
        decide(session, who)
        learning_runs.ask(session, who)
        assert learning_runs.ask(session, who) is learning_runs.latest(session, who.vio_id)
    learning_runs.carry_out_next(own_session)
    with own_session() as session:
        run = learning_runs.latest(session, who.vio_id)
        assert (run.state, run.outcome, run.assignments) == ("finished", "too_few", 3)
        assert session.scalar(select(ScoreModel)) is None


def test_the_night_looks_where_enough_was_decided_since(own_engine: Engine) -> None:
    with own_session() as session:
        who = build(session, works=3)
        ranking.request_everything(session, who)
    rank_all()
    with own_session() as session:
        assert learning_runs.look(session) == 0
        decide(session, who)
        assert learning_runs.look(session) == 2, "the office's own, and the shared one"
    while learning_runs.carry_out_next(own_session):
        pass
    with own_session() as session:
        assert learning_runs.look(session) == 0, "nothing new since"
        assert {run.outcome for run in session.scalars(select(LearningRun))} == {"too_few"}


def test_a_look_whose_worker_died_is_taken_up_again(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    run = learning_runs.ask(session, who)
    run.state, run.attempts = "running", 1
    run.started_at = run.created_at - 2 * learning_runs.STALE_AFTER
    session.flush()
    assert learning_runs.requeue_stale(session) == 1
    assert run.state == "queued"
    run.state, run.attempts = "running", learning_runs.MOST_ATTEMPTS
    session.flush()
    learning_runs.requeue_stale(session)
    assert (run.state, run.finished_at is not None) == ("failed", True)


def propose(session: AnySession, who: User, share: float = 0.1) -> ScoreModel:
    """Make a proposal that waits."""
    return score_models.propose(session, who, who.vio_id, learning.with_country_weight(None, share))


def test_a_version_is_let_in_with_a_reason_by_its_own_office(session: AnySession) -> None:
    who, stranger = make_user(session, "coordinator"), make_user(session, "coordinator")
    made = propose(session, who)
    with pytest.raises(Refused, match="why"):
        score_models.approve(session, who, made, "  ")
    with pytest.raises(NotFound):
        score_models.version_of(session, stranger, made.id)
    assert models_in_force.of_vio(session, who.vio_id) is None
    score_models.approve(session, who, made, "As we work.")
    assert models_in_force.of_vio(session, who.vio_id) is made
    assert models_in_force.of_vio(session, stranger.vio_id) is None
    assert (made.decided_by_id, made.reason) == (who.id, "As we work.")
    with pytest.raises(IllegalMove):
        score_models.reject(session, who, made, "Too late.")


def test_what_was_turned_down_never_scores(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    made = propose(session, who)
    score_models.reject(session, who, made, "Too few decisions behind it.")
    with pytest.raises(Refused):
        score_models.roll_back(session, who, made)
    with pytest.raises(IllegalMove):
        score_models.approve(session, who, made, "After all.")
    newer, newest = propose(session, who), propose(session, who, 0.3)
    assert (newer.state, newer.decided_by_id) == ("rejected", None), "a newer proposal takes its place"
    assert score_models.waiting(session, who.vio_id) is newest


def test_people_set_the_weight_of_the_country_and_the_rest_keeps_its_proportions(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    made = score_models.set_country_weight(session, who, 0, "We send wherever help is asked for.")
    assert made.state == "approved"
    assert made.weights["country"] == 0
    assert sum(made.weights.values()) == pytest.approx(1)
    assert made.weights["skills"] / made.weights["languages"] == pytest.approx(3, abs=0.01)
    for percent in (-1, 41):
        with pytest.raises(Refused, match="percent"):
            score_models.set_country_weight(session, who, percent, "No.")
    with pytest.raises(Refused, match="already"):
        score_models.set_country_weight(session, who, 0, "Again.")
    score_models.set_country_weight(session, who, 40, "The route comes first.")
    assert (made.state, models_in_force.of_vio(session, who.vio_id).weights["country"]) == ("retired", 0.4)


def test_a_pair_is_scored_by_the_office_of_the_assignment_for_every_reader(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    mine = make_assignment(session, make_host(session, who.vio))
    other = make_assignment(session)
    person = make_volunteer(session, open_to_all=True, countries=("TZ",))
    ranking.rank_volunteer(session, person)
    plain = {one.assignment_id: one.score for one in visibility.matches_of_volunteer(session, person)}
    assert plain[mine.id] == pytest.approx(plain[other.id])
    score_models.set_country_weight(session, who, 0, "The place does not matter to us.")
    ranking.rank_volunteer(session, person)
    found = {one.assignment_id: one for one in visibility.matches_of_volunteer(session, person)}
    assert found[other.id].score == plain[other.id]
    assert found[mine.id].score != plain[mine.id]
    assert found[mine.id].run.models == {str(who.vio_id): models_in_force.of_vio(session, who.vio_id).id}
    ranking.rank_assignment(session, mine)
    (seen,) = visibility.current_matches(session, mine)
    assert (seen.score, seen.reasons) == (found[mine.id].score, found[mine.id].reasons)
    assert ranking.explain_pair(session, person, mine).score == seen.score


def test_the_range_holds_the_score_and_closes_where_all_is_known(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    work = make_assignment(session, make_host(session, who.vio))
    make_volunteer(session, who.vio, countries=())
    ranking.rank_assignment(session, work)
    (match,) = visibility.current_matches(session, work)
    low, high = learning.range_of(match.reasons, None)
    assert low < match.score < high
    known = [{**reason, "known": True} for reason in match.reasons]
    assert learning.range_of(known, None) == pytest.approx((match.score, match.score))
    old = [{name: reason[name] for name in reason if name not in ("value", "share")} for reason in match.reasons]
    assert learning.range_of(old, None) == pytest.approx((low, high))
