"""Newcomers find a mentor, and the letters with links go to the host that has no account."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from tests.alumni import WORDS
from tests.services.life_world import World, some
from tests.services.test_debriefs import Tokens
from tests.stays import user_of
from webapp import clock
from webapp.models import Alumnus, HostLink, Mentorship, Placement
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import offers
from webapp.services.alumni import endings, mentorships
from webapp.services.by_mail import asking


class Company(World):
    """Who helps beside the offices, and the post."""

    @rule(which=some)
    def ask_mentor(self, which: int) -> None:
        """Ask the one who has been there."""
        if stay := self._one(Placement, which, state=RUNNING_PLACEMENT_STATES):
            mentor = self.session.scalars(select(Alumnus)).one()
            newcomer = user_of(stay.volunteer)
            self._try("ask_mentor", lambda: mentorships.ask(self.session, newcomer, mentor.id, WORDS))

    @rule(which=some, answer=st.sampled_from(["accept", "accept", "decline", "end"]))
    def answer_newcomer(self, which: int, answer: str) -> None:
        """The mentor says yes or no; either ends it."""
        if one := self._one(Mentorship, which):
            mentor, newcomer = user_of(one.mentor), user_of(one.placement.volunteer)
            act = getattr(mentorships, answer)
            self._nobody_else(lambda account: act(self.session, account, one), which)
            who = newcomer if answer == "end" and which % 2 else mentor
            self._try(f"mentor_{answer}", lambda: act(self.session, who, one))

    @rule(number=st.integers(1, 12))
    def time_goes_by(self, number: int) -> None:
        """Days pass; the job ends what nobody answered and mentoring that is over, and sends links, each once."""
        self.now += timedelta(days=number)
        self._try("expire", lambda: offers.expire_due(self.session, clock.today()))
        self._try("mentoring_ends", lambda: endings.end_due(self.session, clock.now()))
        self._try("post", lambda: asking.send_due(self.session, Tokens().keep))
        waiting = select(HostLink).where(HostLink.sent_at.is_(None), HostLink.ended_at.is_(None))
        for link in self.session.scalars(waiting):  # only what rests while its host is suspended
            assert link.host.suspended_at is not None
            assert link.placement is None or link.placement.state == "preparing"
