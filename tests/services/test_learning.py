"""The whole way from decisions to a score that a coordinator let in, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.factories import (
    AnySession,
    let_country_weigh,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.match_runs import finish
from webapp.db import own_session
from webapp.models import Assignment, AssignmentSkill, AuditEvent, LearningRun, Match, ScoreModel, User, Volunteer
from webapp.services import (
    decisions,
    drawn_lists,
    judgements,
    learning,
    learning_runs,
    left_runs,
    models_in_force,
    ranking,
    score_models,
    version_comparison,
    visibility,
)
from webapp.services.decisions import values_of
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


def _interests(session: AnySession, who: User) -> list[float]:
    """Return what the people of one assignment bring of its causes, as its matches show it."""
    work = session.scalars(select(Assignment).where(Assignment.vio_id == who.vio_id)).first()
    return [values_of(match.reasons)["interests"] for match in visibility.current_matches(session, work)]


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
    finish()
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
        assert proposal.preview["brought"]["interests"] == [pytest.approx(sum(_interests(session, who)) / 8)] * 2
        score_models.approve(session, who, proposal, "Who cares for the cause stays.")
    finish()
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
    finish()
    assert shown() == before, "rolled back, every score, lot and reason is what it was, byte for byte"
    with own_session() as session:
        score_models.roll_back(session, who, session.scalar(select(ScoreModel)))
    finish()
    assert shown() == after
    with own_session() as session:
        events = select(AuditEvent.action).where(AuditEvent.subject_kind == "score_model").order_by(AuditEvent.id)
        actions = list(session.scalars(events))
        assert actions == [f"score_model_{word}" for word in ("proposed", "approved", "retired", "approved")]


def test_too_few_decisions_say_so_and_propose_nothing(own_engine: Engine) -> None:
    with own_session() as session:
        who = build(session, works=3)
        ranking.request_everything(session, who)
    finish()
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
    finish()
    with own_session() as session:
        assert learning_runs.look(session) == 0
        decide(session, who)
        assert learning_runs.look(session) == 2, "the office's own, and the shared one"
    while learning_runs.carry_out_next(own_session):
        pass
    with own_session() as session:
        assert learning_runs.look(session) == 0, "nothing new since"
        assert {run.outcome for run in session.scalars(select(LearningRun))} == {"too_few"}


def test_the_night_looks_what_the_scores_of_a_new_version_have_meant(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    run = learning_runs.ask(session, who)
    run.state, run.finished_at, run.calibrations = "finished", run.created_at, {"0": {"slope": 1}}
    session.flush()
    assert learning_runs.look(session) == 0
    made = let_country_weigh(session, who, 15, "As we work.")
    assert learning_runs.look(session) == 1
    again = learning_runs.latest(session, who.vio_id)
    again.state, again.finished_at, again.calibrations = "finished", again.created_at, {str(made.id): {"slope": 1}}
    session.flush()
    assert learning_runs.look(session) == 0


def test_a_weight_set_by_people_is_measured_and_gets_a_meaning_before_it_is_let_in(own_engine: Engine) -> None:
    with own_session() as session:
        who = build(session)
        ranking.request_everything(session, who)
    finish()
    with own_session() as session:
        decide(session, who)
        learning_runs.ask(session, who)
    while learning_runs.carry_out_next(own_session):
        pass
    with own_session() as session:
        learned = score_models.waiting(session, who.vio_id)
        curve = learning_runs.meaning_of(session, who.vio_id, learned)
        score_models.approve(session, who, learned, "Who cares for the cause stays.")
        made = score_models.propose_country_weight(session, who, 5, "Wherever help is asked for.")
    assert version_comparison.work_out_next(own_session)
    with own_session() as session:
        found = session.get_one(ScoreModel, made.id)
        assert len(found.preview["examples"]) == 10
        assert (found.figures["decisions"], found.figures["assignments"]) == (8 * DECIDED, DECIDED)
        assert found.figures["pairs_current"] > 0.9, "what is in force is the office's own"
        assert learning_runs.meaning_of(session, who.vio_id, found) is not None
        assert learning_runs.meaning_of(session, who.vio_id, learned) == curve
        score_models.approve(session, who, found, "Wherever help is asked for.")
        learning_runs.ask(session, who)
    learning_runs.carry_out_next(own_session)
    with own_session() as session:
        assert learning_runs.meaning_of(session, who.vio_id, learned) == curve, "made of what it had not seen; it stays"


def test_the_night_leaves_a_version_that_people_made_in_its_place(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    run = learning_runs.ask(session, who)
    run.state, run.finished_at, run.calibrations = "finished", run.created_at, {"0": {"slope": 1}}
    let_country_weigh(session, who, 15)
    score_models.propose_country_weight(session, who, 25, "As we work.")
    assert learning_runs.look(session) == 0


def test_a_look_whose_worker_died_is_taken_up_again(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    run = learning_runs.ask(session, who)
    run.state, run.attempts = "running", 1
    run.started_at = run.created_at - 2 * learning_runs.STALE_AFTER
    session.flush()
    assert left_runs.requeue_stale(session, learning_runs.KIND) == 1
    assert run.state == "queued"
    run.state, run.attempts = "running", learning_runs.MOST_ATTEMPTS
    session.flush()
    left_runs.requeue_stale(session, learning_runs.KIND)
    assert (run.state, run.finished_at is not None) == ("failed", True)


def test_a_look_that_people_overtook_is_done_again(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_session() as session:
        who = build(session)
        ranking.request_everything(session, who)
    finish()
    with own_session() as session:
        decide(session, who)
        learning_runs.ask(session, who)
    study, calls = learning.study, list[Any]()

    def overtaken(*given: Any) -> learning.Outcome:
        if not calls:
            with own_session() as session:
                let_country_weigh(session, session.get_one(User, who.id), 5, "Meanwhile.")
        calls.append(given)
        return study(*given)

    monkeypatch.setattr(learning, "study", overtaken)
    while learning_runs.carry_out_next(own_session):
        pass
    with own_session() as session:
        assert len(calls) == 2
        assert score_models.waiting(session, who.vio_id).weights["country"] == pytest.approx(0.05)


def test_the_whole_lists_of_decided_assignments_are_read_even_where_they_ended(own_engine: Engine) -> None:
    """Eight people were decided on; sixty others came since, and all assignments are closed."""
    with own_session() as session:
        who = build(session)
        ranking.request_everything(session, who)
    finish()
    with own_session() as session:
        decide(session, who)
        vio = session.get_one(User, who.id).vio
        for number in range(60):
            make_volunteer(session, vio, skills={"NUR-01": 1 + number % 3} if number % 2 else {"WAT-02": 1})
        for work in session.scalars(select(Assignment)):
            work.state = "closed"
    with own_session() as session:
        decided = decisions.decisions_of(session, who.vio_id)
        lists = drawn_lists.draw_for_learning(session, who.vio_id, decided).whole_lists()
        assert set(lists) == {str(one.assignment_id) for one in decided}
        assert {(len(one.values), one.people) for one in lists.values()} == {(68, 68)}
        assert drawn_lists.draw_for_learning(session, make_vio(session).id, []).whole_lists() == {}


def test_of_many_people_some_are_drawn_who_stand_for_all(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn_lists, "PEOPLE", 4)
    monkeypatch.setattr(drawn_lists, "OPEN_LISTS", 3)
    with own_session() as session:
        who = build(session)
        lists = drawn_lists.draw_for_learning(session, who.vio_id, []).whole_lists()
        assert len(lists) == 3
        assert {(len(one.values), one.people, one.first) for one in lists.values()} == {(4, 8, 1)}
