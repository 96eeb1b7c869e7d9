"""What was kept of a person goes with them, and with its year; what is left still replays, and says what it can."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from tests.match_runs import keep_only
from tests.planted import everything_in
from tests.retained import clear_out
from tests.services.replay.conftest import World, rank_everything, rank_one_of_each, verdict
from webapp import clock
from webapp.db import Sessions, own_session
from webapp.models import KeptInput, KeptRun, Match, MatchRun, User, Volunteer
from webapp.services import claims, key_rotation, ranking, runs
from webapp.services.own_data import copies, erasure
from webapp.services.replay import replaying
from webapp.services.replay.sealing import Seal
from webapp.vault import Vault


def _erase(number: int, folder: Path) -> None:
    with own_session() as session:
        person = session.get_one(Volunteer, number)
        erasure.erase(
            session,
            session.get_one(User, person.user_id),
            person,
            erasure.Folders(folder, folder, Vault(folder, "a key"), folder),
        )


def _rows(run_id: int) -> int:
    with own_session() as session:
        return session.query(Match).filter_by(run_id=run_id).count()


def test_after_an_erasure_what_is_left_replays_and_it_says_so(world: World, tmp_path: Path) -> None:
    for number, said in ((1, "1 person of this run was erased"), (2, "2 people of this run were erased")):
        _erase(world.people[number], tmp_path)
        found = verdict(world.everything)
        assert found.code == replaying.SAME, found.said
        left = _rows(world.everything)
        assert f"{said}; {left} rows are left, and they replay to the same bytes." in found.said
        assert any("counts still hold who was erased" in line for line in found.said)
    found = verdict(world.profile)
    assert found.code == replaying.SAME and "same bytes" in found.said[1]
    with own_session() as session:
        match = session.scalars(select(Match).where(Match.run_id == world.everything)).first()
        match.score += 1
    assert verdict(world.everything).code == replaying.DIFFERS


def test_when_the_one_person_of_a_run_is_erased_nothing_is_left(world: World, tmp_path: Path) -> None:
    _erase(world.people[0], tmp_path)
    assert "1 person of this run was erased; 0 rows are left, and they replay to the same bytes." in (
        verdict(world.profile).said
    )


def test_nothing_kept_of_an_erased_person_is_left(world: World, tmp_path: Path) -> None:
    number = world.people[0]
    with own_session() as session:
        sealed = list(session.scalars(select(KeptInput.sealed).where(KeptInput.volunteer_id == number)))
        spread = session.get_one(MatchRun, world.everything).spread
        session.get_one(MatchRun, world.everything).spread = {**spread, "volunteers": {str(number): 2.0, "0": 1.5}}
    assert sealed
    _erase(number, tmp_path)
    with own_session() as session:
        found = everything_in(session)
        assert session.get_one(MatchRun, world.everything).spread["volunteers"] == {"0": 1.5}
    assert not [one for one in sealed if one in found]


def test_whoever_moves_up_after_an_erasure_is_no_difference(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run keeps the best of each assignment only; with one of them gone, the next one would have been kept."""
    keep_only(monkeypatch, 2)
    run_id = rank_everything()
    with own_session() as session:
        listed = select(Match.volunteer_id).where(Match.run_id == run_id, Match.assignment_id == world.works[0])
        gone = session.scalars(listed.order_by(Match.id)).first()
    _erase(gone, tmp_path)
    found = verdict(run_id)
    assert found.code == replaying.SAME, found.said
    with own_session() as session:
        session.delete(session.scalars(select(Match).where(Match.run_id == run_id)).first())
    found = verdict(run_id)
    assert found.code == replaying.DIFFERS and "is missing" in found.said[0]


def test_who_is_erased_while_everything_is_ranked_is_in_none_of_it(world: World, tmp_path: Path) -> None:
    number = world.people[0]
    with own_session() as session:
        run_id = ranking.request_everything(session, None).id

    def meanwhile(sessions: Sessions, run: MatchRun) -> None:
        ranking.rank_queued(sessions, run)
        with sessions() as session:  # as it is when the erasure comes before the rows that this person is in
            session.get_one(Volunteer, number).erased_at = clock.now()

    runs.carry_out_next(own_session, meanwhile)
    with own_session() as session:
        assert session.query(Match).filter_by(run_id=run_id, volunteer_id=number).count() == 0
        clear_out(session, clock.now(), tmp_path)
        assert session.query(KeptInput).filter_by(volunteer_id=number).count() == 0
    assert "1 person of this run was erased" in "".join(verdict(run_id).said)


def test_a_profile_that_is_deleted_unclaimed_takes_along_what_was_kept(world: World) -> None:
    with own_session() as session:
        vio = make_vio(session)
        make_assignment(session, make_host(session, vio))
        person = make_volunteer(session, vio, claimed=False)
        run_id = ranking.rank_volunteer(session, person).id
    with own_session() as session:
        claims.delete_unclaimed(session, session.get_one(Volunteer, person.id))
    assert "1 person of this run was erased; 0 rows are left" in "".join(verdict(run_id).said)


def test_after_its_year_a_run_cannot_be_made_again_and_says_so(world: World, tmp_path: Path) -> None:
    with time_machine.travel(clock.now() + timedelta(days=200)):
        rank_one_of_each(world)
    with time_machine.travel(clock.now() + timedelta(days=370)), own_session() as session:
        kept = session.query(KeptInput).count()
        thrown = clear_out(session, clock.now(), tmp_path)["run_inputs"]
        assert session.query(KeptRun).count() == 2  # of five: those that were made again half a year later
        assert 3 + kept - session.query(KeptInput).count() == thrown and session.query(KeptInput).count() > 0
    with time_machine.travel(clock.now() + timedelta(days=370)):
        found = verdict(world.everything)
        assert found.code == replaying.CANNOT and "thrown away" in found.said[0]
        assert verdict(world.profile).code == verdict(world.work).code == replaying.SAME


def test_a_copy_of_ones_data_tells_what_was_kept(world: World) -> None:
    with own_session() as session:
        person = session.get_one(Volunteer, world.people[0])
        account = session.get_one(User, person.user_id)
        parts = copies.copy_of(session, account, person)
        (row,) = next(one.rows for one in parts if one.table == "kept_input")
        told = json.dumps(copies.as_json(account, parts))
    assert row["profile"]["residence"] == "CN" and row["profile"]["skills"] == "NUR-01:3"
    assert "sealed" not in row and "digest" not in told


def _rotate(session: AnySession) -> None:
    assert key_rotation.rotate_rows(session, DATA_KEY, "a newer key")


def test_another_key_reads_what_was_kept_under_the_older(world: World) -> None:
    with own_session() as session:
        _rotate(session)
        session.info["data_key"] = "a newer key"
        for run_id in world.runs:
            assert replaying.replay(session, session.get_one(MatchRun, run_id)).code == replaying.SAME
        kept = session.query(KeptInput).count()
        ranking.rank_volunteer(session, session.get_one(Volunteer, world.people[0]))
        assert session.query(KeptInput).count() == kept  # found again by its digest


def test_what_is_kept_can_be_read_by_nobody_without_the_key(world: World) -> None:
    with own_session() as session:
        sealed = session.scalars(select(KeptInput.sealed).where(KeptInput.volunteer_id == world.people[0])).one()
    assert "NUR" not in sealed and "residence" in Seal(DATA_KEY).open(sealed)
