"""What the page of a placement says about its agreement, and what waits there for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.i18n import day
from webapp.models import Placement, User
from webapp.services import signings
from webapp.services.stay_sides import side_of


@dataclass(frozen=True)
class Line:
    """One way on: a name with its address, how it stands in words, and the kind of its mark (pill.html)."""

    name: str
    url: str
    words: str
    kind: str


def told(session: Session, account: User, placement: Placement) -> list[Line]:
    """Return the ways on from the page of a placement; addresses are those of the reader's own pages."""
    return [_agreement(session, account, placement)]


def _agreement(session: Session, account: User, placement: Placement) -> Line:
    now = signings.standing(session, placement)
    url = url_for(".placement_agreement", placement_id=placement.id)
    name = _("Agreement")
    if placement.is_running and now.waits_for(side_of(account, placement)):
        return Line(name, url, _("waits for your signature"), "missing")
    if now.waiting is not None and placement.is_running:
        return Line(name, url, _("waits for a signature"), "waiting")
    if now.in_force is not None:
        return Line(name, url, _("signed by both on %(day)s", day=day(now.in_force.state_at)), "met")
    return Line(name, url, _("not signed"), "unknown")
