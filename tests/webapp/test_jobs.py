"""Work in the background: one part that fails keeps no other from its turn, and leaves nothing half done."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_vio
from webapp import jobs
from webapp.db import own_session
from webapp.models import Vio


def test_one_step_that_fails_keeps_no_other_from_its_turn(own_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    def fail(session: Session) -> None:
        make_vio(session, name="Half done")
        raise RuntimeError("on purpose")

    jobs._each(fail, lambda session: make_vio(session, name="Done"))
    with own_session() as session:
        assert list(session.scalars(select(Vio.name))) == ["Done"]
    assert "failed" in caplog.text
