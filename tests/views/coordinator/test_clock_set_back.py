"""The machine's clock is set back by hours while people work: pages open, what is said is kept, the chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import PASSWORD, AnySession
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import LearningRun, Mail, MatchRun
from webapp.services import audit_check, learning_runs, left_runs, letters, runs

BACK = timedelta(hours=5)


def test_people_go_on_working_and_nothing_is_lost(office: Office) -> None:
    office.visitor.submit(office.visitor.get("/coordinator/learning"), action="/learning/ask")
    asked = office.session.scalars(select(LearningRun)).one()
    asked.state, asked.outcome, asked.finished_at = "finished", "too_few", clock.now()
    office.session.commit()
    with time_machine.travel(clock.now() - BACK, tick=True):
        page = office.visitor.get("/coordinator/learning")
        assert page.heading == "Sign in", "a cookie from the future opens nothing"
        office.visitor.sign_in(office.coordinator.email, PASSWORD)
        office.visitor.submit(office.visitor.get("/coordinator/learning"), action="/learning/ask")
        assert len(office.session.scalars(select(LearningRun)).all()) == 2
        assert not audit_check.verify(office.session).broken
    office.visitor.sign_in(office.coordinator.email, PASSWORD)
    for path in ("/coordinator", "/coordinator/placements", "/coordinator/applications"):
        office.visitor.get(path)
    assert not audit_check.verify(office.session).broken


@pytest.mark.parametrize("kind", [runs.KIND, learning_runs.KIND])
def test_what_a_dead_worker_held_is_taken_up_soon(office: Office, kind: Any) -> None:
    own = {"scope": "everything", "seed": 1} if kind.table is MatchRun else {"vio_id": office.vio.id}
    left = kind.table(state="running", created_at=clock.now(), attempts=1, **own)
    setattr(left, kind.sign_of_life.key, clock.now())
    office.session.add(left)
    office.session.commit()
    with time_machine.travel(clock.now() - BACK, tick=False):
        assert left_runs.requeue_stale(office.session, kind) == 1
    assert left.state == "queued"


def test_a_letter_that_a_dead_worker_held_goes_soon(office: Office) -> None:
    letter = Mail(to="a@b.example", subject="One", body="Two", message_id="1@x", created_at=clock.now())
    letter.claimed_at = clock.now()
    office.session.add(letter)
    office.session.commit()
    went: list[str] = []
    with time_machine.travel(clock.now() - BACK, tick=False):
        letters.send_waiting(_sessions(office), lambda one: went.append(one.subject))
    assert went == ["One"]


def _sessions(office: Office) -> Any:
    @contextmanager
    def one() -> Iterator[AnySession]:
        yield office.session
        office.session.flush()

    return one
