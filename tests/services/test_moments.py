"""Moments in the database: always with a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from tests.factories import AnySession, make_vio


def test_moment_without_zone_is_a_guess_and_is_refused(session: AnySession) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    vio = make_vio(session, created_at=moment)
    session.expire(vio)
    assert vio.created_at == moment and vio.created_at.tzinfo is UTC
    with pytest.raises(StatementError, match="needs a time zone"), session.begin_nested():
        make_vio(session, created_at=datetime(2026, 3, 1, 12))  # noqa: DTZ001
