"""The columns of the board and the cards in them; the number of queries does not grow with the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, load_only, selectinload

from webapp.models import Application, Assignment, Host, Offer, Placement, User
from webapp.models.applications import APPLICATION_STATES, LIVE_APPLICATION_STATES
from webapp.models.placements import PLACEMENT_STATES, RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import next_words, teams
from webapp.services.board import groups
from webapp.services.board.groups import Row
from webapp.services.delegations import own_hosts, own_work
from webapp.services.placement_sight import seen_by
from webapp.services.sights import sights_of
from webapp.services.teams import Seats

FEW, PAGE = 6, 30  # cards of a column on the board, and where one column is shown alone
LONGEST_ID = 9  # digits of a row's number
APPLICATION, PLACEMENT = "application", "placement"
# (kind, state): what runs stands on the board, what is over is reached from below it.
RUNNING = [(APPLICATION, state) for state in LIVE_APPLICATION_STATES]
RUNNING += [(PLACEMENT, state) for state in RUNNING_PLACEMENT_STATES]
EVERY = [(APPLICATION, state) for state in APPLICATION_STATES] + [(PLACEMENT, state) for state in PLACEMENT_STATES]

AnyQuery = Select[*tuple[Any, ...]]
Counted = Mapping[tuple[str, str], int]  # how many rows each column has


@dataclass(frozen=True)
class Filter:
    """What the board is narrowed to; blank fields narrow nothing."""

    host: int | None = None
    country: str = ""
    overdue: bool = False
    text: str = ""  # in the title of the assignment or the name of the host


@dataclass(frozen=True)
class Card:
    """A row of the board: the person's name may be printed where `named` says so."""

    kind: str
    row: Row
    named: bool
    day: date | None  # by when something is due
    is_overdue: bool
    beside: Sequence[tuple[Row, bool]] = ()  # of those who go together with the person: what they have there, and named


@dataclass(frozen=True)
class Known:
    """What is read once for all rows that are shown: whose names may be printed, and who goes with whom."""

    named: set[Row]
    beside: Mapping[groups.Key, Sequence[Row]]


@dataclass(frozen=True)
class Column:
    """One state with its first cards, how many there are, and from where the next page goes on (blank: all shown)."""

    kind: str
    state: str
    cards: list[Card]
    count: int
    following: str


def columns(
    session: Session, account: User, narrowed: Filter, today: date, counted: Counted | None = None
) -> list[Column]:
    """Return the columns of what runs, each with its first cards, the most urgent first; `counted`: see `counts`."""
    counted = counts(session, account, narrowed, today) if counted is None else counted
    rows: dict[tuple[str, str], list[Row]] = {
        key: _rows(session, account, key, narrowed, today, "", FEW) if counted.get(key) else [] for key in RUNNING
    }
    known = _known(session, account, [row for found in rows.values() for row in found])
    return [_column(key, rows[key], counted.get(key, 0), known, today, FEW) for key in RUNNING]


def column(
    session: Session, account: User, key: tuple[str, str], narrowed: Filter, today: date, after: str = ""
) -> Column:
    """Return one column, from behind the card that `after` names."""
    rows = _rows(session, account, key, narrowed, today, after, PAGE)
    count = counts(session, account, narrowed, today).get(key, 0)
    return _column(key, rows, count, _known(session, account, rows), today, PAGE)


def counts(session: Session, account: User, narrowed: Filter, today: date) -> dict[tuple[str, str], int]:
    """Return how many rows each column has."""
    found = {}
    for kind, table in ((APPLICATION, Application), (PLACEMENT, Placement)):
        query = _narrowed(_of_account(select(table.state, func.count()), account, kind), kind, narrowed, today)
        found.update({(kind, state): number for state, number in session.execute(query.group_by(table.state))})
    return found


def teams_of(session: Session, shown: Sequence[Column]) -> list[tuple[Assignment, list[Seats]]]:
    """Return the assignments with a team of which something is shown, with how far each role is filled."""
    works = {card.row.assignment_id: card.row.assignment for one in shown for card in one.cards}
    with_team = [works[number] for number in sorted(works) if works[number].team]
    filled = teams.seats_of(session, with_team)
    return [(one, filled[one.id]) for one in with_team]


def hosts(session: Session, account: User) -> Sequence[Host]:
    """Return the hosts of the office, for the filter."""
    query = select(Host).where(own_hosts(account)).order_by(Host.name, Host.id)
    return session.scalars(query.options(load_only(Host.name, Host.country))).all()


