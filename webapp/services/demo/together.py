"""What the people of a demonstration's placements share: agreements that are signed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from webapp.models import Placement, User
from webapp.services import signings

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
