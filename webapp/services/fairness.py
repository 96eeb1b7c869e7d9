"""Who stands at the top of a VIO's lists, and who was chosen, by group: sums for its coordinators, never one person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import Application, Assignment, Host, Match, Review, User, Volunteer
from webapp.models.consents import MATCHING
from webapp.services.exposure import Exposure, Ratio, exposure_table
from webapp.services.linking import language_of_text
from webapp.services.small_cells import FEWEST, hidden
from webapp.services.visibility import consents_to, within_reach

__all__ = ["ELSEWHERE", "FEWEST", "GROUPINGS", "STEPS", "Chosen", "Line", "Table", "exposure_table", "tables"]

GROUPINGS = ("country", "language", "host")
STEPS = ("endorsed", "proposed", "applied", "shortlisted", "selected")
AFTER_SHORTLIST = ("shortlisted", "interview", "selected")
ELSEWHERE = "elsewhere"  # the hosts of other VIOs, together
Z = 1.96
Pairs = set[tuple[int, int]]  # (volunteer, assignment)


@dataclass(frozen=True)
class Chosen:
    """How many people of a group got so far, their share of all who did, and that beside their share of the eligible.

    Hidden ones have no numbers; `is_small` says that it is for the cell's own sake.
    """

    people: int | None = None
    share: float | None = None
    ratio: Ratio | None = None
    is_small: bool = False


@dataclass(frozen=True)
class Line:
    """A group (or all small ones together): its exposure, and per step who was chosen."""

    exposure: Exposure
    chosen: Mapping[str, Chosen]


@dataclass(frozen=True)
class Table:
    """One way to group: by country of residence, language of the experience text, or host. No lines: too few people."""

    grouping: str
    lines: tuple[Line, ...]
    steps: tuple[str, ...]  # those of STEPS that can be shown
    names: Mapping[str, str]  # of hosts


def tables(session: Session, account: User, today: date) -> list[Table]:
    """Return the three tables for the coordinator's own VIO.

    Lists are those of its open assignments; of its own people for the hosts. People of other VIOs count in sums where
    their match may be shown. A step that cannot be shown in one table is shown in none: the sums are the same ones.
    """
    people, works = _lists(session, account, today), _lists_of_own_people(session, account)
    reached = _reached(session, account)
    hosts, names = _hosts(session, account)
    made = {
        name: (exposure_table(rows, groups, grouped), groups, place)
        for name, rows, groups, grouped, place in (
            ("country", people, _countries(session), "volunteer_id", 0),
            ("language", people, _languages(session), "volunteer_id", 0),
            ("host", works, hosts, "assignment_id", 1),
        )
    }
    chosen = {name: _chosen(lines, groups, reached, place) for name, (lines, groups, place) in made.items()}
    columns = [found for name, found in chosen.items() if made[name][0]]
    shown = tuple(step for step in STEPS if _says_something(step, columns))
    return [
        Table(
            name,
            tuple(
                Line(line, {step: chosen[name][step][number] for step in shown})
                for number, line in enumerate(made[name][0])
            ),
            shown,
            names if name == "host" else {},
        )
        for name in GROUPINGS
    ]


def _says_something(step: str, tables: list[dict[str, list[Chosen]]]) -> bool:
    """Return whether a step can be shown in every table, and has a number in one."""
    cells = [cell for found in tables for cell in found.get(step, [])]
    return all(step in found for found in tables) and any(cell.people is not None for cell in cells)


def _chosen(
    lines: list[Exposure], groups: Mapping[Any, str], reached: Mapping[str, Pairs], place: int
) -> dict[str, list[Chosen]]:
    """Return, for each step that can be shown, a cell per line."""
    total = sum(line.people for line in lines)
    found: dict[str, list[Chosen]] = {}
    for step, pairs in reached.items():
        by_group: dict[str | None, set[int]] = {}
        for pair in pairs:
            by_group.setdefault(groups.get(pair[place]), set()).add(pair[0])
        counts = [len(set().union(*(by_group.get(group, set()) for group in line.groups))) for line in lines]
        away = hidden(counts) if counts else None
        if away is not None:
            found[step] = [
                Chosen(is_small=count < FEWEST) if off else _cell(count, sum(counts), line.people / total)
                for count, off, line in zip(counts, away, lines, strict=True)
            ]
    return found


def _cell(count: int, of_all: int, due: float) -> Chosen:
    """Return a shown cell; the interval is Wilson's for the share, beside what is due."""
    share = count / of_all
    middle = share + Z * Z / (2 * of_all)
    half = Z * math.sqrt(share * (1 - share) / of_all + Z * Z / (4 * of_all * of_all))
    low, high = ((middle + sign * half) / (1 + Z * Z / of_all) / due for sign in (-1, 1))
    return Chosen(count, share, Ratio(share / due, low, high))


