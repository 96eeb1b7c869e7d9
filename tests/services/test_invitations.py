"""Invitations: who may send them, what the link opens, and that it opens it once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_host, make_host_user, make_user, make_vio, make_volunteer
from webapp import clock
from webapp.models import AuditEvent, Invitation, Mail, User, Volunteer
from webapp.services import claims, consents, invitations
from webapp.services.claims import Claim
from webapp.services.consent_wordings import VERSIONS
from webapp.services.errors import NotFound, Refused
from webapp.services.own_data.erasure import Folders
from webapp.vault import Vault

TOKENS: list[str] = []


def link(token: str) -> str:
    """Remember the token as the letter's reader would, and return an address."""
    TOKENS.append(token)
    return f"https://match.example/invitation/{token}"


def test_only_a_hash_of_the_link_is_kept(session: OrmSession) -> None:
    admin, vio = make_user(session, "administrator"), make_vio(session)
    sent = invitations.invite_staff(session, admin, "coordinator", " New@Vio.Example ", vio, link)
    assert sent.email == "new@vio.example" and TOKENS[-1] not in sent.token_hash and len(sent.token_hash) == 64
    letter = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert letter is not None and TOKENS[-1] in letter.body and vio.name in letter.body


def test_staff_accepts_once(session: OrmSession) -> None:
    admin, vio = make_user(session, "administrator"), make_vio(session)
    invitations.invite_staff(session, admin, "coordinator", "new@vio.example", vio, link)
    invitation = invitations.find(session, TOKENS[-1])
    account = invitations.accept(session, invitation, "李明", "hash", "zh")
    assert (account.role, account.vio_id, account.display_name) == ("coordinator", vio.id, "李明")
    assert account.confirmed_at is not None
    with pytest.raises(Refused, match="has been used"):
        invitations.find(session, TOKENS[-1])


def test_a_coordinator_is_invited_for_some_countries(session: OrmSession) -> None:
    admin, vio = make_user(session, "administrator"), make_vio(session)
    whole = make_user(session, "coordinator", vio)
    sent = invitations.invite_staff(session, admin, "coordinator", "new@vio.example", vio, link, ["LA", "KE", "KE"])
    letter = session.scalars(select(Mail).where(Mail.to == "new@vio.example")).one()
    assert "Kenya" in letter.body and "Laos" in letter.body
    invitations.send_again(session, admin, sent.id, link)
    account = invitations.accept(session, invitations.find(session, TOKENS[-1]), "New", "hash", "en")
    assert account.delegated == ["KE", "LA"] and not whole.is_delegated
    said = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "invitation").order_by(AuditEvent.id))
    assert [(one.action, one.detail["countries"]) for one in said] == [
        (action, ["KE", "LA"]) for action in ("invited", "invited_again", "invitation_accepted")
    ]


def test_nobody_is_invited_for_some_countries_where_nobody_acts_for_all(session: OrmSession) -> None:
    admin, vio = make_user(session, "administrator"), make_vio(session)
    for countries in (["KE"], ["XX"]):
        with pytest.raises(Refused):
            invitations.invite_staff(session, admin, "coordinator", "new@vio.example", vio, link, countries)
    whole = make_user(session, "coordinator", vio)
    with pytest.raises(Refused, match="Only coordinators"):
        invitations.invite_staff(session, admin, "focal_point", "new@vio.example", vio, link, ["KE"])
    invitations.invite_staff(session, admin, "coordinator", "new@vio.example", vio, link, ["KE"])
    whole.active = False
    session.flush()
    with pytest.raises(Refused, match="nobody acts for all"):
        invitations.accept(session, invitations.find(session, TOKENS[-1]), "New", "hash", "en")


def test_old_link_stops(session: OrmSession) -> None:
    admin = make_user(session, "administrator")
    sent = invitations.invite_staff(session, admin, "administrator", "new@vio.example", None, link)
    first = TOKENS[-1]
    sent.expires_at = clock.now() - timedelta(seconds=1)
    with pytest.raises(Refused, match="too old"):
        invitations.find(session, first)
    invitations.send_again(session, admin, sent.id, link)
    assert invitations.find(session, TOKENS[-1]).id == sent.id
    with pytest.raises(NotFound):
        invitations.find(session, first)


def test_second_invitation_ends_the_first(session: OrmSession) -> None:
    admin = make_user(session, "administrator")
    for _turn in range(2):
        invitations.invite_staff(session, admin, "administrator", "new@vio.example", None, link)
    with pytest.raises(Refused, match="too old"):
        invitations.find(session, TOKENS[-2])
    assert len(invitations.waiting(session, admin)) == 1
    assert invitations.find(session, TOKENS[-1]).email == "new@vio.example"


def test_who_may_invite_whom(session: OrmSession) -> None:
    vio = make_vio(session)
    host, stranger = make_host(session, vio), make_host(session)
    coordinator = make_user(session, "coordinator", vio)
    with pytest.raises(NotFound):
        invitations.invite_staff(session, coordinator, "coordinator", "x@y.example", vio, link)
    with pytest.raises(NotFound):
        invitations.invite_host(session, coordinator, stranger, "x@y.example", link)
    with pytest.raises(NotFound):
        invitations.invite_volunteer(session, coordinator, make_volunteer(session, claimed=False), link)
    sent = invitations.invite_host(session, coordinator, host, "x@y.example", link)
    account = invitations.accept(session, invitations.find(session, TOKENS[-1]), "Omar", "hash", "ar")
    assert (account.role, account.host_id, sent.accepted_at is not None) == ("host", host.id, True)
    with pytest.raises(Refused, match="account with this address"):
        invitations.invite_host(session, coordinator, host, "X@y.example", link)


