"""A run is made again to the same bytes, whatever happened since; what was changed by hand is found and named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import ColumnElement, delete, select, update

from tests.databases import DATA_KEY
from tests.factories import AnySession, let_country_weigh, make_user, make_volunteer
from tests.services.replay.conftest import World, rank_everything, rank_one_of_each, verdict
from webapp import clock
from webapp.db import own_session
from webapp.models import Assignment, Exclusion, KeptInput, KeptRun, Match, MatchRun, ScoreModel, Vio, Volunteer
from webapp.services import score_models
from webapp.services.replay import differences, replaying, rotating
from webapp.services.replay.made_with import made_with


def _said(run_id: int, code: str) -> str:
    found = verdict(run_id)
    assert found.code == code, found.said
    return "\n".join(found.said)


def test_each_kind_of_run_replays_to_the_same_bytes(world: World) -> None:
    for run_id in world.runs:
        with own_session() as session:
            result = session.get_one(MatchRun, run_id).result
        assert f"replay to the same bytes: {result}" in _said(run_id, replaying.SAME)
    with own_session() as session:
        assert session.query(Match).count() > 10


def test_it_is_the_day_of_the_run_that_counts(world: World) -> None:
    """Profiles, assignments, VIOs and newer rankings change; what was found then comes out again."""
    with own_session() as session:
        for person in session.scalars(select(Volunteer)):
            person.skills, person.languages, person.residence = [], [], "DE"
        work = session.get_one(Assignment, world.works[0])
        work.title, work.state = "Something else", "closed"
        session.scalars(select(Vio)).first().no_go = ["KE"]
    rank_everything(seed=8)
    with time_machine.travel(clock.now() + timedelta(days=300)):
        for run_id in world.runs:
            _said(run_id, replaying.SAME)


def test_what_does_not_change_is_kept_once(world: World) -> None:
    def kept() -> int:
        with own_session() as session:
            return session.query(KeptInput).count()

    before = kept()
    assert before == len(world.people) - 1 + len(world.works) or before == len(world.people) + len(world.works)
    rank_everything()
    rank_one_of_each(world)
    assert kept() == before


def test_each_run_keeps_the_score_of_its_day(world: World) -> None:
    with own_session() as session:
        work = session.get_one(Assignment, world.works[0])
        who = make_user(session, "coordinator", work.vio)
        first = let_country_weigh(session, who, 5)
        first_id = first.id
    runs = [rank_everything()]
    with own_session() as session:
        who = session.merge(who)
        let_country_weigh(session, who, 30)
    runs.append(rank_everything())
    with own_session() as session:
        score_models.roll_back(session, session.merge(who), session.get_one(ScoreModel, first_id))
    rank_one_of_each(world)
    for run_id in (*runs, *world.runs):
        _said(run_id, replaying.SAME)
    with own_session() as session:
        other = session.scalars(select(ScoreModel).where(ScoreModel.id != first_id).limit(1)).one()
        session.get_one(ScoreModel, first_id).parameters = other.parameters
    assert f"Version {first_id} of the score" in _said(runs[0], replaying.DIFFERS)
    _said(runs[1], replaying.SAME)


def _change_score(session: AnySession, world: World) -> str:
    match = _a_match(session, world)
    match.score = match.score + 1e-9
    return f"volunteer {match.volunteer_id} with assignment {match.assignment_id} differs"


def _change_reason(session: AnySession, world: World) -> str:
    match = _a_match(session, world)
    match.reasons = [{**match.reasons[0], "known": None}, *match.reasons[1:]]
    return f"volunteer {match.volunteer_id} with assignment {match.assignment_id} differs"


def _change_lot(session: AnySession, world: World) -> str:
    match = _a_match(session, world)
    match.lot = "0" * 16
    return f"volunteer {match.volunteer_id} with assignment {match.assignment_id} differs"


def _take_a_match_out(session: AnySession, world: World) -> str:
    match = _a_match(session, world)
    session.delete(match)
    return f"volunteer {match.volunteer_id} with assignment {match.assignment_id} is missing"


def _put_a_match_in(session: AnySession, world: World) -> str:
    paired = set(session.execute(select(Match.assignment_id, Match.volunteer_id).where(_of(world))).all())
    assignment_id, volunteer_id = next(
        (one, other) for one in world.works for other in world.people if (one, other) not in paired
    )
    columns = {"status": "eligible", "score": 99.0, "band": 49, "lot": "0" * 16, "run_id": world.everything}
    session.add(Match(assignment_id=assignment_id, volunteer_id=volunteer_id, **columns))
    return f"volunteer {volunteer_id} with assignment {assignment_id} is stored that this run did not make"


def _change_a_count(session: AnySession, world: World) -> str:
    row = session.scalars(select(Exclusion).where(Exclusion.run_id == world.everything)).first()
    row.people += 1
    return f"The count {row.code} of assignment {row.assignment_id} differs"


def _change_the_seed(session: AnySession, world: World) -> str:
    session.get_one(MatchRun, world.everything).seed = 99
    return "The seed of this run was changed: it was 7"


def _change_the_spread(session: AnySession, world: World) -> str:
    session.get_one(MatchRun, world.everything).spread = {"assignments": {str(one): 2.0 for one in world.works}}
    return "differs"


def _change_what_is_kept(session: AnySession, world: World) -> str:
    row = session.scalars(select(KeptInput).where(KeptInput.volunteer_id == world.people[0])).first()
    row.sealed = row.sealed[:-9] + ("A" if row.sealed[-9] != "A" else "B") + row.sealed[-8:]
    return f"What is kept of volunteer {world.people[0]} was changed"


def _put_another_in_its_place(session: AnySession, world: World) -> str:
    one, other = (
        session.scalars(select(KeptInput).where(KeptInput.volunteer_id == number)).first()
        for number in world.people[:2]
    )
    one.sealed, one.digest = other.sealed, other.digest
    return f"What is kept of volunteer {world.people[0]} was changed"


def _take_out_what_is_kept(session: AnySession, world: World) -> str:
    session.execute(delete(KeptInput).where(KeptInput.assignment_id == world.works[1]))
    return f"What is kept of assignment {world.works[1]} is missing"


def _take_out_the_record(session: AnySession, world: World) -> str:
    session.execute(delete(KeptRun))
    return "What this run was made from is missing, and its year is not over"


def _put_another_record_in_its_place(session: AnySession, world: World) -> str:
    sealed = select(KeptRun.sealed).where(KeptRun.run_id == world.work).scalar_subquery()
    session.execute(update(KeptRun).where(KeptRun.run_id == world.everything).values(sealed=sealed))
    return "The scope of this run was changed"


def _of(world: World) -> ColumnElement[bool]:
    return Match.run_id == world.everything


def _a_match(session: AnySession, world: World) -> Match:
    return session.scalars(select(Match).where(_of(world)).order_by(Match.id).limit(1)).one()


HANDS: list[Callable[[AnySession, World], str]] = [
    *(_change_score, _change_reason, _change_lot, _take_a_match_out, _put_a_match_in, _change_a_count),
    *(_change_the_seed, _change_the_spread, _change_what_is_kept, _put_another_in_its_place),
    *(_take_out_what_is_kept, _take_out_the_record, _put_another_record_in_its_place),
]


def test_whatever_somebody_changes_by_hand_is_found_and_named(world: World) -> None:
    for change in HANDS:
        with own_session() as session:
            wanted = change(session, world)
            session.flush()
            found = replaying.replay(session, session.get_one(MatchRun, world.everything))
            session.rollback()
        assert (found.code, wanted in "\n".join(found.said)) == (replaying.DIFFERS, True), (change, found.said)
    _said(world.everything, replaying.SAME)


def test_another_key_reads_nothing(world: World) -> None:
    with own_session() as session:
        session.info["data_key"] = "another key"
        found = replaying.replay(session, session.get_one(MatchRun, world.everything))
    assert found.code == replaying.DIFFERS and "another DATA_KEY" in found.said[0]


def test_another_code_says_what_to_check_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**made_with(), "code": "f" * 64, "reference data": "e" * 64}
    monkeypatch.setattr(differences, "made_with", lambda: other)
    assert "The code is another" in _said(world.everything, replaying.SAME)  # and yet the same comes out
    monkeypatch.setattr(differences, "_plain", lambda: "d" * 64)
    said = _said(world.everything, replaying.CANNOT)
    assert "The reference data is another" in said and "Made by version" in said


def test_what_other_code_finds_is_not_taken_for_a_forgery(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "made_with", lambda: {**made_with(), "numpy": "1.0"})
    with own_session() as session:
        _change_score(session, world)
    said = _said(world.everything, replaying.CANNOT)
    assert "numpy was" in said and "which may be why" in said


def test_a_run_of_before_says_that_it_keeps_nothing(world: World) -> None:
    with own_session() as session:
        session.execute(delete(KeptRun))
        session.execute(update(MatchRun).values(result=""))
    assert "before inputs were kept" in _said(world.everything, replaying.CANNOT)


def test_nothing_is_kept_of_people_whom_no_assignment_may_reach(world: World) -> None:
    with own_session() as session:
        silent = make_volunteer(session, consents=(), full_name="Whom nobody asked")
        elsewhere = make_volunteer(session, full_name="Whose office has no assignment")
        strangers = {silent.id, elsewhere.id}
    run_id = rank_everything(8)
    with own_session() as session:
        kept = set(session.scalars(select(KeptInput.volunteer_id).where(KeptInput.volunteer_id.is_not(None))))
    assert set(world.people) == kept
    assert not strangers & kept
    assert verdict(run_id).code == replaying.SAME, verdict(run_id).said


def test_run_that_is_not_finished_and_one_under_other_constants_cannot_be_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "_plain", lambda: "d" * 64)
    assert "The constants of the score are others." in _said(world.everything, replaying.CANNOT)
    with own_session() as session:
        run = session.get_one(MatchRun, world.everything)
        run.state, run.finished_at = "failed", None
    assert _said(world.everything, replaying.CANNOT) == "This run is not finished."


def test_new_key_opens_all_but_what_could_not_be_read_before(world: World) -> None:
    with own_session() as session:
        broken = session.scalars(select(KeptInput).where(KeptInput.volunteer_id == world.people[0])).first()
        broken.sealed = "x"
        session.get_one(KeptRun, world.profile).sealed = "x"
        session.flush()
        rotating.rotate(session, DATA_KEY, "a new key")
        session.info["data_key"] = "a new key"
        session.expire_all()
        found = [replaying.replay(session, session.get_one(MatchRun, run_id)) for run_id in world.runs]
        assert broken.sealed == "x"
        session.rollback()
    told = ["\n".join(one.said) for one in found]
    assert f"What is kept of volunteer {world.people[0]} was changed" in told[0]
    assert "The record of this run was changed" in told[1]
