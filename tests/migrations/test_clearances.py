"""The step that brings clearances, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.clearing import clear_everything, item_of
from tests.factories import make_assignment, make_host, make_user, make_vio
from tests.stays import make_placement, make_selectable
from webapp.db import own_session
from webapp.models import Clearance, Placement
from webapp.services import clearance_lists


def test_a_reason_that_was_blotted_out_goes_down_and_up(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_placement(session)
        found = item_of(session, placement, "medical")
        one, two = (make_user(session, "coordinator", found.checked_by).id for _ in range(2))
        found.state, found.waiver_reason, found.waiver_by_id, found.waived_by_id = "waived", "", one, two
        number = found.id
    own_engine.dispose()
    command.downgrade(history, "0037")
    with own_session() as session:
        assert session.get_one(Clearance, number).waiver_reason == "—"
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert session.get_one(Clearance, number).state == "waived"


def test_clearances_come_and_go_without_a_placement_or_a_vio_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        work = make_assignment(session, make_host(session, make_vio(session, document_days=7)))
        clear_everything(session, make_placement(session, make_selectable(session, work)))
        assert session.query(Clearance).count() > 0
    own_engine.dispose()
    command.downgrade(history, "0010")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (placement,) = session.query(Placement)
        assert (placement.state, placement.receiving_vio.document_days) == ("preparing", 90)
        assert session.query(Clearance).count() == 0
        assert clearance_lists.complete_all(session) > 0  # the job makes the lists of those that had none
