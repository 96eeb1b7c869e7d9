"""What mentor and newcomer write to each other: the two read it, nobody else."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import MentorMessage, Mentorship, User
from webapp.services.alumni.mentorship_letters import MENTOR, NEWCOMER, tell
from webapp.services.alumni.mentorship_sight import side_of
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.words import lazy

LONGEST = 5000  # characters


def write(session: Session, account: User, mentorship: Mentorship, text: str) -> MentorMessage:
    """Write to the other of the two, who gets a letter that says no more than that."""
    side = side_of(account, mentorship)
    hold(session, mentorship)  # nothing is added once it has ended
    if mentorship.state != "accepted":
        raise Refused(lazy("You can write to each other after a yes, and until it ends."))
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(lazy("Write between 1 and %(most)s characters.", most=LONGEST))
    is_first_in_turn = not mentorship.messages or mentorship.messages[-1].author_id != account.id
    message = MentorMessage(author_id=account.id, text=text, at=clock.now())
    mentorship.messages.append(message)
    session.flush()
    if is_first_in_turn:  # ten lines in a row are one letter
        tell(session, mentorship, "wrote", NEWCOMER if side == MENTOR else MENTOR)
    return message
