"""What the people of a demonstration's placements share: signed agreements, check-ins, messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import CheckInAnswer, Message, Placement, User
from webapp.services import check_ins, messages, signings

# Marks for work, hours, guidance and well-being, with one thing to change: what most say, and what some do.
FINE: dict[str, Any] = {"work": 4, "hours": 4, "supervision": 4, "well": 4}
ANSWERS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (FINE, {**FINE, "work": 3}),
    (
        {**FINE, "supervision": 3, "change": "An hour together on Mondays, to plan the week.", "shares_change": True},
        FINE,
    ),
    (
        {**FINE, "hours": 2, "words": "Two evenings each week came on top.", "private": "I did not dare to say no."},
        FINE,
    ),
)
TALK = (
    ("host", "Welcome! The gate is open from seven. Ask for the matron; she expects you."),
    ("volunteer", "Thank you. The bus was late, but everybody helped. Where can I boil water in the evening?"),
    ("office", "Good to hear that you arrived. Call us at any hour if something is not right."),
    ("host", "The kitchen of the night ward has a kettle; take what you need."),
)
SETTLED = "We called both. The evenings are shared out again, and nobody was angry."
GO_ON = "Both of us want to finish what we began, so it goes on for six weeks."


def sign(session: Session, account: User, placement: Placement, name: str) -> None:
    """Let one side sign what waits. The pages' own text needs a reader's language, so this one is shorter."""
    waiting = signings.standing(session, placement).waiting
    if waiting is None:
        return
    text = "\n".join(
        (
            f"Expectation agreement: {placement.assignment.title}",
            f"Version {waiting.number} for this placement",
            f"Volunteer: {placement.volunteer.full_name}",
            f"Host: {placement.assignment.host.name}",
            f"From {waiting.starts_on:%d %b %Y} to {waiting.ends_on:%d %b %Y}",
            f"Every term is that of version {waiting.agreement.number} of the assignment's agreement.",
        )
    )
    signings.sign(session, account, placement, waiting.number, name, text, "en", signings.fingerprint(text))


def sign_both(session: Session, volunteer: User, host: User, placement: Placement) -> None:
    """Let volunteer and host sign what waits."""
    sign(session, volunteer, placement, placement.volunteer.full_name)
    sign(session, host, placement, host.display_name or placement.assignment.host.name)


def agree_until(session: Session, volunteer: User, host: User, placement: Placement, ends_on: date) -> None:
    """Let both sign a later last day."""
    signings.propose(session, host, placement, {}, GO_ON, ends_on)
    sign_both(session, volunteer, host, placement)


def answer(
    session: Session, volunteer: User, host: User, placement: Placement, until: date, number: int
) -> Iterator[tuple[CheckInAnswer, date]]:
    """Let both sides answer the check-ins before a day; yield each answer with the day of it."""
    for one in check_ins.check_ins_of(session, placement):
        if one.due_on < until:
            pair = ANSWERS[number % len(ANSWERS)]
            for account, given in zip((volunteer, host), pair, strict=True):
                yield check_ins.answer(session, account, one, given, one.due_on), one.due_on
            one.reminded_at = one.answers[-1].given_at
        number += 2


def wait(session: Session, host: User, placement: Placement, today: date) -> Iterator[tuple[CheckInAnswer, date]]:
    """Let only the host answer the newest check-in, so that it waits for the volunteer."""
    past = [one for one in check_ins.check_ins_of(session, placement) if one.due_on < today]
    due = [one for one in past if not one.answers]
    if due:
        yield check_ins.answer(session, host, due[-1], FINE, due[-1].due_on), due[-1].due_on


def settle(session: Session, office: User, placement: Placement) -> None:
    """Let the office say what it did about everything that differed."""
    for one in check_ins.to_look_into(session, office):
        if one.placement_id == placement.id:
            check_ins.settle(session, office, one, SETTLED)


def talk(session: Session, volunteer: User, host: User, office: User, placement: Placement) -> Iterator[Message]:
    """Let the people of a placement write to one another; the volunteer has not read the last word yet."""
    speakers = {"volunteer": volunteer, "host": host, "office": office}
    for side, text in TALK:
        yield messages.write(session, speakers[side], placement, text)
        for account in speakers.values():
            if text != TALK[-1][1] or account is not volunteer:
                messages.mark_read(session, account, placement)
