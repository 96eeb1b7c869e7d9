"""Uploaded lists between their arrival and their end: nothing is done twice, and nothing lies about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_user
from webapp import clock
from webapp.models import User
from webapp.services.errors import NotFound, Refused
from webapp.services.imports import files
from webapp.services.imports.plan import plan_from
from webapp.vault import Vault

LIST = b"id,full_name,residence,born in\n1,Ana,Peru,Peru\n"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "imports", DATA_KEY)


@pytest.fixture
def coordinator(session: AnySession) -> User:
    return make_user(session, "coordinator")


def test_list_that_was_refused_is_neither_refused_nor_read_again(
    session: AnySession, coordinator: User, vault: Vault
) -> None:
    kept = files.take_in(session, coordinator, vault, "volunteers", "a.csv", LIST)
    files.refuse(session, coordinator, vault, kept)
    with pytest.raises(Refused, match="done already"):
        files.refuse(session, coordinator, vault, kept)
    with pytest.raises(NotFound):
        files.open_table(session, vault, kept, files.plan_of(kept))


def test_list_about_nothing_that_we_know_is_refused(session: AnySession, coordinator: User, vault: Vault) -> None:
    with pytest.raises(Refused, match="what the list is about"):
        files.take_in(session, coordinator, vault, "tractors", "a.csv", LIST)


def test_list_that_nobody_went_on_with_for_a_week_goes(session: AnySession, coordinator: User, vault: Vault) -> None:
    left, newer = (files.take_in(session, coordinator, vault, "volunteers", "a.csv", LIST) for _ in range(2))
    left.created_at = clock.now() - timedelta(days=files.KEPT_DAYS, seconds=1)
    session.flush()
    files.take_in(session, coordinator, vault, "volunteers", "b.csv", LIST)
    assert (left.state, newer.state) == ("refused", "uploaded")


def test_two_columns_are_not_one_country(session: AnySession, coordinator: User, vault: Vault) -> None:
    kept = files.take_in(session, coordinator, vault, "volunteers", "a.csv", LIST)
    plan = plan_from("volunteers", {"columns": {"full_name": "full_name", "residence": ["residence", "born in"]}})
    with pytest.raises(Refused, match="“residence” and “born in” cannot both"):
        files.check_list(session, coordinator, vault, kept, plan, clock.today())
