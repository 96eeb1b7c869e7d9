"""People who go together act at once, in any order: all of them get a place, or none does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from tests.bonds import make_bond
from tests.factories import AnySession, make_application, make_assignment, make_user, make_vio, make_volunteer
from tests.stays import KIND_WORDS, user_of
from webapp import clock
from webapp.models import Application, Bond, Offer, Place, Placement, Vio, Volunteer
from webapp.models.accounts import COORDINATOR
from webapp.services import applications, bonds, joint_offers, offer_yes, offers, placements, places
from webapp.services.errors import Refused
from webapp.services.offers import Seat, Terms

# Their weeks end on other days, so that days promised to each of them alone would differ.
RESIDENCES = ("DE", "EG", "CN")
HOLDING = ("preparing", "active", "extended", "completed")
some = st.integers(0, 1000)


class Together(RuleBasedStateMachine):
    """A pair, a group of three and somebody alone, before two assignments with few places."""

    steps = 0
    done: Counter[str] = Counter()

    def __init__(self, session: AnySession) -> None:
        super().__init__()
        self.session, self.now = session, clock.now()
        vio = make_vio(session)
        self.office = make_user(session, COORDINATOR, vio)
        first = make_assignment(session, start_on=None, end_on=None, places_international=3)
        first.vio_id = first.host.vio_id = vio.id
        second = make_assignment(session, first.host, start_on=None, end_on=None, places_international=2)
        self.works, self.people = [first, second], _people(session, vio)
        for group in (self.people[:2], self.people[2:5]):
            make_bond(session, group)
        for one in self.people:
            for work in self.works:
                make_application(session, one, work, state="shortlisted")

    def teardown(self) -> None:
        """Leave the database as it was."""
        self.session.rollback()

    @initialize(point=st.sampled_from(["waiting", "offered", "placed", "left"]))
    def begin(self, point: str) -> None:
        """Begin at one point or another: by chance alone few would get so far."""
        if point == "waiting":
            return
        self.offer(11, 5, 10, "international")  # the pair's first wish, the newest wish being number 0
        if point != "offered":
            self.say_yes(0)
            self.say_yes(1)
        if point == "left":
            self.cancel(1)

    @rule(which=some, wait=st.integers(0, 20), long=st.integers(1, 20), kind=st.sampled_from(["international", "x"]))
    def offer(self, which: int, wait: int, long: int, kind: str) -> None:
        """Offer places, to all of them or to one."""
        if application := self._one(Application, which):
            first = self.now.date() + timedelta(wait)
            last = first + timedelta(long)
            everybody = {one.id: Seat(kind) for one in self.session.scalars(select(Application))}
            terms = (application, everybody, Terms(first, last))
            self._try("together", lambda: joint_offers.make_together(self.session, self.office, *terms))
            self._try("alone", lambda: offers.make_offer(self.session, self.office, application, kind, first, last))

    @rule(which=some)
    def say_yes(self, which: int) -> None:
        """Say yes, also when it is too late."""
        if offer := self._one(Offer, which):
            self._try("yes", lambda: offer_yes.say_yes(self.session, user_of(offer.volunteer), offer))

    @rule(which=some, dice=st.integers(0, 3))
    def say_no(self, which: int, dice: int) -> None:
        """Decline, take back, or let go of the application."""
        if dice and (offer := self._one(Offer, which)):
            who, back = user_of(offer.volunteer), (offer, "dates", KIND_WORDS)
            if dice == 1:
                self._try("decline", lambda: offers.decline(self.session, who, offer, "dates"))
            elif dice == 2:
                self._try("take_back", lambda: offers.withdraw_offer(self.session, self.office, *back))
            else:
                self._try("withdraw", lambda: applications.withdraw(self.session, who, offer.application))

    @rule(which=some, dice=st.integers(0, 3))
    def end_bond(self, which: int, dice: int) -> None:
        """Now and then somebody does not want to go together any more."""
        bond = self._one(Bond, which)
        if dice == 0 and bond:
            who = user_of(bond.people[which % len(bond.people)])
            self._try("end_bond", lambda: bonds.end(self.session, who, bond.id))

    @rule(which=some)
    def cancel(self, which: int) -> None:
        """Cancel a placement, or decide that it goes on."""
        if placement := self._one(Placement, which):
            if which % 2:
                who = user_of(placement.volunteer)
                self._try("step_back", lambda: placements.withdraw(self.session, who, placement))
            else:
                self._try("goes_on", lambda: placements.go_on_alone(self.session, self.office, placement))

    @rule(which=some)
    def apply_again(self, which: int) -> None:
        """Apply once more."""
        who, work = self.people[which % 6], self.works[which % 2]

        def verb() -> None:
            applications.apply(self.session, user_of(who), who, work, "").state = "shortlisted"

        self._try("apply", verb)

    @rule(number=st.integers(1, 10))
    def time_goes_by(self, number: int) -> None:
        """Days pass, and the job ends what was not answered."""
        self.now += timedelta(days=number)
        self._try("expire", lambda: offers.expire_due(self.session, clock.today()))

    @invariant()
    def all_or_none(self) -> None:
        """Offers made together wait together, hold together and end together; each yes is for all."""
        joint: dict[int, list[Offer]] = {}
        for offer in self.session.scalars(select(Offer).where(Offer.joint_offer_id.is_not(None))):
            joint.setdefault(offer.joint_offer_id or 0, []).append(offer)
        for group in joint.values():
            states = {one.state for one in group}
            assert len(group) > 1
            assert states in ({"made"}, {"accepted"}) or not states & {"made", "accepted"}, states
            assert len({(one.starts_on, one.ends_on, one.assignment_id, one.answer_by) for one in group}) == 1
            placed = {one.offer_id for one in self.session.scalars(select(Placement))}
            assert {one.id in placed for one in group} == {states == {"accepted"}}

    @invariant()
    def never_more_than_there_are(self) -> None:
        """Places are held by offers that wait and by placements, and by nothing else."""
        waiting = set(self.session.scalars(select(Offer.id).where(Offer.state == "made")))
        sitting = set(self.session.scalars(select(Placement.offer_id).where(Placement.state.in_(HOLDING))))
        assert set(self.session.scalars(select(Place.offer_id))) == waiting | sitting
        for work in self.works:
            assert all(0 <= one.held <= one.places for one in places.room(self.session, work).values())

    @invariant()
    def nobody_is_left_alone_unasked(self) -> None:
        """Where one of them was cancelled, each other that runs waits for a decision or has had one."""
        cancelled = self.session.scalars(select(Placement).where(Placement.state == "cancelled"))
        for gone in cancelled:
            joint = gone.offer.joint_offer_id
            for other in self.session.scalars(select(Placement).join(Offer).where(Offer.joint_offer_id == joint)):
                assert not (joint and other.is_running) or other.alone_since is not None

    def _try(self, name: str, verb: Callable[[], Any]) -> None:
        Together.steps += 1
        with time_machine.travel(self.now, tick=False):
            try:
                with self.session.begin_nested():
                    verb()
            except Refused:
                return
        Together.done[name] += 1

    def _one(self, kind: Any, which: int) -> Any:
        found = list(self.session.scalars(select(kind).order_by(kind.id.desc())))
        return found[which % len(found)] if found else None


def _people(session: AnySession, vio: Vio) -> list[Volunteer]:
    return [make_volunteer(session, vio, residence=country) for country in RESIDENCES * 2]
