"""However the application of one ends, those who go together with that person are told, once and not why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.barred import make_bar
from tests.bonds import make_bond, make_pair, offer_together
from tests.factories import AnySession, make_assignment, make_host_user, make_volunteer
from tests.services.test_debriefs import Tokens
from tests.stays import KIND_WORDS, coordinator_of, user_of
from webapp.models import Application, Mail
from webapp.services import answer_rest, applications, bonds, shortlists
from webapp.services.errors import Refused

WAYS: dict[str, Callable[[AnySession, Application], object]] = {
    "withdrawn": lambda session, one: applications.withdraw(session, user_of(one.volunteer), one),
    "declined by the host": lambda session, one: shortlists.decline(
        session, make_host_user(session, one.assignment.host), one, "dates", KIND_WORDS
    ),
    "declined by the office": lambda session, one: shortlists.let_go(
        session, coordinator_of(session, one.assignment.vio), one, "dates", KIND_WORDS
    ),
    "barred": lambda session, one: make_bar(session, one.volunteer),
}


def _letters(session: AnySession, application: Application) -> list[Mail]:
    to = user_of(application.volunteer).email
    return list(session.scalars(select(Mail).where(Mail.to == to).order_by(Mail.id)))


@pytest.mark.parametrize("how", WAYS)
def test_the_others_are_told_and_not_why(session: AnySession, how: str) -> None:
    gone, stays, third = make_pair(session, number=3)
    before = [len(_letters(session, one)) for one in (stays, third)]
    WAYS[how](session, gone)
    for number, one in zip(before, (stays, third), strict=True):
        (letter,) = _letters(session, one)[number:]
        assert letter.subject == f"An application of one of you has ended: {one.assignment.title}"
        assert f"The application of {gone.volunteer.full_name}" in letter.body and "Going together" in letter.body
        assert KIND_WORDS not in letter.body and one.state == "shortlisted"
    last = _letters(session, gone)[-1]
    assert not last.subject.startswith("An application of one of you")


@pytest.mark.parametrize("how", ["withdrawn", "barred"])
def test_whose_offer_ends_with_an_application_has_one_letter(session: AnySession, how: str) -> None:
    gone, stays, third = make_pair(session, make_assignment(session, places_international=3), number=3)
    office, host = coordinator_of(session, gone.assignment.vio), make_host_user(session, gone.assignment.host)
    offer_together(session, [gone, stays, third])
    seen = session.query(Mail).count()
    before = [len(_letters(session, one)) for one in (stays, third)]
    WAYS[how](session, gone)
    for number, one in zip(before, (stays, third), strict=True):
        (letter,) = _letters(session, one)[number:]
        assert letter.subject == f"An offer does not stand any more: {one.assignment.title}"
        assert "Your application stays" in letter.body
    told = [(one.to, one.subject.split(":")[0]) for one in session.query(Mail).order_by(Mail.id).offset(seen)]
    by_others = how == "withdrawn"  # the office that bars somebody knows
    assert told.count((office.email, "An offer to people who go together has ended")) == by_others
    assert told.count((host.email, "An offer has ended")) == 1 and (office.email, "An offer was declined") not in told


def test_whoever_is_answered_at_the_same_moment_gets_that_answer_alone(session: AnySession) -> None:
    work = make_assignment(session)
    pair = make_pair(session, work)
    work.state = "filled"
    before = [len(_letters(session, one)) for one in pair]
    assert answer_rest.answer_rest(session, coordinator_of(session, work.vio), work, KIND_WORDS) == 2
    assert [len(_letters(session, one)) for one in pair] == [number + 1 for number in before]


def test_a_barred_person_forms_no_new_bond(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    make_bar(session, mei)
    for people in ([mei, ana], [ana, mei]):
        with pytest.raises(Refused, match="appeal"), session.begin_nested():
            make_bond(session, people)


def test_a_question_of_somebody_barred_since_leads_nowhere(session: AnySession) -> None:
    mei, ana = make_volunteer(session), make_volunteer(session)
    tokens = Tokens()
    bonds.ask(session, user_of(mei), mei, [user_of(ana).email], tokens.keep)
    make_bar(session, mei)
    with pytest.raises(Refused, match="does not work any more"):
        bonds.say_yes(session, user_of(ana), bonds.find(session, tokens[0]))
