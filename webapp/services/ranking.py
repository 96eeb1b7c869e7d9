"""The one bridge to `matching`: rows become frames, the matcher ranks, and what it found is kept with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from sqlalchemy import Executable, Integer, and_, bindparam, select
from sqlalchemy.orm import Session

from matching import Explanation, Matcher, Spread
from webapp import clock
from webapp.db import Sessions, begin_reading
from webapp.models import Assignment, Exclusion, Match, MatchRun, ScoreModel, User, Volunteer
from webapp.services import (
    audit,
    held_places,
    learning,
    models_in_force,
    person_relations,
    ranking_turns,
    reach,
    runs,
)
from webapp.services.found_matches import (
    KEPT_FOR_ASSIGNMENT,
    Ranked,
    keep_matches,
    keep_ranked,
    matches_of,
    retire,
)
from webapp.services.frames import assignments_frame, volunteers_frame
from webapp.services.held_places import Held
from webapp.services.read_people import ReadPeople
from webapp.services.replay import keeping
from webapp.services.replay.keeping import Kept
from webapp.services.spelled_out import for_database
from webapp.services.stored.pool import Pool, pool_for
from webapp.services.whole_run.ranking import rank_everything
from webapp.services.work_rows import WorkRow, read_works

MOST_AT_ONCE = 5  # more changed profiles or assignments than this wait for the background


def rank_volunteer(session: Session, volunteer: Volunteer, is_look: bool = False) -> MatchRun:
    """Rank all open assignments within reach for one volunteer, now: a saved profile shows its matches at once.

    `is_look`: nothing has changed, somebody looks (whole_lists).
    """
    session.flush()
    ranking_turns.of_person(session, volunteer.id)
    session.expire(volunteer)  # what services wrote beside the object counts too
    run = runs.begin(session, "volunteer", volunteer.id, volunteer.vio_id)
    run.is_look = is_look
    retire(session, Match.volunteer_id == volunteer.id)
    works = reach.works_for(session, volunteer)
    versions, kept = models_in_force.by_vio(session), Kept()
    spread_of = runs.newest_of_everything(session)
    if works and person_relations.may_be_matched(session, volunteer):
        people = volunteers_frame([volunteer])
        kept.read_people(session, people)
        whole, spread, held = Matcher().fit(people), _spread_fitted_by(spread_of), _held_where_open(session)
        for version, some in _by_version(works, versions):
            frame = assignments_frame(some, clock.today(), held)
            kept.read_works(session, some, frame, (volunteer.id,))
            matcher = learning.under(whole, version)
            found = matcher.rank_for([str(volunteer.id)], frame, seed=run.seed, spread=spread)
            matches = matches_of(found, run.seed, spread)
            keep_matches(session, run, matches, True)
            kept.result.add(matches)
    keeping.keep(session, run, kept, learning.sign(run, versions), spread_of)
    return runs.finish(session, run)


def rank_assignment(session: Session, assignment: Assignment) -> MatchRun:
    """Rank the people within reach for one assignment, now: a published assignment has matches at once.

    Very many are ranked through the store; where that is not up to date the run waits for the background, and what was
    found before stays until then.
    """
    session.flush()
    session.expire(assignment)
    pool = None
    if assignment.state == "open" and reach.are_many(session, assignment):
        pool = pool_for(session, assignment)
        if pool is None:
            return runs.queue_assignment(session, assignment)
        runs.drop_waiting(session, assignment)
    ranking_turns.of_assignment(session)
    run = runs.begin(session, "assignment", assignment.id, assignment.vio_id)
    retire(session, Match.assignment_id == assignment.id)
    read, kept = _read_one(session, run, pool or _people_of(session, run)), Kept()
    read.people.keep(session, kept)
    _keep_one(session, run, read, _rank_one(read, run.seed), True, kept)
    return runs.finish(session, run)


def rank_queued(sessions: Sessions, run: MatchRun) -> None:
    """Carry out a run that waited in the queue, whatever it is of."""
    if run.scope == "assignment":
        _rank_beside(sessions, run)
    else:
        rank_everything(sessions, run)


@dataclass(frozen=True)
class _One:
    """What a ranking of one assignment is made from; nobody, where it is not open."""

    works: list[WorkRow]
    people: Pool | ReadPeople
    frame: pd.DataFrame
    version: ScoreModel | None
    spread_of: MatchRun | None


def _works_of(session: Session, run: MatchRun) -> list[WorkRow]:
    return read_works(session, and_(Assignment.id == run.subject_id, Assignment.state == "open"))


def _people_of(session: Session, run: MatchRun) -> ReadPeople:
    works = _works_of(session, run)
    return ReadPeople(reach.people_for(session, works[0]) if works else volunteers_frame(()))


def _read_one(session: Session, run: MatchRun, people: Pool | ReadPeople) -> _One:
    works = _works_of(session, run)
    held = held_places.held(session, Assignment.id == run.subject_id)
    return _One(
        works=works,
        people=people,
        frame=assignments_frame(works, clock.today(), held),
        version=models_in_force.of_vio(session, run.vio_id) if run.vio_id else None,
        spread_of=runs.newest_of_everything(session),
    )


def _rank_one(read: _One, seed: int) -> Ranked | None:
    """Return what the matcher finds, None where there is nobody to find."""
    if not read.people.numbers:
        return None
    model, spread = learning.model_of(read.version), _spread_fitted_by(read.spread_of)
    return read.people.rank(model, read.frame, KEPT_FOR_ASSIGNMENT, seed, spread)


def _keep_one(session: Session, run: MatchRun, read: _One, found: Ranked | None, is_current: bool, kept: Kept) -> None:
    if found is not None:
        kept.read_works(session, read.works, read.frame, read.people.numbers)
        keep_ranked(session, run, read.works[0].id, found, is_current)
        kept.result.add(found.matches)
        kept.result.count(read.works[0].id, found.counts)
    versions = {run.vio_id: read.version} if run.vio_id and read.version else {}
    keeping.keep(session, run, kept, learning.sign(run, versions), read.spread_of)


def _rank_beside(sessions: Sessions, run: MatchRun) -> None:
    """Rank one assignment as `rank_assignment` does, into rows that nobody sees yet; `runs` shows them at the end.

    It reads once, then computes without a transaction: a writer waits for seconds at most.
    """
    with sessions() as session:
        begin_reading(session)
        people = _people_of(session, run)
        read = _read_one(session, run, people)
    run.total, kept = len(people.numbers), Kept()
    for some in people.pieces():
        with sessions() as session:
            runs.beat(session, run, len(kept.people))
            kept.read_people(session, some)
    seed = read.spread_of.seed if read.spread_of else 0  # the lots that stand now, not when it was asked for
    found = _rank_one(read, seed)
    with sessions() as session:
        stored = runs.beat(session, run, run.total)
        stored.seed = seed
        _keep_one(session, stored, read, found, False, kept)


def request_everything(session: Session, actor: User | None, seed: int | None = None) -> MatchRun:
    """Queue a ranking of all open assignments; the background does it, and shows how far it is.

    Without a seed it draws new lots.
    """
    run = runs.queue(session, "everything", actor, seed)
    audit.record(session, actor, "ranking_requested", run)
    return run


def rank_with_new_scores(session: Session, actor: User) -> MatchRun:
    """Queue a ranking of everything after a change of the score, with the lots that stand: only the score moves."""
    run = runs.queue(session, "everything", actor, runs.current_seed(session))
    audit.record(session, actor, "ranking_requested", run)
    return run


def _spread_fitted_by(run: MatchRun | None) -> Spread:
    """Return the weights in the lot that a ranking of everything fitted; none before the first one."""
    return Spread.from_dict(run.spread if run else {})


def explain_pair(session: Session, volunteer: Volunteer, assignment: Assignment) -> Explanation:
    """Explain one pair as it stands now, eligible or not, with what would have to change.

    A place that this person holds counts as open to them.
    """
    session.flush()
    version = models_in_force.of_vio(session, assignment.vio_id)
    matcher = learning.matcher_for(version).fit(volunteers_frame([volunteer]))
    others = held_places.held(session, Assignment.id == assignment.id, but_for=volunteer)
    return matcher.pair(str(volunteer.id), assignments_frame([assignment], clock.today(), others))


def _by_version(
    works: Iterable[WorkRow], versions: dict[int, ScoreModel]
) -> list[tuple[ScoreModel | None, list[WorkRow]]]:
    """Return the assignments by the version that scores them."""
    found: dict[int | None, list[WorkRow]] = {}
    for work in works:
        found.setdefault(work.vio_id if work.vio_id in versions else None, []).append(work)
    return [(versions[vio_id] if vio_id is not None else None, mine) for vio_id, mine in found.items()]


def _held_where_open(session: Session) -> Held:
    return held_places.held(session, Assignment.state == "open")


def exclusions(session: Session, assignment: Assignment) -> dict[str, int]:
    """Return how many people each rule left out, and how many are eligible and near, in the newest run."""
    connection = session.connection()
    rows = connection.execute(_exclusions(connection.dialect.name), {"assignment": assignment.id})
    return dict(rows.all())


@lru_cache
def _exclusions(database: str) -> Executable:
    here = Exclusion.assignment_id == bindparam("assignment", None, Integer)
    newest = (
        select(Exclusion.run_id)
        .join(MatchRun, MatchRun.id == Exclusion.run_id)
        .where(here, MatchRun.state == "finished")
        .order_by(Exclusion.run_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = select(Exclusion.code, Exclusion.people).where(here, Exclusion.run_id == newest)
    return for_database(rows.order_by(Exclusion.people.desc()), database)


def rank_when_changed(session: Session, volunteers: Sequence[Volunteer], assignments: Sequence[Assignment]) -> None:
    """Rank at once what is little, and leave the rest to the background: for imports and bulk changes."""
    if len(volunteers) + len(assignments) > MOST_AT_ONCE:
        request_everything(session, None)
        return
    for volunteer in sorted(volunteers, key=lambda one: one.id):  # they take turns: everybody in the same order
        rank_volunteer(session, volunteer)
    for assignment in assignments:
        rank_assignment(session, assignment)
