"""Facts are handed in at the moment in which the consent is taken back: in every order none is left without a yes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine

from tests.clearing import CLOSE, folders_in, item_of
from tests.factories import AnySession
from tests.stays import make_placement, user_of
from webapp.db import own_session
from webapp.models import Placement
from webapp.models.consents import SENSITIVE
from webapp.services import clearances, consents, documents, emergency, sensitive, sensitive_ending, volunteers
from webapp.vault import Vault

PDF = b"%PDF-1.7\nThe passport of somebody\n%%EOF\n"
ROUNDS = 3


def test_at_the_same_moment(own_engine: Engine, tmp_path: Path) -> None:
    vault = Vault(tmp_path, "a key for tests")
    with own_session() as session:
        key = make_placement(session).id

    def words(session: AnySession, stay: Placement) -> None:
        clearances.hand_in(session, user_of(stay.volunteer), item_of(session, stay, "medical"), "Passport X1234567")

    def file(session: AnySession, stay: Placement) -> None:
        documents.add(session, user_of(stay.volunteer), vault, item_of(session, stay, "medical"), "visa.pdf", PDF)

    def card(session: AnySession, stay: Placement) -> None:
        emergency.name_close(session, user_of(stay.volunteer), stay, CLOSE)

    def conditions(session: AnySession, stay: Placement) -> None:
        volunteers.save_conditions(session, stay.volunteer, {"heat": "cannot"})

    def take_back(session: AnySession, stay: Placement) -> None:
        sensitive_ending.withdraw(session, user_of(stay.volunteer), stay.volunteer, folders_in(tmp_path))

    acts: list[Callable[[AnySession, Placement], None]] = [words, file, card, conditions, take_back]
    start = Barrier(len(acts))

    def act(one: Callable[[AnySession, Placement], None]) -> None:
        start.wait(30)
        with own_session() as session:
            try:
                one(session, session.get_one(Placement, key))
            except sensitive.NotAgreed:
                session.rollback()

    for _round in range(ROUNDS):
        with own_session() as session:
            stay = session.get_one(Placement, key)
            consents.give(session, user_of(stay.volunteer), stay.volunteer, SENSITIVE, "in a test")
        with ThreadPoolExecutor(len(acts)) as pool:
            list(pool.map(act, acts))
        with own_session() as session:
            person = session.get_one(Placement, key).volunteer
            assert not sensitive.is_agreed(session, person)
            assert sensitive_ending.kept(session, person) == sensitive_ending.Kept(0, 0, 0, 0)
