"""Documents of clearances: odd files, who opens them, the looks, and how long they stay."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clearing import CLOSE, item_of
from tests.factories import (
    AnySession,
    make_assignment,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import KIND_WORDS, coordinator_of, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Clearance, ClearanceDocument, Placement, User
from webapp.services import clearance_forgetting, clearance_waivers, clearances, documents, emergency, placements
from webapp.services.errors import NotFound, Refused
from webapp.vault import Unreadable, Vault

PDF = b"%PDF-1.7\nThe passport of somebody\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 30 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 30 + b"\xff\xd9"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return an empty vault; its folder is `tmp_path`."""
    return Vault(tmp_path, "a key for tests")


@pytest.fixture
def visa(session: AnySession) -> Clearance:
    """Return the right to work of somebody whom one VIO sends to another."""
    application = make_selectable(session, make_assignment(session), volunteer=make_volunteer(session))
    return item_of(session, make_placement(session, application), "right_to_work")


def _owner(clearance: Clearance) -> User:
    return user_of(clearance.placement.volunteer)


def _add(session: AnySession, vault: Vault, clearance: Clearance, **over: object) -> ClearanceDocument:
    given = {"account": _owner(clearance), "name": "passport.pdf", "data": PDF, **over}
    return documents.add(session, given["account"], vault, clearance, given["name"], given["data"])


def test_what_lies_on_the_disk_says_nothing(session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path) -> None:
    document = _add(session, vault, visa)
    (path,) = tmp_path.iterdir()
    assert b"passport" not in path.read_bytes()
    assert "passport" not in path.name
    assert path.stat().st_mode & 0o077 == 0
    assert vault.get(document.stored_as) == PDF
    with pytest.raises(Unreadable):
        Vault(tmp_path, "another key").get(document.stored_as)
    path.write_bytes(path.read_bytes()[:-9] + b"tampered!")
    with pytest.raises(Unreadable):
        vault.get(document.stored_as)
    with pytest.raises(Unreadable):
        vault.get("../passport")


@pytest.mark.parametrize(("data", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")])
def test_the_content_says_what_it_is_and_the_name_says_nothing(
    session: AnySession, vault: Vault, visa: Clearance, data: bytes, media_type: str
) -> None:
    assert _add(session, vault, visa, name="run-me.exe", data=data).media_type == media_type


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>%PDF-1.7 %%EOF", "Only PDF"),
        (b"GIF89a" + b"\x00" * 20, "Only PDF"),
        (b"PK\x03\x04" + b"\x00" * 20, "Only PDF"),
        (b"MZ\x90", "Only PDF"),
        (b"\x00" * 100, "Only PDF"),
        (PDF[:20], "whole"),
        (PNG[:20], "whole"),
        (JPEG[:20], "whole"),
        (b"\xff\xd8\xff", "whole"),
        (PDF + b"\x00" * (5 * 1024 * 1024), "too large"),
    ],
)
def test_odd_files_are_turned_away_with_a_word(
    session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        _add(session, vault, visa, data=data)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\visa.pdf", "visa.pdf"),
        ("", "document"),
        ("..", ".."),
        ("паспорт\u202egpj.exe", "паспортgpj.exe"),
        ("护照.pdf\r\nX: 1", "护照.pdf X: 1"),
        ("a" * 500, "a" * 200),
    ],
)
def test_odd_names_stay_names(session: AnySession, vault: Vault, visa: Clearance, name: str, kept: str) -> None:
    document = _add(session, vault, visa, name=name)
    session.expire(document)
    assert document.name == kept


def test_ten_files_are_enough(session: AnySession, vault: Vault, visa: Clearance) -> None:
    for _ in range(documents.MOST_FILES):
        _add(session, vault, visa)
    with pytest.raises(Refused, match="ten"):
        _add(session, vault, visa)


def test_the_volunteer_and_the_office_that_checks_open_it_and_nobody_else(
    session: AnySession, vault: Vault, visa: Clearance
) -> None:
    document, placement = _add(session, vault, visa), visa.placement
    for account in (_owner(visa), coordinator_of(session, placement.sending_vio)):
        assert documents.document_for(session, account, document.id) is document
        assert documents.documents_of(session, account, visa) == [document]
    for account in (
        coordinator_of(session, placement.receiving_vio),  # sees how it stands, and no passport
        make_host_user(session, placement.assignment.host),
        user_of(make_volunteer(session, placement.sending_vio)),
        coordinator_of(session, make_vio(session)),
        make_user(session, "administrator"),
    ):
        with pytest.raises(NotFound):
            documents.document_for(session, account, document.id)
        with pytest.raises(NotFound):
            _add(session, vault, visa, account=account)
        assert documents.documents_of(session, account, visa) == []


