"""The life of a look at the decisions: asked for or begun at night, done in the background, ended with a proposal or
with the reason why there is none. What it found is seen in one commit."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions, begin_reading
from webapp.models import LearningRun, ScoreModel, User, Vio
from webapp.services import audit, decisions, drawn_lists, learning, learning_preview, models_in_force, score_models
from webapp.services.decisions import Decided
from webapp.services.errors import NotFound
from webapp.services.left_runs import Kind

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(minutes=15)
MOST_ATTEMPTS = 3
NEW_DECISIONS = 10  # so many more than at the last look, and the night looks again
FEWEST_VIOS = 2  # with fewer, the shared weights would tell what one office decided


def ask(session: Session, account: User) -> LearningRun:
    """Ask for a look at the decisions of the account's VIO, or return the one that waits already."""
    if account.vio_id is None:
        raise NotFound
    run = _queue(session, account.vio_id, account)
    audit.record(session, account, "learning_requested", run)
    return run


def _queue(session: Session, vio_id: int | None, actor: User | None) -> LearningRun:
    mine = LearningRun.vio_id.is_(None) if vio_id is None else LearningRun.vio_id == vio_id
    waits = session.scalar(select(LearningRun).where(mine, LearningRun.state == "queued"))
    if waits is not None:
        return waits
    run = LearningRun(vio_id=vio_id, created_at=clock.now(), requested_by_id=actor.id if actor else None)
    session.add(run)
    session.flush()
    session.info["wake"] = True
    return run


def latest(session: Session, vio_id: int | None) -> LearningRun | None:
    """Return the newest look, however far it is."""
    mine = LearningRun.vio_id.is_(None) if vio_id is None else LearningRun.vio_id == vio_id
    return session.scalar(select(LearningRun).where(mine).order_by(LearningRun.id.desc()).limit(1))


def last_finished(session: Session, vio_id: int | None) -> LearningRun | None:
    """Return the newest look that came to its end."""
    mine = LearningRun.vio_id.is_(None) if vio_id is None else LearningRun.vio_id == vio_id
    ended = select(LearningRun).where(mine, LearningRun.state == "finished")
    return session.scalar(ended.order_by(LearningRun.id.desc()).limit(1))


def meaning_of(session: Session, vio_id: int, version: ScoreModel | None) -> dict[str, Any] | None:
    """Return what scores of a version have meant at the newest look; None where too few were decided."""
    newest = last_finished(session, vio_id)
    found: dict[str, Any] = newest.calibrations if newest else {}
    return found.get(str(version.id if version else learning.DEFAULT))


def add_meaning(session: Session, vio_id: int, calibrations: Mapping[str, Any]) -> None:
    """Say what scores of a version made since the newest look have meant; without a look, the first one will."""
    newest = last_finished(session, vio_id)
    if newest is not None:
        newest.calibrations = {**newest.calibrations, **calibrations}


def look(session: Session) -> int:
    """Queue a look for all VIOs together, and for each, where there is something new; return how many.

    New are decisions, or a version in force whose scores have not been held against decisions yet. Where a version
    waits that people made, the night keeps still: what it finds would take that one's place.
    """
    numbers: list[int | None] = [None, *session.scalars(select(Vio.id).order_by(Vio.id))]
    queued = 0
    for vio_id in numbers:
        if (waiting := score_models.waiting(session, vio_id)) is not None and waiting.origin != "learned":
            continue
        before = last_finished(session, vio_id)
        count = len(decisions.decisions_of(session, vio_id))
        if count - (before.decisions if before else 0) >= NEW_DECISIONS or _means_nothing_yet(session, before):
            _queue(session, vio_id, None)
            queued += 1
    return queued


def _means_nothing_yet(session: Session, before: LearningRun | None) -> bool:
    if before is None or before.vio_id is None or not before.calibrations:
        return False
    return meaning_of(session, before.vio_id, models_in_force.of_vio(session, before.vio_id)) is None


def carry_out_next(sessions: Sessions) -> bool:
    """Do the oldest queued look: read, learn without a transaction, write in one; return whether there was one."""
    with sessions() as session:
        run = _claim(session)
        if run is None:
            return False
        KIND.ours.add(run.id)  # before others can see that it is under way
    try:
        _carry_out(sessions, run)
    except Exception as error:
        log.exception("learning run %s failed", run.id)
        with sessions() as session:
            failed = session.get_one(LearningRun, run.id, with_for_update=True)
            if _is_ours(failed, run):
                _fail(session, failed, f"{type(error).__name__}: {error}"[:500])
    finally:
        KIND.ours.discard(run.id)
    return True


