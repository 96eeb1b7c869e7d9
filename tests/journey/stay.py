"""What volunteer and host of a journey do with a placement: from the offer to a year after."""

from __future__ import annotations

import re
from typing import Any

from tests.journey.answers import APPLICANT, TITLE
from tests.journey.calendar import Calendar
from tests.journey.lessons import pass_all
from tests.journey.person import Person
from webapp.courses import read_course

WELL = {"work": 4, "hours": 3, "supervision": 4, "well": 4}
ASKED = {
    "volunteer": ("tasks", "time", "support", "learning", "living", "money", "safety", "equal"),
    "host": ("tasks", "skills", "languages", "time", "handover", "learning", "conduct", "equal"),
}
AGREED = ("tasks", "support", "learning", "skills")
LESSON = "Learn the names of the pump's parts in Kamba before you come: the mechanics use no others."


def promised_day(volunteer: Person, calendar: Calendar) -> int:
    """Return the number of the day by which the volunteer was promised an answer, as the page says it."""
    said = re.search(r"An answer comes by (\d+ \w+ \d+)", volunteer.come("/volunteer/applications/"))
    assert said, volunteer.text
    return calendar.number(said[1])


def accept(volunteer: Person, words: str) -> None:
    """Read the offer on the first page, and say yes."""
    assert "You have an offer" in volunteer.come("/volunteer/")
    volunteer.follow("Read it and answer")
    assert words in volunteer.text
    assert "Your place is yours" in volunteer.press("Accept the offer")


def placement(who: Person) -> str:
    """Open the placement, as volunteer or as host."""
    if who.address == APPLICANT["email"]:
        return who.come("/volunteer/placements/")
    who.come("/host/placements/")
    return who.follow(APPLICANT["name"])


def sign(who: Person, name: str) -> None:
    """Read what is to be signed, and sign it."""
    placement(who)
    who.follow("Agreement")
    assert TITLE in who.text
    assert "You have signed" in who.send("Sign the agreement", name=name)


def hand_in(volunteer: Person, item: str, words: str, **ticks: bool) -> None:
    """Hand in one item of the list; the first time with the tick that such facts may be kept."""
    placement(volunteer)
    volunteer.go("/before-you-leave")
    volunteer.follow(item)
    assert "Handed in." in volunteer.send("Hand in", words=words, **ticks)


def train(volunteer: Person) -> None:
    """Pass the course for volunteers, which clears itself."""
    placement(volunteer)
    volunteer.go("/before-you-leave")
    volunteer.follow("Training for volunteers")
    pass_all(volunteer, read_course("volunteer"), reads=False)
    assert "You have finished the training" in volunteer.text


def name_somebody(volunteer: Person) -> None:
    """Say whom to call if something happens."""
    placement(volunteer)
    volunteer.go("/before-you-leave")
    volunteer.follow("Emergency contact")
    close = {"close_name": "Асан уулу Бакыт", "close_how": "father", "close_language": "Kyrgyz"}
    assert "Kept." in volunteer.send("Keep it", close_phone="+996 555 000222", **close)


def check_in(who: Person, **words: str) -> None:
    """Answer the five short questions."""
    placement(who)
    who.follow("Check-ins")
    who.follow("Answer")
    assert "Your answers are kept" in who.send("Send your answers", **WELL, **words)


def call_for_help(volunteer: Person) -> None:
    """Call for help, and see who is on duty."""
    assert "Нурлан" in volunteer.come("/volunteer/help/")
    volunteer.send("Call for help", severity="today", text="The well collapsed, I am at the school with a cut hand.")
    assert "answers by" in volunteer.text


def propose_to_stay(volunteer: Person, until: str) -> None:
    """Propose a later last day."""
    placement(volunteer)
    volunteer.follow("Agreement")
    volunteer.unfold("Propose another wording")
    words = "We go on for five weeks: the well is dug anew, and the pump comes late."
    volunteer.send("Propose this wording", ends_on=until, words=words)
    assert "Your wording is proposed" in volunteer.text
    assert words in volunteer.text


def say_how_it_was(who: Person, side: str, words: str) -> None:
    """Answer the eight questions of a side."""
    placement(who)
    who.follow("Say how it was")
    says: dict[str, Any] = {f"says_{code}": "as_agreed" if code in AGREED else "yes" for code in ASKED[side]}
    assert "What you said is kept" in who.send("Send what I say", overall=5, as_expected=4, words=words, **says)


def get_certificate(volunteer: Person) -> str:
    """Have the certificate of service made, and return the text of its sheet."""
    placement(volunteer)
    volunteer.follow("Certificate of service")
    volunteer.push("form button")
    return volunteer.go("/sheet")


def write_lesson(volunteer: Person) -> None:
    """Write what the next one should know, and agree to show it by first name."""
    placement(volunteer)
    volunteer.go("/debrief")
    volunteer.go("/lessons")
    volunteer.send("Keep this lesson", text=LESSON, agrees=True, shown_as="first_name", name="Жылдыз")
    assert "A coordinator reads it next" in volunteer.text


def tell_how_it_went_on(volunteer: Person, months: int) -> None:
    """Follow the link of the letter without signing in, and answer once."""
    volunteer.open_letter(f"{months} months after")
    volunteer.send("Send what I say", in_touch="yes", learned="yes", lasting="partly", words="The book is kept.")
    assert "The link has been used" in volunteer.text


def join_alumni(volunteer: Person) -> None:
    """Agree to mentor newcomers and to be asked what it was like."""
    volunteer.come("/volunteer/alumni")
    volunteer.fill(may_mentor=True, may_be_asked=True)
    volunteer.press("I agree, and join")
    assert "Leave the alumni" in volunteer.text
