"""The effect of coaching and training: what is read of each assignment, and what is told of groups of them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from tests.factories import AnySession, make_application, make_host, make_host_user, make_user, make_vio, make_volunteer
from tests.services.pasts import make_past, make_stay, rank, tell
from tests.services.whole import make_whole
from webapp import clock
from webapp.models import AuditEvent, HintDraw, Host, User, Vio
from webapp.services import assignments, effect_list, reviews
from webapp.services.differences import Comparison
from webapp.services.effect import Section, effect_of
from webapp.services.effect_list import INVENTED
from webapp.services.outcomes import Outcome, outcomes_of
from webapp.services.spreadsheets import write_csv


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


@pytest.fixture
def host(session: AnySession, vio: Vio) -> Host:
    return make_host(session, vio)


def _only(session: AnySession, coordinator: User) -> Outcome:
    (found,) = outcomes_of(session, coordinator, clock.now())
    return found


def _sections(session: AnySession, coordinator: User) -> dict[str, Section]:
    return {one.grouping: one for one in effect_of(session, coordinator, clock.now()).sections}


def _figures(section: Section) -> dict[str, Comparison]:
    return {figure.name: found for figure, found in section.lines}


def test_what_a_host_sends_and_a_coordinator_publishes_counts(
    session: AnySession, coordinator: User, host: Host
) -> None:
    make_volunteer(session, host.vio)
    work, account = make_whole(session, host), make_host_user(session, host)
    assignments.submit(session, account, work)
    reviews.ask_for_changes(session, coordinator, work, "Please say more of the day.")
    assignments.edit(session, account, work, {"tasks": "Nurse twenty patients with two colleagues.\n" * 3})
    assignments.submit(session, account, work)
    work.hours = 20  # as a list may change what waits for review
    reviews.approve(session, coordinator, work, "none", clock.today())
    found = _only(session, coordinator)
    assert found.published is not None
    assert (found.published.eligible, found.published.days, found.published.is_filled) == (1, 0, False)
    assert found.published.applications is None, "thirty days are not over"
    assert found.first_score is not None and found.published.score >= 0


def test_the_first_publication_counts_with_its_version_and_its_ranking(
    session: AnySession, coordinator: User, host: Host
) -> None:
    work = make_past(session, host, scores=(40, 55, 90), trained=True, eligible=12, filled_after=None)
    event = session.query(AuditEvent).filter_by(action="assignment_open", subject_id=work.id).one()
    event.at -= timedelta(days=1, hours=12)  # published after the second version; the third one came later
    tell(session, work, "open", clock.now())
    rank(session, work, clock.now(), 99)
    found = _only(session, coordinator)
    assert (found.first_score, found.published.score, found.published.is_trained) == (40, 55, True)
    assert found.published.eligible == 12


def test_drafts_and_what_was_published_before_versions_were_kept_have_no_score(
    session: AnySession, coordinator: User, host: Host
) -> None:
    make_past(session, host, scores=())
    make_whole(session, host)
    assert outcomes_of(session, coordinator, clock.now()) == []
    assert effect_of(session, coordinator, clock.now()).assignments == 0


def test_days_run_to_the_last_place_taken_and_a_place_that_came_free_undoes_it(
    session: AnySession, coordinator: User, host: Host
) -> None:
    work = make_past(session, host, days_ago=100, filled_after=40)
    assert (_only(session, coordinator).published.days, _only(session, coordinator).published.is_filled) == (40, True)
    tell(session, work, "open", clock.now() - timedelta(days=50))
    assert (_only(session, coordinator).published.days, _only(session, coordinator).published.is_filled) == (100, False)
    tell(session, work, "closed", clock.now() - timedelta(days=30))
    assert (_only(session, coordinator).published.days, _only(session, coordinator).published.is_filled) == (70, False)


def test_a_stay_that_ended_early_leaves_it_filled(session: AnySession, coordinator: User, host: Host) -> None:
    work = make_past(session, host, filled_after=40)
    stay = make_stay(session, work, end="ended_early")
    tell(session, work, "open", stay.ended_at)
    assert (_only(session, coordinator).published.days, _only(session, coordinator).published.is_filled) == (40, True)


def test_applications_of_the_first_thirty_days_count(session: AnySession, coordinator: User, host: Host) -> None:
    work = make_past(session, host)
    opened = work.published_at
    assert opened is not None
    for days in (2, 29, 31, 200):
        applied = opened + timedelta(days=days)
        make_application(session, make_volunteer(session, host.vio), work, submitted_at=applied, state="withdrawn")
    assert _only(session, coordinator).published.applications == 2


def test_offers_ends_and_marks_of_both_sides(session: AnySession, coordinator: User, host: Host) -> None:
    work = make_past(session, host)
    make_stay(session, work, marks=(5, 3))
    make_stay(session, work, end="ended_early", marks=None)
    for offer in ("declined", "expired", "withdrawn", "made"):
        make_stay(session, work, offer=offer)
    found = _only(session, coordinator)
    assert sorted(found.accepted) == [False, True, True], "who did not answer says nothing"
    assert sorted(found.ended_early) == [False, True]
    assert {name: list(marks) for name, marks in found.marks.items()} == {
        "volunteer": [5],
        "host": [3],
        "expected": [5],
    }


def test_a_planted_difference_is_found_and_other_offices_never_count(
    session: AnySession, vio: Vio, coordinator: User
) -> None:
    for number in range(12):
        is_trained = number % 2 == 0
        host = make_host(session, vio)
        for _work in range(2):
            score = (80 if is_trained else 60) + number
            make_past(session, host, scores=(score - 10, score), trained=is_trained, filled_after=20 + number)
        make_past(session, make_host(session), scores=(1, 1), trained=is_trained)
    found = _figures(_sections(session, coordinator)["trained"])
    assert (found["score"].first.hosts, found["score"].first.assignments) == (6, 12)
    assert found["score"].difference == pytest.approx(19)
    assert found["score"].is_clear and (found["score"].low or 0) > 0
    assert not found["days"].is_clear
    assert not found["accepted"].is_told, "nobody was offered anything"
    assert effect_of(session, coordinator, clock.now()).assignments == 24


def test_high_is_above_the_gate_or_the_middle_and_says_which(session: AnySession, vio: Vio, coordinator: User) -> None:
    for number in range(11):
        make_past(session, make_host(session, vio), scores=(40 + number,))
    section = _sections(session, coordinator)["score"]
    assert (section.least, section.is_gate) == (45, False)
    assert "score" not in _figures(section), "it differs by the way the groups are made"
    vio.least_coach_score = 49
    section = _sections(session, coordinator)["score"]
    assert (section.least, section.is_gate) == (49, True)
    assert (_figures(section)["days"].first.hosts, _figures(section)["days"].second.hosts) == (2, 9)


def test_waived_ones_stand_apart(session: AnySession, vio: Vio, coordinator: User) -> None:
    for number in range(10):
        make_past(session, make_host(session, vio), waived_by=coordinator if number < 5 else None)
    found = _figures(_sections(session, coordinator)["waived"])["score"]
    assert (found.first.hosts, found.second.hosts, found.difference) == (5, 5, 0)


def test_few_hosts_or_few_people_tell_nothing(session: AnySession, vio: Vio, coordinator: User) -> None:
    hosts = [make_host(session, vio) for _number in range(10)]
    works = [make_past(session, host, trained=number < 5) for number, host in enumerate(hosts)]
    for work in works[:9]:
        make_stay(session, work)
    found = _figures(_sections(session, coordinator)["trained"])
    assert found["score"].is_told
    assert not found["volunteer"].is_told, "four people of one group"
    make_stay(session, works[9])
    assert _figures(_sections(session, coordinator)["trained"])["volunteer"].is_told
    # Many people of four hosts are not enough either.
    works[9].host_id = hosts[8].id
    session.flush()
    assert not _figures(_sections(session, coordinator)["trained"])["score"].is_told


def test_all_that_drew_an_order_count_in_the_arm_that_they_drew(
    session: AnySession, vio: Vio, coordinator: User
) -> None:
    assert "order" not in _sections(session, coordinator)
    for number in range(12):
        host, order = make_host(session, vio), "parts" if number % 2 else "points"
        works = [make_whole(session, host), make_past(session, host)]  # one was never sent
        session.add_all(HintDraw(assignment_id=work.id, hint_order=order, drawn_at=clock.now()) for work in works)
    session.flush()
    found = _figures(_sections(session, coordinator)["order"])
    assert (found["published"].first.assignments, found["published"].first.value) == (12, 0.5)
    assert (found["score"].first.assignments, found["score"].first.hosts) == (6, 6)


def test_the_list_says_what_the_page_says_and_holds_back_what_it_holds_back(
    session: AnySession, vio: Vio, coordinator: User
) -> None:
    for number in range(10):
        work = make_past(session, make_host(session, vio), trained=number < 5)
        if number < 3:
            make_stay(session, work)
    out = effect_list.export_effect(session, coordinator, clock.now())
    text = write_csv(out.header, out.rows).decode("utf-8-sig")
    rows = {(row["comparison"], row["figure"]): row for row in csv.DictReader(io.StringIO(text))}
    score, marks = rows["trained", "score"], rows["trained", "volunteer"]
    assert (score["first_group"], score["first_hosts"], score["first_value"]) == ("trained", "5", "60.00")
    assert score["difference"] == "0.00"
    assert {marks[name] for name in ("first_value", "second_value", "first_people_about", "difference")} == {""}
    assert session.query(AuditEvent).filter_by(action="list_exported").one().detail["what"] == "effect"
    assert "invented" not in text
    shown = effect_list.export_effect(session, coordinator, clock.now(), is_invented=True)
    assert {dict(zip(shown.header, row, strict=True))["invented"] for row in shown.rows} == set(INVENTED.values())
