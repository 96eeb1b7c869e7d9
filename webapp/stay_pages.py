"""What the page of a placement says about its agreement, check-ins and messages, and what waits for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from webapp import clock
from webapp.i18n import day
from webapp.models import Placement, User
from webapp.services import check_ins, messages, signings
from webapp.services.stay_sides import OFFICE, may_share, side_of


@dataclass(frozen=True)
class Line:
    """One way on: a name with its address, how it stands in words, and the kind of its mark (pill.html)."""

    name: str
    url: str
    words: str
    kind: str


def told(session: Session, account: User, placement: Placement) -> list[Line]:
    """Return the ways on from the page of a placement, under the reader's own addresses; none where they are closed."""
    if not may_share(session, account, placement):
        return []
    return [line(session, account, placement) for line in (_agreement, _check_ins, _messages)]


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


def _check_ins(session: Session, account: User, placement: Placement) -> Line:
    name, url = _("Check-ins"), url_for(".placement_check_ins", placement_id=placement.id)
    side, today = side_of(account, placement), clock.today()
    kept = check_ins.check_ins_of(session, placement)
    if any(check_ins.waits_for(one, side, today) for one in kept):
        return Line(name, url, _("five short questions wait for you"), "missing")
    if side == OFFICE and any(one.flagged_at and not one.settled_at for one in kept):
        return Line(name, url, _("something differs from the agreement"), "missing")
    if side == OFFICE and any(check_ins.is_late(one, today) for one in kept):
        return Line(name, url, _("not everybody has answered"), "missing")
    coming = [one.due_on for one in kept if one.due_on > today] if placement.is_running else []
    if coming:
        return Line(name, url, _("the next one on %(day)s", day=day(coming[0])), "going")
    words = _("from the first week on") if placement.state == "preparing" else _("none to come")
    return Line(name, url, words, "closed")


def _messages(session: Session, account: User, placement: Placement) -> Line:
    name, url = _("Messages"), url_for(".placement_messages", placement_id=placement.id)
    new = messages.count_unread(session, account, placement)
    if new:
        return Line(name, url, ngettext("%(num)s new", "%(num)s new", new), "missing")
    return Line(name, url, _("nothing new"), "closed")
