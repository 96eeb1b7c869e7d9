"""Going without an item: one coordinator asks with a reason, another agrees; never the host, never for some items."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, User
from webapp.services import audit, clearance_letters, sensitive
from webapp.services.clearance_items import can_be_waived, title_of
from webapp.services.correspondence import write_to_account
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import CLEARANCES
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_sight import relation_to
from webapp.words import Words, lazy

SHORTEST_REASON = 20  # characters


def may_waive(account: User, clearance: Clearance) -> bool:
    """Whether the account is one of those of whom two can waive: coordinators of the sending and the receiving VIO."""
    return relation_to(account, "clearance.waive", clearance.placement) is not None


def ask(session: Session, account: User, clearance: Clearance, reason: str) -> None:
    """Ask that the person may go without it; nothing changes before somebody else agrees."""
    _check(session, account, clearance)
    if clearance.waiver_by_id is not None:
        raise Refused(lazy("This was asked for already. Somebody else has to agree or say no."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(lazy("Say why the person can go without it; the reason is kept."))
    sensitive.check_agreed(session, account, clearance.placement.volunteer)
    clearance.waiver_reason, clearance.waiver_by_id = reason.strip(), account.id
    audit.record(session, account, "clearance_waiver_asked", clearance, account.vio_id, item=clearance.item)
    clearance_letters.tell(session, "waiver_asked", clearance)


def agree(session: Session, account: User, clearance: Clearance) -> None:
    """Agree, as somebody else than who asked: the item is waived."""
    _check(session, account, clearance)
    if clearance.waiver_by_id is None:
        raise Refused(lazy("Nobody asks for this any more. Reload the page."))
    if clearance.waiver_by_id == account.id:
        raise Refused(lazy("You asked for this yourself. Somebody else has to agree."))
    clearance.waived_by_id, clearance.state_at = account.id, clock.now()
    asked_by = clearance.waiver_by_id
    move(session, account, clearance, "waived", vio_id=account.vio_id, item=clearance.item, asked_by=asked_by)
    _tell_asker(session, asked_by, clearance, lazy("A colleague agrees: %(item)s", item=title_of(clearance)))


def drop(session: Session, account: User, clearance: Clearance) -> None:
    """Say no, or take the wish back."""
    _check(session, account, clearance)
    if clearance.waiver_by_id not in (None, account.id):
        subject = lazy("A colleague does not agree: %(item)s", item=title_of(clearance))
        _tell_asker(session, clearance.waiver_by_id, clearance, subject)
    clearance.waiver_reason, clearance.waiver_by_id = "", None
    audit.record(session, account, "clearance_waiver_dropped", clearance, account.vio_id, item=clearance.item)


def _tell_asker(session: Session, asker_id: int | None, clearance: Clearance, subject: Words) -> None:
    """Tell whoever asked how the second person decided."""
    asker = session.get(User, asker_id) if asker_id else None
    if asker is None or not asker.active:
        return
    work = clearance.placement.assignment
    body = lazy(
        "You asked that somebody may go without “%(item)s” on a placement at %(host)s: %(title)s. Sign in and open the "
        "clearance to see how it stands.",
        item=title_of(clearance),
        host=work.host.name,
        title=work.title,
    )
    write_to_account(session, asker, CLEARANCES, subject, body)


def _check(session: Session, account: User, clearance: Clearance) -> None:
    if not may_waive(account, clearance):
        raise NotFound
    if not can_be_waived(clearance):
        raise Refused(lazy("Nobody goes without this. It can be cleared, or the placement does not begin."))
    hold(session, clearance.placement, clearance)
    if not clearance.placement.is_running:
        raise Refused(lazy("This placement is over. Nothing has to be cleared any more."))
    check_can_move(clearance, "waived")
