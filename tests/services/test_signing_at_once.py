"""Everybody signs, proposes and declines at the same moment: what holds was signed by both, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.stays import AGREED, host_account, make_active, user_of
from webapp.db import own_session
from webapp.models import Placement, Signature, User, Wording
from webapp.services import messages, signings
from webapp.services.errors import Refused

WHY = "The market day moved, so the free day moves too."
ROUNDS = 4


def _sign(session: Session, account: User, placement: Placement, number: int) -> None:
    signings.sign(session, account, placement, number, "A", AGREED, "en", signings.fingerprint(AGREED))


def _propose(session: Session, account: User, placement: Placement, number: int) -> None:
    signings.propose(session, account, placement, {"rest": f"{account.role} {number}"}, WHY)


def _decline(session: Session, account: User, placement: Placement, number: int) -> None:
    signings.decline(session, account, placement, number, "That does not fit us at all.")


def _read(session: Session, account: User, placement: Placement, _number: int) -> None:
    messages.mark_read(session, account, placement)


def test_at_the_same_moment(own_engine: Engine) -> None:
    with own_session() as session:
        placement = make_active(session)
        key, people = placement.id, [user_of(placement.volunteer).id, host_account(session, placement).id]
        messages.write(session, host_account(session, placement), placement, "Welcome!")

    def act(verb: Callable[..., None], who: int, number: int) -> str:
        with own_session() as session:
            found = session.get_one(Placement, key)
            signings.standing(session, found)  # what its page had read before
            try:
                verb(session, session.get_one(User, who), found, number)
            except Refused:
                session.rollback()
                return "refused"
        return "done"

    for number in range(ROUNDS):
        with own_session() as session:
            _propose(session, session.get_one(User, people[0]), session.get_one(Placement, key), number)
            waiting = session.query(Wording).filter_by(state="proposed").one().number
        verbs = (_sign, _sign, _propose, _decline, _read)
        acts = [(verb, who, waiting) for verb in verbs for who in people]
        with ThreadPoolExecutor(len(acts)) as pool:
            done = list(pool.map(lambda one: act(*one), acts))
        assert "done" in done
        with own_session() as session:
            _check(session)


def _check(session: Session) -> None:
    for one in session.query(Wording):
        sides = sorted(signature.side for signature in one.signatures)
        assert len(set(sides)) == len(sides)
        assert (one.state == "signed") == (sides == ["host", "volunteer"]), (one.number, one.state, sides)
    assert session.query(Wording).filter_by(state="proposed").count() <= 1
    assert session.query(Signature).count() >= 2
