"""Who does what for a placement, in words for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.i18n import translate
from webapp.models import Placement, PlacementDuty, User
from webapp.models.accounts import COORDINATOR
from webapp.services import duties


@dataclass
class Group:
    """The duties of one side under a heading; `is_own` where the reader says what is done."""

    heading: str
    is_own: bool
    rows: list[dict[str, Any]] = field(default_factory=list)


def who_does_what(session: Session, account: User, placement: Placement) -> list[Group]:
    """Return the duties in groups: one where both VIOs are the same, else the reader's own first."""
    found = duties.duties_of(session, placement)
    groups: dict[int, Group] = {}
    for duty in found:
        vio_id = duties.owner_of(placement, duty)
        if vio_id not in groups:
            groups[vio_id] = Group(_heading(account, placement, vio_id), duties.is_own(account, placement, duty))
        groups[vio_id].rows.append(_row(duty))
    return sorted(groups.values(), key=lambda group: not group.is_own)


def open_words(open_ones: Iterable[PlacementDuty]) -> list[str]:
    """Return what is still to do, in words."""
    return [translate(duties.DUTIES[duty.code].words) for duty in open_ones]


def _heading(account: User, placement: Placement, vio_id: int) -> str:
    vio = placement.sending_vio if vio_id == placement.sending_vio_id else placement.receiving_vio
    if placement.sending_vio_id == placement.receiving_vio_id or account.role != COORDINATOR:
        return vio.name
    return _("Yours (%(vio)s)", vio=vio.name) if vio_id == account.vio_id else _("Theirs (%(vio)s)", vio=vio.name)


def _row(duty: PlacementDuty) -> dict[str, Any]:
    known = duties.DUTIES[duty.code]
    return {
        "code": duty.code,
        "words": translate(known.words),
        "is_before": known.is_before,
        "terms": duty.terms,
        "done_on": duty.done_on,
    }
