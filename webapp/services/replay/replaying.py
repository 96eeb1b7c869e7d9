"""Whether a run gives the same bytes when it is made again from what was kept, and if not, what is different."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Exclusion, Match, MatchRun
from webapp.services import learning
from webapp.services.replay import again, standing
from webapp.services.replay.again import EVERYTHING, ONE_PROFILE, Found
from webapp.services.replay.differences import differences_of, other_making
from webapp.services.replay.reading import Inputs, read
from webapp.services.replay.record import Record
from webapp.services.replay.result import Result, body

SAME, DIFFERS, CANNOT = "same", "differs", "cannot"
MOST_NAMED = 20
WHY_NOT = {
    standing.UNFINISHED: "This run is not finished.",
    standing.BEFORE: "This run was made before inputs were kept. It cannot be made again.",
    standing.OVER: "What this run was made from is thrown away, after a year or (a look) with the next. "
    "It cannot be made again.",
}
BROKEN = {
    standing.MISSING: "What this run was made from is missing, and its year is not over.",
    standing.UNREADABLE: "The record of this run was changed, or lies under another DATA_KEY.",
}


@dataclass(frozen=True)
class Verdict:
    """SAME, DIFFERS or CANNOT, and what there is to say, in sentences for whoever runs the service."""

    code: str
    said: list[str]


@dataclass
class Comparison:
    """What was found so far in comparing."""

    wrong: list[str] = field(default_factory=list)
    rows: int = 0
    counts: int = 0
    counts_with_gone: int = 0
    result: Result = field(default_factory=Result)
    eligible: list[tuple[str, str, int]] = field(default_factory=list)


def replay(session: Session, run: MatchRun) -> Verdict:
    """Make a run again. The session needs one sight of all (db.begin_one_sight) where others write meanwhile."""
    code, record = standing.standing_of(session, run)
    if record is None:
        return Verdict(CANNOT, [WHY_NOT[code]]) if code in WHY_NOT else Verdict(DIFFERS, [BROKEN[code]])
    wrong = differences_of(session, run, record)
    if wrong:
        return Verdict(DIFFERS, wrong)
    other = other_making(record)
    if other.is_certain:
        return Verdict(CANNOT, other.said)
    inputs = read(session, record)
    if inputs.wrong:
        return Verdict(DIFFERS, inputs.wrong[:MOST_NAMED])
    compared = _compare(session, run, record, inputs)
    if compared.wrong and other.said:
        return Verdict(CANNOT, [*other.said, "What comes out here is not the same, which may be why."])
    if compared.wrong:
        return Verdict(DIFFERS, _first(compared.wrong))
    return Verdict(SAME, [*_told(record, inputs, compared), *other.said])


def _compare(session: Session, run: MatchRun, record: Record, inputs: Inputs) -> Comparison:
    compared = Comparison()
    for found in again.make(session, record, inputs):
        _compare_matches(session, run, record, found, compared)
        if record.scope != ONE_PROFILE:
            _compare_counts(session, run, found, compared)
    stored = set(session.scalars(select(Match.assignment_id).where(Match.run_id == run.id).distinct()))
    compared.wrong += [
        f"Matches of assignment {number} are stored that this run did not make."
        for number in sorted(stored - inputs.works.keys() - inputs.ended)
    ]
    if not inputs.gone and not inputs.ended and not compared.wrong:
        _compare_all(run, record, compared)
    return compared


def _compare_matches(session: Session, run: MatchRun, record: Record, found: Found, compared: Comparison) -> None:
    mine = Match.run_id == run.id, Match.assignment_id == found.assignment_id
    stored = {one.volunteer_id: one for one in session.scalars(select(Match).where(*mine))}
    if record.scope == EVERYTHING:
        spread = learning.spread_of(run.spread)
        for one in found.matches:
            one.lot = spread.lot(run.seed, str(one.volunteer_id), str(one.assignment_id))
    expected = _expected(record, found, stored)
    for number, one in expected.items():
        kept = stored.pop(number, None)
        if kept is None:
            compared.wrong.append(f"The match of volunteer {number} with assignment {found.assignment_id} is missing.")
        elif body(kept) != body(one) or kept.lot != one.lot:
            compared.wrong.append(f"The match of volunteer {number} with assignment {found.assignment_id} differs.")
    compared.wrong += [
        f"A match of volunteer {number} with assignment {found.assignment_id} is stored that this run did not make."
        for number in sorted(stored)
    ]
    compared.rows += len(expected)
    compared.result.add(expected.values())
    compared.eligible += [
        (str(one.assignment_id), str(one.volunteer_id), one.band)
        for one in expected.values()
        if one.status == "eligible"
    ]


def _expected(record: Record, found: Found, stored: dict[int, Match]) -> dict[int, Match]:
    """Return what has to be stored: of each status the first ones, less at most as many as are gone."""
    if record.scope == ONE_PROFILE or not found.gone:
        return {one.volunteer_id: one for one in found.matches}
    expected: dict[int, Match] = {}
    for status in ("eligible", "near"):
        order = [one for one in found.matches if one.status == status]
        number = sum(one.status == status for one in stored.values())
        least = min(len(order), again.KEPT_FOR_ASSIGNMENT - found.gone)
        number = max(least, min(number, len(order), again.KEPT_FOR_ASSIGNMENT))
        expected |= {one.volunteer_id: one for one in order[:number]}
    return expected


def _compare_counts(session: Session, run: MatchRun, found: Found, compared: Comparison) -> None:
    """Counts stay when a person goes: they may be higher by as many as are gone, and no more."""
    mine = Exclusion.run_id == run.id, Exclusion.assignment_id == found.assignment_id
    stored = {one.code: one.people for one in session.scalars(select(Exclusion).where(*mine))}
    for code in sorted(stored.keys() | found.counts.keys()):
        more = stored.get(code, 0) - found.counts.get(code, 0)
        if not 0 <= more <= found.gone or (not found.gone and code not in stored):
            compared.wrong.append(f"The count {code} of assignment {found.assignment_id} differs.")
        compared.counts_with_gone += more > 0
    compared.counts += len(stored)
    compared.result.count(found.assignment_id, found.counts)


def _compare_all(run: MatchRun, record: Record, compared: Comparison) -> None:
    """Where nobody is gone, the spread can be fitted again too, and the sum over everything holds."""
    if record.scope == EVERYTHING and learning.fitted_spread(compared.eligible).to_dict() != run.spread:
        compared.wrong.append("The spread of the lot differs.")
    elif compared.result.sha256() != record.result:
        compared.wrong.append("The rows are not those that were found then: rows and inputs were changed alike.")


def _first(wrong: list[str]) -> list[str]:
    more = len(wrong) - MOST_NAMED
    return wrong if more <= 0 else [*wrong[:MOST_NAMED], f"And {more} more."]


def _told(record: Record, inputs: Inputs, compared: Comparison) -> list[str]:
    told = [f"Made from {len(inputs.people)} people and {len(inputs.works)} assignments as they were on {record.day}."]
    if not inputs.gone and not inputs.ended:
        told.append(f"{compared.rows} matches and {compared.counts} counts replay to the same bytes: {record.result}")
        return told
    if inputs.gone:
        number = len(inputs.gone)
        who = "1 person of this run was" if number == 1 else f"{number} people of this run were"
        told.append(f"{who} erased; {compared.rows} rows are left, and they replay to the same bytes.")
    if inputs.ended:
        told.append(f"{len(inputs.ended)} assignments of this run are no more, with their rows.")
    if compared.counts_with_gone:
        told.append(f"{compared.counts_with_gone} of {compared.counts} counts still hold who was erased, as numbers.")
    return told