def _claim(session: Session) -> LearningRun | None:
    query = select(LearningRun).where(LearningRun.state == "queued").order_by(LearningRun.id).limit(1)
    run = session.scalar(query.with_for_update(skip_locked=True))
    if run is not None:
        run.state, run.started_at, run.attempts = "running", clock.now(), run.attempts + 1
    return run


def _carry_out(sessions: Sessions, run: LearningRun) -> None:
    with sessions() as session:
        begin_reading(session)
        decided = decisions.decisions_of(session, run.vio_id)
        in_force = models_in_force.of_vio(session, run.vio_id) if run.vio_id is not None else None
        shared = models_in_force.shared(session) if run.vio_id is not None else None
        known = [] if run.vio_id is None else _to_calibrate(session, run.vio_id)
        # Whole lists cost reading and a fit: not where there is too little to learn from.
        is_enough = decisions.assignments_in(decided) >= learning.ASSIGNMENTS_NEEDED
        lists = drawn_lists.draw_for_learning(session, run.vio_id, decided) if is_enough else None
        material = None if run.vio_id is None else learning_preview.material(session, run.vio_id)
    outcome = learning.study(decided, in_force, shared, lists.whole_lists() if lists else {})
    if run.vio_id is None and outcome.kind and len({one.vio_id for one in decided}) < FEWEST_VIOS:
        outcome = learning.Outcome("few_offices", outcome.figures)
    preview = learning_preview.compared(material, in_force, outcome) if material and outcome.kind else {}
    meanings = learning.calibrations(decided, known)
    with sessions() as session:
        kept = session.get_one(LearningRun, run.id, with_for_update=True)
        if not _is_ours(kept, run):
            return
        if _is_outdated(session, run.vio_id, in_force):
            kept.state = "queued"  # the country's weight, and the lists before, would be yesterday's
            return
        kept.calibrations = _still_standing(session, run.vio_id, known) | meanings
        _keep(session, kept, decided, outcome)
        if outcome.kind:
            who = session.get(User, kept.requested_by_id) if kept.requested_by_id else None
            made = score_models.propose(session, who, kept.vio_id, outcome, preview=preview)
            kept.model_id = made.id
            if outcome.calibration:
                kept.calibrations = {**kept.calibrations, str(made.id): outcome.calibration}


def _is_ours(kept: LearningRun, run: LearningRun) -> bool:
    """Whether the look was not put back meanwhile: what this worker still has would be old."""
    if kept.state == "running" and kept.attempts == run.attempts:
        return True
    log.warning("learning run %s went on elsewhere", run.id)
    return False


def _is_outdated(session: Session, vio_id: int | None, in_force: ScoreModel | None) -> bool:
    """Whether people changed what is in force while the look was under way."""
    if vio_id is None:
        return False
    now = score_models.hold_in_force(session, vio_id)
    return (now.id if now else None) != (in_force.id if in_force else None)


def _to_calibrate(session: Session, vio_id: int) -> list[ScoreModel]:
    """Return the versions of a VIO that score, or may again, but for learned ones whose scores have a meaning already.

    That came from assignments held back when they were learned; today's decisions are in part what they learned.
    """
    states = ScoreModel.state.in_(("approved", "retired", "proposed"))
    usable = session.scalars(select(ScoreModel).where(ScoreModel.vio_id == vio_id, states))
    return [one for one in usable if one.origin != "learned" or meaning_of(session, vio_id, one) is None]


def _still_standing(session: Session, vio_id: int | None, known: list[ScoreModel]) -> dict[str, Any]:
    """Return the meanings that this look did not ask for: of learned versions, and of those made meanwhile."""
    newest = last_finished(session, vio_id)
    asked = {str(learning.DEFAULT), *(str(version.id) for version in known)}
    return {number: curve for number, curve in newest.calibrations.items() if number not in asked} if newest else {}


def _keep(session: Session, run: LearningRun, decided: list[Decided], outcome: learning.Outcome) -> None:
    run.decisions, run.assignments = len(decided), decisions.assignments_in(decided)
    run.outcome, run.figures = outcome.reason or "proposed", outcome.figures
    _end(run, "finished")
    audit.record(session, None, "learning_finished", run, outcome=run.outcome, decisions=run.decisions)


def _end(run: LearningRun, state: str, error: str = "") -> None:
    run.state, run.error, run.finished_at = state, error, clock.now()


def _fail(_session: Session, run: LearningRun, error: str) -> None:
    _end(run, "failed", error)


def _nothing_yet(_session: Session, _run: LearningRun) -> None:
    """A look writes what it found in the transaction that ends it: one that was left has left nothing."""


KIND = Kind(LearningRun, LearningRun.started_at, STALE_AFTER, MOST_ATTEMPTS, _nothing_yet, _fail)
