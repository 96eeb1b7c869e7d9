"""A person with a row in every table that leads to one, and a word of its own in every column that erasure empties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Select, String, Table, TypeDecorator, insert, select, text, update

from tests.factories import NUMBERS, AnySession, make_user, make_vio
from tests.stays import make_placement, make_ready, user_of
from webapp import clock
from webapp.models import Base, Partnership, Placement, User, Volunteer
from webapp.models.packed import PackedJson
from webapp.services.filled import as_kept
from webapp.services.own_data.data_map import data_map
from webapp.services.own_data.reach import rows_of
from webapp.services.sealed_words import sealed_columns

IN_JSON = JSON, PackedJson
SHORTEST = 20  # letters that a column must hold; what is shorter holds codes and hours
DAY = date(2026, 3, 4)
# What a row needs beyond a value of its kind in each column that must not be empty.
NEEDS: dict[str, dict[str, Any]] = {
    "alumnus": {"may_mentor": True},
    "bar": {"state": "lifted", "over_at": clock.now(), "confirmed_at": clock.now()},
    "bar_appeal": {"state": "closed", "decided_at": clock.now()},
    "bond_member": {"joined_at": clock.now(), "email": ""},
    "consent": {"purpose": "alumni", "withdrawn_at": clock.now()},
    "debrief": {"is_from_talk": False, "side": "volunteer"},
    "follow_up": {"months": 6, "answered_at": clock.now()},
    "help_call": {"state": "closed", "closed_at": clock.now()},
    "held_stay": {"bar_id": "bar", "state": "watched", "decided_at": clock.now()},
    "lesson": {"shown_as": "name", "state": "kept"},
    "mentorship": {"state": "declined", "ended_by": ""},
    "reference": {"served": "", "state": "answered"},
    "reference_answer": {
        "misconduct": "cannot_say",
        "looked_at": clock.now(),
        "looked_words": "x",
        "may_be_read": True,
    },
    "scorecard": {"seat": 1},
    "wording": {"state": "replaced", "number": 9},
    "clearance_document": {"stored_as": "0" * 32},
}
# Where the database allows no word of ours beside the rest of the row.
NOT_PLANTED = {
    "bond_member.email",
    "user.tf_primary_method",
    "clearance_document.stored_as",
    "clearance_document.media_type",
    "user.mf_recovery_codes",
    "passkey.transports",
}


@dataclass
class Planted:
    """The person, and the word that stands in each column."""

    account: User
    volunteer: Volunteer
    placement: Placement
    words: dict[str, str] = field(default_factory=dict)


def plant(session: AnySession, mark: str) -> Planted:
    """Make a person whose stay is over, with everything; each word begins with `mark`."""
    placement = make_placement(session)
    make_ready(session, placement)
    now = clock.now()
    placement.state, placement.started_at, placement.ended_at = "completed", now, now
    person = placement.volunteer
    person.call_me, person.experience = "Someone", "Years"
    session.flush()
    planted = Planted(user_of(person), person, placement)
    make_user(session, "coordinator", person.vio)
    _make_partnership(session, placement)
    for table, condition in rows_of(session, planted.account, person).items():
        if session.execute(select(*table.primary_key.columns).where(condition).limit(1)).first() is None:
            _make_row(session, planted, table)
    _plant_words(session, planted, mark)
    return planted


def _make_partnership(session: AnySession, placement: Placement) -> None:
    other, day = make_vio(session).id, clock.today()
    ours = placement.receiving_vio_id
    parts = (
        "terms",
        "sending_focal_point",
        "receiving_focal_point",
        "vetting_by",
        "insurance_by",
        "support_by",
        "costs_by",
    )
    terms: dict[str, Any] = {"starts_on": day, "ends_on": day, "proposed_by_vio_id": ours, "created_at": clock.now()}
    terms |= dict.fromkeys(parts, "as agreed")
    session.add(Partnership(sending_vio_id=ours, receiving_vio_id=other, **terms))
    session.flush()


def _make_row(session: AnySession, planted: Planted, table: Table) -> None:
    """Put one row of the person into a table."""
    way = data_map()[table.name].way[0]
    row: dict[str, Any] = {way: _first_of(session, planted, table.c[way])}
    for column in table.columns:
        if column.name in row or (column.nullable and column.name not in NEEDS.get(table.name, {})):
            continue
        given = NEEDS.get(table.name, {}).get(column.name)
        if column.foreign_keys:
            row[column.name] = _first_of(session, planted, column)
        elif given is not None:
            row[column.name] = given
        elif not (column.primary_key and column.name == "id"):
            row[column.name] = _value(table, column)
    session.execute(insert(table).values(row))


def _first_of(session: AnySession, planted: Planted, column: Column[Any]) -> int:
    """Return the number of a row that a column may point at: the person's where there is one."""
    target = next(iter(column.foreign_keys)).column.table
    rows = rows_of(session, planted.account, planted.volunteer)
    where = rows.get(target, text("1 = 1")) if target.name != "user" or column.name != "by_id" else text("1 = 1")
    found = session.scalar(select(target.c.id).where(where).order_by(target.c.id).limit(1))
    if found is None:
        _make_other(session, target)
        found = session.scalar(select(target.c.id).order_by(target.c.id).limit(1))
    assert found is not None, target.name
    return int(found)


