"""The letters that are due in a roll call: who is asked, who is asked again, and who hears that help is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select

from tests.services.life_readers import LINK, Readers, mail_of
from webapp import vocabulary
from webapp.models import AuditEvent, HelpCall, RollCall, RollCallAnswer, RollCallPerson, User
from webapp.models.accounts import FOCAL_POINT

QUARTER = timedelta(minutes=15)  # nobody gets another letter sooner


class CrisisLetters(Readers):
    """What is told in a roll call."""

    def _roll_call_open(self, row: RollCall, _event: AuditEvent, _actor: User | None) -> None:
        self._ask_first(row, row.people)

    def _roll_call_repeated(self, row: RollCall, event: AuditEvent, _actor: User | None) -> None:
        """Who came since hears of it as the first did; the others are asked again, unless they just were."""
        people = sorted(row.people, key=lambda one: one.id)
        before = len(people) - event.detail["came"]
        self._ask_first(row, people[before:])
        if not self._was_asked_just_now(event):
            self._ask(one for one in people[:before] if not any(_is_word(said) for said in one.answers))

    def _was_asked_just_now(self, event: AuditEvent) -> bool:
        """Whether the letters before, which go to everybody of whom nobody has heard, are not old enough for more."""
        query = select(AuditEvent.id).where(
            AuditEvent.subject_kind == RollCall.__tablename__,
            AuditEvent.subject_id == event.subject_id,
            AuditEvent.id < event.id,
            AuditEvent.at > event.at - QUARTER,
        )
        return self.session.scalar(query.limit(1)) is not None

    def _ask_first(self, row: RollCall, people: Sequence[RollCallPerson]) -> None:
        self._ask(people)
        others = {vio_id for one in people for vio_id in _other_offices(one)}
        self._add(self._offices(others, None), f"{row.vio.name} asks who is safe: {_country(row)}")

    def _ask(self, people: Iterable[RollCallPerson]) -> None:
        for one in people:
            self._add([mail_of(one.placement.volunteer)], LINK)
            self._add(self._host(one.placement.assignment.host) if one.is_there else [], LINK)

    def _roll_call_answered(self, row: RollCallAnswer, _event: AuditEvent, _actor: User | None) -> None:
        person = row.person
        words = [one.says for one in person.answers if one.id < row.id and _is_word(one)]
        if row.says != "help" or (row.side == "office" and words[-1:] == ["help"]):
            return
        opener = set() if row.side == "office" else {person.roll_call.vio_id}
        offices = self._offices(opener | _other_offices(person), None)
        self._add(offices, f"Help is needed: roll call {_country(person.roll_call)}")

    def _help_called(self, row: HelpCall, _event: AuditEvent, _actor: User | None) -> None:
        helpers = select(User.email).where(User.vio_id == row.vio_id, User.role == FOCAL_POINT)
        self._add(self.session.scalars(helpers), "Something waits for you in Caravanserai")


def _is_word(answer: RollCallAnswer) -> bool:
    """Whether this is more than that somebody tried, or a host's "safe"."""
    return answer.says == "help" or (answer.says == "safe" and answer.side != "host")


def _other_offices(person: RollCallPerson) -> set[int]:
    return {person.placement.sending_vio_id, person.placement.receiving_vio_id} - {person.roll_call.vio_id}


def _country(call: RollCall) -> str:
    return vocabulary.country_name(call.country, "en")
