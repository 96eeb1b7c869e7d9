"""Puts a run over everything in order: the lots, now that it is known who stands first where, and the sum of it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, tuple_, update
from sqlalchemy.orm import Session

from webapp.db import Sessions, begin_reading
from webapp.models import Exclusion, Match, MatchRun
from webapp.services import learning, runs
from webapp.services.replay import keeping
from webapp.services.replay.record import Record
from webapp.services.replay.result import Summing, body
from webapp.services.replay.sealing import sha256

AT_ONCE = 1_000
MATCHES: Any = Match.__table__
# Whoever was deleted since they were read has no row any more, which is no error.
DRAWN = update(MATCHES).where(MATCHES.c.id == bindparam("number")).values(lot=bindparam("drawn"))


def put_in_order(sessions: Sessions, run: MatchRun, record: Record) -> None:
    """Draw the lots of a run again, sum up its rows, and note both; whoever begins with it anew comes to the same.

    The weights are kept with the run: rankings of one profile or assignment use them until the next such run.
    """
    run.seconds_left = None
    with sessions() as session:
        begin_reading(session)
        spread = _spread(session, run)
    summing = Summing()
    last: tuple[int, int] | None = (0, 0)
    while last is not None:
        # Read and summed up beside the writing, so that others who write find room between.
        with sessions() as session:
            begin_reading(session)
            lots, last = _drawn(_next(session, run, last), run.seed, spread, summing)
        with sessions() as session:
            runs.beat(session, run, run.total)
            if lots:
                session.connection().execute(DRAWN, lots)
    with sessions() as session:
        begin_reading(session)
        whole = replace(record, result=summing.sha256(_counts(session, run)))
        closed = keeping.closed(session, whole)
    with sessions() as session:
        stored = runs.beat(session, run, run.total)
        stored.spread = spread.to_dict()
        keeping.write_down(session, stored, whole, closed)


def _spread(session: Session, run: MatchRun) -> learning.Spread:
    eligible = select(Match.assignment_id, Match.volunteer_id, Match.band).where(
        Match.run_id == run.id, Match.status == "eligible"
    )
    rows = session.execute(eligible.execution_options(yield_per=AT_ONCE))
    return learning.fitted_spread((str(work), str(person), band) for work, person, band in rows)


def _next(session: Session, run: MatchRun, last: tuple[int, int]) -> Sequence[Match]:
    """Return the next rows of a run in the order of assignments and people."""
    pair = tuple_(Match.assignment_id, Match.volunteer_id)
    rows = select(Match).where(Match.run_id == run.id, pair > last)
    return session.scalars(rows.order_by(Match.assignment_id, Match.volunteer_id).limit(AT_ONCE)).all()


def _drawn(
    rows: Sequence[Match], seed: int, spread: learning.Spread, summing: Summing
) -> tuple[list[dict[str, int | str]], tuple[int, int] | None]:
    """Return the lots of some rows, and the last pair (None where there is no row); take the rows into the sum."""
    people, works = [str(one.volunteer_id) for one in rows], [str(one.assignment_id) for one in rows]
    lots: list[dict[str, int | str]] = []
    pair = None
    for one, lot in zip(rows, spread.lots(seed, people, works), strict=True):
        pair = one.assignment_id, one.volunteer_id
        lots.append({"number": one.id, "drawn": lot})
        summing.add(pair, lot, sha256(body(one)))
    return lots, pair


def _counts(session: Session, run: MatchRun) -> dict[int, dict[str, int]]:
    """Return by assignment how many people each rule left out."""
    counts = defaultdict[int, dict[str, int]](dict)
    for one in session.scalars(select(Exclusion).where(Exclusion.run_id == run.id)):
        counts[one.assignment_id][one.code] = one.people
    return counts
