"""Roll calls: an office asks whoever is there, by links; they answer, their hosts do, and colleagues telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import or_, select

from tests.services.life_world import World, some
from webapp.models import Placement, RollCall, RollCallPerson, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services.roll_calls import answering, calling
from webapp.services.roll_calls.answering import Said
from webapp.services.roll_calls.calling import Opening

NUMBERS = ("safe", "host_only", "help", "unheard")


class Crises(World):
    """What happens in a country in which something has happened."""

    def __init__(self, *given: Any) -> None:
        self.tokens: list[tuple[str, str]] = []
        super().__init__(*given)

    @rule(which=some, again=st.booleans())
    def call_the_roll(self, which: int, again: bool) -> None:
        """Open a roll call, as the receiving or as a sending office; where one is open, now and then ask again."""
        office = self._pick([self.office, self.sending], which)
        call = calling.open_in(self.session, office, "KE")
        links = (self._link("volunteer"), self._link("host"))
        if call is None:
            opening = Opening("KE", "A flood.")
            if self._try("roll_call", lambda: calling.open_call(self.session, office, opening, *links)):
                asked = calling.open_in(self.session, office, "KE")
                assert asked and self._who_is_there(office) <= {one.placement_id for one in asked.people}
        elif again:
            self._nobody_else(lambda account: calling.repeat(self.session, account, call, *links), 1 + which % 3)
            self._try("ask_again", lambda: calling.repeat(self.session, office, call, *links))

    @rule(which=some, says=st.sampled_from(["safe", "safe", "help"]))
    def answer_by_link(self, which: int, says: str) -> None:
        """Open the link of some letter, also an old one, and answer."""
        if self.tokens:
            (side, token), said = self._pick(self.tokens, which), Said(says, "at the school")
            session = self.session
            self._try(f"{side}_{says}", lambda: answering.answer(session, answering.find(session, token), said))

    @rule(which=some, says=st.sampled_from(["safe", "help", "tried"]))
    def telephone(self, which: int, says: str) -> None:
        """Somebody of the office writes down what they heard."""
        people = list(self.session.scalars(select(RollCallPerson).order_by(RollCallPerson.id.desc())))
        if people:
            person, said = self._pick(people, which), Said(says, words="Spoke with the nurse on duty.")
            colleague = self.offices[person.roll_call.vio_id][1]

            def verb(account: User) -> None:
                answering.heard_by_telephone(self.session, account, person, said)

            self._nobody_else(verb, 1 + which % 3)
            self._try(f"telephone_{says}", lambda: verb(colleague))

    @rule(which=some, dice=st.integers(0, 3))
    def close_the_roll(self, which: int, dice: int) -> None:
        """Now and then close a roll call: what its links open is over."""
        if dice == 0 and (call := self._one(RollCall, which, state=("open",))):
            self._nobody_else(lambda account: calling.close(self.session, account, call, "Over."), 1 + which % 3)
            colleague = self.offices[call.vio_id][1]
            self._try("close_roll_call", lambda: calling.close(self.session, colleague, call, "All have been heard."))

    @invariant()
    def one_roll_call_is_open_and_counts_everybody_once(self) -> None:
        """An office has one open at most, its numbers add up, and nobody answers once it is closed."""
        calls = list(self.session.scalars(select(RollCall)))
        open_for = [one.vio_id for one in calls if one.state == "open"]
        assert len(open_for) == len(set(open_for))
        for call in calls:
            numbers = calling.numbers_of(call)
            assert numbers["asked"] == len(call.people) == sum(numbers[kind] for kind in NUMBERS)
            assert all(said.at <= (call.closed_at or said.at) for one in call.people for said in one.answers)

    def _link(self, side: str) -> Callable[[str], str]:
        """Return what makes the links of a side, which then can be opened."""
        return lambda token: self.tokens.append((side, token)) or f"/{side}/{token}"

    def _who_is_there(self, office: User) -> set[int]:
        there = select(Placement.id).where(Placement.state.in_(UNDER_WAY_STATES))
        ours = or_(Placement.sending_vio_id == office.vio_id, Placement.receiving_vio_id == office.vio_id)
        return set(self.session.scalars(there.where(ours)))
