"""A roll call: who is asked, who answers what for whom, who stands first, and what is kept how long."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.retained import clear_out
from tests.stays import coordinator_of, days, host_account, make_active, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import HelpCall, Mail, Placement, RollCall, RollCallAnswer, RollCallPerson, User, Vio
from webapp.services import emergency
from webapp.services.errors import NotFound, Refused
from webapp.services.roll_calls import answering, arriving, calling, listing
from webapp.services.roll_calls.answering import Said
from webapp.services.roll_calls.calling import Opening
from webapp.speech import say
from webapp.words import lazy

Link = Callable[[str], str]


def _open(session: AnySession, who: User, country: str = "KE", **over: object) -> RollCall:
    return calling.open_call(session, who, Opening(country, **over), "/v/{}".format, "/h/{}".format)


def _there(session: AnySession, vio: Vio, **over: object) -> Placement:
    return make_active(session, make_selectable(session, make_assignment(session, make_host(session, vio), **over)))


def _link_to(session: AnySession, address: str, newest: bool = True) -> str:
    letters = session.query(Mail).filter_by(to=address).order_by(Mail.id).all()
    tokens = [found[1] for one in letters if (found := re.search(r"/[vh]/(\S+)", one.body))]
    return tokens[-1 if newest else 0]


def _told(session: AnySession, account: User) -> list[Mail]:
    """Return the letters to an office that speak of a roll call or of help."""
    letters = session.query(Mail).filter_by(to=account.email).order_by(Mail.id)
    return [one for one in letters if re.search("roll call|calls for help|needs help", one.body)]


def _answer(session: AnySession, address: str, says: str, **more: str) -> RollCallAnswer:
    return answering.answer(session, answering.find(session, _link_to(session, address)), Said(says, **more))


def _kinds(session: AnySession, who: User, call: RollCall) -> list[tuple[str, int]]:
    found = listing.rows(session, who, call, clock.now())
    return [(one.standing.kind, one.person.placement_id) for one in found]


def test_everybody_there_is_asked_whichever_side_the_office_is_on(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    here = _there(session, vio)
    sent = make_active(session, make_selectable(session, volunteer=make_volunteer(session, vio)))
    work = make_assignment(session, make_host(session, vio), start_on=days(0))
    soon = make_placement(session, make_selectable(session, work), starts_on=days(6))
    make_placement(session, make_selectable(session, make_assignment(session, make_host(session, vio))))  # in weeks
    _there(session, vio, country="NP")
    make_active(session)  # of others
    assert calling.countries(session, who, clock.today()) == {"KE": 3, "NP": 1}
    call = _open(session, who, words="An earthquake near the lake.")
    asked = {one.placement_id: one.is_there for one in call.people}
    assert asked == {here.id: True, sent.id: True, soon.id: False}
    letter = session.query(Mail).filter_by(to=here.volunteer.user.email).order_by(Mail.id.desc()).first()
    assert "An earthquake near the lake." in letter.body and "/v/" in letter.body
    assert sum("/h/" in body for body in session.scalars(select(Mail.body))) == 2  # the host of who is there
    with pytest.raises(Refused, match="open for this country"):
        _open(session, who)
    with pytest.raises(Refused, match="Nobody"):
        _open(session, who, "MN")
    with pytest.raises(Refused):
        _open(session, who, "NP", hours=5)


def test_who_comes_to_be_there_after_it_was_opened_is_asked_with_the_next_letters(session: AnySession) -> None:
    vio = make_vio(session)
    who, here = coordinator_of(session, vio), _there(session, vio)
    call = _open(session, who)
    _answer(session, user_of(here.volunteer).email, "safe")
    assert calling.came_since(session, call) == []
    came = _there(session, vio)
    assert calling.came_since(session, call) == [came]
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert calling.repeat(session, who, call, "/v/{}".format, "/h/{}".format) == 1
        rows = {row.person.placement_id: row for row in listing.rows(session, who, call, clock.now())}
    assert (rows[came.id].standing.kind, rows[came.id].is_late) == ("unheard", False)
    _answer(session, user_of(came.volunteer).email, "safe")
    assert calling.numbers_of(call) == {"asked": 2, "safe": 2, "host_only": 0, "help": 0, "unheard": 0}
    assert calling.came_since(session, call) == []


def test_who_comes_later_is_asked_without_anybody_asking_again(session: AnySession) -> None:
    vio = make_vio(session)
    who, here = coordinator_of(session, vio), _there(session, vio)
    call, others = _open(session, who), _there(session, make_vio(session)).receiving_vio
    other = _open(session, coordinator_of(session, others))
    now = clock.now()

    def ask(after: timedelta) -> int:
        with time_machine.travel(now + after):
            return arriving.ask_due(session, clock.now(), "/v/{}".format)

    assert ask(timedelta(minutes=1)) == 0
    came = _there(session, vio)
    host_account(session, came)
    assert ask(timedelta(minutes=2)) == 1 and ask(timedelta(minutes=3)) == 0  # once
    assert {one.placement_id for one in call.people} == {here.id, came.id}
    assert len(other.people) == 1
    _answer(session, user_of(came.volunteer).email, "safe")
    _answer(session, host_account(session, came).email, "safe")
    calling.close(session, who, call, "All are well.")
    _there(session, vio)
    assert ask(timedelta(minutes=5)) == 0  # closed


def test_the_host_of_who_was_to_come_is_asked_once_they_are_there(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    wishes = [
        make_selectable(session, make_assignment(session, make_host(session, vio), start_on=days(0))) for _ in range(2)
    ]
    soon, heard = (make_placement(session, one, starts_on=days(2)) for one in wishes)
    host = host_account(session, soon).email
    call, now = _open(session, who), clock.now()
    _answer(session, user_of(heard.volunteer).email, "safe")
    for one in (soon, heard):
        one.state, one.started_at = "active", now
    with time_machine.travel(now + timedelta(hours=1)):
        assert arriving.ask_due(session, clock.now(), "/v/{}".format) == 1
        assert arriving.ask_due(session, clock.now(), "/v/{}".format) == 0
    assert {one.placement_id: (one.is_there, one.letters) for one in call.people} == {
        soon.id: (True, 2),
        heard.id: (False, 1),
    }
    assert _link_to(session, host)


def test_a_roll_call_that_nobody_closed_asks_nobody_new_after_two_weeks(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    _there(session, vio)
    call = _open(session, who)
    call.opened_at -= timedelta(days=15)
    came = _there(session, vio)
    assert arriving.ask_due(session, clock.now(), "/v/{}".format) == 0
    assert calling.came_since(session, call) == [came]  # “Ask again” asks them still


def test_who_needs_help_and_who_is_missing_stand_first(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    safe, hurt, silent, told = (_there(session, vio) for _ in range(4))
    call = _open(session, who)
    _answer(session, safe.volunteer.user.email, "safe", place="At the school")
    _answer(session, hurt.volunteer.user.email, "help", place="Under the bridge", phone="+254 700 123456")
    _answer(session, host_account(session, told).email, "safe", words="She is with us.")
    assert _kinds(session, who, call) == [
        ("help", hurt.id),
        ("unheard", silent.id),
        ("host_only", told.id),
        ("safe", safe.id),
    ]
    assert calling.numbers_of(call) == {"asked": 4, "safe": 1, "host_only": 1, "help": 1, "unheard": 1}
    help_call = session.query(HelpCall).one()
    assert (help_call.severity, help_call.phone) == ("now", "+254 700 123456")
    assert help_call.words[0].text == "Under the bridge" and help_call.coordinator_may_see  # nobody else's words
    (letter,) = _told(session, who)  # one, not another of the call for help
    assert "Help is needed" in letter.subject


def test_a_link_answers_once_but_things_may_turn_worse(session: AnySession) -> None:
    placement = _there(session, make_vio(session))
    who = coordinator_of(session, placement.receiving_vio)
    call, address = _open(session, who), placement.volunteer.user.email
    with pytest.raises(Refused):
        _answer(session, address, "nonsense")
    with pytest.raises(Refused):
        _answer(session, address, "tried")  # only a colleague can say this
    _answer(session, address, "safe")
    with pytest.raises(Refused, match="already"):
        _answer(session, address, "safe")
    _answer(session, host_account(session, placement).email, "help", words="Her leg is broken.")
    assert _kinds(session, who, call) == [("help", placement.id)]  # newer than her own word
    _answer(session, address, "help")
    with pytest.raises(Refused, match="already"):
        _answer(session, address, "help")
    with pytest.raises(NotFound):
        answering.find(session, "nonsense")
    assert session.query(HelpCall).count() == 1  # the host's word is none of hers


def test_help_can_be_called_again_after_a_colleague_heard_safe(session: AnySession) -> None:
    placement = _there(session, make_vio(session))
    who = coordinator_of(session, placement.receiving_vio)
    call, address = _open(session, who), user_of(placement.volunteer).email
    _answer(session, address, "help", words="The roof came down.")
    answering.heard_by_telephone(session, who, call.people[0], Said("safe", words="Spoke with her."))
    _answer(session, host_account(session, placement).email, "help")
    _answer(session, address, "help", words="The wall too.")
    assert _kinds(session, who, call) == [("help", placement.id)]
    assert {one.words[0].text for one in session.query(HelpCall)} == {"The roof came down.", "The wall too."}
    with pytest.raises(Refused, match="already"):
        _answer(session, address, "help")


def test_who_needs_help_without_a_known_number_can_still_give_one(session: AnySession) -> None:
    placement = _there(session, make_vio(session))
    _open(session, coordinator_of(session, placement.receiving_vio))
    placement.volunteer.phone, account = None, user_of(placement.volunteer)
    account.locale = "fr"
    _answer(session, account.email, "help")
    link = answering.find(session, _link_to(session, account.email))
    assert answering.is_in_help(link) and not answering.has_number(link)
    with pytest.raises(Refused, match="already"):
        _answer(session, account.email, "help")
    _answer(session, account.email, "help", phone="+254 700 123456")
    assert answering.has_number(link)
    (kept,) = session.query(HelpCall).all()
    assert (kept.phone, kept.words[0].text) == ("+254 700 123456", say(lazy("I need help"), "fr"))
    with pytest.raises(Refused, match="already"):
        _answer(session, account.email, "help", phone="+254 700 999999")


def test_the_other_office_hears_of_the_roll_call_and_of_help(session: AnySession) -> None:
    work = make_assignment(session)
    sending = make_vio(session)
    placement = make_active(session, make_selectable(session, work, volunteer=make_volunteer(session, sending)))
    who, other = coordinator_of(session, sending), coordinator_of(session, work.vio)
    person = _open(session, who).people[0]
    assert [f"{sending.name} asks who is safe: Kenya"] == [one.subject for one in _told(session, other)]
    assert not _told(session, who)
    for words in ("Spoke with her.", "Still so."):  # known already: no second letter
        answering.heard_by_telephone(session, who, person, Said("help", words=words))
    _answer(session, user_of(placement.volunteer).email, "help")
    assert [work.title in one.body for one in _told(session, other)] == [False, True, True]
    assert not any(placement.volunteer.full_name in one.body for one in _told(session, other))
    assert len(_told(session, who)) == 1


def test_who_is_silent_is_asked_again_by_a_new_link_and_the_old_one_works(session: AnySession) -> None:
    vio = make_vio(session)
    who, silent, safe = coordinator_of(session, vio), _there(session, vio), _there(session, vio)
    call = _open(session, who, hours=3)
    _answer(session, safe.volunteer.user.email, "safe")
    with pytest.raises(Refused, match="quarter"):
        calling.repeat(session, who, call, "/v/{}".format, "/h/{}".format)
    with time_machine.travel(clock.now() + timedelta(hours=4)):
        rows = listing.rows(session, who, call, clock.now())
        assert [(one.person.placement_id, one.is_late) for one in rows] == [(silent.id, True), (safe.id, False)]
        assert calling.repeat(session, who, call, "/v/{}".format, "/h/{}".format) == 1
        old = _link_to(session, silent.volunteer.user.email, newest=False)
        assert old != _link_to(session, silent.volunteer.user.email)
        answering.answer(session, answering.find(session, old), Said("safe"))
        assert not any(one.is_late for one in listing.rows(session, who, call, clock.now()))
    with time_machine.travel(clock.now() + timedelta(days=15)), pytest.raises(Refused, match="over"):
        answering.find(session, old)


def test_a_colleague_writes_down_what_was_heard_with_their_name(session: AnySession) -> None:
    placement = _there(session, make_vio(session))
    who, stranger = coordinator_of(session, placement.receiving_vio), coordinator_of(session, make_vio(session))
    emergency.name_close(
        session,
        placement.volunteer.user,
        placement,
        {"close_name": "Mother", "close_how": "mother", "close_phone": "+86 1", "close_language": "zh"},
    )
    call = _open(session, who)
    person = call.people[0]
    answering.heard_by_telephone(session, who, person, Said("tried", words="Rang three times."))
    row = listing.rows(session, who, call, clock.now())[0]
    assert (row.standing.kind, row.close["close_phone"], row.sight.contact) == ("unheard", "+86 1", True)
    with pytest.raises(Refused):
        answering.heard_by_telephone(session, who, person, Said("safe"))  # with whom?
    with pytest.raises(NotFound):
        answering.heard_by_telephone(session, stranger, person, Said("safe", words="x"))
    kept = answering.heard_by_telephone(session, who, person, Said("safe", words="Spoke with her."))
    assert (kept.by, kept.side) == (who, "office")
    row = listing.rows(session, who, call, clock.now())[0]
    assert (row.standing.kind, row.close["close_phone"]) == ("safe", "")  # not needed any more, not shown
    for account in (stranger, make_user(session, "administrator"), placement.volunteer.user):
        with pytest.raises(NotFound):
            calling.call_for(session, account, call.id)


def test_a_closed_roll_call_keeps_numbers_and_forgets_people(session: AnySession, tmp_path: Path) -> None:
    placement = _there(session, make_vio(session))
    who = coordinator_of(session, placement.receiving_vio)
    call = _open(session, who)
    with pytest.raises(Refused):
        calling.close(session, who, call, " ")
    calling.close(session, who, call, "Her host saw her; she is well.")
    with pytest.raises(Refused, match="over"):
        _answer(session, placement.volunteer.user.email, "safe")
    with pytest.raises(Refused, match="closed"):
        calling.close(session, who, call, "Again.")
    with pytest.raises(Refused, match="closed"):
        answering.heard_by_telephone(session, who, call.people[0], Said("safe", words="x"))
    now = clock.now()
    assert clear_out(session, now + timedelta(days=89), tmp_path)["roll_calls"] == 0
    assert clear_out(session, now + timedelta(days=91), tmp_path)["roll_calls"] == 1
    session.expire_all()
    assert session.query(RollCallPerson).count() == 0
    assert calling.numbers_of(call) == {"asked": 1, "safe": 0, "host_only": 0, "help": 0, "unheard": 1}
    assert call.summary


def test_answers_are_about_a_call_that_runs_and_one_of_its_people(session: AnySession) -> None:
    vio = make_vio(session)
    who = coordinator_of(session, vio)
    here = _there(session, vio)
    with pytest.raises(Refused, match="too long"):
        _open(session, who, words="x" * 10_000)
    call = _open(session, who)
    (person,) = call.people
    with pytest.raises(Refused, match="what you heard"):
        answering.heard_by_telephone(session, who, person, Said("nonsense", words="I called."))
    with pytest.raises(Refused, match="too long"):
        answering.heard_by_telephone(session, who, person, Said("safe", words="x" * 10_000))
    with pytest.raises(NotFound):
        answering.person_for(session, who, call.id, 999_999_999)
    link = answering.find(session, _link_to(session, user_of(here.volunteer).email))
    answering.find_again(session, link)
    calling.close(session, who, call, "Everybody is well.")
    with pytest.raises(Refused, match="over"):
        answering.find_again(session, link)
