"""How many volunteers an assignment leaves, what each of its rules costs, and what asking for less brings back.

Every count is exact and of a run of the rules of its own; whoever shows them to people rounds them first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.eligibility import CODES, LANGUAGE_BELOW, SKILL_BELOW
from matching.pool import Columns, Flags, Pool
from matching.records import CEFR_LEVELS, Assignment
from matching.reference import Reference
from matching.relaxations import Relaxation, relaxations
from matching.standing import Standing


@dataclass(frozen=True)
class Gain:
    """One way to ask for less: who would be eligible then; `subject` and `value` say of what, and how much is left.

    `eases` names the rules that fail less often then.
    """

    code: str
    eases: tuple[str, ...]
    subject: str
    value: Any
    eligible: int
    brings_back: int


@dataclass(frozen=True)
class Cost:
    """One rule of this assignment: for how many it fails, whatever else does; `level` is what it asks at least."""

    rule: str
    subject: str
    level: Any
    excluded: int


@dataclass(frozen=True)
class Supply:
    """`people` count at all, `eligible` of them now. Whom `countries` and `routes` count has chosen them by name.

    `holders` says how many state each skill that is asked for. No list is in the order of its counts.
    """

    people: int
    eligible: int
    near: int
    costs: tuple[Cost, ...]
    gains: tuple[Gain, ...]
    holders: Mapping[str, int]
    countries: Mapping[str, int]
    routes: Mapping[str, int]
    anywhere: int

    @staticmethod
    def of_parts(parts: Sequence[Supply]) -> Supply:
        """Return the supply of an assignment among all the people of several pools, of whom nobody is in two."""
        costs = Counter[tuple[str, str, Any]]()
        gains: dict[tuple[str, str, Any], Gain] = {}
        for part in parts:
            costs.update({(one.rule, one.subject, one.level): one.excluded for one in part.costs})
            for one in part.gains:
                key = (one.code, one.subject, one.value)
                before = gains.get(key, replace(one, eligible=0, brings_back=0))
                eligible, back = before.eligible + one.eligible, before.brings_back + one.brings_back
                gains[key] = replace(one, eligible=eligible, brings_back=back)
        return Supply(
            people=sum(one.people for one in parts),
            eligible=sum(one.eligible for one in parts),
            near=sum(one.near for one in parts),
            costs=tuple(Cost(*key, costs[key]) for key in sorted(costs, key=lambda key: CODES.index(key[0]))),
            gains=tuple(gains.values()),
            holders=_summed(one.holders for one in parts),
            countries=dict(sorted(_summed(one.countries for one in parts).items())),
            routes=dict(sorted(_summed(one.routes for one in parts).items())),
            anywhere=sum(one.anywhere for one in parts),
        )


def supply_of(pool: Pool, assignment: Assignment, reference: Reference, counted: Flags) -> Supply:
    """Count the volunteers of the pool that are `counted`, by the rules that rank them."""
    standing = Standing(pool, assignment)
    eligible = counted & (standing.status == 0)
    now = _number(eligible)
    return Supply(
        people=_number(counted),
        eligible=now,
        near=_number(counted & (standing.status == 1)),
        costs=tuple(_costs(standing, assignment, counted)),
        gains=tuple(_gain(pool, one, counted, now) for one in relaxations(assignment, reference)),
        holders={code: _number(counted & (pool.skills[code] > 0)) for code in _asked(assignment)},
        countries=_chosen(pool.countries, eligible),
        routes=_chosen(pool.routes, eligible),
        anywhere=_number(eligible & pool.anywhere),
    )


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    whole = Counter[str]()
    for one in counts:
        whole.update(one)
    return dict(whole)


def _gain(pool: Pool, change: Relaxation, counted: Flags, now: int) -> Gain:
    then = _number(counted & (Standing(pool, change.assignment).status == 0))
    return Gain(change.code, change.eases, change.subject, change.value, then, then - now)


def _costs(standing: Standing, assignment: Assignment, counted: Flags) -> Iterator[Cost]:
    where: dict[tuple[str, str], Flags] = {}
    for check, failed in standing.failures():
        key = (check.code, check.subject)
        where[key] = where.get(key, False) | failed
    for code in CODES:
        for (rule, subject), failed in where.items():
            if rule == code:
                yield Cost(rule, subject, _level(assignment, rule, subject), _number(failed & counted))


def _level(assignment: Assignment, rule: str, subject: str) -> Any:
    """Return what a rule about a language or skill asks at least."""
    if rule == LANGUAGE_BELOW:
        return CEFR_LEVELS[max(asked.level for asked in assignment.languages if asked.code == subject) - 1]
    if rule == SKILL_BELOW:
        return next(asked.level for asked in assignment.essential if asked.code == subject)
    return None


def _asked(assignment: Assignment) -> tuple[str, ...]:
    codes = [asked.code for asked in (*assignment.essential, *assignment.desirable)]
    return tuple(dict.fromkeys([*codes, *assignment.licensed_skills]))


def _chosen(columns: Columns, eligible: Flags) -> dict[str, int]:
    counts = ((code, _number(eligible & (columns[code] > 0))) for code in sorted(columns.codes()))
    return {code: count for code, count in counts if count}


def _number(flags: Flags) -> int:
    return int(np.count_nonzero(flags))
