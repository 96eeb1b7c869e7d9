"""How a held stay goes on: under watch, at another host, or it ends. A coordinator of the receiving VIO decides."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import HeldStay, Placement, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import placement_reasons, placements
from webapp.services.correspondence import write_to_volunteer
from webapp.services.errors import Refused
from webapp.services.letter_kinds import OFFERS
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_reasons import SHORTEST_WORDS
from webapp.services.relations import check_vio
from webapp.words import Words, lazy

DECISIONS: dict[str, Words] = {
    "watched": lazy("Go on, and we look after it closely"),
    "moving": lazy("Look for a place at another host"),
    "ended": lazy("End the placement"),
}
BEFORE: dict[str, Words] = {"ended": lazy("Cancel the placement")}  # of a stay that has not begun
TOLD: dict[str, Words] = {
    "watched": lazy(
        "We have looked at your placement: %(title)s. It goes on, and we look after it closely.\n\n%(words)s\n\n"
        "If anything is not right, write to us or press “I need help”."
    ),
    "moving": lazy(
        "We have looked at your placement: %(title)s. We look for a place for you at another host. Until then we are "
        "in touch.\n\n%(words)s\n\nIf anything is not right, write to us or press “I need help”."
    ),
}


def choices(placement: Placement) -> dict[str, Words]:
    """Return what can be decided on a held stay."""
    return DECISIONS if placement.state in UNDER_WAY_STATES else BEFORE


def reasons(placement: Placement) -> dict[str, Words]:
    """Return the reasons for which a held stay can end."""
    return placement_reasons.END_EARLY if placement.state in UNDER_WAY_STATES else placement_reasons.CANCEL


def decide(
    session: Session, account: User, held: HeldStay, decision: str, note: str, words: str, reason_code: str = ""
) -> None:
    """Keep the decision with a note for the office, and write `words` to the volunteer.

    Ending needs one of `reasons`. Moving stays listed until the placement is over; what has not begun can only end.
    """
    check_vio(account, "placement.hold", held.vio_id)
    placement = held.placement
    hold(session, placement.assignment, placement)
    if decision not in choices(placement):
        raise Refused(lazy("Choose how it goes on."))
    if not note.strip():
        raise Refused(lazy("Write down why, and who looks after it how."))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: why, and what can be done now."))
    if decision == "ended" and reason_code not in reasons(placement):
        raise Refused(lazy("Choose the reason."))
    check_can_move(held, decision)
    if decision == "ended":
        end = placements.end_early if placement.state in UNDER_WAY_STATES else placements.cancel
        end(session, account, placement, reason_code, words)
    else:
        values = {"title": placement.assignment.title, "words": words.strip()}
        subject = lazy("How your placement goes on: %(title)s", title=placement.assignment.title)
        write_to_volunteer(session, placement.volunteer, OFFERS, subject, Words(TOLD[decision].text, values))
    if decision == "watched" and placement.waits_for_decision:
        placements.settle_alone(session, account, placement)  # it goes on: nobody has to decide that twice
    held.note, held.decided_at, held.owner = note.strip(), clock.now(), account
    move(session, account, held, decision, placement=placement.id)