def test_looks_stay_listed_when_the_file_is_gone(
    session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path
) -> None:
    document, who = _add(session, vault, visa), coordinator_of(session, visa.checked_by)
    for account in (who, _owner(visa)):
        documents.note_look(session, account.id, document.id)
    documents.take_back(session, _owner(visa), tmp_path, document)
    assert [one.by_id for one in documents.looks_at(session, visa)] == [_owner(visa).id, who.id]
    with pytest.raises(NotFound):
        documents.document_for(session, who, document.id)


def test_only_who_added_a_file_takes_it_back_and_not_once_it_was_checked(
    session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path
) -> None:
    document, who = _add(session, vault, visa), coordinator_of(session, visa.checked_by)
    with pytest.raises(NotFound):
        documents.take_back(session, who, tmp_path, document)
    clearances.clear(session, who, visa)
    with pytest.raises(Refused, match="checked already"):
        documents.take_back(session, _owner(visa), tmp_path, document)
    clearances.ask_again(session, who, visa, KIND_WORDS)
    documents.take_back(session, _owner(visa), tmp_path, document)
    session.commit()
    assert list(tmp_path.iterdir()) == []


def test_files_go_when_the_office_no_longer_needs_them(
    session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path
) -> None:
    document, placement = _add(session, vault, visa), visa.placement
    placement.sending_vio.document_days, now = 30, clock.now()
    assert documents.throw_away(session, now + timedelta(days=3650), tmp_path) == 0  # it still runs
    placements.withdraw(session, _owner(visa), placement)
    assert documents.throw_away(session, now + timedelta(days=29), tmp_path) == 0
    assert documents.throw_away(session, now + timedelta(days=31), tmp_path) == 1
    session.commit()
    assert (list(tmp_path.iterdir()), document.stored_as, document.removed_at is None) == ([], "", False)
    assert session.scalars(select(ClearanceDocument)).all() == [document]
    with pytest.raises(Refused, match="over"):
        _add(session, vault, visa)


def test_words_and_whoever_was_to_be_called_go_with_the_files(session: AnySession, visa: Clearance) -> None:
    placement, now = visa.placement, clock.now()
    emergency.name_close(session, _owner(visa), placement, CLOSE)
    clearances.hand_in(session, _owner(visa), visa, "My passport is at the consulate.")
    waived = _waived(session, placement)
    assert clearance_forgetting.forget(session, now + timedelta(days=3650)) == 0
    placements.withdraw(session, _owner(visa), placement)
    assert clearance_forgetting.forget(session, now + timedelta(days=89)) == 0
    assert clearance_forgetting.forget(session, now + timedelta(days=91)) == 3
    card = emergency.card_for(session, _owner(visa), placement)
    assert (visa.handed_in, card.parts["close_name"], card.parts["close_phone"]) == ("", "", "")
    session.commit()
    assert (waived.state, waived.waiver_reason) == ("waived", "")


def _waived(session: AnySession, placement: Placement) -> Clearance:
    found = item_of(session, placement, "medical")
    one, two = (coordinator_of(session, placement.sending_vio) for _ in range(2))
    clearance_waivers.ask(session, one, found, "The doctor says that her heart is well.")
    clearance_waivers.agree(session, two, found)
    return found


def test_what_a_failed_request_left_behind_goes(
    session: AnySession, vault: Vault, visa: Clearance, tmp_path: Path
) -> None:
    document = _add(session, vault, visa)
    stray, fresh = vault.put(PNG), vault.put(PNG)
    past = (clock.now() - timedelta(days=2)).timestamp()
    for name in (stray, document.stored_as):
        os.utime(tmp_path / name, (past, past))
    assert documents.throw_away(session, clock.now(), tmp_path) == 1
    assert {path.name for path in tmp_path.iterdir()} == {fresh, document.stored_as}
