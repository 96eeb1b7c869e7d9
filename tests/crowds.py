"""People who use a served installation all at once, while something fails, and what they were told was kept."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from flask_security import hash_password
from sqlalchemy import select

from data.bench.visitor import Answer, Visitor
from tests.factories import PASSWORD, make_assignment, make_vio, make_volunteer
from tests.kills import check_whole
from webapp import create_app
from webapp.config import Config
from webapp.db import SESSION_FACTORY, Session, bind, make_engine, own_session
from webapp.models import User, Volunteer

SAVERS, REGISTRARS, READERS = 3, 1, 2
READ = ("/assignments", "/", "/volunteer/", "/volunteer/openings/")
A_VIO = re.compile(r'name="vio_id"[^>]*value="(\d+)"')
PATIENCE = 120  # seconds
A_REST = 0.05  # seconds between two requests of one person


def settle(config: Config) -> list[str]:
    """Fill an empty installation with an office, an opening and volunteers who can sign in; return their addresses."""
    app = create_app(config)
    with app.app_context(), own_session() as session:
        vio = make_vio(session, is_open=True)
        make_assignment(session)
        people = [make_volunteer(session, vio) for _ in range(SAVERS + READERS)]
        for person in people:
            person.user.password = hash_password(PASSWORD)
        addresses = [person.user.email for person in people]
    leave()
    return addresses


def check_all_kept(url: str, crowd: Crowd) -> None:
    """Fail unless all that these people were told was kept is there, the database is sound, and no page was a trace."""
    bind(make_engine(url))
    assert crowd.lost() == []
    check_whole(make_engine(url))
    leave()
    assert traces(crowd.people) == []


def leave() -> None:
    """Close what this process has open in the installation's database."""
    Session.remove()
    SESSION_FACTORY.kw["bind"].dispose()


@dataclass
class Person:
    """Somebody at work in a thread: every answer with the moment it came, and what they were told was kept."""

    port: int
    email: str
    answers: list[tuple[float, Answer]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Do what comes before the first request that counts."""

    def act(self, number: int) -> Answer:
        """Send one request."""
        raise NotImplementedError

    def work(self, stop: threading.Event) -> None:
        """Send one request after the other until told to stop."""
        for number in count():
            if stop.wait(A_REST):
                return
            answer = self.act(number)
            self.answers.append((time.monotonic(), answer))


class Member(Person):
    """Somebody with an account."""

    def begin(self) -> None:
        """Sign in."""
        self.visitor = Visitor(self.port)
        assert self.visitor.sign_in(self.email, PASSWORD).is_kept


class Saver(Member):
    """Saves the own profile, each time with another telephone number."""

    def begin(self) -> None:
        """Open the page with the form."""
        super().begin()
        assert self.visitor.get("/volunteer/profile/about").status == 200

    def act(self, number: int) -> Answer:
        """Save once."""
        phone = f"+86 {number:06}"
        fields = {"full_name": self.email, "phone": phone, "residence": "CN", "go": "profile"}
        answer = self.visitor.send("/volunteer/profile/about", **fields)
        if answer.is_kept:
            self.kept.append(phone)
        return answer


class Registrar(Person):
    """Registers one volunteer after the other, each with a browser of their own."""

    vio_id = ""

    def act(self, number: int) -> Answer:
        """Register one."""
        visitor, email = Visitor(self.port), f"{self.email}-{number}@people.example"
        page = visitor.get("/register?as=volunteer").text
        self.vio_id = next(iter(A_VIO.findall(page)), self.vio_id)
        fields = {"way": "volunteer", "vio_id": self.vio_id, "full_name": "Somebody", "email": email, "is_adult": "y"}
        answer = visitor.send("/register?as=volunteer", password=PASSWORD, **fields)
        if answer.is_kept:
            self.kept.append(email)
        return answer


class Reader(Member):
    """Reads, and changes nothing."""

    def act(self, number: int) -> Answer:
        """Open one page."""
        return self.visitor.get(READ[number % len(READ)])


@dataclass(frozen=True)
class Crowd:
    """All of them."""

    writers: list[Person]
    readers: list[Person]

    @property
    def people(self) -> list[Person]:
        """Return everybody."""
        return [*self.writers, *self.readers]

    def go_on(self, times: int) -> None:
        """Return when everybody has had so many more answers."""
        goals = [(who, len(who.answers) + times) for who in self.people]
        end = time.monotonic() + PATIENCE
        while any(len(who.answers) < goal for who, goal in goals):
            assert time.monotonic() < end, "somebody waits for ever"
            time.sleep(0.05)

    def lost(self) -> list[str]:
        """Return what somebody was told was kept, and is not in the database."""
        with own_session() as session:
            there = set(session.scalars(select(User.email)))
            phones = {email: phone or "" for email, phone in session.execute(select(Volunteer.email, Volunteer.phone))}
        lost = [email for who in self.writers if isinstance(who, Registrar) for email in who.kept if email not in there]
        savers = [who for who in self.writers if isinstance(who, Saver) and who.kept]
        return lost + [f"{who.email} {who.kept[-1]}" for who in savers if phones[who.email] < who.kept[-1]]


@contextmanager
def at_work(port: int, addresses: list[str]) -> Iterator[Crowd]:
    """Let everybody work until the end of the block."""
    savers = [Saver(port, email) for email in addresses[:SAVERS]]
    registrars = [Registrar(port, f"new{number}") for number in range(REGISTRARS)]
    crowd = Crowd([*savers, *registrars], [Reader(port, email) for email in addresses[SAVERS:]])
    for who in crowd.people:
        who.begin()
    stop = threading.Event()
    threads = [threading.Thread(target=who.work, args=(stop,)) for who in crowd.people]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        stop.set()
        for thread in threads:
            thread.join()


class Moments:
    """Stretches of time, each the block of a `with`."""

    def __init__(self) -> None:
        self._began: list[float] = []
        self._ended: list[float] = []

    def __enter__(self) -> Moments:
        self._began.append(time.monotonic())
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.append(time.monotonic())

    def statuses(self, people: list[Person]) -> Counter[int]:
        """Return how requests ended that began and were answered within."""
        stretches = list(zip(self._began, self._ended, strict=True))
        told = [(at - one.seconds, at, one.status) for who in people for at, one in who.answers]
        return Counter(
            status
            for began, ended, status in told
            if any(first <= began and ended <= last for first, last in stretches)
        )


def slowest(people: list[Person]) -> float:
    """Return the seconds of the slowest answer."""
    return max(one.seconds for who in people for _at, one in who.answers)


def unanswered(people: list[Person]) -> list[str]:
    """Return why nobody answered, of each request that nobody answered."""
    return [f"{one.seconds:.1f} s: {one.failure}" for who in people for _at, one in who.answers if one.failure]


def traces(people: list[Person]) -> list[str]:
    """Return pages that show the inside of the program."""
    return [one.text for who in people for _at, one in who.answers if "Traceback" in one.text]
