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

    @rule(which=some, then=st.sampled_from(["ask again", "ask again", "close"]))
    def call_the_roll(self, which: int, then: str) -> None:
        """Open a roll call, as the receiving or as a sending office; where one is open, ask again or close it."""
        office = self._pick([self.office, self.sending], which)
        call = calling.open_in(self.session, office, "KE")
        if call is None:
            self._open(office)
        elif then == "close":
            self._nobody_else(lambda account: calling.close(self.session, account, call, "Over."), 1 + which % 3)
            colleague = self.offices[call.vio_id][1]
            self._try("close_roll_call", lambda: calling.close(self.session, colleague, call, "All have been heard."))
        else:
            links = (self._link("volunteer"), self._link("host"))
            self._nobody_else(lambda account: calling.repeat(self.session, account, call, *links), 1 + which % 3)
            if self._try("ask_again", lambda: calling.repeat(self.session, office, call, *links)):
                self._check_all_are_asked(call, office)

    @rule(which=some, says=st.sampled_from(["safe", "safe", "help", "tried"]), by_link=st.booleans())
    def answer_the_roll(self, which: int, says: str, by_link: bool) -> None:
        """Open the link of a letter, also of an old one, and answer; or somebody of the office telephones."""
        if by_link and self.tokens:
            (side, token), said = self._pick(self.tokens[::-1], which), Said(says, "at the school")
            session = self.session
            self._try(f"{side}_{says}", lambda: answering.answer(session, answering.find(session, token), said))
        elif people := list(self.session.scalars(select(RollCallPerson).order_by(RollCallPerson.id.desc()))):
            person, said = self._pick(people, which), Said(says, words="Spoke with the nurse on duty.")
            colleague = self.offices[person.roll_call.vio_id][1]

            def verb(account: User) -> None:
                answering.heard_by_telephone(self.session, account, person, said)

            self._nobody_else(verb, 1 + which % 3)
            self._try(f"telephone_{says}", lambda: verb(colleague))

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

    def _open(self, office: User) -> None:
        links, opening = (self._link("volunteer"), self._link("host")), Opening("KE", "A flood.")
        if self._try("roll_call", lambda: calling.open_call(self.session, office, opening, *links)):
            asked = calling.open_in(self.session, office, "KE")
            assert asked is not None
            self._check_all_are_asked(asked, office)

    def _link(self, side: str) -> Callable[[str], str]:
        """Return what makes the links of a side, which then can be opened."""

        def link(token: str) -> str:
            self.tokens.append((side, token))
            return f"/{side}/{token}"

        return link

    def _check_all_are_asked(self, call: RollCall, office: User) -> None:
        """Whoever is there is on the list, also who came since it was opened."""
        assert self._who_is_there(office) <= {one.placement_id for one in call.people}

    def _who_is_there(self, office: User) -> set[int]:
        there = select(Placement.id).where(Placement.state.in_(UNDER_WAY_STATES))
        ours = or_(Placement.sending_vio_id == office.vio_id, Placement.receiving_vio_id == office.vio_id)
        return set(self.session.scalars(there.where(ours)))