def _lists(session: Session, account: User, today: date) -> pd.DataFrame:
    """Return who stands where in the lists of the VIO's open assignments, as its coordinators see them."""
    assert account.vio_id is not None
    mine = Assignment.vio_id == account.vio_id
    return _ranked(session, "assignment_id", mine, within_reach(Assignment.id, account.vio_id, today))


def _lists_of_own_people(session: Session, account: User) -> pd.DataFrame:
    """Return which assignments stand where in the lists of the VIO's own people."""
    return _ranked(session, "volunteer_id", Volunteer.vio_id == account.vio_id, consents_to(MATCHING))


def _ranked(session: Session, lists: str, *where: ColumnElement[bool]) -> pd.DataFrame:
    query = (
        select(Match.assignment_id, Match.volunteer_id)
        .join(Assignment, Assignment.id == Match.assignment_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.is_current, Match.status == "eligible", Assignment.state == "open", *where)
        .order_by(Match.band.desc(), Match.lot, Match.id)
    )
    rows = pd.DataFrame(session.execute(query).all(), columns=["assignment_id", "volunteer_id"])
    return rows.assign(rank=rows.groupby(lists).cumcount() + 1)


def _reached(session: Session, account: User) -> dict[str, Pairs]:
    """Return for each step who came so far, with which of the VIO's assignments, as it stands now."""
    mine = select(Assignment.id).where(Assignment.vio_id == account.vio_id)
    reviews = session.execute(
        select(Review.verdict, Review.volunteer_id, Review.assignment_id).where(Review.assignment_id.in_(mine))
    ).all()
    applications = session.execute(
        select(Application.state, Application.volunteer_id, Application.assignment_id).where(
            Application.assignment_id.in_(mine)
        )
    ).all()
    return {
        "endorsed": {(row[1], row[2]) for row in reviews if row[0] == "endorse"},
        "proposed": {(row[1], row[2]) for row in reviews if row[0] == "propose"},
        "applied": {(row[1], row[2]) for row in applications},
        "shortlisted": {(row[1], row[2]) for row in applications if row[0] in AFTER_SHORTLIST},
        "selected": {(row[1], row[2]) for row in applications if row[0] == "selected"},
    }


def _countries(session: Session) -> dict[Any, str]:
    return {row[0]: row[1] or "" for row in session.execute(_people(Volunteer.residence))}


def _languages(session: Session) -> dict[Any, str]:
    return {row[0]: language_of_text(row[1]) for row in session.execute(_people(Volunteer.experience))}


def _people(fact: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return the query for one fact of everybody who stands in any list."""
    listed = select(Match.volunteer_id).where(Match.is_current, Match.status == "eligible")
    return select(Volunteer.id, fact).where(Volunteer.id.in_(listed))


def _hosts(session: Session, account: User) -> tuple[dict[Any, str], dict[str, str]]:
    """Return the host of each open assignment (those of other VIOs are one), and the names of the VIO's own."""
    query = select(Assignment.id, Host.id, Host.name, Assignment.vio_id).join(Host, Host.id == Assignment.host_id)
    rows = session.execute(query).all()
    own = [row for row in rows if row[3] == account.vio_id]
    hosts = {row[0]: str(row[1]) if row[3] == account.vio_id else ELSEWHERE for row in rows}
    return hosts, {str(row[1]): row[2] for row in own}
