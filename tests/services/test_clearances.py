"""What has to be cleared before a placement starts: which items, who moves them, and who can go without what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.clearing import EVERYTHING, clear_everything, item_of
from tests.factories import (
    AnySession,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import (
    KIND_WORDS,
    coordinator_of,
    days,
    make_active,
    make_placement,
    make_selectable,
    sign_both,
    user_of,
)
from webapp import clock
from webapp.models import Assignment, Clearance, ClearanceRule, Mail, Placement, Volunteer
from webapp.models.clearances import NEVER_WAIVED, TRAINING_ITEM
from webapp.services import (
    clearance_board,
    clearance_lists,
    clearance_rules,
    clearance_sight,
    clearance_waivers,
    clearances,
    placements,
    ranking,
    readiness,
    visibility,
)
from webapp.services.audit import history_of
from webapp.services.clearance_items import ITEMS
from webapp.services.errors import IllegalMove, NotFound, Refused

REASON = "She gave the same course to others for years."


def _two_vios(session: AnySession, **over: object) -> Placement:
    """Make a placement whose sending and receiving VIO differ."""
    work = make_assignment(session, **{**EVERYTHING, **over})
    return make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session)))


def _items(session: AnySession, placement: Placement) -> set[str]:
    return {one.item for one in clearance_lists.clearances_of(session, placement)}


@pytest.mark.parametrize(
    ("work", "person", "items"),
    [
        ({}, {}, {"right_to_work", "insurance", "medical", "security_briefing", "emergency_contact", "registration"}),
        ({}, {"residence": "KE"}, {"insurance", "emergency_contact"}),
        ({"mode": "online"}, {}, set()),  # but for the training, which everybody is asked for
        ({"mode": "online", "contact_children": "supervised"}, {}, {"safeguarding_check", "safeguarding_training"}),
        ({"mode": "online", "contact_adults": None}, {}, {"safeguarding_check", "safeguarding_training"}),
        ({"mode": "online", "has_clinical_acts": True}, {}, {"licence"}),
        ({"mode": "online"}, {"is_adult": False}, {"guardian"}),
        (EVERYTHING, {"is_adult": False, "residence": None}, set(ITEMS)),
    ],
)
def test_what_is_asked_follows_from_the_stay(session: AnySession, work: dict, person: dict, items: set[str]) -> None:
    made = make_assignment(session, **{"contact_children": "none", "contact_adults": "none", **work})
    volunteer = make_volunteer(session, made.vio, **person)
    placement = make_placement(session, make_selectable(session, made, volunteer=volunteer))
    assert _items(session, placement) == items | {TRAINING_ITEM}
    assert all(one.state == "open" for one in clearance_lists.clearances_of(session, placement))


def test_an_office_adds_for_a_pair_of_countries_and_takes_nothing_away(session: AnySession) -> None:
    work = make_assignment(session, contact_children="none", contact_adults="none")
    sending = make_vio(session)
    for vio, over in (
        (work.vio, {"item": "medical", "is_mandatory": False, "days_before": 50, "lives_in": "CN", "works_in": "KE"}),
        (sending, {"item": "own", "title": "Letter of the village", "owner": "receiving", "mode": "on_site"}),
        (sending, {"item": "own", "title": "Not for here", "works_in": "PE"}),
        (sending, {"item": "own", "title": "Not in a room", "mode": "online"}),
        (make_vio(session), {"item": "licence"}),
    ):
        session.add(ClearanceRule(vio_id=vio.id, created_at=clock.now(), **over))
    placement = make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session, sending)))
    assert {"licence"}.isdisjoint(_items(session, placement))
    medical, own = item_of(session, placement, "medical"), item_of(session, placement, "own")
    assert (medical.is_mandatory, medical.due_on) == (True, placement.starts_on - timedelta(50))
    assert (own.title, own.owner, own.checked_by_vio_id) == ("Letter of the village", "receiving", sending.id)


def test_an_item_that_comes_to_be_needed_keeps_it_from_its_start(session: AnySession) -> None:
    placement = make_placement(session)
    clear_everything(session, placement)
    sign_both(session, placement)
    assert readiness.obstacles(session, placement) == []
    placement.assignment.has_clinical_acts = True
    with pytest.raises(Refused, match="not on the list"):
        placements.start(session, coordinator_of(session, placement.receiving_vio), placement, placement.starts_on)
    assert clearance_lists.complete_all(session) == 1
    with pytest.raises(Refused, match="Licence"):
        placements.start(session, coordinator_of(session, placement.receiving_vio), placement, placement.starts_on)


def test_obstacles_say_who_has_to_do_what(session: AnySession) -> None:
    placement = _two_vios(session)
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    visa, briefing = item_of(session, placement, "right_to_work"), item_of(session, placement, "security_briefing")

    def told(item: Clearance) -> str:
        clear_everything(session, placement, but=item.item)
        (words,) = clearances.obstacles(session, placement)
        return str(words)

    assert told(visa) == f"Right to enter and to do this work: the volunteer hands it in by {visa.due_on}."
    clearances.hand_in(session, user_of(placement.volunteer), visa, "It is on page 7.")
    assert f"{placement.sending_vio.name} has to check it" in told(visa)
    clearances.refuse(session, sending, visa, KIND_WORDS)
    assert "was refused" in told(visa)
    clearances.clear(session, sending, visa)
    clearances.ask_again(session, receiving, briefing, KIND_WORDS)
    assert f"{placement.receiving_vio.name} sees to it" in told(briefing)


def test_what_is_not_mandatory_stands_in_nobodys_way(session: AnySession) -> None:
    placement = make_placement(session)
    clear_everything(session, placement, but="registration")
    assert item_of(session, placement, "registration").state == "open"
    assert clearances.obstacles(session, placement) == []


def test_a_paper_that_runs_out_stands_in_the_way_again(session: AnySession) -> None:
    placement = make_placement(session)
    clear_everything(session, placement)
    who, visa = coordinator_of(session, placement.sending_vio), item_of(session, placement, "right_to_work")
    with pytest.raises(Refused, match="too early"):
        clearances.clear(session, who, visa, placement.starts_on - timedelta(1))
    clearances.clear(session, who, visa, placement.starts_on)
    assert clearances.obstacles(session, placement) == []
    assert clearances.expire_due(session, placement.starts_on) == 0
    assert clearances.expire_due(session, placement.starts_on + timedelta(1)) == 1
    assert visa.state == "expired"
    assert "run out" in str(clearances.obstacles(session, placement)[0])
    told = set(session.scalars(select(Mail.to).where(Mail.subject.contains("run out"))))
    assert {user_of(placement.volunteer).email, who.email} <= told
    clearances.hand_in(session, user_of(placement.volunteer), visa)
    clearances.clear(session, who, visa, placement.ends_on)
    assert clearances.obstacles(session, placement) == []


def test_an_insurance_holds_until_a_day(session: AnySession) -> None:
    placement = make_placement(session)
    insurance, who = item_of(session, placement, "insurance"), coordinator_of(session, placement.sending_vio)
    with pytest.raises(Refused, match="last day"):
        clearances.clear(session, who, insurance)
    assert insurance.state == "open"
    clearances.clear(session, who, insurance, placement.ends_on)
    assert insurance.state == "cleared"


def test_only_the_office_that_checks_it_decides(session: AnySession) -> None:
    placement = _two_vios(session)
    licence, medical = item_of(session, placement, "licence"), item_of(session, placement, "medical")
    sending, receiving = (
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    )
    others = [
        user_of(placement.volunteer),
        make_host_user(session, placement.assignment.host),
        coordinator_of(session, make_vio(session)),
        make_user(session, "administrator"),
    ]
    for account, clearance in [(sending, licence), (receiving, medical), *((one, medical) for one in others)]:
        for verb in (
            lambda account, clearance: clearances.clear(session, account, clearance),
            lambda account, clearance: clearances.refuse(session, account, clearance, KIND_WORDS),
            lambda account, clearance: clearances.ask_again(session, account, clearance, KIND_WORDS),
        ):
            with pytest.raises(NotFound):
                verb(account, clearance)
    for account in (sending, receiving, *others[1:]):
        with pytest.raises(NotFound):
            clearances.hand_in(session, account, medical)
    assert {licence.state, medical.state} == {"open"}
    clearances.clear(session, receiving, licence)
    clearances.clear(session, sending, medical)


def test_a_clearance_exists_for_its_volunteer_and_the_two_offices_only(session: AnySession) -> None:
    placement = _two_vios(session)
    visa = item_of(session, placement, "right_to_work")
    host = make_host_user(session, placement.assignment.host)
    for account in (
        user_of(placement.volunteer),
        coordinator_of(session, placement.sending_vio),
        coordinator_of(session, placement.receiving_vio),
    ):
        assert clearance_sight.clearance_for(session, account, visa.id) is visa
    for account in (
        host,
        make_host_user(session, make_host(session, placement.receiving_vio)),
        user_of(make_volunteer(session, placement.sending_vio)),
        coordinator_of(session, make_vio(session)),
        make_user(session, "administrator"),
    ):
        with pytest.raises(NotFound):
            clearance_sight.clearance_for(session, account, visa.id)


def test_a_host_reads_the_result_and_nothing_else(session: AnySession) -> None:
    placement = _two_vios(session)
    host, today = make_host_user(session, placement.assignment.host), clock.today()
    clear_everything(session, placement, but="medical")
    medical = item_of(session, placement, "medical")
    before = clearance_sight.results_for_host(session, host, placement.id, today)
    clearances.refuse(session, coordinator_of(session, placement.sending_vio), medical, KIND_WORDS)
    after = clearance_sight.results_for_host(session, host, placement.id, today)
    assert before == after  # refused looks like not there yet
    assert [one.item for one, is_cleared in after if not is_cleared] == ["medical"]
    stranger = make_host_user(session, make_host(session, placement.receiving_vio))
    with pytest.raises(NotFound):
        clearance_sight.results_for_host(session, stranger, placement.id, today)


def test_two_people_together_let_somebody_go_without_an_item(session: AnySession) -> None:
    placement = _two_vios(session)
    one, two = coordinator_of(session, placement.sending_vio), coordinator_of(session, placement.receiving_vio)
    medical = item_of(session, placement, "medical")
    with pytest.raises(Refused, match="why"):
        clearance_waivers.ask(session, one, medical, "Fine.")
    with pytest.raises(Refused, match="Nobody asks"):
        clearance_waivers.agree(session, two, medical)
    clearance_waivers.ask(session, one, medical, REASON)
    assert [bool(session.execute(clearance_board.to_agree(account)).all()) for account in (one, two)] == [False, True]
    with pytest.raises(Refused, match="yourself"):
        clearance_waivers.agree(session, one, medical)
    assert medical.state == "open"
    clearance_waivers.agree(session, two, medical)
    assert (medical.state, medical.waiver_by_id, medical.waived_by_id) == ("waived", one.id, two.id)
    assert history_of(session, medical)[-1].detail["asked_by"] == one.id
    clear_everything(session, placement)
    assert clearances.obstacles(session, placement) == []
    clearances.ask_again(session, one, medical, KIND_WORDS)
    assert (medical.state, medical.waiver_by_id, medical.waived_by_id) == ("open", None, None)


def test_a_second_person_can_say_no(session: AnySession) -> None:
    placement = _two_vios(session)
    one, two = (coordinator_of(session, placement.sending_vio) for _ in range(2))
    medical = item_of(session, placement, "medical")
    clearance_waivers.ask(session, one, medical, REASON)
    clearance_waivers.drop(session, two, medical)
    (letter,) = session.query(Mail).filter(Mail.to == one.email, Mail.subject.startswith("A colleague does not agree"))
    assert REASON not in letter.body and placement.volunteer.full_name not in letter.body
    with pytest.raises(Refused, match="Nobody asks"):
        clearance_waivers.agree(session, two, medical)


@pytest.mark.parametrize("item", NEVER_WAIVED)
def test_nobody_goes_without_what_is_never_waived(session: AnySession, item: str) -> None:
    placement = _two_vios(session)
    found = item_of(session, placement, item)
    with pytest.raises(Refused, match="Nobody goes without"):
        clearance_waivers.ask(session, coordinator_of(session, placement.sending_vio), found, REASON)
    one, two = (coordinator_of(session, placement.sending_vio).id for _ in range(2))
    found.state, found.waiver_reason, found.waiver_by_id, found.waived_by_id = "waived", REASON, one, two
    with pytest.raises(IntegrityError, match="never_waived"):
        session.flush()
    session.rollback()


def test_the_table_itself_wants_two_people(session: AnySession) -> None:
    placement = _two_vios(session)
    medical, one = item_of(session, placement, "medical"), coordinator_of(session, placement.sending_vio)
    medical.state, medical.waiver_reason, medical.waiver_by_id, medical.waived_by_id = "waived", REASON, one.id, one.id
    with pytest.raises(IntegrityError, match="waived_by_two"):
        session.flush()
    session.rollback()


def test_hosts_volunteers_and_strangers_waive_nothing(session: AnySession) -> None:
    placement = _two_vios(session)
    medical = item_of(session, placement, "medical")
    clearance_waivers.ask(session, coordinator_of(session, placement.sending_vio), medical, REASON)
    for account in (
        make_host_user(session, placement.assignment.host),
        user_of(placement.volunteer),
        coordinator_of(session, make_vio(session)),
        make_user(session, "administrator"),
    ):
        for verb in (clearance_waivers.agree, clearance_waivers.drop):
            with pytest.raises(NotFound):
                verb(session, account, medical)
        with pytest.raises(NotFound):
            clearance_waivers.ask(session, account, medical, REASON)
    assert medical.state == "open"


def test_when_it_is_over_nothing_is_cleared_any_more(session: AnySession) -> None:
    placement = make_active(session)
    who = coordinator_of(session, placement.receiving_vio)
    placements.end_early(session, who, placement, "health", KIND_WORDS)
    medical = item_of(session, placement, "medical")
    with pytest.raises(Refused, match="over"):
        clearances.ask_again(session, who, medical, KIND_WORDS)
    with pytest.raises(Refused, match="over"):
        clearances.hand_in(session, user_of(placement.volunteer), medical)


def test_a_refused_visa_counts_nowhere_else(session: AnySession) -> None:
    """The application stays, another offer can follow, and no match changes by a point."""
    placement = make_placement(session)
    who, person = coordinator_of(session, placement.sending_vio), placement.volunteer
    other = make_assignment(session, make_host(session, placement.receiving_vio))
    before = _score(session, person, other)
    clearances.refuse(session, who, item_of(session, placement, "right_to_work"), KIND_WORDS)
    placements.cancel(session, who, placement, "clearance", KIND_WORDS)
    assert placement.offer.application.state == "selected"
    assert _score(session, person, other) == before
    letter = session.scalars(select(Mail.body).where(Mail.subject.contains("in the way"))).one()
    assert "does not count against you" in letter


def _score(session: AnySession, person: Volunteer, work: Assignment) -> list[tuple[float, int, object]]:
    ranking.rank_volunteer(session, person)
    found = [one for one in visibility.current_matches(session, work) if one.volunteer_id == person.id]
    return [(one.score, one.band, one.reasons) for one in found]


def test_a_clearance_moves_only_as_the_table_says(session: AnySession) -> None:
    placement = make_placement(session, starts_on=days(60), ends_on=days(90))
    who, medical = coordinator_of(session, placement.sending_vio), item_of(session, placement, "medical")
    clearances.clear(session, who, medical)
    for verb in (
        lambda: clearances.refuse(session, who, medical, KIND_WORDS),
        lambda: clearances.hand_in(session, user_of(placement.volunteer), medical),
        lambda: clearance_waivers.ask(session, who, medical, REASON),
    ):
        with pytest.raises(IllegalMove):
            verb()
    assert [event.action for event in history_of(session, medical)] == ["clearance_open", "clearance_cleared"]


def test_waiver_is_asked_for_once_and_the_asker_may_take_it_back_in_silence(session: AnySession) -> None:
    placement = _two_vios(session)
    one = coordinator_of(session, placement.sending_vio)
    medical = item_of(session, placement, "medical")
    clearance_waivers.ask(session, one, medical, REASON)
    with pytest.raises(Refused, match="asked for already"):
        clearance_waivers.ask(session, coordinator_of(session, placement.receiving_vio), medical, REASON)
    letters = session.query(Mail).filter_by(to=one.email).count()
    clearance_waivers.drop(session, one, medical)
    assert medical.waiver_by_id is None
    assert session.query(Mail).filter_by(to=one.email).count() == letters


def test_asker_who_left_gets_no_letter_and_over_is_over(session: AnySession) -> None:
    placement = _two_vios(session)
    one, two = (coordinator_of(session, vio) for vio in (placement.sending_vio, placement.receiving_vio))
    medical = item_of(session, placement, "medical")
    clearance_waivers.ask(session, one, medical, REASON)
    one.active = False
    letters = session.query(Mail).filter_by(to=one.email).count()
    clearance_waivers.agree(session, two, medical)
    assert (medical.state, session.query(Mail).filter_by(to=one.email).count()) == ("waived", letters)
    placements.cancel(session, two, placement, "other", KIND_WORDS)
    with pytest.raises(Refused, match="over"):
        clearance_waivers.drop(session, two, item_of(session, placement, "registration"))


def test_words_to_what_was_handed_in_may_be_changed_until_it_is_looked_at(session: AnySession) -> None:
    placement = make_placement(session)
    medical = item_of(session, placement, "medical")
    for words in ("From the clinic.", "From the clinic, signed."):
        clearances.hand_in(session, user_of(placement.volunteer), medical, words)
    assert (medical.state, medical.handed_in) == ("submitted", "From the clinic, signed.")
    assert [one.action for one in history_of(session, medical)].count("clearance_submitted") == 1


def test_what_an_office_adds_later_and_does_not_insist_on_is_no_obstacle(session: AnySession) -> None:
    placement = make_placement(session)
    clear_everything(session, placement)
    sign_both(session, placement)
    who = coordinator_of(session, placement.receiving_vio)
    parts = {"owner": "receiving", "lives_in": None, "works_in": None, "mode": None, "days_before": 10}
    own = {"item": "own", "title": "Letter of the village"}
    with pytest.raises(Refused, match="what is asked for"):
        clearance_rules.add(session, who, {**parts, "item": "nonsense", "title": "", "is_mandatory": True})
    clearance_rules.add(session, who, {**parts, **own, "is_mandatory": False})
    assert [one.title for one in clearance_lists.missing(session, placement)] == ["Letter of the village"]
    assert readiness.obstacles(session, placement) == []