def _make_other(session: AnySession, table: Table) -> None:
    """Put a row into a table that is of nobody, such as a run or a list of questions."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.name == "id":
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table
            found = session.scalar(select(target.c.id).order_by(target.c.id).limit(1))
            if found is None:
                _make_other(session, target)
                found = session.scalar(select(target.c.id).limit(1))
            row[column.name] = found
        else:
            row[column.name] = _value(table, column)
    session.execute(insert(table).values(row))


def _value(table: Table, column: Column[Any]) -> Any:
    """Return a value of a column's kind that its constraints take."""
    if isinstance(_stored(column), String):
        return (
            _choices(table, column)[0] if _choices(table, column) else f"x{column.name}"[: _stored(column).length or 99]
        )
    if isinstance(column.type, IN_JSON):
        return {}
    kinds = {
        bool: False,
        bytes: b"%d" % next(NUMBERS),
        int: 1,
        float: 1.0,
        date: DAY,
        datetime: datetime(2026, 3, 4, tzinfo=UTC),
    }
    return kinds[_stored(column).python_type]


def _stored(column: Column[Any]) -> Any:
    """Return the database's own kind of a column."""
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _choices(table: Table, column: Column[Any]) -> list[str]:
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.search(rf"\b{column.name} IN \(([^)]*)\)", str(constraint.sqltext))
            if found and str(constraint.name or "").endswith(f"_{column.name}"):
                return [one.strip().strip("'") for one in found[1].split(",")]
    return []


def _plant_words(session: AnySession, planted: Planted, mark: str) -> None:
    for table, condition in rows_of(session, planted.account, planted.volunteer).items():
        mapped = data_map()[table.name]
        words = {}
        for name in (*mapped.goes, *mapped.hidden):
            if f"{table.name}.{name}" not in NOT_PLANTED and _holds_words(table, table.c[name]):
                word = f"{mark}{table.name[:6]}{len(planted.words):04}"
                planted.words[f"{table.name}.{name}"] = word
                words[name] = _as_kept(table, name, word)
        if words:
            one = session.execute(select(*table.primary_key.columns).where(condition).limit(1)).one()
            key = [column == value for column, value in zip(table.primary_key.columns, one, strict=True)]
            session.execute(update(table).where(*key).values(words))


def _as_kept(table: Table, name: str, word: str) -> Any:
    if f"{table.name}.{name}" == "mail.filled":
        return as_kept([word])
    return {"what": word} if isinstance(table.c[name].type, IN_JSON) else word


def _holds_words(table: Table, column: Column[Any]) -> bool:
    if isinstance(column.type, IN_JSON):
        return True
    kind = _stored(column)
    return (
        isinstance(kind, String)
        and (kind.length is None or kind.length >= SHORTEST)
        and not column.primary_key
        and not _choices(table, column)
    )


def everything_in(session: AnySession) -> str:
    """Return the whole database as text: every column of every row, and what lies encrypted opened too."""
    opened = (row for table, names in sealed_columns().items() for row in session.execute(_of(table, names)))
    return "\n".join([all_that_lies_in(session), *(str(tuple(row)) for row in opened)])


def all_that_lies_in(session: AnySession) -> str:
    """Return the whole database as text, as somebody reads it who does not have DATA_KEY."""
    tables = Base.metadata.sorted_tables
    rows = (row for table in tables for row in session.execute(text(f'SELECT * FROM "{table.name}"')))
    packed = {table: [one.name for one in table.c if isinstance(one.type, PackedJson)] for table in tables}
    opened = (row for table, names in packed.items() if names for row in session.execute(_of(table, names)))
    return "\n".join(str(tuple(row)) for row in chain(rows, opened))


def _of(table: Table, names: list[str]) -> Select[Any]:
    return select(*(table.c[name] for name in names))
