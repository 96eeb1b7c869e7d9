"""The last two who go together say yes at the same moment: both placements are made, each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine

from tests.bonds import make_pair, offer_together
from webapp.db import SESSION_FACTORY, make_engine, own_session
from webapp.models import Bond, Offer, Place, Placement, User
from webapp.services import offer_yes, offers
from webapp.services.errors import Refused


def _at_once(engine: Engine, verbs: list[tuple[str, int]]) -> list[str]:
    """Let each of them act on an offer in a transaction of its own; return how it went."""
    start = Barrier(len(verbs))

    def act(verb: str, offer_id: int) -> str:
        own = make_engine(engine.url.render_as_string(hide_password=False))
        try:
            with own.connect():  # opened before the start
                pass
            start.wait()
            with SESSION_FACTORY(bind=own) as session, session.begin():
                offer = session.get_one(Offer, offer_id)
                who = session.get_one(User, offer.volunteer.user_id)
                if verb == "yes":
                    return "placement" if offer_yes.say_yes(session, who, offer) else "waits"
                offers.decline(session, who, offer, "dates")
                return "declined"
        except Refused:
            return "refused"
        finally:
            own.dispose()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(lambda one: act(*one), verbs))


def test_two_yeses_at_once_make_two_placements(own_engine: Engine) -> None:
    with own_session() as session:
        first, second = (one.id for one in offer_together(session, make_pair(session)))
    assert sorted(_at_once(own_engine, [("yes", first), ("yes", second)])) == ["placement", "waits"]
    with own_session() as session:
        assert session.query(Placement).count() == session.query(Place).count() == 2
        assert session.query(Bond).one().state == "kept"


def test_a_yes_and_a_no_at_once_leave_none(own_engine: Engine) -> None:
    with own_session() as session:
        first, second = (one.id for one in offer_together(session, make_pair(session)))
    said = _at_once(own_engine, [("yes", first), ("no", second)])
    assert said[1] == "declined" and said[0] in ("waits", "refused")
    with own_session() as session:
        assert session.query(Placement).count() == session.query(Place).count() == 0
        assert "made" not in {one.state for one in session.query(Offer)}
