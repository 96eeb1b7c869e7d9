"""Going together: both consent, both or none, and either can end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.bonds import make_bond, make_pair, offer_together, place_together
from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_vio, make_volunteer
from tests.stays import (
    KIND_WORDS,
    agree_until,
    coordinator_of,
    days,
    make_offer,
    make_placement,
    make_ready,
    make_selectable,
    user_of,
)
from webapp import clock
from webapp.models import Bond, BondMember, Mail, Offer, Place, Placement
from webapp.services import (
    applications,
    assignments,
    bonds,
    companions,
    letter_choices,
    letters,
    offer_yes,
    offers,
    placements,
    readiness,
    retention,
)
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.letter_kinds import INVITATIONS
from webapp.services.offers import Seat


def _letters(session: AnySession, address: str) -> list[str]:
    return list(session.scalars(select(Mail.subject).where(Mail.to == address).order_by(Mail.id)))


def _keep_in(tokens: list[str]) -> Callable[[str], str]:
    def link(token: str) -> str:
        tokens.append(token)
        return token

    return link


def _states(session: AnySession, *rows: Offer) -> list[str]:
    for row in rows:
        session.refresh(row)
    return [row.state for row in rows]


def test_nothing_stands_before_everybody_has_said_yes(session: AnySession) -> None:
    mei, ana, li = (make_volunteer(session) for _ in range(3))
    tokens: list[str] = []
    addresses = [user_of(ana).email, "someone@people.example"]
    bond = bonds.ask(session, user_of(mei), mei, addresses, _keep_in(tokens))
    assert bond.state == "asked"
    (letter,) = session.scalars(select(Mail).where(Mail.to == user_of(ana).email))
    assert tokens[0] in letter.body and mei.full_name in letter.subject
    assert tokens[0] not in {one.token_hash for one in bond.members}, "a copy of the database opens no link"
    bonds.say_yes(session, user_of(ana), bonds.find(session, tokens[0]))
    assert bond.state == "asked"
    bonds.say_yes(session, user_of(li), bonds.find(session, tokens[1]))
    assert bond.state == "standing"
    assert bond.people == [mei, ana, li]
    assert not any(one.email for one in bond.members), "an address is kept only while it is needed"
    assert _letters(session, user_of(mei).email) == ["You go together"]


def test_whoever_has_an_account_is_asked_in_its_language_and_as_it_has_chosen(session: AnySession) -> None:
    mei, ana, bea = (make_volunteer(session) for _ in range(3))
    user_of(ana).locale = "es"
    letter_choices.choose(session, user_of(bea), {INVITATIONS: "off"})
    asked = [user_of(ana).email, user_of(bea).email, "someone@people.example"]
    bonds.ask(session, user_of(mei), mei, asked, str)
    to_ana, to_bea, to_nobody = (session.query(Mail).filter_by(to=address).one() for address in asked)
    assert (to_ana.user_id, to_ana.language, to_ana.stays_here) == (user_of(ana).id, "es", False)
    assert to_bea.stays_here
    assert (to_nobody.user_id, to_nobody.language) == (None, mei.vio.language)


def test_whoever_has_stopped_such_letters_answers_on_the_site(session: AnySession) -> None:
    mei, ana, bea = (make_volunteer(session) for _ in range(3))
    letter_choices.choose(session, user_of(ana), {INVITATIONS: "off"})
    addresses = [user_of(ana).email.upper(), user_of(bea).email]
    bond = bonds.ask(session, user_of(mei), mei, addresses, _keep_in([]))
    (letter,) = session.query(Mail).filter_by(to=user_of(ana).email)
    assert letter.stays_here and "Going together" in letters.copy_of(letter)
    (asked,) = bonds.asked_of(session, user_of(ana))
    for stranger in (bea, mei):
        with pytest.raises(NotFound):
            bonds.asked_for(session, user_of(stranger), asked.id)
    bonds.say_yes(session, user_of(ana), bonds.asked_for(session, user_of(ana), asked.id))
    assert bond.people == [mei, ana] and bonds.asked_of(session, user_of(ana)) == []
    with pytest.raises(Refused):
        bonds.say_no(session, user_of(ana), asked)
    user_of(bea).confirmed_at = None  # the address may be anybody's
    assert bonds.asked_of(session, user_of(bea)) == []
    user_of(bea).confirmed_at = clock.now()
    with time_machine.travel(clock.now() + timedelta(days=bonds.DAYS, hours=1)):
        assert bonds.asked_of(session, user_of(bea)) == []
    bonds.say_no(session, user_of(bea), bonds.asked_of(session, user_of(bea))[0])
    assert bond.state == "ended"


def test_what_somebody_asked_who_has_left_waits_no_more(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    tokens: list[str] = []
    bond = bonds.ask(session, user_of(mei), mei, [user_of(ana).email], _keep_in(tokens))
    bond.members = bond.members[1:]  # as it goes with a profile
    session.flush()
    assert bonds.asked_of(session, user_of(ana)) == []
    with pytest.raises(Refused, match="any more"):
        bonds.find(session, tokens[0])


def test_a_link_works_once_and_not_for_ever(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    tokens: list[str] = []
    bonds.ask(session, user_of(mei), mei, [user_of(ana).email], _keep_in(tokens))
    with (
        time_machine.travel(clock.now() + timedelta(days=bonds.DAYS, hours=1)),
        pytest.raises(Refused, match="any more"),
    ):
        bonds.say_yes(session, user_of(ana), bonds.find(session, tokens[0]))
    bonds.say_yes(session, user_of(ana), bonds.find(session, tokens[0]))
    with pytest.raises(Refused, match="used"):
        bonds.say_yes(session, user_of(make_volunteer(session)), bonds.find(session, tokens[0]))
    with pytest.raises(NotFound):
        bonds.say_yes(session, user_of(ana), bonds.find(session, "guessed"))


def test_one_person_has_one_bond_at_a_time(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    make_bond(session, [mei, ana])
    for one in (mei, ana):
        with pytest.raises(Refused, match="already"):
            bonds.ask(session, user_of(one), one, ["x@people.example"], str)


@pytest.mark.parametrize("addresses", [[], ["a@x.example"] * 2, ["OWN"], [f"{n}@x.example" for n in "abcd"]])
def test_one_to_three_different_people_are_asked(session: AnySession, addresses: list[str]) -> None:
    mei = make_volunteer(session)
    asked = [user_of(mei).email.upper() if one == "OWN" else one for one in addresses]
    with pytest.raises(Refused):
        bonds.ask(session, user_of(mei), mei, asked, str)


def test_a_link_is_no_way_to_write_to_strangers(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    for number in range(4):
        addresses = [f"{number}{one}@people.example" for one in "abc"]
        bonds.end(session, user_of(mei), bonds.ask(session, user_of(mei), mei, addresses, str).id)
    with pytest.raises(Refused, match="this month"):
        bonds.ask(session, user_of(mei), mei, ["one@people.example"], str)
    bonds.ask(session, user_of(ana), ana, ["one@people.example"], str)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        bonds.ask(session, user_of(mei), mei, ["one@people.example"], str)


def test_rather_not_leaves_nothing_of_whoever_was_asked(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    tokens: list[str] = []
    bond = bonds.ask(session, user_of(mei), mei, [user_of(ana).email], _keep_in(tokens))
    bonds.say_no(session, user_of(ana), bonds.find(session, tokens[0]))
    assert bond.state == "ended"
    assert [(one.volunteer_id, one.email) for one in bond.members] == [(mei.id, ""), (None, "")]
    assert _letters(session, user_of(mei).email) == ["You do not go together any more"]


def test_only_its_people_can_end_it(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    bond = make_bond(session, [mei, ana])
    with pytest.raises(NotFound):
        bonds.end(session, user_of(make_volunteer(session)), bond.id)
    bonds.end(session, user_of(ana), bond.id)
    assert bonds.current(session, mei) is None
    with pytest.raises(IllegalMove):
        bonds.end(session, user_of(mei), bond.id)


def test_an_application_asks_the_other_to_apply_too(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    make_bond(session, [mei, ana])
    work = make_assignment(session)
    sent = applications.apply(session, user_of(mei), mei, work, "")
    assert _letters(session, user_of(ana).email)[-1] == f"Apply too: {work.title}"
    assert [(one.volunteer, one.application) for one in companions.companions(session, sent)] == [(ana, None)]
    too = applications.apply(session, user_of(ana), ana, work, "")
    assert _letters(session, user_of(mei).email)[-1] != f"Apply too: {work.title}"
    (one,) = companions.companions(session, sent)
    assert one.application == too
    applications.withdraw(session, user_of(ana), too)
    assert _letters(session, user_of(mei).email)[-1].startswith("An application of one of you has ended")


def test_nobody_of_them_is_offered_a_place_alone(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    bond = make_bond(session, [mei, ana])
    application = make_selectable(session, volunteer=mei)
    with pytest.raises(Refused, match="goes together"):
        make_offer(session, application)
    with pytest.raises(Refused, match="not all of them have applied"):
        offer_together(session, [application])
    bonds.end(session, user_of(mei), bond.id)
    assert make_offer(session, application).state == "made"


def test_places_are_taken_for_all_or_for_none(session: AnySession) -> None:
    work = make_assignment(session, places_international=1, places_national=1)
    pair = make_pair(session, work)
    with pytest.raises(Refused, match="last place"), session.begin_nested():
        offer_together(session, pair)
    assert session.query(Place).count() == session.query(Offer).count() == 0
    made = offer_together(session, pair, seats={pair[1].id: Seat("national")})
    assert [one.kind for one in made] == ["international", "national"]
    assert work.state == "filled"
    host = [mail for mail in session.query(Mail) if mail.to == work.host.contact_email]
    assert len(host) == 1, "one letter says it of all of them"
    assert not any(one.volunteer.full_name in host[0].body for one in pair)
    with pytest.raises(NotFound):
        offer_together(session, pair, coordinator_of(session, make_vio(session)))


def test_the_places_are_theirs_when_all_have_said_yes(session: AnySession) -> None:
    pair = make_pair(session, make_assignment(session, places_international=3), number=3)
    first, second, third = offer_together(session, pair)
    assert offer_yes.say_yes(session, user_of(first.volunteer), first) is None
    assert _letters(session, user_of(second.volunteer).email)[-1].startswith(first.volunteer.full_name)
    with pytest.raises(Refused, match="said yes already"):
        offer_yes.say_yes(session, user_of(first.volunteer), first)
    assert offer_yes.say_yes(session, user_of(third.volunteer), third) is None
    made = offer_yes.say_yes(session, user_of(second.volunteer), second)
    assert made is not None and made.volunteer == second.volunteer
    assert session.query(Placement).count() == 3
    assert len(companions.placed_with(session, made)) == 2
    assert session.query(Bond).one().state == "kept"
    assert bonds.current(session, first.volunteer) is None, "they may ask anew, for another time"


def test_one_no_ends_it_kindly_for_all(session: AnySession) -> None:
    pair = make_pair(session)
    first, second = offer_together(session, pair)
    offer_yes.say_yes(session, user_of(first.volunteer), first)
    offers.decline(session, user_of(second.volunteer), second, "money", "It is too dear.")
    assert _states(session, first, second) == ["withdrawn", "declined"]
    assert session.query(Place).count() == 0
    letter = session.scalars(
        select(Mail).where(Mail.to == user_of(first.volunteer).email).order_by(Mail.id.desc())
    ).first()
    assert letter is not None and "says nothing about you" in letter.body
    assert "dear" not in letter.body, "why one says no is not for the others"
    assert offer_together(session, pair)[0].state == "made", "the office can offer again"


def test_whoever_said_yes_in_time_is_not_told_that_they_were_late(session: AnySession) -> None:
    first, second = offer_together(session, make_pair(session))
    offer_yes.say_yes(session, user_of(first.volunteer), first)
    assert offers.expire_due(session, first.answer_by) == 0
    assert offers.expire_due(session, first.answer_by + timedelta(days=1)) == 2
    assert _states(session, first, second) == ["withdrawn", "expired"]


@pytest.mark.parametrize("how", ["office", "application", "bond"])
def test_however_one_of_them_ends_all_of_them_do(session: AnySession, how: str) -> None:
    pair = make_pair(session)
    first, second = offer_together(session, pair)
    if how == "office":
        offers.withdraw_offer(session, coordinator_of(session, pair[0].assignment.vio), first, "money", KIND_WORDS)
    elif how == "application":
        applications.withdraw(session, user_of(first.volunteer), pair[0])
    else:
        bonds.end(session, user_of(first.volunteer), session.query(Bond).one().id)
    assert "made" not in _states(session, first, second)
    assert session.query(Place).count() == 0
    assert session.query(Placement).count() == 0


def test_somebody_who_is_taken_by_then_keeps_all_from_a_yes(session: AnySession) -> None:
    first, second = offer_together(session, make_pair(session))
    offer_yes.say_yes(session, user_of(first.volunteer), first)
    session.query(BondMember).delete()  # so that one of them can be placed elsewhere
    other = make_placement(session, make_selectable(session, volunteer=first.volunteer))
    other.assignment.title = "Teacher by the lake"
    with pytest.raises(Refused, match="One of you cannot come on these days") as refused:
        offer_yes.say_yes(session, user_of(second.volunteer), second)
    # That there is another placement, where and from when is the other one's to tell.
    words = str(refused.value).casefold()
    assert not [one for one in ("placement", "lake", first.volunteer.full_name.casefold()) if one in words]
    assert _states(session, first, second) == ["made", "made"]


def test_cancelling_one_asks_for_a_decision_on_the_other(session: AnySession) -> None:
    one, other = place_together(session, make_pair(session))
    who = coordinator_of(session, other.receiving_vio)
    make_ready(session, other)
    assert readiness.obstacles(session, other) == []
    placements.withdraw(session, user_of(one.volunteer), one)
    assert other.state == "preparing", "nothing happens to the other by itself"
    assert other.waits_for_decision
    assert _letters(session, user_of(other.volunteer).email)[-1].startswith("Somebody who was to go with you")
    with pytest.raises(Refused, match="who was to come too"):
        placements.start(session, who, other, other.starts_on)
    with pytest.raises(NotFound):
        placements.go_on_alone(session, coordinator_of(session, make_vio(session)), other)
    placements.go_on_alone(session, who, other)
    placements.start(session, who, other, other.starts_on)
    with pytest.raises(Refused, match="nothing to decide"):
        placements.go_on_alone(session, who, other)


def test_an_end_while_they_are_there_moves_nobody_else(session: AnySession) -> None:
    one, other = place_together(session, make_pair(session))
    who = coordinator_of(session, other.receiving_vio)
    for each in (one, other):
        make_ready(session, each)
        placements.start(session, who, each, each.starts_on)
    placements.end_early(session, who, one, "health", KIND_WORDS)
    assert (other.state, other.waits_for_decision) == ("active", True)
    later = other.ends_on + timedelta(days=5)
    agree_until(session, other, later)
    with pytest.raises(Refused, match="who was to come too"):
        placements.extend(session, who, other, later)
    placements.go_on_alone(session, who, other)
    assert (other.state, other.waits_for_decision) == ("active", False)
    placements.extend(session, who, other, later)
    assert other.ends_on == later


def test_calling_the_assignment_off_asks_for_no_decision(session: AnySession) -> None:

    work = make_assignment(session, make_host(session))
    one, other = place_together(session, make_pair(session, work))
    assignments.cancel(session, make_host_user(session, work.host), work, KIND_WORDS)
    assert (one.state, other.state) == ("cancelled", "cancelled")
    assert other.alone_since is None


def test_days_of_both_are_in_their_own_hands(session: AnySession) -> None:
    """Eligibility is each one's own: an offer needs an application and a place for each."""
    work = make_assignment(session, places_international=5)
    pair = make_pair(session, work)
    pair[1].state = "submitted"
    with pytest.raises(Refused, match="Only someone on the shortlist"), session.begin_nested():
        offer_together(session, pair, starts_on=days(70))


def test_what_came_to_nothing_is_forgotten_after_a_month(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    asked = bonds.ask(session, user_of(mei), mei, ["someone@people.example"], str)
    standing = make_bond(session, [ana, make_volunteer(session)])
    offer_together(session, make_pair(session))
    before = clock.now() + timedelta(days=bonds.DAYS)
    assert retention._bonds(session, before - timedelta(hours=1)) == 0
    assert retention._bonds(session, before + timedelta(hours=1)) == 1
    assert session.get(Bond, asked.id, populate_existing=True) is None
    assert session.get(Bond, standing.id) is not None
    bonds.end(session, user_of(ana), standing.id)
    assert retention._bonds(session, clock.now() + timedelta(hours=1)) == 1
    assert session.query(BondMember).count() == 2, "offers made together keep theirs"
