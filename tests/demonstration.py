"""The demonstration, loaded once for all processes of a run: to load it takes longer than all that is asked of it."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

import pytest
from flask_security import hash_password

from tests.apps import make_app
from tests.databases import settings, sqlite_database
from webapp.db import SESSION_FACTORY, Session, own_session
from webapp.services import demo, ranking, runs

NAME = "demonstration"


def fill(secret: str) -> None:
    """Load everything into the empty database that is bound; `secret` is the hash of everybody's password."""
    with own_session() as session:
        assert not demo.is_loaded(session)
        demo.load(session, secret)
        ranking.request_everything(session, None, demo.SEED)
    runs.carry_out_next(own_session, ranking.rank_queued)
    with own_session() as session:
        demo.write_history(session)
    demo.learn(own_session)


def loaded(factory: pytest.TempPathFactory) -> Path:
    """Return a folder of data with the database `demonstration.db`, for whoever copies it.

    The first process that asks makes it, the others wait; afterwards no session is bound to anything of use.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / NAME
    with (shared / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _make(Path(tempfile.mkdtemp(dir=shared))).rename(folder)
    return folder


def _make(folder: Path) -> Path:
    with sqlite_database(folder, NAME) as url:
        with make_app(settings("demo", folder, url)).app_context():
            fill(hash_password(demo.DEMO_PASSWORD))
        Session.remove()
        SESSION_FACTORY.kw["bind"].dispose()  # which brings all that is written into the one file
    return folder
