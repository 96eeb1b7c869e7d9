"""How the installation does, in numbers: for the administrator, so without a name."""

from __future__ import annotations

from configparser import ConfigParser
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp import clock
from webapp.config import ROOT
from webapp.models import Host, Mail, MatchRun, User, Vio, Volunteer
from webapp.models.accounts import ROLES
from webapp.services import access_reviews, counting
from webapp.services.letters import MOST_ATTEMPTS, WAITING

SHOWN_RUNS = 10


@dataclass(frozen=True)
class State:
    """What the administrator's first page says."""

    version: str
    database: str
    vios: int
    accounts: dict[str, int]
    hosts: int
    unclaimed: int
    letters_waiting: int
    oldest_waiting: datetime | None
    letters_given_up: int
    runs_waiting: int
    database_bytes: int
    access_due: int


def state(session: Session) -> State:
    """Count what there is and what waits."""
    active = select(func.count()).select_from(User).where(User.active)
    per_role = counting.sums(session, {role: [active.where(User.role == role)] for role in ROLES})
    given_up = (Mail.sent_at.is_(None), Mail.attempts >= MOST_ATTEMPTS)
    return State(
        version=own_version(),
        database=session.get_bind().dialect.name,
        vios=_count(session, Vio),
        accounts=per_role,
        hosts=_count(session, Host),
        unclaimed=_count(session, Volunteer, Volunteer.user_id.is_(None)),
        letters_waiting=_count(session, Mail, *WAITING),
        oldest_waiting=session.scalar(select(func.min(Mail.created_at)).where(*WAITING)),
        letters_given_up=_count(session, Mail, *given_up),
        runs_waiting=_count(session, MatchRun, MatchRun.state.in_(("queued", "running"))),
        database_bytes=_database_bytes(session),
        access_due=access_reviews.count_due(session, clock.today()),
    )


def _count(session: Session, table: type, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type]


def _database_bytes(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages = session.scalar(text("PRAGMA page_count")) or 0
    return int(pages * (session.scalar(text("PRAGMA page_size")) or 0))


def own_version() -> str:
    """Return the version of this installation."""
    try:
        return version("caravanserai")
    except PackageNotFoundError:  # run from the folder, without being installed
        return _version_of_folder()


def _version_of_folder() -> str:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return settings.get("metadata", "version", fallback="?")
