"""Everybody of a life, and what is looked at after each step: what moved is legal, and everybody was told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import func, select

from tests.alumni import EVERYTHING
from tests.clearing import clear_everything
from tests.databases import DATA_KEY
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.services.life_letters import Letters
from tests.services.life_readers import written
from tests.stays import sign_both, user_of
from webapp import clock
from webapp.models import (
    Application,
    Assignment,
    AuditEvent,
    Bar,
    BarAppeal,
    HeldStay,
    Host,
    HostSuspension,
    Mail,
    Mentorship,
    Offer,
    Placement,
    RollCall,
    User,
    Vio,
)
from webapp.models.accounts import COORDINATOR, FOCAL_POINT, HOST
from webapp.services import offers, placements, signings
from webapp.services.alumni import membership
from webapp.services.errors import NotFound, Refused
from webapp.services.moves import MOVES

KINDS = (Application, Offer, Placement, Assignment, HostSuspension, HeldStay, Bar, BarAppeal, Mentorship, RollCall)
some = st.integers(0, 1000)


class World(RuleBasedStateMachine):
    """Two organizations, a host that signs in and one that answers by mail, works with few places, six people.

    One of them has served before and mentors. Strangers try it on.
    """

    steps = 0
    done: Counter[str] = Counter()

    def __init__(self, session: AnySession) -> None:
        super().__init__()
        session.info["data_key"] = DATA_KEY
        self.session, self.now = session, clock.now()
        here, there = make_vio(session), make_vio(session)
        signs_in, by_mail = make_host(session, here), make_host(session, here)
        self.works = [
            self._work(signs_in, "ward", places_international=1),
            self._work(by_mail, "school", places_international=2),
            self._work(signs_in, "clinic", places_national=1),
        ]
        self.people = [make_volunteer(session, (here, there)[number % 2]) for number in range(5)]
        self.offices = {vio.id: self._office(vio) for vio in (here, there)}
        self.office, self.sending = self.offices[here.id][0], self.offices[there.id][0]
        account = User(role=HOST, host_id=by_mail.id, vio_id=here.id, email=by_mail.contact_email)  # never stored
        self.hosts = {signs_in.id: make_host_user(session, signs_in), by_mail.id: account}
        self.strangers = [
            self.sending,
            make_user(session, COORDINATOR),
            make_host_user(session, make_host(session, here)),
            user_of(make_volunteer(session, here)),
        ]
        for person in self.people[:4]:
            make_application(session, person, self.works[0], state="shortlisted")
        for person in self.people[:2]:  # somebody has a place already, so that lives come far
            self._place(make_application(session, person, self.works[1], state="shortlisted"))
        self.people.append(make_volunteer(session, here))
        self._serve(make_application(session, self.people[-1], self._work(signs_in, "hospice"), state="shortlisted"))
        self.states = self._states()

    def teardown(self) -> None:
        """Leave the database as it was."""
        self.session.rollback()
        self.session.info.pop("data_key", None)

    def _work(self, host: Host, where: str, **room: int) -> Assignment:
        room = room or {"places_international": 1}
        title = f"Nurse for the {where}"
        return make_assignment(self.session, host, title=title, start_on=None, end_on=None, **room)

    def _office(self, vio: Vio) -> list[User]:
        """Two who propose and confirm, and somebody who took no part in either."""
        first, second = (make_user(self.session, COORDINATOR, vio) for _ in range(2))
        return [first, second, make_user(self.session, FOCAL_POINT, vio)]

    def _place(self, wish: Application) -> Placement:
        first = self.now.date() + timedelta(2)
        kind = "international" if wish.assignment.places_international else "national"
        made = offers.make_offer(self.session, self.office, wish, kind, first, first + timedelta(20))
        return offers.accept(self.session, user_of(wish.volunteer), made)

    def _serve(self, wish: Application) -> None:
        """Let somebody serve to the last day, and join those who mentor."""
        stay, person = self._place(wish), wish.volunteer
        clear_everything(self.session, stay, by=self._coordinators())
        sign_both(self.session, stay, self.hosts[wish.assignment.host_id])
        placements.start(self.session, self.office, stay, stay.starts_on)
        placements.complete(self.session, self.office, stay, stay.ends_on)
        membership.keep(self.session, user_of(person), person, EVERYTHING)

    def _coordinators(self) -> list[User]:
        return [office[0] for office in self.offices.values()]

    def _clear(self, placement: Placement) -> None:
        """See to all that stands in the way of a start; clearances have a machine of their own."""
        if placement.state == "preparing":
            with self._clock():
                clear_everything(self.session, placement, by=self._coordinators())

    def _sign(self, placement: Placement) -> None:
        """Let both sign the wording that waits, where one does."""
        if signings.standing(self.session, placement).waiting is not None:
            host = self.hosts[placement.assignment.host_id]
            self._try("sign", lambda: sign_both(self.session, placement, host))

    def _signed_until(self, placement: Placement) -> date | None:
        signed = signings.standing(self.session, placement).in_force
        return signed.ends_on if signed else None

    @contextmanager
    def _clock(self) -> Iterator[None]:
        with time_machine.travel(self.now, tick=False):
            yield

    def _try(self, name: str, verb: Callable[[], Any]) -> bool:
        """Let somebody act; a refusal leaves nothing behind, as a request that fails."""
        World.steps += 1
        last = self.session.scalar(select(func.max(AuditEvent.id))) or 0
        letter = self.session.scalar(select(func.max(Mail.id))) or 0
        with self._clock():
            try:
                with self.session.begin_nested():
                    verb()
            except Refused:
                assert self._states() == self.states, f"{name} was refused and changed something"
                return False
        events = list(self.session.scalars(select(AuditEvent).where(AuditEvent.id > last).order_by(AuditEvent.id)))
        self._check_moves(events)
        due = Letters(self.session, events).due
        letters = written(self.session.scalars(select(Mail).where(Mail.id > letter)))
        assert letters == due, f"{name}: not written {due - letters}, written beside {letters - due}"
        World.done[name] += 1
        return True

    def _nobody_else(self, verb: Callable[[User], Any], which: int) -> None:
        """For a stranger the thing does not exist."""
        with self._clock(), pytest.raises(NotFound), self.session.begin_nested():
            verb(self._pick(self.strangers, which))

    def _check_moves(self, events: list[AuditEvent]) -> None:
        """Each change is legal, and has one line in the audit trail."""
        before, self.states = self.states, self._states()
        lines = Counter((one.subject_kind, one.subject_id) for one in events if one.action != "placement_extended")
        for key, state in self.states.items():
            table = next(kind for kind in KINDS if kind.__tablename__ == key[0])
            if key in before and before[key] != state and state != "extended":
                assert state in MOVES[table][before[key]]
                assert lines[key] == 1, f"{key} went from {before[key]} to {state} with {lines[key]} lines"

    def _states(self) -> dict[tuple[str, int], str]:
        return {
            (kind.__tablename__, one): state
            for kind in KINDS
            for one, state in self.session.execute(select(kind.id, kind.state))
        }

    def _one(self, kind: Any, which: int, state: tuple[str, ...] = ()) -> Any:
        """Return one row, those that still run first so that much happens."""
        query = select(kind).order_by(kind.id.desc())
        found = list(self.session.scalars(query.where(kind.state.in_(state)) if state else query))
        live = [one for one in found if MOVES[kind][one.state]]
        return self._pick(found if which % 5 == 0 else live or found, which) if found else None

    @staticmethod
    def _pick(found: list[Any], which: int) -> Any:
        return found[which % len(found)]
