"""The one place that asks the machine what time it is, so that tests can move it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in UTC."""
    return now().date()


def is_silent(sign_of_life: Any, patience: timedelta) -> ColumnElement[bool]:
    """Return the condition that the last sign of life (a column) is too old to count.

    One from the future was given before the clock was set back, and says nothing either: else what a dead worker held
    would be held for as long as the clock went back.
    """
    return or_(sign_of_life < now() - patience, sign_of_life > now() + patience)
