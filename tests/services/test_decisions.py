"""Which words of coordinators are decisions, and what is read from them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp import clock
from webapp.models import Assignment, Match, User, Vio, Volunteer
from webapp.services import decisions, judgements, ranking, visibility
from webapp.services.judgements import REASONS, Word


class Desk:
    """One VIO with an assignment and two people, and a coordinator who says words."""

    def __init__(self, session: AnySession, vio: Vio | None = None) -> None:
        self.session = session
        self.vio = vio or make_vio(session)
        self.who: User = make_user(session, "coordinator", self.vio)
        self.assignment: Assignment = make_assignment(session, make_host(session, self.vio))
        self.people: list[Volunteer] = [make_volunteer(session, self.vio) for _ in range(2)]
        ranking.rank_assignment(session, self.assignment)

    def match(self, number: int = 0) -> Match:
        """Return the current match of one of the people."""
        matches = visibility.current_matches(self.session, self.assignment)
        return next(one for one in matches if one.volunteer_id == self.people[number].id)

    def say(self, verdict: str, reason: str, number: int = 0) -> None:
        """Say a word on one of the people."""
        word = Word(verdict, reason, note="because" if reason == "other" else "")
        judgements.judge(self.session, self.who, self.assignment, [self.match(number)], word)

    def found(self) -> list[tuple[int, bool]]:
        """Return who was decided on, and how."""
        return [(one.volunteer_id, one.fits) for one in decisions.decisions_of(self.session, self.vio.id)]


@pytest.mark.parametrize(
    ("verdict", "reason"), [(verdict, reason) for verdict in REASONS for reason in REASONS[verdict]]
)
def test_only_words_on_the_fit_are_decisions(session: AnySession, verdict: str, reason: str) -> None:
    desk = Desk(session)
    desk.say(verdict, reason)
    fits = {"endorse": [True], "propose": [True], "invite": []}.get(verdict)
    if fits is None:
        fits = [False] if reason in ("skills", "language", "availability") else []
    assert [label for _, label in desk.found()] == fits


def test_the_newest_word_counts_and_an_invitation_covers_none(session: AnySession) -> None:
    desk = Desk(session)
    desk.say("dismiss", "skills")
    desk.say("endorse", "skills_fit")
    desk.say("invite", "fits_well")
    assert desk.found() == [(desk.people[0].id, True)]
    desk.say("dismiss", "placed_elsewhere")
    assert desk.found() == [], "a later word that says nothing of the fit takes the earlier one back"


def test_a_vio_learns_from_its_own_words_and_all_from_those_who_share(session: AnySession) -> None:
    first, second = Desk(session), Desk(session)
    first.say("endorse", "skills_fit")
    second.say("dismiss", "language")
    assert [one.vio_id for one in decisions.decisions_of(session, first.vio.id)] == [first.vio.id]
    assert {one.vio_id for one in decisions.decisions_of(session, None)} == {first.vio.id, second.vio.id}
    second.vio.shares_decisions = False
    session.flush()
    assert {one.vio_id for one in decisions.decisions_of(session, None)} == {first.vio.id}


def test_values_are_those_that_were_shown_not_those_of_a_changed_profile(session: AnySession) -> None:
    desk = Desk(session)
    shown = decisions.values_of(desk.match().reasons)
    desk.say("endorse", "skills_fit")
    for skill in desk.people[0].skills:
        skill.level = 1
    session.flush()
    ranking.rank_assignment(session, desk.assignment)
    assert decisions.values_of(desk.match().reasons) != shown
    (found,) = decisions.decisions_of(session, desk.vio.id)
    assert found.values == shown


def test_values_are_the_same_where_lines_tell_points_only() -> None:
    lines: list[Any] = [
        {"criterion": "skills", "contribution": 18.0, "possible": 30.0},
        {"criterion": "skills", "contribution": 9.0, "possible": 15.0},
        {"criterion": "country", "contribution": 5.0, "possible": 20.0},
    ]
    assert decisions.values_of(lines) == pytest.approx({"skills": 0.6, "country": 0.25})
    told = [{**lines[0], "value": 0.4}, {**lines[1], "value": 0.2}, {**lines[2], "value": 0.25}]
    assert decisions.values_of(told) == pytest.approx({"skills": 0.6, "country": 0.25})


def test_places_are_those_of_the_list(session: AnySession) -> None:
    desk = Desk(session)
    order = [match.volunteer_id for match in visibility.current_matches(session, desk.assignment)]
    for number in (0, 1):
        desk.say("endorse", "skills_fit", number)
    found = {one.volunteer_id: one.position for one in decisions.decisions_of(session, desk.vio.id)}
    assert found == {person: place for place, person in enumerate(order, start=1)}
    ranking.rank_volunteer(session, desk.people[0])
    desk.say("endorse", "skills_fit", 0)
    found = {one.volunteer_id: one.position for one in decisions.decisions_of(session, desk.vio.id)}
    assert found[desk.people[0].id] is None


def test_who_took_consent_back_is_learned_from_no_more(session: AnySession) -> None:
    desk = Desk(session)
    desk.say("endorse", "skills_fit")
    consent = next(one for one in desk.people[0].consents if one.purpose == "matching")
    consent.withdrawn_at = clock.now() + timedelta(seconds=1)
    session.flush()
    assert desk.found() == []


def test_near_matches_teach_nothing(session: AnySession) -> None:
    desk = Desk(session)
    near = make_volunteer(session, desk.vio, languages={"fr": "A2"})
    desk.people.append(near)
    ranking.rank_assignment(session, desk.assignment)
    assert desk.match(2).status == "near"
    desk.say("dismiss", "language", 2)
    assert desk.found() == []
