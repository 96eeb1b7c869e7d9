"""The step that brings calendar and mail, down and up again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from tests.factories import make_user, make_vio
from webapp.db import own_session
from webapp.models import CalendarFeed, LetterChoice, Mail, User, Vio
from webapp.services import calendars, letter_choices
from webapp.services.letter_kinds import ACCOUNT, LESSONS
from webapp.services.letters import send_waiting, write_letter
from webapp.services.readers import with_account
from webapp.words import lazy


def test_letters_that_wait_outlive_the_step_and_accounts_too(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        account = make_user(session, "volunteer", make_vio(session, language="fr"))
        write_letter(session, with_account(account), ACCOUNT, lazy("A letter"), lazy("Words"))
        letter_choices.choose(session, account, {LESSONS: "off"})
    own_engine.dispose()
    command.downgrade(history, "0015")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        assert (session.query(User).count(), session.query(Vio).one().language) == (1, "en")
        letter = session.query(Mail).one()
        assert (letter.subject, letter.kind, letter.user_id, letter.stays_here) == ("A letter", "", None, False)
        assert session.query(LetterChoice).count() == 0
    assert send_waiting(own_session, lambda letter: None) == 1


def test_what_belongs_to_an_account_goes_with_it_and_its_letters_lose_it(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        account = make_user(session, "coordinator")
        write_letter(session, with_account(account), ACCOUNT, lazy("A letter"), lazy("Words"))
        letter_choices.choose(session, account, {"queue": "off"})
        calendars.renew(session, account)
    with own_session() as session:
        session.delete(session.query(User).one())
    with own_session() as session:
        assert session.query(Mail).one().user_id is None
        assert session.query(LetterChoice).count() == session.query(CalendarFeed).count() == 0
