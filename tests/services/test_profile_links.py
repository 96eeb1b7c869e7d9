"""Whoever had the address of before neither sees nor deletes a profile, and the right person gets a link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from tests.factories import AnySession, make_user, make_vio, make_volunteer
from tests.services.imports.lists import bring, csv_of, dry_run
from webapp import clock
from webapp.db import own_session
from webapp.models import AuditEvent, Mail, User, Vio, Volunteer
from webapp.services import claim_links, claims, invitations, letters
from webapp.services.claims import Claim
from webapp.services.errors import NotFound, Refused
from webapp.services.imports.apply import apply
from webapp.services.own_data.erasure import Folders
from webapp.vault import Vault

WRONG, RIGHT = "wrong@people.example", "right@people.example"
Tokens = list[str]
Link = Callable[[str], str]


def _list(address: str) -> bytes:
    return csv_of("No.,Full name,E-mail,Country", f"7,Ana Pérez,{address},Peru")


def _invited(session: AnySession) -> tuple[Vio, User, Volunteer, Tokens, Link]:
    """Bring Ana in with the wrong address, and write there."""
    vio, tokens = make_vio(session), Tokens()
    coordinator = make_user(session, "coordinator", vio)
    (ana,) = bring(session, vio, "volunteers", _list(WRONG))

    def link(token: str) -> str:
        tokens.append(token)
        return f"https://match.example/invitation/{token}"

    assert claim_links.send(session, coordinator, link) == 1
    return vio, coordinator, ana, tokens, link


def _to(session: AnySession, address: str) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.to == address)))


def test_a_corrected_address_ends_the_link_of_the_wrong_one(session: AnySession) -> None:
    vio, coordinator, ana, tokens, link = _invited(session)
    wrong = tokens[0]
    bring(session, vio, "volunteers", _list(RIGHT))
    with pytest.raises(Refused, match="too old"):
        invitations.find(session, wrong)
    assert _to(session, WRONG) == [], "the letter had not gone"
    assert claim_links.count_waiting(session, coordinator) == claim_links.send(session, coordinator, link) == 1
    assert [tokens[1] in letter.body for letter in _to(session, RIGHT)] == [True]
    assert claims.profile_of(session, invitations.find(session, tokens[1])) is ana
    assert claim_links.count_waiting(session, coordinator) == 0
    ended = session.scalars(select(AuditEvent).where(AuditEvent.action == "invitation_ended")).one()
    assert ended.detail == {"why": "address"}


def test_an_address_that_is_taken_out_ends_the_link(session: AnySession) -> None:
    vio, coordinator, ana, (wrong,), _link = _invited(session)
    bring(session, vio, "volunteers", _list(""))
    with pytest.raises(Refused, match="too old"):
        invitations.find(session, wrong)
    assert ana.email is None and claim_links.count_waiting(session, coordinator) == 0


def test_another_change_leaves_the_link(session: AnySession) -> None:
    vio, coordinator, _ana, (token,), _link = _invited(session)
    bring(session, vio, "volunteers", _list(WRONG).replace(b"Peru", b"Chile"))
    assert invitations.find(session, token).email == WRONG and len(_to(session, WRONG)) == 1
    assert claim_links.count_waiting(session, coordinator) == 0


def test_links_open_elsewhere_since_before_lead_nowhere_and_end_with_the_next(
    session: AnySession, tmp_path: Path
) -> None:
    """As an installation has them whose lists corrected addresses before links ended with them."""
    _vio, coordinator, ana, tokens, link = _invited(session)
    ana.email = RIGHT
    session.flush()
    old = invitations.find(session, tokens[0])
    with pytest.raises(Refused, match="too old"):
        claims.refuse(session, old, Folders(tmp_path, tmp_path, Vault(tmp_path, "a key"), tmp_path))
    with pytest.raises(Refused, match="too old"):
        claims.claim(session, old, Claim(is_adult=True, matching=True, abroad=True), "hash", "en")
    with pytest.raises(NotFound):
        invitations.send_again(session, coordinator, old.id, link)
    assert claim_links.send(session, coordinator, link) == 1
    assert old.expires_at <= clock.now()
    assert claims.profile_of(session, invitations.find(session, tokens[-1])) is ana


def test_who_takes_the_profile_over_while_a_list_comes_in_keeps_their_address(session: AnySession) -> None:
    vio, _coordinator, ana, _tokens, _link = _invited(session)
    checked, plan = dry_run(session, vio, "volunteers", _list(RIGHT))
    account = make_user(session, "volunteer", vio)
    statement = update(Volunteer).where(Volunteer.id == ana.id).values(user_id=account.id)
    session.execute(statement, execution_options={"synchronize_session": False})
    assert ana.user_id is None, "as another process does it: what this one has read does not change"
    apply(session, None, vio, checked, plan)
    assert (ana.user_id, ana.email) == (account.id, WRONG)


def test_capitals_are_no_other_address(session: AnySession) -> None:
    vio = make_vio(session)
    coordinator = make_user(session, "coordinator", vio)
    person = make_volunteer(session, vio, claimed=False, email="Ana@People.Example")
    invitation = invitations.invite_volunteer(session, coordinator, person, str)
    assert claims.profile_of(session, invitation) is person
    assert claim_links.count_waiting(session, coordinator) == 0
    assert [one.id for one in invitations.waiting(session, coordinator)] == [invitation.id]


def test_a_letter_that_is_deleted_while_it_is_sent_keeps_no_other_from_its_turn(own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        coordinator = make_user(session, "coordinator", vio)
        for number in (1, 2):
            person = make_volunteer(session, vio, claimed=False, email=f"{number}@people.example")
            invitations.invite_volunteer(session, coordinator, person, lambda token: f"http://x.example/{token}")

    def deliver(letter: Mail) -> None:
        with own_session() as session:
            session.query(Mail).filter_by(id=letter.id).delete()

    assert letters.send_waiting(own_session, deliver) == 2
