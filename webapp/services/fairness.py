"""Who stands at the top of a VIO's lists, and who was chosen, by group: sums for its coordinators, never one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Host, Match, Review, User, Volunteer
from webapp.models.consents import MATCHING
from webapp.portions import NUMBERS, portions
from webapp.services.choices import Column, column
from webapp.services.exposure import Exposure, exposure_table
from webapp.services.linking import language_of_text
from webapp.services.person_relations import consents_to, within_reach
from webapp.services.small_cells import FEWEST

STEPS = ("endorsed", "proposed", "applied", "shortlisted", "selected")
AFTER_SHORTLIST = ("shortlisted", "interview", "selected")
ELSEWHERE = "elsewhere"  # the hosts of other VIOs, together
IS_ELIGIBLE = Match.status == "eligible"
PAIR = ("volunteer_id", "assignment_id")
Pairs = set[tuple[int, int]]  # of these


@dataclass(frozen=True)
class Table:
    """One way to group: by country of residence, language of the experience text, or host. No lines: too few people.

    `choices` has a column for each step that can tell something, with a cell for each of `choosable`: the lines whose
    people can be chosen here at all. The other steps are `few` (hardly anybody came so far) or `untold`.
    """

    grouping: str
    lines: tuple[Exposure, ...]
    choosable: tuple[Exposure, ...]
    choices: Mapping[str, Column]
    few: tuple[str, ...]
    untold: tuple[str, ...]
    names: Mapping[str, str]  # of hosts


@dataclass(frozen=True)
class _Grouped:
    """Rows of lists with the group of each; `place` is that of the grouped one in a pair."""

    rows: pd.DataFrame
    groups: Mapping[Any, str]
    place: int

    @property
    def column(self) -> str:
        """The column of the rows that is grouped."""
        return PAIR[self.place]

    def eligible(self, line: Exposure) -> int:
        """Return how many people of a line can be chosen here."""
        own = self.rows[self.column].map(self.groups).isin(_here(line))
        return int(self.rows.loc[own, "volunteer_id"].nunique())

    def chosen(self, line: Exposure, pairs: Pairs) -> set[int]:
        """Return the people of a line among those who came so far."""
        return {pair[0] for pair in pairs if self.groups.get(pair[self.place]) in _here(line)}


def tables(session: Session, account: User, today: date) -> list[Table]:
    """Return the three tables for the coordinator's own VIO.

    Lists are those of its open assignments; of its own people for the hosts. People of other VIOs count in sums where
    their match may be shown. What can be shown is decided per table: no hidden number rests on the other two, of which
    a reader may know the total (small_cells.py).
    """
    reached, people = _reached(session, account), _lists(session, account, today)
    works = _lists_of_own_people(session, account)
    hosts, names = _hosts(session, account, works)
    came = {pair[0] for pairs in reached.values() for pair in pairs}
    own, (countries, languages) = _own(session, account, came), _facts(session, came, people)
    of_own = {step: {pair for pair in pairs if pair[0] in own} for step, pairs in reached.items()}
    return [
        _table("country", _Grouped(people, countries, 0), reached, {}),
        _table("language", _Grouped(people, languages, 0), reached, {}),
        _table("host", _Grouped(works, hosts, 1), of_own, names),
    ]


def _table(grouping: str, grouped: _Grouped, reached: Mapping[str, Pairs], names: Mapping[str, str]) -> Table:
    lines = exposure_table(grouped.rows, grouped.groups, grouped.column)
    choosable = [line for line in lines if _here(line)]
    eligible = [grouped.eligible(line) for line in choosable]
    chosen = {step: [grouped.chosen(line, pairs) for line in choosable] for step, pairs in reached.items()}
    columns = {step: column([*map(len, cells)], eligible) for step, cells in chosen.items()}
    told = {step: found for step, found in columns.items() if found is not None}
    few = [step for step in STEPS if step not in told and len(set().union(*chosen[step])) < FEWEST]
    untold = [step for step in STEPS if step not in told and step not in few]
    return Table(grouping, tuple(lines), tuple(choosable), told, tuple(few), tuple(untold), names)


def _here(line: Exposure) -> set[str]:
    """Return the groups of a line of which somebody can be chosen here: a VIO chooses for its own hosts alone."""
    return set(line.groups) - {ELSEWHERE}


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
        .where(Match.is_current, IS_ELIGIBLE, Assignment.state == "open", *where)
        .order_by(Match.band.desc(), Match.lot, Match.id)
    )
    rows = pd.DataFrame(session.execute(query).all(), columns=["assignment_id", "volunteer_id"])
    return rows.assign(rank=rows.groupby(lists).cumcount() + 1)


def _reached(session: Session, account: User) -> dict[str, Pairs]:
    """Return for each step who came so far, with which of the VIO's assignments, as it stands now."""
    mine = select(Assignment.id).where(Assignment.vio_id == account.vio_id)
    reviews, applications = (
        session.execute(
            select(told, table.volunteer_id, table.assignment_id).where(table.assignment_id.in_(mine))
        ).all()
        for table, told in ((Review, Review.verdict), (Application, Application.state))
    )
    return {
        "endorsed": {(row[1], row[2]) for row in reviews if row[0] == "endorse"},
        "proposed": {(row[1], row[2]) for row in reviews if row[0] == "propose"},
        "applied": {(row[1], row[2]) for row in applications},
        "shortlisted": {(row[1], row[2]) for row in applications if row[0] in AFTER_SHORTLIST},
        "selected": {(row[1], row[2]) for row in applications if row[0] == "selected"},
    }


def _own(session: Session, account: User, came: set[int]) -> set[int]:
    """Return who of those who came to a step are the VIO's own."""
    mine = select(Volunteer.id).where(Volunteer.vio_id == account.vio_id)
    parts = (mine.where(Volunteer.id.in_(some)) for some in portions(sorted(came), NUMBERS))
    return {number for part in parts for number in session.scalars(part)}


def _facts(session: Session, came: set[int], people: pd.DataFrame) -> tuple[dict[Any, str], dict[Any, str]]:
    """Return country and language of those who came to a step or stand in the VIO's lists, if they stand in any."""
    listed = exists(select(Match.id).where(Match.volunteer_id == Volunteer.id, Match.is_current, IS_ELIGIBLE))
    query = select(Volunteer.id, Volunteer.residence, Volunteer.experience).where(listed)
    countries: dict[Any, str] = {}
    languages: dict[Any, str] = {}
    for some in portions(sorted(came.union(people["volunteer_id"])), NUMBERS):
        for number, residence, experience in session.execute(query.where(Volunteer.id.in_(some))):
            countries[number], languages[number] = residence or "", language_of_text(experience)
    return countries, languages


def _hosts(session: Session, account: User, works: pd.DataFrame) -> tuple[dict[Any, str], dict[str, str]]:
    """Return the host of each assignment (those of other VIOs are one), and the names of the VIO's own."""
    query = select(Assignment.id, Host.id, Host.name).join(Host, Host.id == Assignment.host_id)
    own = session.execute(query.where(Assignment.vio_id == account.vio_id)).all()
    hosts: dict[Any, str] = dict.fromkeys(works["assignment_id"].unique(), ELSEWHERE)
    hosts |= {row[0]: str(row[1]) for row in own}
    return hosts, {str(row[1]): row[2] for row in own}
