"""How long the ten main pages take at 16 connections, beside an empty Flask page that is served alike.

The service runs as `./run` starts it, over a database of invented people. Each page is asked for in turn with the
empty one, in the same run: what counts is the ratio of the slowest hundredth of the answers. Then a profile is saved.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import delete, select

from data.bench import importing, load, served, works
from data.bench.databases import kinds
from data.bench.installation import installation, signed_in
from data.bench.visitor import Visitor
from data.evaluation.figure import Figure, at_least, at_most
from webapp import clock, list_command
from webapp.db import SESSION_FACTORY, own_session, sweep
from webapp.models import Assignment, Match, MatchRun, User, Vio, Volunteer
from webapp.services import ranking, runs
from webapp.services.demo import DEMO_PASSWORD

QUICK, FULL = (10_000, 500), (100_000, 5_000)  # volunteers, assignments
ROUNDS = 3  # in turn: a slow minute of the machine meets both
TIMES = 24  # answers on each connection, of both: all begin at once, which weighs the same then
SHARE = 0.99
MOST_EMPTY_PAGES = 8.0
DIGITS = re.compile(r"\d+")
OPENING = re.compile(r'href="/volunteer/openings/(\d+)"')


@dataclass(frozen=True)
class Scene:
    """Who opens the pages, and the rows that their addresses name."""

    coordinator: str
    host: str
    volunteer: str
    assignment_id: int
    volunteer_id: int

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield account and address of the ten main pages."""
        work = self.assignment_id
        yield "", "/assignments"
        yield self.coordinator, "/coordinator/"
        yield self.coordinator, "/coordinator/volunteers"
        yield self.coordinator, f"/coordinator/volunteers/{self.volunteer_id}"
        yield self.coordinator, f"/coordinator/assignments/{work}/matches"
        yield self.coordinator, "/coordinator/assignments"
        yield self.coordinator, "/coordinator/board"
        yield self.host, "/host/"
        yield self.volunteer, "/volunteer/"
        yield self.volunteer, "/volunteer/openings/"


def figures(full: bool) -> list[Figure]:
    """Measure over QUICK or FULL invented volunteers and assignments, on each kind of database."""
    return [figure for kind in kinds() for figure in _on(kind, *(FULL if full else QUICK))]


def _on(kind: str, number: int, assignments: int) -> list[Figure]:
    with installation(0, kind) as app:
        config = app.extensions["config"]
        fill(number, assignments)
        here = scene()
        size = f"{number:,} volunteers, {assignments:,} assignments, {kind}"
        environment = served.environment(config)
        with served.service(environment) as service, served.empty_page() as empty:
            found = _measured(app, service.port, empty.port, here, size)
            saved, is_shown = _save(service.port, here)
        first_start, next_start = _starts(environment, config.columns_dir)
    return [
        *found,
        at_most(f"a profile saved, {size}", saved, None, "s"),
        at_least(f"the next page shows the matches of what was saved (1: yes), {kind}", is_shown, 1.0, ""),
        at_most(f"start with an empty cache until it answers, {size}", first_start, None, "s"),
        at_most(f"start with a warm one, {kind}", next_start, None, "s"),
    ]


