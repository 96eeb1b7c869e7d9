"""What people of each role do on the site, over and over; each step is one request and its kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.bench.pages import Scene
from data.bench.visitor import Answer, Visitor
from webapp.services.demo import DEMO_PASSWORD
from webapp.services.spreadsheets import write_csv

Step = tuple[str, Answer]
Walk = Callable[["Walker"], Iterator[Step]]
A_LIST = re.compile(r"/lists/(\d+)/")
PUBLIC = ("/", "/assignments", "/assignments?lang=ar", "/routes", "/about", "/login")
PEOPLE = 5  # in a list


@dataclass(frozen=True)
class Walker:
    """Who walks: port, the accounts and rows of the demonstration, and a number that no other walker has."""

    port: int
    scene: Scene
    number: int

    def signed_in(self, email: str) -> tuple[Visitor, Step]:
        """Return a new browser in which somebody has signed in."""
        visitor = Visitor(self.port)
        return visitor, ("log-in", visitor.sign_in(email, DEMO_PASSWORD))


def stranger(who: Walker) -> Iterator[Step]:
    """Look around without an account, and register."""
    visitor = Visitor(who.port)
    for path in PUBLIC:
        yield "public page", visitor.get(path)
    yield "health", visitor.get("/healthz")


def newcomer(who: Walker) -> Iterator[Step]:
    """Register; a letter goes out."""
    for number in itertools.count():
        visitor = Visitor(who.port)
        page = visitor.get("/register?as=volunteer")
        yield "public page", page
        vio = page.text.split('name="vio_id"')[1].split('value="')[1].split('"')[0]
        fields = {
            "way": "volunteer",
            "vio_id": vio,
            "full_name": "Somebody",
            "is_adult": "y",
            "password": DEMO_PASSWORD,
        }
        email = f"soak{who.number}-{number}@people.example"
        yield "registration", visitor.send("/register?as=volunteer", email=email, **fields)
        if number % 10 == 9:
            return


def volunteer(who: Walker) -> Iterator[Step]:
    """Save the profile, which ranks it anew, and look at what fits."""
    visitor, step = who.signed_in(who.scene.volunteer)
    yield step
    for number in range(10):
        yield "profile", visitor.get("/volunteer/profile/about")
        fields = {"full_name": "Somebody Else", "residence": "CN", "phone": f"+86 {number:06}", "go": "profile"}
        yield "profile save", visitor.send("/volunteer/profile/about", **fields)
        for path in ("/volunteer/", "/volunteer/openings/", f"/volunteer/openings/{who.scene.assignment_id}"):
            yield "openings", visitor.get(path)


def host(who: Walker) -> Iterator[Step]:
    """Write an assignment with the coach's advice beside it."""
    visitor, step = who.signed_in(who.scene.host)
    yield step
    visitor.get("/host/assignments/new")
    begun = visitor.send("/host/assignments/new", title="Nurse for the ward")
    yield "assignment begun", begun
    found = re.search(r"/assignments/(\d+)", begun.location)
    path = f"/host/assignments/{found[1]}/edit" if found else "/host/"
    section = f"{path}/work"
    for number in range(10):
        yield "coach", visitor.get(section)
        text = {"title": "Nurse for the ward", "tasks": f"Nurse patients on a ward of {number} beds, with a colleague."}
        yield "coach beside", visitor.send(f"{section}/live", **text)
        yield "assignment save", visitor.send(section, **text)
        yield "coach", visitor.get(f"{path}/skills")
        yield "host's page", visitor.get("/host/")


def coordinator(who: Walker) -> Iterator[Step]:
    """Read matches and the board, take lists away, and bring one."""
    visitor, step = who.signed_in(who.scene.coordinator)
    yield step
    work, person = who.scene.assignment_id, who.scene.volunteer_id
    for _round in range(5):
        yield "matches", visitor.get(f"/coordinator/assignments/{work}/matches")
        yield "board", visitor.get("/coordinator/board")
        for path in ("/coordinator/", "/coordinator/volunteers", f"/coordinator/volunteers/{person}"):
            yield "coordinator's page", visitor.get(path)
        yield "export page", visitor.get("/coordinator/lists")
        yield "export", visitor.send("/coordinator/lists/export/volunteers.csv")
        yield from _bring_list(visitor)


def _bring_list(visitor: Visitor) -> Iterator[Step]:
    rows = [[f"Person {number}", f"person{number}@lists.example"] for number in range(PEOPLE)]
    data = write_csv(["full_name", "email"], rows)
    brought = visitor.upload("/coordinator/lists", "people.csv", data, kind="volunteers")
    yield "list brought", brought
    number = A_LIST.search(brought.location)
    if number is not None:
        yield "list's columns", visitor.get(f"/coordinator/lists/{number[1]}/columns")
        columns = {"column-full_name": "full_name", "column-email": "email"}
        yield "list checked", visitor.send(f"/coordinator/lists/{number[1]}/columns", **columns)
        yield "list refused", visitor.send(f"/coordinator/lists/{number[1]}/refuse")


WALKS: tuple[Walk, ...] = (stranger, newcomer, volunteer, host, coordinator)
