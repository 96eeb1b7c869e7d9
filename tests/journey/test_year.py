"""A year in the life of a placement, in a real browser: from registering to what is left of it a year later.

The clock is moved day by day, or by a week where for long nobody looks, and what the background does is done. On the
way the host is late with its answer, a visa runs out before the start, somebody calls for help, and it is extended.
"""

from __future__ import annotations

import pytest

from tests.journey import office, stay
from tests.journey.answers import APPLICANT, HOST, TITLE
from tests.journey.beginning import (
    Arrive,
    apply,
    describe,
    found_host,
    join,
    post,
    register,
    review,
    set_up,
    shortlist,
    verify,
)
from tests.journey.calendar import Calendar, moved_clock
from tests.journey.person import Person
from tests.live import LiveServer

pytestmark = pytest.mark.browser
FIRST, AGREED, LAST = 70, 125, 160  # the days on which the stay begins, was to end, and ends


@pytest.mark.parametrize(
    ("engine", "stride"),
    [
        ("sqlite", 7),
        pytest.param("sqlite", 1, marks=pytest.mark.long),
        pytest.param("postgresql", 1, marks=pytest.mark.long),
    ],
    indirect=["engine"],
)
def test_a_year_from_registering_to_the_last_question(
    arrive: Arrive, live: LiveServer, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    with moved_clock(live, monkeypatch) as calendar:
        administrator, coordinator = set_up(arrive), join(arrive)
        focal_point = office.name_focal_point(administrator, arrive)
        host, volunteer = found_host(arrive), arrive(APPLICANT["email"])
        verify(coordinator)
        post(host)
        review(coordinator)
        register(volunteer)
        describe(volunteer)
        apply(volunteer)
        _the_host_is_late(calendar, volunteer, host, coordinator)
        _a_place(calendar, volunteer, host, coordinator)
        _a_visa_runs_out(calendar, volunteer, coordinator)
        _a_call_for_help(calendar, volunteer, host, focal_point, coordinator)
        _it_goes_on(calendar, volunteer, host, coordinator, stride)
        _the_end(calendar, volunteer, host, coordinator, stride)
        _afterwards(calendar, volunteer, host, coordinator, stride)
        assert not any(APPLICANT["name"] in text for text in administrator.seen)


def _the_host_is_late(calendar: Calendar, volunteer: Person, host: Person, coordinator: Person) -> None:
    """The promised day comes and passes, is moved once, and passes again; then the host answers."""
    promised = stay.promised_day(volunteer, calendar)
    calendar.go_to(promised - 2)
    assert TITLE in host.letter("wait for your answer")
    calendar.go_to(promised + 1)
    assert "we are sorry" in volunteer.letter("Not yet")
    assert "the day moves only this once" in host.letter("An answer is late")
    calendar.go_to(stay.promised_day(volunteer, calendar) + 1)
    assert "promise no other day" in volunteer.letter("Still no answer")
    assert "The coordinator sees that it is late" in volunteer.come("/volunteer/applications/")
    assert TITLE in coordinator.letter("past their promised day")
    host.come("/host/")
    shortlist(host)
    assert "on the shortlist" in volunteer.come("/volunteer/")


def _a_place(calendar: Calendar, volunteer: Person, host: Person, coordinator: Person) -> None:
    """An offer is made and accepted, the agreement signed, the papers handed in and cleared, the training passed."""
    calendar.go_to(40)
    office.offer(coordinator, calendar, FIRST, AGREED)
    calendar.go_to(42)
    stay.accept(volunteer, calendar.words(FIRST))
    assert "accepted" in coordinator.letter("accepted")
    stay.sign(volunteer, APPLICANT["name"])
    stay.sign(host, HOST["registration"]["own_name"])
    calendar.go_to(44)
    stay.hand_in(volunteer, office.VISA, "Work permit 118-2, valid for a single entry", agrees=True)
    stay.hand_in(volunteer, "Fitness for the journey", "Dr Sadykova, fit for travel")
    stay.name_somebody(volunteer)
    stay.train(volunteer)
    office.clear(coordinator, office.VISA, calendar.day(FIRST + 2).isoformat())
    office.clear(coordinator, "Insurance", calendar.day(400).isoformat())
    for item in ("Fitness for the journey", "Security briefing", "Emergency contact"):
        office.clear(coordinator, item)


def _a_visa_runs_out(calendar: Calendar, volunteer: Person, coordinator: Person) -> None:
    """The journey is delayed, the visa runs out meanwhile, nobody starts without a newer one."""
    calendar.go_to(FIRST - 4)
    assert "runs out on" in volunteer.letter("Before you leave")
    calendar.go_to(FIRST + 3)
    assert office.VISA in volunteer.letter("This has run out")
    assert TITLE in coordinator.letter("past their first day")
    assert "it has run out. A newer one is needed" in office.is_kept_from_starting(coordinator)
    stay.hand_in(volunteer, office.VISA, "Work permit 131-7, for the whole stay")
    assert "has to check it" in office.is_kept_from_starting(coordinator)
    office.clear(coordinator, office.VISA, calendar.day(300).isoformat())
    calendar.go_to(FIRST + 5)
    office.start(coordinator)
    assert "Welcome" in volunteer.letter("has begun")


def _a_call_for_help(
    calendar: Calendar, volunteer: Person, host: Person, focal_point: Person, coordinator: Person
) -> None:
    """Both sides say how it goes; a call for help goes to the person on duty, and to nobody else."""
    calendar.go_to(FIRST + 6)
    stay.check_in(volunteer, change="A helmet for the motorcycle", shares_change=True)
    stay.check_in(host)
    assert "A helmet for the motorcycle" in host.text
    calendar.go_to(FIRST + 15)
    stay.call_for_help(volunteer)
    office.help_out(focal_point)
    assert "has your call" in volunteer.letter("Somebody has your call")
    assert "somebody helps" in volunteer.come("/volunteer/help/")
    assert "A car is on its way" in volunteer.follow("I need help today")
    calendar.go_to(FIRST + 16)
    office.close_call(focal_point)
    assert "closed" in volunteer.come("/volunteer/help/")
    office.open_placement(coordinator)
    assert not any("The well collapsed" in text for text in [*coordinator.seen, *host.seen])


def _it_goes_on(calendar: Calendar, volunteer: Person, host: Person, coordinator: Person, stride: int) -> None:
    """The volunteer proposes to stay on, both sign, the office extends."""
    calendar.go_to(100, stride)
    until = calendar.day(LAST).isoformat()
    stay.propose_to_stay(volunteer, until)
    stay.sign(volunteer, APPLICANT["name"])
    stay.sign(host, HOST["registration"]["own_name"])
    assert "extended" in office.extend(coordinator, until)
    assert calendar.words(LAST) in stay.placement(volunteer)
    assert "now goes until" in volunteer.letter("goes on")


def _the_end(calendar: Calendar, volunteer: Person, host: Person, coordinator: Person, stride: int) -> None:
    """Both sides say how it was; it is completed, certified, and a lesson is left."""
    calendar.go_to(LAST - 5, stride)
    assert TITLE in volunteer.letter("Your last week: how was it?")
    stay.say_how_it_was(volunteer, "volunteer", "Spare parts should come before the volunteer.")
    assert "Spare parts" not in "".join(host.seen)
    stay.say_how_it_was(host, "host", "Come for three months at least.")
    assert "Spare parts should come before the volunteer." in host.text
    calendar.go_to(LAST)
    assert "completed" in office.complete(coordinator)
    assert "Thank you" in volunteer.letter("Thank you")
    certificate = stay.get_certificate(volunteer)
    assert APPLICANT["name"] in certificate
    assert calendar.words(LAST) in certificate
    stay.write_lesson(volunteer)
    office.publish_lesson(coordinator, stay.LESSON)
    assert stay.LESSON in host.come("/host/lessons/")


def _afterwards(calendar: Calendar, volunteer: Person, host: Person, coordinator: Person, stride: int) -> None:
    """The volunteer joins the alumni, is asked twice how it went on, and the office reads it."""
    calendar.go_to(LAST + 30, stride)
    assert "alumni" in volunteer.letter("Stay in touch")
    stay.join_alumni(volunteer)
    assert APPLICANT["name"] in coordinator.come("/coordinator/alumni")
    for months, days in ((6, 183), (12, 366)):
        calendar.go_to(LAST + days, stride=7)
        stay.tell_how_it_went_on(volunteer, months)
        office.open_placement(coordinator)
        coordinator.follow("How it was, said by all sides")
        assert f"{months} months later" in coordinator.text
    assert "Come for three months at least." in coordinator.text
