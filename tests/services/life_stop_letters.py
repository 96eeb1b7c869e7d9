"""The letters that are due when a host is suspended or a person barred, when they appeal, and when it is over."""

from __future__ import annotations

from sqlalchemy import select

from tests.services.life_readers import Readers, mail_of
from webapp.models import (
    Application,
    Assignment,
    AuditEvent,
    Bar,
    BarAppeal,
    HeldStay,
    Host,
    HostSuspension,
    Placement,
    User,
)
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import RUNNING_PLACEMENT_STATES

STOPPED = "person_stopped"
DECIDE, AGAIN = "A decision waits for you", "A volunteer can serve again"


class StopLetters(Readers):
    """What is told of suspensions, bars and appeals."""

    def _host_suspension_standing(self, row: HostSuspension, _event: AuditEvent, actor: User | None) -> None:
        self._pause(row.host, f"The work with {row.host.name} is paused", actor)

    def _host_suspension_lifted(self, row: HostSuspension, _event: AuditEvent, actor: User | None) -> None:
        self._pause(row.host, f"{row.host.name} goes on", actor)

    def _pause(self, host: Host, subject: str, actor: User | None) -> None:
        """The host; each volunteer once who waits, prepares or is there; and the other offices of those who go."""
        of_host = select(Assignment.id).where(Assignment.host_id == host.id)
        stays = list(self.session.scalars(select(Placement).where(Placement.assignment_id.in_(of_host))))
        running = [one for one in stays if one.state in RUNNING_PLACEMENT_STATES]
        seated = {one.offer.application_id for one in stays if one.state != "cancelled"}
        wishes = select(Application).where(
            Application.assignment_id.in_(of_host), Application.state.in_(LIVE_APPLICATION_STATES)
        )
        people = {one.volunteer for one in self.session.scalars(wishes) if one.id not in seated}
        self._add(self._host(host), subject)
        self._add({mail_of(one) for one in people | {one.volunteer for one in running}}, subject)
        self._add(self._offices({one.sending_vio_id for one in running}, actor), f"About the work with {host.name}")

    def _bar_proposed(self, row: Bar, _event: AuditEvent, _actor: User | None) -> None:
        self._add(self._deciding(row.vio_id, {row.proposed_by_id}), DECIDE)

    def _bar_standing(self, row: Bar, _event: AuditEvent, actor: User | None) -> None:
        self._add([mail_of(row.volunteer)], "A decision about you, and how to appeal")
        query = select(Placement).where(Placement.volunteer_id == row.volunteer_id)
        for stay in self.session.scalars(query.where(Placement.state.in_(RUNNING_PLACEMENT_STATES))):
            self._add(self._host(stay.assignment.host), "A stay waits for a decision")
            self._add(self._offices({stay.receiving_vio_id}, actor), "A stay waits for a decision")

    def _application_declined(self, row: Application, event: AuditEvent, actor: User | None) -> None:
        if event.detail.get("reason") == STOPPED:
            self._add(
                self._offices({row.assignment.vio_id}, actor), f"An application has ended: {row.assignment.title}"
            )

    def _bar_lifted(self, row: Bar, _event: AuditEvent, actor: User | None) -> None:
        if all(one.state != "granted" for one in row.appeals):  # who appealed reads it in the answer
            self._add([mail_of(row.volunteer)], f"You can serve with {row.vio.name} again")
        for held in self.session.scalars(select(HeldStay).where(HeldStay.bar_id == row.id)):
            work = held.placement.assignment
            self._add([*self._host(work.host), *self._offices({work.vio_id}, actor)], f"{AGAIN}: {work.title}")
        ended = (Application.volunteer_id == row.volunteer_id, Application.reason_code == STOPPED)
        for wish in self.session.scalars(select(Application).where(*ended, Application.state_at >= row.confirmed_at)):
            self._add(self._offices({wish.assignment.vio_id}, actor), f"{AGAIN}: {wish.assignment.title}")

    def _bar_appeal_waiting(self, row: BarAppeal, _event: AuditEvent, _actor: User | None) -> None:
        third = self._deciding(row.bar.vio_id, {row.bar.proposed_by_id, row.bar.confirmed_by_id})
        assert third
        self._add(third, DECIDE)

    def _bar_appeal_granted(self, row: BarAppeal, _event: AuditEvent, _actor: User | None) -> None:
        self._add([mail_of(row.volunteer)], "The answer to your appeal")

    _bar_appeal_refused = _bar_appeal_granted
