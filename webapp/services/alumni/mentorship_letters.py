"""The letters about mentoring. None names anybody: names are read behind the sign-in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import Mentorship
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import MENTORS
from webapp.words import Words, lazy

NEWCOMER, MENTOR = "newcomer", "mentor"
BOTH = (NEWCOMER, MENTOR)
LETTERS: dict[str, tuple[Words, Words]] = {
    "asked": (
        lazy("A newcomer asks you for company"),
        lazy(
            "Somebody who prepares or does a placement asks whether you would be their mentor. Sign in and open "
            "“Mentors” to read it, and say yes or no. A no needs no reason. Without an answer the question ends "
            "after two weeks."
        ),
    ),
    "accepted": (
        lazy("You have a mentor"),
        lazy(
            "Somebody who has been there says yes to you. Sign in and open “Mentors” to see who it is, and to write. "
            "Nobody else reads what the two of you write."
        ),
    ),
    "declined": (
        lazy("Not this time: about a mentor"),
        lazy(
            "Somebody whom you asked to be your mentor cannot be one now. This says nothing about you. Sign in and "
            "open “Mentors” to ask somebody else."
        ),
    ),
    "no_answer": (
        lazy("No answer: about a mentor"),
        lazy(
            "Somebody whom you asked to be your mentor has not answered, or cannot any more, so the question has "
            "ended. This says nothing about you. Sign in and open “Mentors” to ask somebody else."
        ),
    ),
    "ended": (
        lazy("A mentorship has ended"),
        lazy(
            "Your mentorship has ended. What the two of you wrote can be read for a year, and nothing is added any "
            "more. It needs no reason, and nobody is asked for one."
        ),
    ),
    "ended_by_office": (
        lazy("A mentorship has ended"),
        lazy("An office has ended your mentorship:\n\n%(reason)s\n\nWrite to your office if you have questions."),
    ),
    "wrote": (lazy("Somebody wrote to you"), lazy("Sign in to Caravanserai to read it. Nobody else can.")),
}


def tell(session: Session, mentorship: Mentorship, event: str, *to: str) -> None:
    """Write the letter of an event to the newcomer, the mentor or both."""
    subject, body = LETTERS[event]
    for who in to:
        person = mentorship.mentor if who == MENTOR else mentorship.placement.volunteer
        write_to_volunteer(session, person, MENTORS, subject, Words(body.text, {"reason": mentorship.reason}))
