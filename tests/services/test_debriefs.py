"""Guided debriefs: when they open, who reads what, the community's voice, and the letters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_host_user, make_vio, make_volunteer
from tests.stays import coordinator_of, host_account, make_active, make_selectable, user_of
from webapp import clock
from webapp.models import CommunityAsk, Debrief, Mail, Placement
from webapp.services import community_voices, debrief_letters, debriefs, placements
from webapp.services.debrief_questions import QUESTIONS
from webapp.services.errors import NotFound, Refused


class Tokens(list[str]):
    """What the links of letters would carry."""

    def keep(self, token: str) -> str:
        """Keep a token, and be its link."""
        self.append(token)
        return token


def all_as(side: str, number: int = 0) -> dict[str, str]:
    """Return an answer to each question of a side."""
    return {code: list(one.answers)[number] for code, one in QUESTIONS[side].items()}


def over(session: AnySession, placement: Placement | None = None) -> Placement:
    """Make a placement that was served to its last day."""
    placement = placement or make_active(session)
    placements.complete(session, coordinator_of(session, placement.receiving_vio), placement, placement.ends_on)
    return placement


def test_each_side_is_asked_eight_questions_from_the_last_week_on(session: AnySession) -> None:
    placement = make_active(session)
    assert {len(asked) for asked in QUESTIONS.values()} == {8}
    assert not debriefs.is_open(placement, placement.ends_on - timedelta(8))
    assert debriefs.is_open(placement, placement.ends_on - timedelta(7))


@pytest.mark.parametrize(
    "odd", [{"tasks": "as_agreed"}, {**all_as("host"), "tasks": "nonsense"}, all_as("community"), {"": ""}]
)
def test_half_answers_and_those_of_another_side_are_refused(session: AnySession, odd: dict[str, str]) -> None:
    placement = over(session)
    host = make_host_user(session, placement.assignment.host)
    with pytest.raises(Refused, match="eight"):
        debriefs.give(session, host, placement, 4, 4, says=odd)
    with pytest.raises(Refused, match="at most"):
        debriefs.give(session, host, placement, 4, 4, "x" * 3001, all_as("host"))
    assert session.query(Debrief).count() == 0


def test_a_side_reads_the_other_when_both_have_answered_and_offices_read_all(session: AnySession) -> None:
    sending = make_vio(session)
    placement = over(
        session, make_active(session, make_selectable(session, volunteer=make_volunteer(session, sending)))
    )
    person, host = user_of(placement.volunteer), make_host_user(session, placement.assignment.host)
    offices = [coordinator_of(session, vio) for vio in (sending, placement.receiving_vio)]
    debriefs.give(session, person, placement, 2, 2, "Hard.", all_as("volunteer"))
    debriefs.give(session, offices[1], placement, 4, 4, "Good for us.", all_as("community"))

    def sides(account: Any, later: int = 0) -> set[str]:
        return {one.side for one in debriefs.seen(session, account, placement, clock.now() + timedelta(days=later))}

    assert (sides(person), sides(host)) == ({"volunteer"}, set())
    assert all(sides(office) == {"volunteer", "community"} for office in offices)
    assert sides(host, later=29) == set() and sides(host, later=31) == {"volunteer", "community"}
    debriefs.give(session, host, placement, 5, 5, "", all_as("host"))
    assert sides(person) == sides(host) == {"volunteer", "community", "host"}
    for stranger in (coordinator_of(session, make_vio(session)), user_of(make_volunteer(session))):
        with pytest.raises(NotFound):
            debriefs.seen(session, stranger, placement)


def test_the_communitys_link_works_once_and_what_it_brings_names_nobody(session: AnySession) -> None:
    placement = over(session)
    who = coordinator_of(session, placement.receiving_vio)
    tokens = Tokens()
    for name in ("Mzee Otieno", "Achieng"):
        community_voices.ask(session, who, placement, name, "voice@village.example", tokens.keep)
    letter = session.scalars(select(Mail).where(Mail.to == "voice@village.example")).all()[0]
    assert tokens[0] in letter.body and placement.volunteer.full_name not in letter.body
    assert all(tokens[0] != one.token_hash for one in session.scalars(select(CommunityAsk)))
    said = Debrief(overall=5, as_expected=4, words=" Good. ", says=all_as("community"))
    kept = community_voices.answer(session, community_voices.find(session, tokens[0]), said)
    assert (kept.side, kept.words, kept.is_from_talk) == ("community", "Good.", False)
    for token in tokens:  # the other link ends with it
        with pytest.raises(Refused, match="already"):
            community_voices.find(session, token)
    with pytest.raises(NotFound):
        community_voices.find(session, "nonsense")
    with pytest.raises(Refused, match="already"):
        debriefs.give(session, who, placement, 1, 1)


def test_only_the_receiving_office_asks_the_community_and_a_link_grows_old(session: AnySession) -> None:
    sending, running = make_vio(session), make_active(session)
    with pytest.raises(Refused, match="last week"):
        community_voices.ask(session, coordinator_of(session, running.receiving_vio), running, "A", "a@x.example", str)
    placement = over(
        session, make_active(session, make_selectable(session, volunteer=make_volunteer(session, sending)))
    )
    for account in (coordinator_of(session, sending), user_of(placement.volunteer)):
        with pytest.raises(NotFound):
            community_voices.ask(session, account, placement, "A", "a@x.example", str)
    who, tokens = coordinator_of(session, placement.receiving_vio), Tokens()
    for _number in range(3):
        community_voices.ask(session, who, placement, "A", "a@x.example", tokens.keep)
    with pytest.raises(Refused, match="in a talk"):
        community_voices.ask(session, who, placement, "A", "a@x.example", str)
    with time_machine.travel(clock.now() + timedelta(days=46)), pytest.raises(Refused, match="too old"):
        community_voices.find(session, tokens[0])


def test_both_are_asked_once_in_the_last_week_and_who_is_silent_reminded_once(session: AnySession) -> None:
    placement = make_active(session)
    assert debrief_letters.ask_due(session, placement.ends_on - timedelta(8)) == 0
    assert debrief_letters.ask_due(session, placement.ends_on - timedelta(7)) == 1
    assert debrief_letters.ask_due(session, placement.ends_on) == 0
    over(session, placement)
    debriefs.give(session, user_of(placement.volunteer), placement, 5, 5)
    now, before = clock.now(), session.query(Mail).count()
    assert debrief_letters.remind_due(session, now + timedelta(days=13)) == 0
    assert debrief_letters.remind_due(session, now + timedelta(days=15)) == 1
    assert debrief_letters.remind_due(session, now + timedelta(days=16)) == 0
    (reminder,) = session.scalars(select(Mail).order_by(Mail.id)).all()[before:]
    assert reminder.to == host_account(session, placement).email and "only reminder" in reminder.body


def test_community_that_has_spoken_is_not_asked_again(session: AnySession) -> None:
    placement = over(session)
    who = coordinator_of(session, placement.receiving_vio)
    debriefs.give(session, who, placement, 4, 4, "Good for us.", all_as("community"))
    with pytest.raises(Refused, match="has said how it was"):
        community_voices.ask(session, who, placement, "A", "a@x.example", str)
