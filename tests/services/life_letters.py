"""Which letters a step must have written, to whom, each once: said anew here, so that one too few or too many is seen.

What happened is read in the audit trail. A letter is known by its reader's address and its subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from tests.factories import AnySession
from tests.services.life_crisis_letters import CrisisLetters
from tests.services.life_readers import HOST, LINK, OFFICES, VOLUNTEER, mail_of
from tests.services.life_stop_letters import STOPPED, StopLetters
from webapp.models import (
    Application,
    AuditEvent,
    Bar,
    BarAppeal,
    Clearance,
    HeldStay,
    HelpCall,
    HostLink,
    HostSuspension,
    Mentorship,
    Offer,
    Placement,
    RollCall,
    RollCallAnswer,
    User,
    Wording,
)
from webapp.services.by_mail.asking import answers_by_mail
from webapp.services.clearance_items import title_of
from webapp.speech import say

CALLED_OFF, SUSPENDED = "assignment_cancelled", "host_suspended"


def _all(begins: str) -> dict[str, str]:
    return dict.fromkeys((VOLUNTEER, HOST, OFFICES), begins)


TOLD: dict[str, dict[str, str]] = {
    "offer_made": {VOLUNTEER: "You have an offer", HOST: "A place was offered"},
    "offer_declined": {HOST: "An offer was declined", OFFICES: "An offer was declined"},
    "offer_expired": _all("An offer has ended") | {OFFICES: "An offer was not answered in time"},
    "offer_withdrawn": _all("An offer was taken back") | {VOLUNTEER: "An offer does not stand any more"},
    "placement_preparing": {
        VOLUNTEER: "You have a place",
        HOST: "Your offer was accepted",
        OFFICES: "An offer was accepted",
    },
    "placement_active": _all("A placement has begun") | {VOLUNTEER: "Your placement has begun"},
    "placement_extended": _all("A placement goes on") | {VOLUNTEER: "Your placement goes on"},
    "placement_completed": _all("A placement is complete") | {VOLUNTEER: "Thank you"},
    "placement_ended_early": _all("A placement has ended early") | {VOLUNTEER: "Your placement has ended"},
    "placement_cancelled": _all("A placement does not take place"),
    "application_submitted": {HOST: "A volunteer has applied"},
    "application_shortlisted": {VOLUNTEER: "You are on the shortlist"},
    "application_withdrawn": {HOST: "An application was withdrawn"},
    "application_declined": {VOLUNTEER: "An answer to your application"},
    "wording_proposed": {HOST: "A new wording of the agreement", OFFICES: "A new wording of an agreement"},
    "wording_signed": _all("Signed by both") | {OFFICES: "An agreement is signed"},
    "held_stay_watched": {VOLUNTEER: "How your placement goes on"},
    "held_stay_moving": {VOLUNTEER: "How your placement goes on"},
}
# Where something ends for one of these reasons, whoever brought that about tells people of that, and not of this too.
TOLD_FOR: dict[tuple[str, str], dict[str, str]] = {
    ("offer_declined", "application_withdrawn"): {OFFICES: "An offer was declined"},
    ("offer_withdrawn", CALLED_OFF): {OFFICES: "An offer was taken back"},
    ("offer_withdrawn", SUSPENDED): {},
    ("offer_withdrawn", STOPPED): {},
    ("placement_cancelled", CALLED_OFF): {OFFICES: "A placement does not take place"},
    ("application_declined", CALLED_OFF): {VOLUNTEER: "An assignment does not take place"},
    ("application_declined", STOPPED): {HOST: "An application has ended"},
}
# Of these a host without an account hears by a link.
ASKS = (
    "application_submitted",
    "placement_preparing",
    "placement_completed",
    "wording_proposed",
    "wording_declined",
)
KINDS: tuple[Any, ...] = (
    *(Application, Bar, BarAppeal, Clearance, HeldStay, HelpCall, HostLink, HostSuspension, Mentorship, Offer),
    *(Placement, RollCall, RollCallAnswer, Wording),
)
TABLES: dict[str, Any] = {one.__tablename__: one for one in KINDS}


class Letters(StopLetters, CrisisLetters):
    """The letters that are due for what happened in one step."""

    def __init__(self, session: AnySession, events: Iterable[AuditEvent]) -> None:
        super().__init__(session)
        for event in events:
            self._one(event)

    def _one(self, event: AuditEvent) -> None:
        table = TABLES.get(event.subject_kind)
        row = self.session.get(table, event.subject_id) if table else None
        if row is None or (event.action == "wording_proposed" and event.detail["side"] == "office"):
            return  # of the first wording people are told with the placement
        actor = self.session.get(User, event.actor_id) if event.actor_id else None
        told = TOLD_FOR.get((event.action, event.detail.get("reason", "")), TOLD.get(event.action, {}))
        for audience, begins in told.items():
            stay = row.placement if isinstance(row, (Wording, HeldStay)) else row
            if audience == HOST and event.action in ASKS and answers_by_mail(self.session, stay.assignment.host):
                self._asked(stay)
            else:
                self._add(self._people(audience, stay, actor), f"{begins}: {stay.assignment.title}")
        if special := getattr(self, f"_{event.action}", None):
            special(row, event, actor)

    def _asked(self, stay: Any) -> None:
        """One link is asked for, and waits until the post goes."""
        of = stay.id if isinstance(stay, Placement) else None
        query = select(HostLink).where(HostLink.assignment_id == stay.assignment_id, HostLink.sent_at.is_(None))
        waiting = [one for one in self.session.scalars(query) if one.placement_id == of and one.ended_at is None]
        assert len(waiting) == 1, f"{len(waiting)} links wait about {stay}"

    # what is told in other ways

    def _wording_signature(self, row: Wording, event: AuditEvent, actor: User | None) -> None:
        people = self._people(event.detail["side"], row.placement, actor)
        self._add(people, f"What you signed: {row.placement.assignment.title}")

    def _clearance_open(self, row: Clearance, event: AuditEvent, _actor: User | None) -> None:
        if "ends" in event.detail:  # a longer stay has outrun it
            item = say(title_of(row), "en")
            self._add([mail_of(row.placement.volunteer)], f"A newer one is needed: {item}")
            checkers = self._offices({row.checked_by.id}, None)
            self._add(checkers, f"A clearance has to cover more days: {item}")

    def _host_link_sent(self, row: HostLink, _event: AuditEvent, _actor: User | None) -> None:
        self._add([row.host.contact_email], LINK)

    def _mentorship_asked(self, row: Mentorship, _event: AuditEvent, _actor: User | None) -> None:
        self._add([mail_of(row.mentor)], "A newcomer asks you for company")

    def _mentorship_accepted(self, row: Mentorship, _event: AuditEvent, _actor: User | None) -> None:
        self._add([mail_of(row.placement.volunteer)], "You have a mentor")

    def _mentorship_declined(self, row: Mentorship, _event: AuditEvent, _actor: User | None) -> None:
        self._add([mail_of(row.placement.volunteer)], "Not this time: about a mentor")

    def _mentorship_ended(self, row: Mentorship, event: AuditEvent, _actor: User | None) -> None:
        both = [mail_of(row.mentor), mail_of(row.placement.volunteer)]
        if row.accepted_at is not None:
            self._add(both, "A mentorship has ended")
        elif event.detail["by"] != "newcomer":
            self._add(both[1:], "No answer: about a mentor")
