"""A clearance on its way: handed in, checked, cleared or refused, run out; and what is open before the start."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, EmergencyCard, Placement, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import clearance_letters, clearance_lists, sensitive
from webapp.services.clearance_forgetting import blot_out
from webapp.services.clearance_items import ITEMS, can_be_waived, is_sensitive, title_of
from webapp.services.clearance_sight import check_checks
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_sight import check_own
from webapp.words import Words, lazy

SHORTEST_WORDS = 20  # characters: less is no answer to a person


def hand_in(session: Session, account: User, clearance: Clearance, words: str = "") -> None:
    """The volunteer says that it is there; the office checks it then. Words about it need the consent to keep them."""
    check_own(account, clearance.placement.volunteer)
    if words.strip():
        sensitive.check_agreed(session, account, clearance.placement.volunteer)
    _hold(session, clearance)
    clearance.handed_in = words.strip()
    if clearance.state != "submitted":
        _move(session, account, clearance, "submitted")


def forget_words(session: Session, account: User, clearance: Clearance) -> None:
    """Blot out what was written about it. What nobody has decided on is open again; what was decided stays."""
    hold(session, clearance.placement, clearance)
    blot_out(clearance)
    if clearance.state != "waived":
        clearance.waiver_by_id = None  # a wish without its reason is none
    if clearance.state == "submitted" and clearance.placement.is_running:
        _move(session, account, clearance, "open")


def clear(
    session: Session, account: User, clearance: Clearance, expires_on: date | None = None, today: date | None = None
) -> None:
    """Say that it is in order, until `expires_on` where it runs out.

    Refused where that is before the first day, or no day is given for what always runs out.
    """
    check_checks(account, clearance)
    _check_result(session, account, clearance)
    _hold(session, clearance)
    if clearance.item == "emergency_contact" and not _is_named(session, clearance.placement):
        raise Refused(lazy("Nobody is named yet. The volunteer writes name and number under “Before you leave”."))
    if expires_on is None and clearance.item in ITEMS and ITEMS[clearance.item].always_ends:
        raise Refused(lazy("This always runs out. Write the last day that stands on the paper under “Holds until”."))
    first = max(clearance.placement.starts_on, today or clock.today())
    if expires_on is not None and expires_on < first:
        raise Refused(lazy("It runs out on %(day)s, too early for this stay. Ask for a newer one.", day=expires_on))
    clearance.expires_on, clearance.words = expires_on, ""
    _move(session, account, clearance, "cleared", expires_on=expires_on.isoformat() if expires_on else None)


def refuse(session: Session, account: User, clearance: Clearance, words: str) -> None:
    """Say that it cannot be cleared as it is. It keeps the placement from its start and counts nowhere else."""
    _answer(session, account, clearance, "refused", words)


def ask_again(session: Session, account: User, clearance: Clearance, words: str) -> None:
    """Ask the volunteer for it once more; whatever was decided is open again, whatever the person agrees to."""
    _answer(session, account, clearance, "open", words)


def expire_due(session: Session, today: date) -> int:
    """Mark what was cleared and has run out since, tell who has to act, and return how much it was."""
    query = (
        select(Clearance)
        .join(Placement, Placement.id == Clearance.placement_id)
        .where(Clearance.state == "cleared", Clearance.expires_on < today)
        .where(Placement.state.in_(RUNNING_PLACEMENT_STATES), Placement.ends_on >= today)  # later nobody needs it
        .order_by(Clearance.placement_id, Clearance.id)
    )
    found = session.scalars(query).all()
    for clearance in found:
        _hold(session, clearance)
        _move(session, None, clearance, "expired")
        clearance_letters.tell(session, "expired", clearance)
    return len(found)


def outrun(session: Session, placement: Placement, ends_on: date) -> list[Clearance]:
    """Return what is mandatory, cleared, and runs out before the stay would if it went on until `ends_on`."""
    cleared = [one for one in clearance_lists.clearances_of(session, placement) if one.state == "cleared"]
    return [one for one in cleared if one.is_mandatory and not one.holds(ends_on)]


def reopen_outrun(session: Session, account: User, placement: Placement) -> list[Clearance]:
    """Ask anew, by the day on which it runs out, for what does not cover an extended stay; return what it was."""
    found = outrun(session, placement, placement.ends_on)
    for clearance in found:
        until = clearance.expires_on or clock.today()
        _hold(session, clearance)
        _move(session, account, clearance, "open", until=until.isoformat(), ends=placement.ends_on.isoformat())
        clearance.due_on = max(until, clock.today())
        clearance_letters.tell(session, "outrun", clearance, until=until, last=placement.ends_on)
    return found


def obstacles(session: Session, placement: Placement) -> list[Words]:
    """Return what keeps the placement from its start: who has still to do what."""
    day = max(placement.starts_on, clock.today())  # what runs out before the first day is no help
    found = [_open_words(one) for one in clearance_lists.clearances_of(session, placement) if _stands(one, day)]
    for needed in clearance_lists.missing(session, placement):
        if needed.is_mandatory:
            title = ITEMS[needed.item].title if needed.item in ITEMS else needed.title
            found.append(lazy("%(item)s: it is not on the list yet. Bring the list up to date.", item=title))
    return found


def lapses(session: Session, placement: Placement) -> list[Words]:
    """Return what nobody goes without and what does not hold today, of a placement under way: who has to do what."""
    today = clock.today()
    return [_open_words(one) for one in clearance_lists.clearances_of(session, placement) if _has_lapsed(one, today)]


def _has_lapsed(clearance: Clearance, today: date) -> bool:
    """Whether nothing holds; where a longer stay asked for a newer paper, the one before holds until that is due."""
    is_covered = clearance.state in ("open", "submitted") and clearance.due_on >= today
    return not can_be_waived(clearance) and not clearance.holds(today) and not is_covered


def _is_named(session: Session, placement: Placement) -> bool:
    """Whether the volunteer has said whom to call."""
    query = select(EmergencyCard.id).where(EmergencyCard.placement_id == placement.id, EmergencyCard.close_phone != "")
    return session.scalar(query) is not None


def _stands(clearance: Clearance, day: date) -> bool:
    return clearance.is_mandatory and not clearance.holds(day)


def _open_words(clearance: Clearance) -> Words:
    """Say who has to do what."""
    values: dict[str, Any] = {
        "item": title_of(clearance),
        "vio": clearance.checked_by.name,
        "day": clearance.due_on,
        "office": _owner_name(clearance),
    }
    if clearance.state == "submitted":
        return lazy("%(item)s: it was handed in, and %(vio)s has to check it.", **values)
    if clearance.state == "refused":
        return lazy("%(item)s: it was refused. %(vio)s finds a way with the volunteer, or calls it off.", **values)
    if clearance.state in ("expired", "cleared"):
        return lazy("%(item)s: it has run out. A newer one is needed, and %(vio)s checks it.", **values)
    if clearance.owner == "volunteer":
        return lazy("%(item)s: the volunteer hands it in by %(day)s.", **values)
    return lazy("%(item)s: %(office)s sees to it by %(day)s.", **values)


def _owner_name(clearance: Clearance) -> str:
    placement = clearance.placement
    vio = placement.sending_vio if clearance.owner == "sending" else placement.receiving_vio
    return vio.name


def _answer(session: Session, account: User, clearance: Clearance, state: str, words: str) -> None:
    check_checks(account, clearance)
    if state == "refused":
        _check_result(session, account, clearance)
    words = words.strip()
    _check_words(session, clearance.placement.volunteer, words)
    _hold(session, clearance)
    _move(session, account, clearance, state)
    clearance.words = words
    clearance_letters.tell(session, state, clearance, words=words or clearance_letters.UNWRITTEN)


def _check_result(session: Session, account: User, clearance: Clearance) -> None:
    """Raise NotAgreed where the result of the check is itself what the person does not let us keep."""
    if is_sensitive(clearance):
        sensitive.check_agreed(session, account, clearance.placement.volunteer)


def _check_words(session: Session, volunteer: Volunteer, words: str) -> None:
    """Raise Refused unless words are there, and NotAgreed if they are and the person does not let us keep them.

    Without words it can be said: else nobody could stop somebody who has given no consent.
    """
    hold(session, volunteer)
    is_agreed = sensitive.is_agreed(session, volunteer)
    if words and not is_agreed:
        raise sensitive.NotAgreed(
            lazy(
                "The volunteer has not agreed that such words are kept, so nothing was stored. Take them out and send "
                "this without words, and tell the person another way; or ask them to agree first."
            )
        )
    if is_agreed and len(words) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: why, and what can be done now."))


def _hold(session: Session, clearance: Clearance) -> None:
    """Take placement and item for ourselves, so that nobody starts the placement meanwhile; Refused once it is over."""
    hold(session, clearance.placement, clearance)
    if not clearance.placement.is_running:
        raise Refused(lazy("This placement is over. Nothing has to be cleared any more."))


def _move(session: Session, account: User | None, clearance: Clearance, state: str, **detail: Any) -> None:
    check_can_move(clearance, state)
    clearance.state_at = clock.now()
    if state not in ("cleared", "expired"):
        clearance.expires_on = None
    clearance.waiver_reason, clearance.waiver_by_id, clearance.waived_by_id = "", None, None
    move(session, account, clearance, state, vio_id=clearance.checked_by_vio_id, item=clearance.item, **detail)