def _starts(environment: dict[str, str], columns: Path) -> tuple[float, float]:
    """Start the service with nothing kept, and again; return the seconds until each answers.

    There are no modules and loops that were compiled, and no columns of people beside the database; what the system
    itself holds of files that were read stays.
    """
    shutil.rmtree(columns, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as kept:
        # Modules are kept by the first start, also where whoever measures lets none be written.
        written = {"PYTHONPYCACHEPREFIX": kept, "PYTHONDONTWRITEBYTECODE": "", "NUMBA_CACHE_DIR": kept}
        return _start(environment | written), _start(environment | written)


def _start(environment: dict[str, str]) -> float:
    """Start and stop the service; return the seconds until the front page comes."""
    began = time.monotonic()
    with served.service(environment) as service:
        answers = load.ask(service.port, "/", "", 1)
        if answers.errors:
            raise RuntimeError(f"the front page did not come: {answers.errors}")
        return time.monotonic() - began


def _measured(app: Flask, port: int, empty_port: int, here: Scene, size: str) -> list[Figure]:
    found, errors, empties = [], 0, []
    for email, path in here.pages():
        cookie = _cookie(app, email) if email else ""
        load.ask(port, path, cookie, 1)  # what is read once is not counted
        ratios, slowest = [], []
        for _round in range(ROUNDS):
            empty, page = load.ask(empty_port, "/", "", TIMES), load.ask(port, path, cookie, TIMES)
            errors += page.errors
            empties.append(empty.percentile(SHARE))
            slowest.append(page.percentile(SHARE))
            ratios.append(slowest[-1] / empties[-1])
        name = f"{re.sub(DIGITS, 'N', path)}, {size}, p99 at 16 connections"
        beside = {"seconds": median(slowest)}
        found.append(at_most(name, median(ratios), MOST_EMPTY_PAGES, "empty pages", beside))
    found.append(at_most(f"an empty Flask page, p99, beside {size}", median(empties), None, "s"))
    found.append(at_most(f"answers that were errors, {size}", errors, 0, ""))
    return found


def _save(port: int, here: Scene) -> tuple[float, float]:
    """Save a profile as its volunteer; return the seconds, and 1 if the next page shows what was found for it then."""
    visitor = Visitor(port)
    visitor.sign_in(here.volunteer, DEMO_PASSWORD)
    visitor.get("/volunteer/profile/about")
    began = clock.now()
    fields = {"full_name": "Somebody Else", "residence": "CN", "phone": "+86 100000", "go": "profile"}
    saved = visitor.send("/volunteer/profile/about", **fields)
    shown = {int(number) for number in OPENING.findall(visitor.get("/volunteer/openings/").text)}
    with own_session() as session:
        mine = select(Match.assignment_id).join(Volunteer).join(User, User.id == Volunteer.user_id)
        query = mine.join(MatchRun, MatchRun.id == Match.run_id).where(User.email == here.volunteer, Match.is_current)
        new = set(session.scalars(query.where(MatchRun.finished_at >= began)))
    return saved.seconds, float(saved.is_kept and bool(shown) and shown <= new)


def fill(number: int, assignments: int) -> None:
    """Bring in people by CSV, as an office does, and as many assignments beside the demonstration's."""
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder:
        for file in importing.write_lists(Path(folder), number):
            with own_session() as session:
                vio = session.scalars(select(Vio.name).order_by(Vio.id)).first()
                list_command.import_list(session, "volunteers", file, vio, None, dry_run=False)
    with own_session() as session:
        works.copy(session, assignments)
        # The demonstration wants everything ranked anew: of so many people and assignments that takes too long here.
        session.execute(delete(MatchRun).where(MatchRun.state == "queued"))
    sweep(SESSION_FACTORY.kw["bind"])  # what PostgreSQL does of itself some minutes after many rows came in


def scene() -> Scene:
    """Rank an assignment of the first VIO, fill its others' lists, and rank a volunteer: theirs are the pages."""
    with own_session() as session:
        vio_id = session.scalars(select(Vio.id).order_by(Vio.id)).first()
        here = (Assignment.vio_id == vio_id, Assignment.state == "open")
        query = select(Assignment).join(User, User.host_id == Assignment.host_id).where(*here).order_by(Assignment.id)
        work = session.scalars(query).first()
        assert work is not None
        is_waiting = ranking.rank_assignment(session, work).state == "queued"
    if is_waiting:  # many are within reach, so it is done in the background
        runs.carry_out_next(own_session, ranking.rank_queued)
    with own_session() as session:
        works.match(session, work.id)
    sweep(SESSION_FACTORY.kw["bind"])
    with own_session() as session:
        person = session.scalars(select(Volunteer).where(Volunteer.user_id.is_not(None)).order_by(Volunteer.id)).first()
        assert person is not None and person.user is not None
        ranking.rank_volunteer(session, person)
        office = select(User.email).where(User.role == "coordinator", User.vio_id == vio_id)
        host = select(User.email).where(User.host_id == work.host_id)
        matched = select(Match.volunteer_id).join(Volunteer).where(Match.assignment_id == work.id, Match.is_current)
        return Scene(
            coordinator=session.scalars(office.order_by(User.id)).first() or "",
            host=session.scalars(host.order_by(User.id)).first() or "",
            volunteer=person.user.email,
            assignment_id=work.id,
            volunteer_id=session.scalars(matched.where(Volunteer.vio_id == vio_id)).first() or person.id,
        )


def _cookie(app: Flask, email: str) -> str:
    """Return the cookie of somebody who has signed in; the service behind gunicorn has the same keys."""
    cookie = signed_in(app, email).get_cookie("session")
    if cookie is None:
        raise RuntimeError(f"{email} has no session")
    return f"session={cookie.value}"
