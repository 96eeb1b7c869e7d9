"""Looking for an opening, reading all of it, applying, and following the application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_volunteer,
)
from tests.match_runs import keep_only
from tests.views.volunteer.conftest import Traveller
from webapp import clock
from webapp.models import Application, MatchInvitation, MoneyLine
from webapp.services import ranking, visibility, whole_lists
from webapp.working_days import next_working_day


def test_the_first_page_says_why_it_fits_the_day_there_and_who_answers(traveller: Traveller) -> None:
    page = traveller.visitor.get("/volunteer/")
    for words in (
        "you state level 3, level 2 is asked",
        "You walk to the ward at seven.",
        "a room of your own",
        "The nights are short.",
        f"{traveller.host.name} answers by",
    ):
        assert words in page.text


@pytest.mark.parametrize("path", ["/volunteer/", "/volunteer/openings/"])
def test_whoever_a_ranking_left_out_for_want_of_room_sees_all_that_fits(
    traveller: Traveller, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    keep_only(monkeypatch, 0)
    monkeypatch.setattr(whole_lists, "RESTS", timedelta(0))
    ranking.rank_assignment(traveller.session, traveller.assignment)
    traveller.session.commit()
    assert not visibility.matches_of_volunteer(traveller.session, traveller.volunteer)
    page = traveller.visitor.get(path)
    assert "you state level 3, level 2 is asked" in page.text
    assert visibility.matches_of_volunteer(traveller.session, traveller.volunteer)


def test_a_newcomer_is_told_what_is_not_known_and_asked_next(newcomer: Traveller) -> None:
    page = newcomer.visitor.get("/volunteer/")
    assert "your profile does not name it" in page.text
    assert "5 short questions are left" in page.text


def test_the_first_page_is_not_empty_where_rules_stand_in_the_way(traveller: Traveller) -> None:
    traveller.assignment.languages[0].language = "ru"
    traveller.session.flush()
    ranking.rank_volunteer(traveller.session, traveller.volunteer)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/")
    assert "A ward in Kisumu" in page.text
    assert "Russian: B1 is needed" in page.text


def test_a_near_match_stands_apart_with_what_is_missing(traveller: Traveller) -> None:
    traveller.assignment.languages[0].level = "C1"
    traveller.session.flush()
    ranking.rank_volunteer(traveller.session, traveller.volunteer)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/openings/")
    assert "Nearly: one thing is missing" in page.text
    assert "French: C1 is needed, B2 is stated." in page.text


def test_filters_stay_in_the_address(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(visitor.get("/volunteer/openings/"), country="KE", button="Show")
    assert "A ward in Kisumu" in page.text
    assert "country=KE" in page.response.request.full_path
    page = visitor.get("/volunteer/openings/?country=UZ")
    assert "Nothing is found" in page.text
    page = visitor.get("/volunteer/openings/?earliest=soon")
    assert "A ward in Kisumu" in page.text


def test_the_assignment_tells_money_ties_and_that_nothing_is_endorsed(traveller: Traveller) -> None:
    traveller.assignment.money = [
        MoneyLine(payer="host", payee="volunteer", what="food", amount="free"),
        MoneyLine(payer="volunteer", payee="third_party", what="flight", amount="900 USD", when="before you leave"),
    ]
    traveller.session.commit()
    page = traveller.visitor.get(f"/volunteer/openings/{traveller.assignment.id}")
    for words in (
        "you receive from the host: food, free",
        "you pay to somebody else: flight, 900 USD (before you leave)",
        "A quarrel about the well.",
        "verified, valid until",
        "No endorsement:",
        "Why it fits you",
    ):
        assert words in page.text


def test_what_is_not_published_does_not_exist(traveller: Traveller) -> None:
    draft = make_assignment(traveller.session, traveller.host, state="draft", published_at=None)
    traveller.session.commit()
    for path in (
        f"/volunteer/openings/{draft.id}",
        f"/volunteer/openings/{draft.id}/apply",
        "/volunteer/openings/99999",
    ):
        traveller.visitor.get(path, status=404)


def test_applying_promises_a_day_and_shows_where_it_stands(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.get(f"/volunteer/openings/{traveller.assignment.id}")
    page = visitor.get(page.link("Apply"))
    page = visitor.submit(page, note="I can come in spring.", declares="y")
    assert "Your application is sent" in page.text
    assert "You applied." in page.text
    application = traveller.session.query(Application).one()
    assert application.answer_by == next_working_day(("KE", "CN"), clock.today() + timedelta(days=14))
    page = visitor.get("/volunteer/")
    assert "an answer comes by" in page.text
    page = visitor.submit(
        visitor.get(f"/volunteer/applications/{application.id}"), action="withdraw", button="Withdraw"
    )
    assert "Your application is withdrawn" in page.text
    traveller.session.refresh(application)
    assert application.state == "withdrawn"


def test_a_note_that_is_too_long_is_not_lost(traveller: Traveller) -> None:
    path = f"/volunteer/openings/{traveller.assignment.id}/apply"
    page = traveller.visitor.submit(traveller.visitor.get(path), note="a" * 3001, status=422)
    assert page.form("note").data()["note"][0].strip() == "a" * 3001
    assert traveller.session.query(Application).count() == 0


def test_who_did_not_agree_to_be_matched_is_shown_the_way(traveller: Traveller) -> None:
    visitor = traveller.visitor
    page = visitor.submit(
        visitor.get("/volunteer/consents/matching/withdraw"), action="matching", button="Take it back now"
    )
    assert "Your consent is taken back" in page.text
    page = visitor.get(f"/volunteer/openings/{traveller.assignment.id}")
    assert "you have not agreed to be matched" in page.text
    page = visitor.get("/volunteer/")
    assert "You have not agreed to be matched" in page.text
    page = visitor.submit(visitor.get("/volunteer/consents/"), action="matching/give", button="I agree")
    page = visitor.get("/volunteer/")
    assert "You have not agreed to be matched" not in page.text


def test_taking_a_consent_back_names_the_applications_that_end(traveller: Traveller) -> None:
    make_application(traveller.session, traveller.volunteer, traveller.assignment)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/consents/abroad/withdraw")
    assert "A ward in Kisumu" in page.text
    traveller.visitor.get("/volunteer/consents/everything/withdraw", status=404)


@pytest.mark.parametrize("answer", ["Accept", "Decline"])
def test_an_invitation_shows_her_alone_what_it_meets_and_takes_her_answer(traveller: Traveller, answer: str) -> None:
    coordinator = make_user(traveller.session, "coordinator", traveller.volunteer.vio)
    invitation = MatchInvitation(
        vio_id=traveller.volunteer.vio_id,
        assignment_id=traveller.assignment.id,
        volunteer_id=traveller.volunteer.id,
        words="We thought of you.",
        by_id=coordinator.id,
        sent_at=clock.now(),
    )
    traveller.session.add(invitation)
    traveller.session.commit()
    page = traveller.visitor.get("/volunteer/")
    assert "1 question waits for your answer" in page.text
    page = traveller.visitor.get("/volunteer/invitations/")
    assert "We thought of you." in page.text
    traveller.visitor.submit(page, action=answer.lower(), button=answer)
    traveller.session.refresh(invitation)
    assert invitation.state == {"Accept": "accepted", "Decline": "declined"}[answer]


def test_applications_and_answers_of_others_do_not_exist(traveller: Traveller, visit: Callable[[], Visitor]) -> None:
    other = make_volunteer(traveller.session)
    work = make_assignment(traveller.session, make_host(traveller.session, other.vio))
    application = make_application(traveller.session, other, work)
    traveller.session.commit()
    traveller.visitor.get(f"/volunteer/applications/{application.id}", status=404)
    stranger = visit()
    assert other.user is not None
    stranger.sign_in(other.user.email, PASSWORD)
    page = stranger.get(f"/volunteer/applications/{application.id}")
    token = page.form(action="withdraw").data()["csrf_token"][0]
    assert token
    form = traveller.visitor.get("/volunteer/profile/about").form("full_name").data()
    answer = traveller.visitor.client.post(
        f"/volunteer/applications/{application.id}/withdraw", data={"csrf_token": form["csrf_token"]}
    )
    assert answer.status_code == 404
    traveller.session.refresh(application)
    assert application.state == "submitted"
