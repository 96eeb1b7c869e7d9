"""What a VIO scores in its interviews: its own competencies, in versions, or the common ones."""

from __future__ import annotations

import pytest

from tests.factories import make_application, make_volunteer
from tests.services.recruitment.conftest import Candidacy
from webapp.models import CompetencyList, User
from webapp.services.errors import NotFound, Refused
from webapp.services.recruitment import competency_lists, interviews, scorecards
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.services.recruitment.competency_lists import Entry
from webapp.services.recruitment.scorecards import Mark


def _entries(*names: str) -> list[Entry]:
    return [Entry(name, f"Ask about {name}.") for name in names]


def _names(one: Candidacy) -> list[str]:
    return [str(found.name) for found in competency_lists.asked_of(one.session, one.application).competencies.values()]


def _send(one: Candidacy, who: User, score: int = 3) -> None:
    asked = competency_lists.asked_of(one.session, one.application)
    scorecards.send(one.session, who, one.application, {code: Mark(score) for code in asked.competencies})


def test_a_vio_that_names_none_scores_the_common_ones(candidacy: Candidacy) -> None:
    asked = competency_lists.asked_of(candidacy.session, candidacy.application)
    assert (asked.number, asked.competencies) == (None, COMPETENCIES)


def test_the_second_card_scores_what_the_first_did_and_old_cards_stay_readable(candidacy: Candidacy) -> None:
    session, who = candidacy.session, candidacy.coordinator
    interviews.invite_to_interview(session, who, candidacy.application)
    competency_lists.keep(session, who, _entries("Patience", "Humour", "Craft"))
    _send(candidacy, who)
    competency_lists.keep(session, candidacy.colleague, _entries("Courage", "Calm", "Craft", "Care"))
    assert _names(candidacy) == ["Patience", "Humour", "Craft"]
    _send(candidacy, candidacy.colleague, 1)
    agreement = scorecards.cards_of(session, who, candidacy.application).agreement
    assert [one.apart for one in agreement] == [2, 2, 2]
    other = make_application(session, make_volunteer(session, candidacy.vio), candidacy.application.assignment)
    assert len(competency_lists.asked_of(session, other).competencies) == 4
    competency_lists.keep(session, who, [])
    assert competency_lists.asked_of(session, other).competencies == COMPETENCIES
    assert _names(candidacy) == ["Patience", "Humour", "Craft"]


def test_a_card_of_an_older_list_is_not_taken_for_the_new_one(candidacy: Candidacy) -> None:
    session, who = candidacy.session, candidacy.coordinator
    interviews.invite_to_interview(session, who, candidacy.application)
    competency_lists.keep(session, who, _entries("Patience", "Humour", "Craft"))
    opened = competency_lists.asked_of(session, candidacy.application)
    competency_lists.keep(session, who, _entries("Courage", "Calm", "Care"))
    with pytest.raises(Refused):
        scorecards.send(session, who, candidacy.application, {code: Mark(3) for code in opened.competencies})


def test_what_does_not_change_makes_no_version(candidacy: Candidacy) -> None:
    for _twice in range(2):
        competency_lists.keep(candidacy.session, candidacy.coordinator, _entries(" Patience ", "Humour", "Craft"))
    assert candidacy.session.query(CompetencyList).count() == 1


@pytest.mark.parametrize(
    "names",
    [("One", "Two"), tuple("ABCDEFGH"), ("Calm", "calm", "Care"), ("Calm", "", "Care"), ("Calm", "x" * 81, "Care")],
)
def test_lists_that_nobody_could_score_are_refused(candidacy: Candidacy, names: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        competency_lists.keep(candidacy.session, candidacy.coordinator, _entries(*names))
    assert candidacy.session.query(CompetencyList).count() == 0


def test_a_list_is_the_own_offices_alone(candidacy: Candidacy) -> None:
    competency_lists.keep(candidacy.session, candidacy.stranger, _entries("Patience", "Humour", "Craft"))
    assert competency_lists.asked_of(candidacy.session, candidacy.application).number is None
    with pytest.raises(NotFound):
        competency_lists.keep(candidacy.session, candidacy.volunteer.user, [])
