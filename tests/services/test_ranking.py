"""What a ranking keeps, shows and hides."""

from __future__ import annotations

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_consent,
    make_host,
    make_vio,
    make_volunteer,
)
from webapp.models import Match
from webapp.services import ranking, visibility


def test_a_saved_profile_is_matched_at_once(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio)
    ranking.rank_volunteer(session, volunteer)
    (match,) = visibility.matches_of_volunteer(session, volunteer)
    assert (match.assignment_id, match.status) == (assignment.id, "eligible")
    assert match.score > 50


def test_reasons_that_are_kept_add_up_to_the_score(session: AnySession) -> None:
    vio = make_vio(session)
    make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio)
    ranking.rank_volunteer(session, volunteer)
    (match,) = visibility.matches_of_volunteer(session, volunteer)
    assert sum(reason["contribution"] for reason in match.reasons) == pytest.approx(match.score, abs=1e-9)


def test_both_directions_keep_the_same_score(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio)
    ranking.rank_volunteer(session, volunteer)
    (from_volunteer,) = visibility.matches_of_volunteer(session, volunteer)
    ranking.rank_assignment(session, assignment)
    (from_assignment,) = visibility.current_matches(session, assignment)
    assert from_volunteer.id != from_assignment.id
    assert from_volunteer.score == from_assignment.score
    assert not from_volunteer.is_current


def test_a_near_match_is_kept_apart_with_what_is_missing(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    make_volunteer(session, vio, languages={"fr": "A2"})
    ranking.rank_assignment(session, assignment)
    (match,) = visibility.current_matches(session, assignment)
    assert match.status == "near"
    assert [obstacle["code"] for obstacle in match.missing] == ["LANGUAGE_BELOW"]


def test_who_is_not_eligible_is_counted_by_rule(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    make_volunteer(session, vio)
    make_volunteer(session, vio, consents=("matching",))
    make_volunteer(session, vio, languages={"en": "C1"})
    ranking.rank_assignment(session, assignment)
    counts = ranking.exclusions(session, assignment)
    assert counts["eligible"] == 1
    assert counts["NO_CONSENT_ABROAD"] == 1
    assert counts["LANGUAGE_BELOW"] == 1


def test_people_of_another_vio_are_matched_only_when_open_to_all(session: AnySession) -> None:
    assignment = make_assignment(session)
    closed, open_ = make_volunteer(session), make_volunteer(session, open_to_all=True)
    ranking.rank_assignment(session, assignment)
    assert [match.volunteer_id for match in visibility.current_matches(session, assignment)] == [open_.id]
    make_application(session, closed, assignment)
    ranking.rank_assignment(session, assignment)
    assert {match.volunteer_id for match in visibility.current_matches(session, assignment)} == {open_.id, closed.id}


def test_an_unclaimed_person_is_matched_inside_the_own_vio_alone(session: AnySession) -> None:
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio, claimed=False, open_to_all=True)
    at_home, elsewhere = make_assignment(session, make_host(session, vio)), make_assignment(session)
    for assignment in (at_home, elsewhere):
        ranking.rank_assignment(session, assignment)
    assert [match.volunteer_id for match in visibility.current_matches(session, at_home)] == [volunteer.id]
    assert visibility.current_matches(session, elsewhere) == []


def test_withdrawn_consent_hides_matches_before_any_new_ranking(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio)
    ranking.rank_assignment(session, assignment)
    consent = next(one for one in volunteer.consents if one.purpose == "matching")
    consent.withdrawn_at = make_consent("matching").recorded_at
    session.flush()
    assert visibility.current_matches(session, assignment) == []
    assert visibility.matches_of_volunteer(session, volunteer) == []


def test_a_country_to_which_the_vio_does_not_send_excludes(session: AnySession) -> None:
    vio = make_vio(session, no_go=["KE"])
    assignment = make_assignment(session, make_host(session, vio))
    make_volunteer(session, vio)
    ranking.rank_assignment(session, assignment)
    assert visibility.current_matches(session, assignment) == []
    assert ranking.exclusions(session, assignment)["COUNTRY_NO_GO"] == 1


def test_what_was_shown_stays_on_record(session: AnySession) -> None:
    vio = make_vio(session)
    assignment = make_assignment(session, make_host(session, vio))
    volunteer = make_volunteer(session, vio)
    first = ranking.rank_assignment(session, assignment)
    second = ranking.rank_assignment(session, assignment)
    rows = session.query(Match).filter(Match.volunteer_id == volunteer.id).order_by(Match.id).all()
    assert [(row.run_id, row.is_current) for row in rows] == [(first.id, False), (second.id, True)]
    assert len(first.fingerprint) == 64
    assert sum(first.weights.values()) == pytest.approx(1)
