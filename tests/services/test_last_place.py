"""The last place, offered by eight coordinators' clients at the same moment: one gets it, the others kind words."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import Engine, func, select

from tests.factories import make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.scripts import Script
from tests.stays import make_selectable
from webapp.db import own_session
from webapp.models import Assignment, Host, Offer, Place, Volunteer
from webapp.models.accounts import COORDINATOR
from webapp.services import places

RACERS = 8
KIND = {
    "The last place of this kind has just been taken. Choose another kind, or wait.",
    "Somebody else was a moment quicker. Reload the page to see which places are left.",
}

# Each thread has an engine of its own. A line in: when to go, who, and one application for each thread; a line out: how
# it went for each, in words of one piece. What is neither a place nor a refusal is told by name, and fails the test.
CLIENT = textwrap.dedent(
    """
    import sys, threading, time
    from datetime import timedelta
    from webapp import clock
    from webapp.db import SESSION_FACTORY, keep_key, make_engine
    from webapp.models import Application, User
    from webapp.services import offers
    from webapp.services.errors import Refused
    from webapp.speech import say
    keep_key("only-for-tests-too")

    engines = [make_engine(sys.argv[1]) for _ in range(int(sys.argv[2]))]
    first = clock.today() + timedelta(90)

    def race(engine, at, who, application, said, slot):
        try:
            with engine.connect():  # opened before the start
                pass
            time.sleep(max(0, at - time.time()))
            with SESSION_FACTORY(bind=engine) as session, session.begin():
                account, wish = session.get_one(User, who), session.get_one(Application, application)
                offers.make_offer(session, account, wish, "international", first, first + timedelta(30))
            said[slot] = "place"
        except Refused as refused:
            said[slot] = say(refused.words, "en").replace(" ", "_")
        except Exception as error:
            said[slot] = f"{type(error).__name__}:{error}".replace(" ", "_").replace("\\n", "_")

    print("ready", flush=True)
    for line in sys.stdin:
        at, who, *wishes = line.split()
        said = [""] * len(wishes)
        racers = [
            threading.Thread(target=race, args=(engine, float(at), int(who), int(wish), said, slot))
            for slot, (engine, wish) in enumerate(zip(engines, wishes))
        ]
        for one in racers:
            one.start()
        for one in racers:
            one.join()
        print(*said, flush=True)
    """
)


@contextmanager
def _clients(url: str, processes: int) -> Iterator[list[Script]]:
    """Yield processes that wait for the start of a round."""
    with ExitStack() as stack:
        words = (CLIENT, url, str(RACERS // processes))
        started = [stack.enter_context(Script(*words)) for _ in range(processes)]
        assert all(client.stdout.readline() == "ready\n" for client in started)
        yield started


def _round(clients: list[Script], who: int, people: list[int], host_id: int) -> None:
    with own_session() as session:
        work = make_assignment(session, session.get_one(Host, host_id), places_international=1)
        wishes = [make_selectable(session, work, volunteer=session.get_one(Volunteer, one)).id for one in people]
        work_id = work.id
    go = time.time() + 0.1
    for number, client in enumerate(clients):
        print(go, who, *wishes[number :: len(clients)], file=client.stdin, flush=True)
    said = [word.replace("_", " ") for client in clients for word in client.stdout.readline().split()]
    assert said.count("place") == 1
    assert {word for word in said if word != "place"} <= KIND and len(said) == RACERS
    with own_session() as session:
        work = session.get_one(Assignment, work_id)
        assert (work.state, places.room(session, work)["international"].left) == ("filled", 0)
        for table in (Offer, Place):
            assert session.scalar(select(func.count()).where(table.assignment_id == work_id)) == 1


def _race(engine: Engine, rounds: int, processes: int) -> None:
    with own_session() as session:
        vio = make_vio(session)
        who, host_id = make_user(session, COORDINATOR, vio).id, make_host(session, vio).id
        people = [make_volunteer(session, vio).id for _ in range(RACERS)]
    with _clients(engine.url.render_as_string(hide_password=False), processes) as clients:
        for _ in range(rounds):
            _round(clients, who, people, host_id)


def test_eight_race_for_the_last_place(own_engine: Engine) -> None:
    _race(own_engine, rounds=3, processes=2)


@pytest.mark.long
def test_eight_race_two_hundred_times(own_engine: Engine) -> None:
    _race(own_engine, rounds=200, processes=8)
