"""Two machines serve one PostgreSQL: a visitor finds on one what they did on the other, also when one is killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from data.bench import served
from data.bench.pages import OPENING
from data.bench.visitor import Visitor
from tests.databases import in_postgresql, settings
from tests.kills import kill_all
from tests.live import LiveServer
from webapp.models import Match, User, Volunteer
from webapp.services.demo import DEMO_PASSWORD

EMAIL = "v0061@people.example"
ABOUT = {"residence": "CN", "phone": "+86 100000", "go": "profile"}


@pytest.fixture
def url(demonstration: LiveServer, postgres_url: str) -> Iterator[str]:
    """Yield a PostgreSQL with the demonstration in it."""
    with in_postgresql(postgres_url, demonstration.engine) as found:
        yield found


@contextmanager
def _two_machines(folder: Path, url: str) -> Iterator[tuple[served.Served, served.Served]]:
    """Yield two services with the same words and the same folder, as docs/operations.md asks for."""
    environment = served.environment(settings("demo", folder, url)) | {"WORKERS": "1"}
    with served.service(environment) as one, served.service(environment) as other:
        yield one, other


def _kept(url: str) -> tuple[str, set[int]]:
    """Return the volunteer's name, and the assignments that fit now."""
    engine = create_engine(url)
    with engine.connect() as connection:
        here = select(Volunteer.id, Volunteer.full_name).join(User, User.id == Volunteer.user_id)
        number, name = connection.execute(here.where(User.email == EMAIL)).one()
        current = select(Match.assignment_id).where(Match.volunteer_id == number, Match.is_current)
        found = set(connection.scalars(current))
    engine.dispose()
    return name, found


def test_a_visitor_goes_from_one_machine_to_the_other(url: str, tmp_path: Path) -> None:
    with _two_machines(tmp_path, url) as (one, other):
        visitor = Visitor(one.port)
        assert visitor.sign_in(EMAIL, DEMO_PASSWORD).is_kept
        visitor.port = other.port
        assert visitor.get("/volunteer/profile/about").status == 200
        visitor.port = one.port
        assert visitor.send("/volunteer/profile/about", full_name="Somebody Else", **ABOUT).is_kept
        visitor.port = other.port
        name, fitting = _kept(url)
        assert name == "Somebody Else"
        assert name in visitor.get("/volunteer/profile/about").text
        shown = {int(number) for number in OPENING.findall(visitor.get("/volunteer/openings/").text)}
        assert shown
        assert shown <= fitting
        kill_all(one.process.pid)
        assert visitor.get("/volunteer/").status == 200
        visitor.get("/volunteer/profile/about")
        assert visitor.send("/volunteer/profile/about", full_name="Still Here", **ABOUT).is_kept
    assert _kept(url)[0] == "Still Here"


def test_who_signs_out_on_one_machine_is_signed_out_on_the_other(url: str, tmp_path: Path) -> None:
    with _two_machines(tmp_path, url) as (one, other):
        here, there = Visitor(one.port), Visitor(other.port)
        assert here.sign_in(EMAIL, DEMO_PASSWORD).is_kept
        there.browser.cookies.update(here.browser.cookies)
        assert there.get("/volunteer/").status == 200
        here.get("/volunteer/")
        assert here.send("/logout").is_kept
        assert "/login" in there.get("/volunteer/").location
