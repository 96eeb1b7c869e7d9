"""Hosts are suspended and go on, people are barred and freed, and a person decides on each stay between."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import select

from tests.barred import NOTE
from tests.services.life_world import World, some
from tests.stays import KIND_WORDS, user_of
from webapp.models import Bar, BarAppeal, HeldStay, Host, Offer, Placement, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import stay_decisions, suspensions
from webapp.services.bars import appeals, deciding


class Stopping(World):
    """What stops hosts and people, and lets them go on."""

    @rule(which=some, dice=st.integers(0, 3))
    def suspend_or_lift(self, which: int, dice: int) -> None:
        """Now and then suspend a host, and let one that is suspended go on soon."""
        host = self.session.get_one(Host, self._pick(sorted(self.hosts), which))
        if host.suspended_at is not None:
            self._nobody_else(lambda account: suspensions.lift(self.session, account, host, NOTE), which)
            self._try("lift", lambda: suspensions.lift(self.session, self.office, host, NOTE))
        elif dice == 0:
            said = (host, "conditions", NOTE, KIND_WORDS)
            self._nobody_else(lambda account: suspensions.suspend(self.session, account, *said), which)
            self._try("suspend", lambda: suspensions.suspend(self.session, self.office, *said))

    @rule(who=some, dice=st.integers(0, 3))
    def bar_or_free(self, who: int, dice: int) -> None:
        """Now and then bar somebody: one proposes, another confirms; and free them again."""
        person, stranger = self._pick(self.people, who), self.strangers[1]
        first, second, _third = self.offices[person.vio_id]
        query = select(Bar).where(Bar.volunteer_id == person.id, Bar.state.in_(("proposed", "standing")))
        bar = self.session.scalar(query)
        if bar is None:
            if dice == 0:
                said = (person, "conduct", NOTE, KIND_WORDS, None)
                self._try("propose_bar", lambda: deciding.propose(self.session, first, *said))
        elif bar.state == "proposed":
            self._try("confirm_own", lambda: deciding.confirm(self.session, first, bar))
            self._try("bar", lambda: deciding.confirm(self.session, second, bar))
        elif dice < 2:
            self.strangers.insert(0, stranger)
            self._nobody_else(lambda account: deciding.lift(self.session, account, bar, NOTE), 0)
            self.strangers.pop(0)
            self._try("free", lambda: deciding.lift(self.session, second, bar, NOTE))

    @rule(which=some, granted=st.booleans())
    def appeal_or_answer(self, which: int, granted: bool) -> None:
        """Appeal against a bar that stands; once that waits, whoever took part cannot answer, and a third one does."""
        if bar := self._one(Bar, which, state=("standing",)):
            made, person = appeals.waiting_of(bar), bar.volunteer
            if made is None:
                self._try("appeal", lambda: appeals.appeal(self.session, user_of(person), KIND_WORDS))
                return
            said = (made, granted, KIND_WORDS)
            first, second, third = self.offices[person.vio_id]

            def verb(account: User) -> None:
                appeals.answer(self.session, account, *said)

            self._nobody_else(verb, 1 + which % 3)
            assert not self._try("answer_own", lambda: verb(first))
            assert not self._try("answer_own", lambda: verb(second))
            self._try("appeal_granted" if granted else "appeal_refused", lambda: verb(third))
            assert (person.barred_at is None) == granted

    @rule(which=some, decision=st.sampled_from(["watched", "moving", "ended"]))
    def decide_held(self, which: int, decision: str) -> None:
        """Decide how a stay goes on that a suspension or a bar holds."""
        if held := self._one(HeldStay, which):
            said = (held, decision, NOTE, KIND_WORDS, "safety")
            self._nobody_else(lambda account: stay_decisions.decide(self.session, account, *said), which)
            self._try(decision, lambda: stay_decisions.decide(self.session, self.office, *said))

    @invariant()
    def an_appeal_has_another_judge_and_waits_no_longer_than_its_bar(self) -> None:
        """Whoever answers took no part in the bar; one that is granted ends it, and none waits once it is over."""
        for one in self.session.scalars(select(BarAppeal)):
            bar = one.bar
            assert one.state == "closed" or one.decided_by_id not in (bar.proposed_by_id, bar.confirmed_by_id)
            assert bar.state == "standing" or one.state != "waiting"
            assert one.state != "granted" or bar.state == "lifted"

    @invariant()
    def whoever_is_stopped_holds_no_offer_and_a_person_looks_at_each_stay(self) -> None:
        """No offer waits at a suspended host or for a barred person, and each stay under way is listed."""
        for offer in self.session.scalars(select(Offer).where(Offer.state == "made")):
            assert offer.assignment.host.suspended_at is None and offer.volunteer.barred_at is None
        listed = set(self.session.scalars(select(HeldStay.placement_id).where(HeldStay.state != "released")))
        for stay in self.session.scalars(select(Placement).where(Placement.state.in_(UNDER_WAY_STATES))):
            is_stopped = stay.assignment.host.suspended_at is not None or stay.volunteer.barred_at is not None
            assert not is_stopped or stay.id in listed
