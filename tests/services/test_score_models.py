"""Versions of the score: who lets them in, and what they score."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from tests.factories import (
    NOTHING_MOVES,
    AnySession,
    let_country_weigh,
    make_assignment,
    make_host,
    make_user,
    make_volunteer,
)
from webapp.db import own_session
from webapp.models import AuditEvent, ScoreModel, User
from webapp.services import learning, models_in_force, ranking, score_models, visibility
from webapp.services.errors import NotFound, Refused


def propose(session: AnySession, who: User, share: float = 0.1) -> ScoreModel:
    """Make a proposal that waits."""
    outcome = learning.with_country_weight(None, share)
    return score_models.propose(session, who, who.vio_id, outcome, preview=NOTHING_MOVES)


def test_nobody_lets_a_version_in_before_it_shows_what_it_would_change(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    made = score_models.propose_country_weight(session, who, 15, "As we work.")
    assert (made.state, made.origin, made.reason) == ("proposed", "people", "As we work.")
    assert models_in_force.of_vio(session, who.vio_id) is None
    with pytest.raises(Refused, match="not worked out yet"):
        score_models.approve(session, who, made, "As we work.")
    made.preview = NOTHING_MOVES
    score_models.approve(session, who, made, "As we work.")
    assert models_in_force.of_vio(session, who.vio_id) is made


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
    for act in (score_models.reject, score_models.approve):
        with pytest.raises(Refused, match="has let this version in already"):
            act(session, who, made, "Too late.")
    with pytest.raises(Refused, match="in force already"):
        score_models.roll_back(session, who, made)


def test_what_was_turned_down_never_scores(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    made = propose(session, who)
    score_models.reject(session, who, made, "Too few decisions behind it.")
    with pytest.raises(Refused, match="in force before"):
        score_models.roll_back(session, who, made)
    with pytest.raises(Refused, match="has turned this version down already"):
        score_models.approve(session, who, made, "After all.")
    with pytest.raises(Refused, match="installation are in force already"):
        score_models.back_to_default(session, who)


def test_a_proposal_that_was_compared_with_something_older_is_closed(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    older, newer = propose(session, who), propose(session, who, 0.3)
    assert (older.state, older.decided_by_id) == ("rejected", None), "a newer proposal takes its place"
    assert score_models.waiting(session, who.vio_id) is newer
    let_country_weigh(session, who, 15, "Meanwhile.")
    for outdated in (older, newer):
        with pytest.raises(Refused, match="waits no more"):
            score_models.approve(session, who, outdated, "As we work.")
    assert models_in_force.of_vio(session, who.vio_id).weights["country"] == pytest.approx(0.15)


def test_two_coordinators_who_let_it_in_at_once_do_so_once(own_engine: Engine) -> None:
    with own_session() as session:
        who = make_user(session, "coordinator", display_name="Aygül")
        other = make_user(session, "coordinator", who.vio, display_name="Lindiwe")
        older = let_country_weigh(session, who, 15, "First.")
        made = propose(session, who)
    start = threading.Barrier(2)

    def let_in(account: User) -> str:
        start.wait()
        try:
            with own_session() as session:
                score_models.approve(session, account, session.get_one(ScoreModel, made.id), "As we work.")
        except Refused as refused:
            return str(refused.words)
        return "done"

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(let_in, (who, other)), key=len)
    assert said[0] == "done"
    assert "has let this version in already" in said[1]
    with own_session() as session:
        states = {one.id: one.state for one in session.scalars(select(ScoreModel))}
        assert (states[older.id], states[made.id]) == ("retired", "approved")
        letting = select(AuditEvent).where(AuditEvent.action == "score_model_approved")
        assert [one.subject_id for one in session.scalars(letting)].count(made.id) == 1


def test_people_set_the_weight_of_the_country_and_the_rest_keeps_its_proportions(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    made = let_country_weigh(session, who, 0, "We send wherever help is asked for.")
    assert made.state == "approved"
    assert made.weights["country"] == 0
    assert sum(made.weights.values()) == pytest.approx(1)
    assert made.weights["skills"] / made.weights["languages"] == pytest.approx(3, abs=0.01)
    for percent in (-1, 41):
        with pytest.raises(Refused, match="percent"):
            score_models.propose_country_weight(session, who, percent, "No.")
    with pytest.raises(Refused, match="already"):
        score_models.propose_country_weight(session, who, 0, "Again.")
    let_country_weigh(session, who, 40, "The route comes first.")
    assert (made.state, models_in_force.of_vio(session, who.vio_id).weights["country"]) == ("retired", 0.4)


def test_a_pair_is_scored_by_the_office_of_the_assignment_for_every_reader(session: AnySession) -> None:
    who = make_user(session, "coordinator")
    # One title: the number in that of the factory is read as text too.
    mine = make_assignment(session, make_host(session, who.vio), title="Repair the pumps")
    other = make_assignment(session, title="Repair the pumps")
    person = make_volunteer(session, open_to_all=True, countries=("TZ",))
    ranking.rank_volunteer(session, person)
    plain = {one.assignment_id: one.score for one in visibility.matches_of_volunteer(session, person)}
    assert plain[mine.id] == pytest.approx(plain[other.id])
    let_country_weigh(session, who, 0, "The place does not matter to us.")
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
