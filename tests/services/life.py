"""Everybody acts at once, in any order, as they like: what must always hold does hold, and nobody is left untold."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from tests.services.life_company import Company
from tests.services.life_crises import Crises
from tests.services.life_stops import Stopping
from tests.services.life_world import some
from tests.stays import KIND_WORDS, agree_until, user_of
from webapp import clock
from webapp.models import Application, Assignment, Offer, Place, Placement
from webapp.services import applications, assignments, offers, placements, places, shortlists

HOLDING = ("preparing", "active", "extended", "completed")


class Life(Stopping, Crises, Company):
    """People, hosts and offices of a world, from an application to the last day of a placement."""

    @initialize(point=st.sampled_from(["prepared", "there", "crisis", "stopped", "barred", "mentored"]))
    def begin(self, point: str) -> None:
        """Begin at one point or another: by chance alone few lives would get so far."""
        if point in ("there", "crisis"):
            self.the_day_comes(1, "starts_on")
            self.the_day_comes(2, "starts_on")
        if point == "crisis":
            self.call_the_roll(0, "ask again")
        elif point == "stopped":
            self.suspend_or_lift(1, 0)
        elif point == "barred":
            self.bar_or_free(2, 0)
            self.bar_or_free(2, 0)
        elif point == "mentored":
            self.ask_mentor(1)
            self.answer_newcomer(1, "accept")

    # what people do

    @rule(who=some, what=some)
    def apply(self, who: int, what: int) -> None:
        """Apply, and come on the shortlist."""
        volunteer, work = self._pick(self.people, who), self._pick(self.works, what)

        def verb() -> None:
            made = applications.apply(self.session, user_of(volunteer), volunteer, work, "")
            shortlists.shortlist(self.session, self.hosts[work.host_id], made)

        self._try("apply", verb)

    @rule(
        which=some,
        kind=st.sampled_from(["international", "national"]),
        wait=st.integers(0, 6),
        long=st.integers(1, 15),
    )
    def offer(self, which: int, kind: str, wait: int, long: int) -> None:
        """Make an offer."""
        if application := self._one(Application, which, state=("shortlisted", "selected")):
            first = self.now.date() + timedelta(wait)
            terms = (application, kind, first, first + timedelta(long))
            self._nobody_else(lambda account: offers.make_offer(self.session, account, *terms), which)
            self._try("offer", lambda: offers.make_offer(self.session, self.office, *terms))

    @rule(which=some)
    def accept(self, which: int) -> None:
        """Accept an offer, also one that does not wait any more."""
        if offer := self._one(Offer, which):
            self._nobody_else(lambda account: offers.accept(self.session, account, offer), which)
            self._try("accept", lambda: offers.accept(self.session, user_of(offer.volunteer), offer))

    @rule(which=some, kindly=st.booleans())
    def say_no(self, which: int, kindly: bool) -> None:
        """Decline an offer, or take it back."""
        if offer := self._one(Offer, which):
            self._nobody_else(
                lambda account: offers.withdraw_offer(self.session, account, offer, "dates", KIND_WORDS), which
            )
            if kindly:
                self._try("decline", lambda: offers.decline(self.session, user_of(offer.volunteer), offer, "dates"))
            else:
                back = (self.office, offer, "dates", KIND_WORDS)
                self._try("withdraw_offer", lambda: offers.withdraw_offer(self.session, *back))

    @rule(
        which=some,
        more=st.integers(1, 30),
        verb=st.sampled_from(["start", "extend", "complete", "end_early", "cancel"]),
    )
    def decide(self, which: int, more: int, verb: str) -> None:
        """Start, extend, complete, end or cancel a placement."""
        if placement := self._one(Placement, which):
            given: dict[str, tuple[Any, ...]] = {
                "extend": (self._signed_until(placement) or placement.ends_on + timedelta(more),),
                "end_early": ("health", KIND_WORDS),
                "cancel": ("safety", KIND_WORDS),
            }
            act, rest = getattr(placements, verb), given.get(verb, ())
            if verb == "start":
                self._clear(placement)
            self._nobody_else(lambda account: act(self.session, account, placement, *rest), which)
            self._try(verb, lambda: act(self.session, self.office, placement, *rest))

    @rule(which=some, day=st.sampled_from(["starts_on", "ends_on"]))
    def the_day_comes(self, which: int, day: str) -> None:
        """Wait for the first or the last day of a placement that is not over, and start or complete it."""
        if placement := self._one(Placement, which, state=("preparing", "active", "extended")):
            self.now = max(self.now, datetime.combine(getattr(placement, day), time(12), UTC))
            self._try("expire", lambda: offers.expire_due(self.session, clock.today()))
            verb = placements.start if placement.state == "preparing" else placements.complete
            self._clear(placement)
            self._sign(placement)
            self._try(verb.__name__, lambda: verb(self.session, self.office, placement))

    @rule(which=some, more=st.integers(1, 30))
    def agree(self, which: int, more: int) -> None:
        """Sign what waits; and once the placement has begun, now and then a later last day."""
        if placement := self._one(Placement, which):
            later, host = placement.ends_on + timedelta(more), self.hosts[placement.assignment.host_id]
            self._try("agree_until", lambda: agree_until(self.session, placement, later, host))
            self._sign(placement)

    @rule(which=some, more=st.integers(1, 30))
    def go_on(self, which: int, more: int) -> None:
        """Agree that somebody who is there stays longer, and extend to that day."""
        if placement := self._one(Placement, which, state=("active", "extended")):
            later, host = placement.ends_on + timedelta(more), self.hosts[placement.assignment.host_id]
            if self._try("agree_until", lambda: agree_until(self.session, placement, later, host)):
                self._try("extend", lambda: placements.extend(self.session, self.office, placement, later))

    @rule(which=some)
    def step_back(self, which: int) -> None:
        """Step back from a placement."""
        if placement := self._one(Placement, which):
            self._nobody_else(lambda account: placements.withdraw(self.session, account, placement), which)
            self._try("step_back", lambda: placements.withdraw(self.session, user_of(placement.volunteer), placement))

    @rule(which=some, dice=st.integers(0, 3))
    def withdraw_application(self, which: int, dice: int) -> None:
        """Now and then somebody takes an application back."""
        if dice == 3 and (application := self._one(Application, which)):
            account = user_of(application.volunteer)
            self._try("withdraw", lambda: applications.withdraw(self.session, account, application))

    @rule(which=some, dice=st.integers(0, 3))
    def host_declines(self, which: int, dice: int) -> None:
        """Now and then a host declines an applicant."""
        if dice == 3 and (application := self._one(Application, which, state=("shortlisted", "selected"))):
            host = self.hosts[application.assignment.host_id]
            answer = (host, application, "skills", KIND_WORDS)
            self._try("host_declines", lambda: shortlists.decline(self.session, *answer))

    @rule(which=some, dice=st.integers(0, 9))
    def call_off(self, which: int, dice: int) -> None:
        """Now and then a host calls its assignment off, and posts another."""
        work = self._pick(self.works, which)
        if dice == 0 and self._try(
            "call_off", lambda: assignments.cancel(self.session, self.hosts[work.host_id], work, KIND_WORDS)
        ):
            self.works.append(self._work(work.host, "new ward", places_international=2))
            self.states = self._states()

    # what always holds

    @invariant()
    def a_place_is_held_exactly_while_someone_is_to_sit_on_it(self) -> None:
        """Held rows are live offers and the placements that came of them; never more than there are."""
        waiting = set(self.session.scalars(select(Offer.id).where(Offer.state == "made")))
        sitting = set(self.session.scalars(select(Placement.offer_id).where(Placement.state.in_(HOLDING))))
        held = list(self.session.scalars(select(Place)))
        assert {place.offer_id for place in held} == waiting | sitting
        for place in held:
            assert (
                1 <= place.number <= getattr(self.session.get(Assignment, place.assignment_id), f"places_{place.kind}")
            )
        accepted = set(self.session.scalars(select(Offer.id).where(Offer.state == "accepted")))
        assert accepted == set(self.session.scalars(select(Placement.offer_id)))

    @invariant()
    def an_assignment_is_filled_when_nothing_is_left(self) -> None:
        """Open means that there is room, filled that there is none; a suspended host's come back with it."""
        for work in self.works:
            if work.state in ("open", "filled") and work.host.suspended_at is None:
                assert (work.state == "open") == any(one.left for one in places.room(self.session, work).values())

    @invariant()
    def nobody_is_at_two_places_at_once(self) -> None:
        """Running placements of one person do not overlap."""
        running = [one for one in self.session.scalars(select(Placement)) if one.is_running]
        for one in running:
            for other in running:
                if one.id < other.id and one.volunteer_id == other.volunteer_id:
                    assert one.ends_on < other.starts_on or other.ends_on < one.starts_on

    @invariant()
    def nobody_is_there_without_an_agreement(self) -> None:
        """What has begun was signed by both sides, until the day on which it ends at least."""
        for one in self.session.scalars(select(Placement).where(Placement.state.in_(("active", "extended")))):
            assert (self._signed_until(one) or one.starts_on) >= one.ends_on