def _invited(session: OrmSession, **over: Any) -> tuple[Volunteer, Invitation]:
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio, claimed=False, **over)
    coordinator = make_user(session, "coordinator", vio)
    invitations.invite_volunteer(session, coordinator, volunteer, link)
    return volunteer, invitations.find(session, TOKENS[-1])


def test_claim_puts_the_persons_word_in_place_of_the_lists(session: OrmSession) -> None:
    volunteer, invitation = _invited(session)
    account = claims.claim(session, invitation, Claim(is_adult=True, matching=True, abroad=False), "hash", "fr")
    assert volunteer.user_id == account.id and volunteer.is_adult
    assert consents.standing(session, volunteer, "abroad") is None
    matching = consents.standing(session, volunteer, "matching")
    assert matching is not None and matching.how == claims.HOW and matching.version == VERSIONS["matching"]
    with pytest.raises(Refused, match="has been used"):
        invitations.find(session, TOKENS[-1])


def test_claim_without_consent_ends_matching(session: OrmSession) -> None:
    volunteer, invitation = _invited(session)
    claims.claim(session, invitation, Claim(is_adult=True, matching=False, abroad=True), "hash", "fr")
    assert [consents.standing(session, volunteer, purpose) for purpose in ("matching", "abroad")] == [None, None]


def test_nobody_under_18_claims(session: OrmSession) -> None:
    volunteer, invitation = _invited(session)
    with pytest.raises(Refused, match="18"):
        claims.claim(session, invitation, Claim(is_adult=False, matching=True, abroad=True), "hash", "fr")
    assert volunteer.user_id is None


def test_refusal_deletes_the_profile_and_keeps_no_name(session: OrmSession, tmp_path: Path) -> None:
    volunteer, invitation = _invited(session, full_name="Айгуль Серикова")
    number = volunteer.id
    claims.refuse(session, invitation, Folders(tmp_path, tmp_path, Vault(tmp_path, "a key"), tmp_path))
    assert session.get(Volunteer, number) is None
    assert session.scalars(select(Invitation).where(Invitation.volunteer_id == number)).all() == []
    assert session.scalars(select(User).where(User.role == "volunteer")).all() == []
    kept = session.scalars(select(AuditEvent).where(AuditEvent.action == "profile_refused")).one()
    assert "Айгуль" not in str(kept.detail)


def test_link_to_a_claimed_profile_shows_nothing(session: OrmSession) -> None:
    volunteer, invitation = _invited(session)
    volunteer.user_id = make_user(session, "volunteer", volunteer.vio).id
    session.flush()
    with pytest.raises(NotFound):
        claims.profile_of(session, invitation)


def test_safety_roles_are_invited_by_their_office_alone(session: OrmSession) -> None:
    focal_point = make_user(session, "focal_point")
    with pytest.raises(NotFound):
        invitations.invite_for_safety(session, focal_point, "coordinator", "new@vio.example", link)
    with pytest.raises(NotFound):
        invitations.invite_for_safety(session, make_user(session, "administrator"), "supporter", "x@y.example", link)


def test_profile_with_an_account_or_without_address_gets_no_link(session: OrmSession) -> None:
    coordinator = make_user(session, "coordinator")
    with pytest.raises(Refused, match="an account already"):
        invitations.invite_volunteer(session, coordinator, make_volunteer(session, coordinator.vio), link)
    silent = make_volunteer(session, coordinator.vio, claimed=False, email=None)
    with pytest.raises(Refused, match="no e-mail address"):
        invitations.invite_volunteer(session, coordinator, silent, link)


def test_link_makes_no_account_of_another_kind_or_a_second_one(session: OrmSession) -> None:
    _volunteer, invitation = _invited(session)
    with pytest.raises(Refused, match="taking over a profile"):
        invitations.accept(session, invitation, "New", "hash", "en")
    admin = make_user(session, "administrator")
    sent = invitations.invite_staff(session, admin, "administrator", "new@vio.example", None, link)
    make_user(session, "administrator", email="new@vio.example")
    with pytest.raises(Refused, match="account with this address"):
        invitations.accept(session, sent, "New", "hash", "en")


def test_claim_with_a_known_address_or_of_a_claimed_profile_is_refused(session: OrmSession) -> None:
    volunteer, invitation = _invited(session)
    make_user(session, "volunteer", volunteer.vio, email=volunteer.email)
    with pytest.raises(Refused, match="account with this address already"):
        claims.claim(session, invitation, Claim(is_adult=True, matching=True, abroad=True), "hash", "fr")
    with pytest.raises(Refused, match="belongs to an account"):
        claims.delete_unclaimed(session, make_volunteer(session))


def test_who_was_not_said_to_agree_may_agree_with_the_claim(session: OrmSession) -> None:
    volunteer, invitation = _invited(session, consents=())
    claims.claim(session, invitation, Claim(is_adult=True, matching=True, abroad=False), "hash", "fr")
    matching = consents.standing(session, volunteer, "matching")
    assert matching is not None and matching.how == claims.HOW


def test_host_sees_whom_it_has_invited_itself_and_no_other_does(session: OrmSession) -> None:
    vio = make_vio(session)
    host, other = make_host(session, vio), make_host(session, vio)
    account, stranger = make_host_user(session, host), make_host_user(session, other)
    sent = invitations.invite_host(session, account, host, "colleague@hosts.example", link)
    assert invitations.waiting(session, account) == [sent]
    assert invitations.waiting(session, stranger) == []
