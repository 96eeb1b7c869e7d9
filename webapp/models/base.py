"""The declarative base, and the small column kinds that every table shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, QueryableAttribute

from webapp.plain import one_line

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite stores it without zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: a time without zone is a guess."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs a time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class OneLine(TypeDecorator[str]):
    """A name or title: whatever way it came in, it is kept as one plain line."""

    impl = String
    cache_ok = True
    is_one_line = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Take out line breaks, control characters and direction overrides."""
        return None if value is None else one_line(value)


class Base(DeclarativeBase):
    """Every table of the service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON}


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _plain_at_once(_class: type[Base], _key: str, attribute: QueryableAttribute[Any]) -> None:
    """Let a line be plain from when it is given, not only once it is stored: meanwhile letters may already bear it."""
    of = attribute.property
    if isinstance(of, ColumnProperty) and getattr(of.columns[0].type, "is_one_line", False):
        event.listen(attribute, "set", _plain, retval=True)


def _plain(_row: Base, value: Any, _before: Any, _initiator: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


COUNTRY = String(2)
CODE = String(40)


def one_of(column: str, values: Sequence[str], nullable: bool = False) -> CheckConstraint:
    """Return the constraint that keeps `column` within `values`, so that no illegal word can be stored."""
    words = ", ".join(f"'{value}'" for value in values)
    rule = f"{column} IN ({words})"
    return CheckConstraint(f"{column} IS NULL OR {rule}" if nullable else rule, name=column)
