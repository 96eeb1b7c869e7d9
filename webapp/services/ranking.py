"""The one bridge to `matching`: rows become frames, the matcher ranks, and what it found is kept with its reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pandas as pd
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from matching import PLAIN, Explanation, Matcher, Spread, fit_spread
from webapp import clock
from webapp.db import Sessions, begin_reading
from webapp.models import Assignment, Exclusion, Match, MatchRun, ScoreModel, User, Volunteer
from webapp.services import audit, held_places, learning, models_in_force, person_relations, runs
from webapp.services.frames import assignments_frame, volunteers_frame
from webapp.services.held_places import Held
from webapp.services.replay import keeping
from webapp.services.replay.keeping import Kept

MOST_AT_ONCE = 5  # more changed profiles or assignments than this wait for the background
# A run over everything keeps the best of each assignment; one saved profile keeps all that it fits.
KEPT_FOR_ASSIGNMENT = 100
LOTS_AT_ONCE = 5_000
PROFILE = [
    selectinload(getattr(Volunteer, name))
    for name in ("skills", "licences", "languages", "windows", "wishes", "services", "consents", "vio")
]
WORK = [selectinload(getattr(Assignment, name)) for name in ("skills", "languages", "host")]


def rank_volunteer(session: Session, volunteer: Volunteer) -> MatchRun:
    """Rank all open assignments within reach for one volunteer, now: a saved profile shows its matches at once."""
    session.flush()
    session.expire(volunteer)  # what services wrote beside the object counts too
    run = runs.begin(session, "volunteer", volunteer.id, volunteer.vio_id)
    _retire(session, Match.volunteer_id == volunteer.id)
    assignments = _open_assignments_for(session, volunteer)
    versions, kept = models_in_force.by_vio(session), Kept()
    spread_of = runs.newest_of_everything(session)
    if assignments and person_relations.may_be_matched(session, volunteer):
        people = volunteers_frame([volunteer])
        kept.read_people(session, people)
        whole, spread, held = Matcher().fit(people), _spread_fitted_by(spread_of), _held_where_open(session)
        for version, works in _by_version(assignments, versions):
            frame = assignments_frame(works, clock.today(), held)
            kept.read_works(session, works, frame, [volunteer.id])
            matcher = learning.under(whole, version)
            found = matcher.rank_for([str(volunteer.id)], frame, seed=run.seed, spread=spread)
            _keep(session, run, found, spread, True, kept)
    keeping.keep(session, run, kept, learning.sign(run, versions), spread_of)
    return runs.finish(session, run)


def rank_assignment(session: Session, assignment: Assignment) -> MatchRun:
    """Rank the people within reach for one assignment, now: a published assignment has matches at once."""
    session.flush()
    session.expire(assignment)
    run = runs.begin(session, "assignment", assignment.id, assignment.vio_id)
    _retire(session, Match.assignment_id == assignment.id)
    people, kept = people_within_reach(session, assignment), Kept()
    version = models_in_force.of_vio(session, assignment.vio_id)
    versions = {assignment.vio_id: version} if version else {}
    spread_of = runs.newest_of_everything(session)
    if assignment.state == "open" and people:
        read = volunteers_frame(people)
        held = held_places.held(session, Assignment.id == assignment.id)
        frame = assignments_frame([assignment], clock.today(), held)
        for some in keeping.pieces(read):
            kept.read_people(session, some)
        kept.read_works(session, [assignment], frame, [one.id for one in people])
        spread = _spread_fitted_by(spread_of)
        found = _found(learning.matcher_for(version).fit(read), frame, run.seed, spread)
        _keep_found(session, run, assignment, *found, spread, True, kept)
    keeping.keep(session, run, kept, learning.sign(run, versions), spread_of)
    return runs.finish(session, run)


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


def rank_everything(sessions: Sessions, run: MatchRun) -> None:
    """Rank every open assignment into rows that nobody sees yet; `runs` shows them in one commit at the end.

    Reads once, then computes without a transaction and writes one assignment at a time: a writer waits for seconds
    at most, and a killed worker leaves hidden rows only.
    """
    today = clock.today()
    with sessions() as session:
        begin_reading(session)
        query = select(Assignment).where(Assignment.state == "open").options(*WORK).order_by(Assignment.id)
        assignments = list(session.scalars(query))
        people = list(session.scalars(select(Volunteer).options(*PROFILE).order_by(Volunteer.id)))
        reach = {one.id: tuple(map(str, sorted(_ids_within_reach(session, one)))) for one in assignments}
        versions = models_in_force.by_vio(session)
        held = _held_where_open(session)
    run.total, kept = len(assignments), Kept()
    read = volunteers_frame(people)
    for some in keeping.pieces(read):
        with sessions() as session:
            kept.read_people(session, some)
    whole = Matcher().fit(read) if people else None
    parts: dict[tuple[str, ...], Matcher] = {}
    prints = learning.sign(run, versions)
    for number, assignment in enumerate(assignments, start=1):
        within, frame = reach[assignment.id], assignments_frame([assignment], today, held)
        if whole is not None and within:
            if within not in parts:
                parts[within] = whole.among(within)
            # A pair is scored by the version of the assignment's VIO, whoever reads it.
            matcher = learning.under(parts[within], versions.get(assignment.vio_id))
            found = _found(matcher, frame, run.seed, PLAIN)
        else:
            found = None
        with sessions() as session:
            stored = runs.beat(session, run, number)
            stored.weights, stored.models, stored.fingerprint = run.weights, run.models, run.fingerprint
            if found is not None:
                kept.read_works(session, [assignment], frame, [int(one) for one in within])
                _keep_found(session, stored, assignment, *found, PLAIN, False, kept)
    _spread_out(sessions, run, kept, prints)


def _spread_out(sessions: Sessions, run: MatchRun, kept: Kept, prints: dict[str, str]) -> None:
    """Draw the lots of a run over everything again, now that it is known who stands first in how many lists.

    The weights are kept with the run: rankings of one profile or assignment use them until the next such run.
    """
    with sessions() as session:
        begin_reading(session)
        query = select(Match.id, Match.assignment_id, Match.volunteer_id, Match.band, Match.status)
        rows = session.execute(query.where(Match.run_id == run.id).order_by(Match.id)).all()
    spread = fit_spread((str(row[1]), str(row[2]), row[3]) for row in rows if row[4] == "eligible")
    lots = [{"id": row[0], "lot": spread.lot(run.seed, str(row[2]), str(row[1]))} for row in rows]
    kept.result.lots = {(row[1], row[2]): str(one["lot"]) for row, one in zip(rows, lots, strict=True)}
    for start in range(0, len(lots), LOTS_AT_ONCE):
        with sessions() as session:
            runs.beat(session, run, run.total)
            session.execute(update(Match), lots[start : start + LOTS_AT_ONCE])
    with sessions() as session:
        stored = runs.beat(session, run, run.total)
        stored.spread = spread.to_dict()
        keeping.keep(session, stored, kept, prints, stored)


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


def people_within_reach(session: Session, assignment: Assignment) -> list[Volunteer]:
    """Return the volunteers who may be matched with an assignment at all."""
    reach = person_relations.within_reach(assignment.id, assignment.vio_id, clock.today())
    return list(session.scalars(select(Volunteer).where(reach).options(*PROFILE).order_by(Volunteer.id)))


def _by_version(
    assignments: Iterable[Assignment], versions: dict[int, ScoreModel]
) -> list[tuple[ScoreModel | None, list[Assignment]]]:
    """Return the assignments by the version that scores them."""
    works: dict[int | None, list[Assignment]] = {}
    for assignment in assignments:
        works.setdefault(assignment.vio_id if assignment.vio_id in versions else None, []).append(assignment)
    return [(versions[vio_id] if vio_id is not None else None, mine) for vio_id, mine in works.items()]


def _ids_within_reach(session: Session, assignment: Assignment) -> list[int]:
    reach = person_relations.within_reach(assignment.id, assignment.vio_id, clock.today())
    return list(session.scalars(select(Volunteer.id).where(reach)))


def _open_assignments_for(session: Session, volunteer: Volunteer) -> list[Assignment]:
    """Return the open assignments for which the volunteer is within reach."""
    query = select(Assignment).where(Assignment.state == "open").options(*WORK).order_by(Assignment.id)
    found = session.scalars(query)
    if volunteer.open_to_all and volunteer.is_claimed:
        return list(found)
    return [one for one in found if one.vio_id == volunteer.vio_id or volunteer.id in _ids_within_reach(session, one)]


def _held_where_open(session: Session) -> Held:
    return held_places.held(session, Assignment.state == "open")


def _found(matcher: Matcher, frame: pd.DataFrame, seed: int, spread: Spread) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the best people for one assignment, and the counts of who is not eligible and why."""
    return matcher.rank(frame, top=KEPT_FOR_ASSIGNMENT, seed=seed, spread=spread), matcher.why_not(frame)


