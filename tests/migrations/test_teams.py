"""The step that brings bonds, teams and duties, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.bonds import make_pair, place_together
from tests.stays import make_placement
from webapp.db import own_session
from webapp.models import Offer, Placement, PlacementDuty
from webapp.services import duties


def test_placements_keep_their_offers_and_get_what_is_usual(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        make_placement(session)
        place_together(session, make_pair(session))
    own_engine.dispose()
    command.downgrade(history, "0018")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert session.query(Placement).count() == 3
        assert [one.joint_offer_id for one in session.query(Offer)] == [None] * 3
        usual = {code: duty.side for code, duty in duties.DUTIES.items()}
        for placement in session.query(Placement):
            assert {one.code: one.side for one in duties.duties_of(session, placement)} == usual
        assert session.query(PlacementDuty).count() == 3 * len(usual)
