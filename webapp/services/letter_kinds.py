"""The kinds of letters: which have to go, and which their reader may stop."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.models.accounts import COORDINATOR, FOCAL_POINT, HOST, ROLES, SUPPORTER, VOLUNTEER
from webapp.words import Words, lazy

ACCOUNT, APPLICATIONS, OFFERS, AGREEMENT = "account", "applications", "offers", "agreement"
CLEARANCES, SAFETY, PUBLISHING = "clearances", "safety", "publishing"
MESSAGES, INVITATIONS, CHECK_INS, DEBRIEFS = "messages", "invitations", "check_ins", "debriefs"
FOLLOW_UPS, LESSONS, QUEUE, LATE, SUPPORT = "follow_ups", "lessons", "queue", "late", "support"
ALUMNI, MENTORS, DECISIONS = "alumni", "mentors", "decisions"


@dataclass(frozen=True)
class Kind:
    """What a kind of letter is about, and who gets it."""

    words: Words
    roles: tuple[str, ...]
    why: Words | None = None  # why it cannot be stopped; none: it can
    is_often: bool = False  # it may come every day, so it can be had once a week

    @property
    def may_stop(self) -> bool:
        """Whether its reader may do without."""
        return self.why is None


KINDS: dict[str, Kind] = {
    ACCOUNT: Kind(
        lazy("Your account: sign-in, passwords, invitations to an account"),
        ROLES,
        lazy("You would not notice if somebody else used your account."),
    ),
    APPLICATIONS: Kind(
        lazy("Applications: answers, the shortlist, interviews, days that were promised"),
        (VOLUNTEER, HOST),
        lazy("Somebody waits for the answer, or has a right to it."),
    ),
    OFFERS: Kind(
        lazy("Offers and placements: made, answered, begun, changed, ended"),
        (VOLUNTEER, HOST, COORDINATOR),
        lazy("They change what people have planned, and some have a last day."),
    ),
    AGREEMENT: Kind(
        lazy("Agreements of placements, and partnerships"),
        (VOLUNTEER, HOST, COORDINATOR),
        lazy("You are bound by what was signed, so you get your own copy."),
    ),
    CLEARANCES: Kind(
        lazy("What is to be cleared before somebody leaves"),
        (VOLUNTEER, COORDINATOR),
        lazy("Without it a placement cannot start, and some of it takes months."),
    ),
    DECISIONS: Kind(
        lazy("Decisions on whether somebody may serve, and appeals"),
        (VOLUNTEER, COORDINATOR, FOCAL_POINT),
        lazy("Whoever is concerned has a right to know, to be heard and to an answer."),
    ),
    SAFETY: Kind(
        lazy("Help, and whether people are safe and well"), ROLES, lazy("Somebody may need you, or help comes to you.")
    ),
    PUBLISHING: Kind(
        lazy("Your verification, and what becomes of your assignments"),
        (HOST, COORDINATOR),
        lazy("Without them assignments would stop being public and you would not know why."),
    ),
    LATE: Kind(
        lazy("Lists of what is late"),
        (COORDINATOR,),
        lazy("Somebody was promised a day that has passed, and nobody else is told."),
    ),
    MESSAGES: Kind(lazy("How many new messages wait for you"), (VOLUNTEER, HOST, COORDINATOR), is_often=True),
    INVITATIONS: Kind(lazy("Invitations to look at an assignment, or to be put forward"), (VOLUNTEER,)),
    CHECK_INS: Kind(lazy("Reminders of check-ins"), (VOLUNTEER, HOST, COORDINATOR)),
    DEBRIEFS: Kind(lazy("How it was: questions when a placement ends"), (VOLUNTEER, HOST, COORDINATOR)),
    FOLLOW_UPS: Kind(lazy("How it went on: questions 6 and 12 months later"), (VOLUNTEER,)),
    LESSONS: Kind(lazy("What becomes of your lessons"), (VOLUNTEER, HOST)),
    ALUMNI: Kind(lazy("The alumni, and openings for those who want to serve again"), (VOLUNTEER,)),
    MENTORS: Kind(lazy("Mentors: questions, answers, and when it ends"), (VOLUNTEER,)),
    QUEUE: Kind(lazy("What is new in your queue"), (COORDINATOR,)),
    SUPPORT: Kind(lazy("Reminders to write to those you support"), (SUPPORTER,)),
}


def kinds_of(role: str, *, may_stop: bool) -> dict[str, Kind]:
    """Return the kinds of letters that accounts of a role get and may stop, or may not."""
    return {code: kind for code, kind in KINDS.items() if role in kind.roles and kind.may_stop == may_stop}