def _keep_found(
    session: Session,
    run: MatchRun,
    assignment: Assignment,
    matches: pd.DataFrame,
    counts: dict[str, int],
    spread: Spread,
    is_current: bool,
    kept: Kept,
) -> None:
    _keep(session, run, matches, spread, is_current, kept)
    kept.result.count(assignment.id, counts)
    session.add_all(
        Exclusion(run_id=run.id, assignment_id=assignment.id, code=code, people=people)
        for code, people in counts.items()
    )
    session.flush()


def _keep(session: Session, run: MatchRun, found: pd.DataFrame, spread: Spread, is_current: bool, kept: Kept) -> None:
    matches = matches_of(found, run.seed, spread)
    for one in matches:
        one.run_id, one.is_current = run.id, is_current
    kept.result.add(matches)
    session.add_all(matches)
    session.flush()


def matches_of(found: pd.DataFrame, seed: int, spread: Spread) -> list[Match]:
    """Return what the matcher found as rows, of no run yet."""
    return [
        Match(
            assignment_id=int(row.assignment_id),
            volunteer_id=int(row.volunteer_id),
            status=row.status,
            score=row.score,
            band=row.band,
            lot=spread.lot(seed, row.volunteer_id, row.assignment_id),
            missing=json.loads(row.changes),
            reasons=json.loads(row.reasons),
        )
        for row in found.itertuples()
    ]


def _retire(session: Session, which: object) -> None:
    """Keep what was shown, but show it no more."""
    session.execute(update(Match).where(which, Match.is_current).values(is_current=False))  # type: ignore[arg-type]


def exclusions(session: Session, assignment: Assignment) -> dict[str, int]:
    """Return how many people each rule left out, and how many are eligible and near, in the newest run."""
    newest = (
        select(Exclusion.run_id)
        .join(MatchRun, MatchRun.id == Exclusion.run_id)
        .where(Exclusion.assignment_id == assignment.id, MatchRun.state == "finished")
        .order_by(Exclusion.run_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = select(Exclusion).where(Exclusion.assignment_id == assignment.id, Exclusion.run_id == newest)
    return {row.code: row.people for row in session.scalars(rows.order_by(Exclusion.people.desc()))}


def rank_when_changed(session: Session, volunteers: Sequence[Volunteer], assignments: Sequence[Assignment]) -> None:
    """Rank at once what is little, and leave the rest to the background: for imports and bulk changes."""
    if len(volunteers) + len(assignments) > MOST_AT_ONCE:
        request_everything(session, None)
        return
    for volunteer in volunteers:
        rank_volunteer(session, volunteer)
    for assignment in assignments:
        rank_assignment(session, assignment)
