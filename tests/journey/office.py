"""What the coordinator and the focal point of a journey do once somebody is to be placed."""

from __future__ import annotations

from tests.journey.answers import APPLICANT, OFFICE, TITLE
from tests.journey.beginning import Arrive
from tests.journey.calendar import Calendar
from tests.journey.person import PASSWORD, Person

FOCAL_POINT = "nurlan@mountain-road.example"
VISA = "Right to enter and to do this work"


def name_focal_point(administrator: Person, arrive: Arrive) -> Person:
    """Invite a focal point, who joins and goes on duty."""
    administrator.come("/administrator/staff/invite")
    vio = administrator.page.get_by_role("option", name=OFFICE["name"]).get_attribute("value")
    administrator.send("Send the invitation", email=FOCAL_POINT, role="focal_point", vio_id=vio)
    who = arrive(FOCAL_POINT)
    who.open_letter("focal point")
    who.send("Make my account", own_name="Нурлан Токтоев", password=PASSWORD)
    who.come("/focal-point/duty")
    me = who.page.locator("[name=duty_person_id] option", has_text="Нурлан").get_attribute("value")
    assert "Volunteers see it from now on" in who.send("Keep this", duty_person_id=me, duty_line="+996 312 000111")
    return who


def offer(coordinator: Person, calendar: Calendar, first: int, last: int) -> None:
    """Offer a place to whom the host has put on the shortlist."""
    coordinator.come("/coordinator/applications")
    coordinator.follow(APPLICANT["name"])
    coordinator.follow("Make an offer")
    days = {"starts_on": calendar.day(first).isoformat(), "ends_on": calendar.day(last).isoformat()}
    coordinator.send("Make the offer", kind="international", words="Welcome. Ask Aigul whatever you like.", **days)
    assert "offered, waits for an answer" in coordinator.text


def open_placement(coordinator: Person) -> str:
    """Open the placement of the journey."""
    coordinator.come("/coordinator/placements")
    return coordinator.follow(APPLICANT["name"])


def clear(coordinator: Person, item: str, until: str = "") -> None:
    """Look at one item of the list and say that it is in order, until a day where it runs out."""
    open_placement(coordinator)
    coordinator.follow("Clearances and emergency card")
    coordinator.follow(item)
    coordinator.unfold("Clear it")
    coordinator.send("It is in order", expires_on=until)
    assert "cleared" in coordinator.text


def is_kept_from_starting(coordinator: Person) -> str:
    """Try to start the placement, and return what the page says against it."""
    open_placement(coordinator)
    refusal = coordinator.press("Start the placement")
    assert "being prepared" in refusal
    return refusal


def start(coordinator: Person) -> None:
    """Start the placement."""
    open_placement(coordinator)
    assert "Everybody concerned has a letter" in coordinator.press("Start the placement")


def help_out(focal_point: Person) -> None:
    """Take up the call for help, write, and close it once it is settled."""
    assert "Somebody calls for help" in focal_point.letter()
    focal_point.come("/focal-point/")
    focal_point.follow("call for help to take up")
    focal_point.follow(APPLICANT["name"])
    assert "The well collapsed" in focal_point.text
    assert "tell neither host nor coordinators" in focal_point.text
    focal_point.press("I take it up")
    focal_point.send("Send to the volunteer", text="A car is on its way; stay where you are.")


def close_call(focal_point: Person) -> None:
    """Say that it is done."""
    focal_point.come("/focal-point/calls")
    focal_point.follow(APPLICANT["name"])
    assert "The call is closed" in focal_point.press("It is done: close the call")


def extend(coordinator: Person, until: str) -> str:
    """Let the placement go on until the day that both have signed."""
    open_placement(coordinator)
    coordinator.unfold("Extend it")
    return coordinator.send("Extend the placement", ends_on=until)


def complete(coordinator: Person) -> str:
    """Say that the placement was served to its last day."""
    open_placement(coordinator)
    return coordinator.press("Complete the placement")


def publish_lesson(coordinator: Person, words: str) -> None:
    """Read a lesson, and show it in the library."""
    coordinator.come("/coordinator/lessons/review")
    assert words in coordinator.text
    assert TITLE in coordinator.text
    coordinator.press("Show it in the library")
    assert "Shown now" in coordinator.text