def _column(key: tuple[str, str], rows: list[Row], count: int, known: Known, today: date, most: int) -> Column:
    cards = [_card(key[0], row, known, today) for row in rows[:most]]
    following = f"{_day_of(rows[most - 1]) or ''}.{rows[most - 1].id}" if len(rows) > most else ""
    return Column(*key, cards, count, following)


def _card(kind: str, row: Row, known: Known, today: date) -> Card:
    day = _day_of(row)
    beside = [(one, one in known.named) for one in known.beside.get(groups.key_of(row), ())]
    return Card(kind, row, row in known.named, day, day is not None and day < today, beside)


def _known(session: Session, account: User, rows: Sequence[Row]) -> Known:
    if not rows:
        return Known(set(), {})
    beside = groups.beside(session, rows)
    everybody = [*rows, *(one for several in beside.values() for one in several)]
    seen = zip(everybody, sights_of(session, account, everybody), strict=True)
    return Known({row for row, sight in seen if sight.name}, beside)


def _rows(
    session: Session, account: User, key: tuple[str, str], narrowed: Filter, today: date, after: str, most: int
) -> list[Row]:
    kind, state = key
    table: Any = Application if kind == APPLICATION else Placement
    query = _narrowed(_of_account(select(table), account, kind), kind, narrowed, today).where(table.state == state)
    due = _due(key)
    order = [table.id] if due is None else [due, table.id]
    if after:
        query = query.where(_behind(after, due, table))
    work = contains_eager(table.assignment)
    beside = [work.contains_eager(Assignment.host), work.selectinload(Assignment.team), selectinload(table.volunteer)]
    if kind == PLACEMENT:
        beside.append(selectinload(Placement.offer).selectinload(Offer.team_role))
    return list(session.scalars(query.options(*beside).order_by(*order).limit(most + 1)))


def _behind(after: str, due: Any, table: Any) -> ColumnElement[bool]:
    """Return the condition of rows behind `day.id`; what cannot be read begins at the start."""
    day, _, number = after.partition(".")
    try:
        last = int(number[:LONGEST_ID])
        moment = date.fromisoformat(day) if due is not None else None
    except ValueError:
        return table.id > 0
    return table.id > last if due is None else or_(due > moment, and_(due == moment, table.id > last))


def _of_account(query: AnyQuery, account: User, kind: str) -> AnyQuery:
    """Keep what the account may open: applications to its own assignments, placements that it receives or sends."""
    table: Any = Application if kind == APPLICATION else Placement
    query = query.join(Assignment, Assignment.id == table.assignment_id).join(Host, Host.id == Assignment.host_id)
    if kind == PLACEMENT:
        return query.where(seen_by(account))
    # Who is placed stands there as the placement.
    return query.where(own_work(account), ~next_words.is_placed())


def _narrowed(query: AnyQuery, kind: str, narrowed: Filter, today: date) -> AnyQuery:
    if narrowed.host is not None:
        query = query.where(Assignment.host_id == narrowed.host)
    if narrowed.country:
        query = query.where(Assignment.country == narrowed.country)
    if narrowed.text:
        words = [column.icontains(narrowed.text, autoescape=True) for column in (Assignment.title, Host.name)]
        query = query.where(or_(*words))
    return query.where(_overdue(kind, today)) if narrowed.overdue else query


def _overdue(kind: str, today: date) -> ColumnElement[bool]:
    if kind == APPLICATION:
        return and_(next_words.waits(), today > next_words.BY)
    begun = and_(Placement.state.in_(UNDER_WAY_STATES), Placement.ends_on < today)
    return or_(and_(Placement.state == "preparing", Placement.starts_on < today), begun)


def _due(key: tuple[str, str]) -> Any:
    """Return the column that holds by when something is due in a state; None where no day is set."""
    if key in RUNNING and key[0] == APPLICATION:
        return next_words.BY
    if key == (PLACEMENT, "preparing"):
        return Placement.starts_on
    return Placement.ends_on if key in RUNNING and key[0] == PLACEMENT else None


def _day_of(row: Row) -> date | None:
    """Return the same day of a row that was read."""
    if isinstance(row, Application):
        return row.next_by if row.is_live else None
    if row.state == "preparing":
        return row.starts_on
    return row.ends_on if row.is_running else None
