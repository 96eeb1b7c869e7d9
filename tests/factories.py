"""Rows for tests: plain functions with sensible defaults; `over` sets what the test is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import (
    Application,
    Assignment,
    AssignmentLanguage,
    AssignmentSkill,
    AvailabilityWindow,
    Consent,
    CountryWish,
    Host,
    ScoreModel,
    User,
    Vio,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.services import accounts, score_models

AnySession = Session
NOTHING_MOVES = {"assignments": 0, "moved": 0, "places": 0, "examples": [], "groups": {}}
PASSWORD = "a-long-enough-passphrase"
NUMBERS = count(1)
SKILLS, LANGUAGES, COUNTRIES = {"NUR-01": 3}, {"en": "C1", "fr": "B2"}, ("KE",)


def make_vio(session: AnySession, **over: Any) -> Vio:
    """Make a VIO."""
    number = next(NUMBERS)
    columns = {"name": f"VIO {number}", "country": "CN", "contact_email": f"office{number}@vio.example"}
    return _add(session, Vio(**{**columns, "created_at": clock.now(), **over}))


def make_user(session: AnySession, role: str, vio: Vio | None = None, **over: Any) -> User:
    """Make a confirmed account that signs in with PASSWORD (tests keep passwords as they are)."""
    if role != "administrator":
        over.setdefault("vio_id", (vio or make_vio(session)).id)
    email = over.pop("email", f"{role}{next(NUMBERS)}@people.example")
    return accounts.create_account(_session(session), email, PASSWORD, role, **over)


def make_volunteer(
    session: AnySession,
    vio: Vio | None = None,
    *,
    claimed: bool = True,
    consents: Iterable[str] = ("matching", "abroad"),
    skills: dict[str, int] | None = None,
    languages: dict[str, str] | None = None,
    countries: Iterable[str] = COUNTRIES,
    **over: Any,
) -> Volunteer:
    """Make a volunteer who fits `make_assignment`: a nurse with French for Kenya."""
    vio = vio or make_vio(session)
    user = make_user(session, "volunteer", vio) if claimed else None
    now, number = clock.now(), next(NUMBERS)
    columns = {
        "vio_id": vio.id,
        "user_id": user.id if user else None,
        "full_name": f"Volunteer {number}",
        "email": user.email if user else f"unclaimed{number}@people.example",
        "phone": f"+86 000 {number:06}",
        "residence": "CN",
        "is_adult": True,
        "on_site": True,
        "online": False,
        "stay_min_weeks": 4,
        "stay_max_weeks": 52,
        "created_at": now,
        "updated_at": now,
    }
    volunteer = Volunteer(**{**columns, **over})
    today = clock.today()
    volunteer.skills = [VolunteerSkill(skill=s, level=n) for s, n in (SKILLS if skills is None else skills).items()]
    volunteer.languages = [
        VolunteerLanguage(language=code, level=level)
        for code, level in (LANGUAGES if languages is None else languages).items()
    ]
    volunteer.wishes = [CountryWish(kind="country", code=code) for code in countries]
    volunteer.windows = [AvailabilityWindow(starts_on=today, ends_on=today + timedelta(days=700))]
    volunteer.consents = [make_consent(purpose) for purpose in consents]
    return _add(session, volunteer)


def make_consent(purpose: str, given_on: date | None = None) -> Consent:
    """Make a consent that stands; the caller adds it to a volunteer."""
    return Consent(
        purpose=purpose, version="test", given_on=given_on or clock.today(), how="in a test", recorded_at=clock.now()
    )


def make_host(session: AnySession, vio: Vio | None = None, *, verified: bool = True, **over: Any) -> Host:
    """Make a host organization, verified unless said otherwise."""
    number, now = next(NUMBERS), clock.now()
    columns = {
        "vio_id": (vio or make_vio(session)).id,
        "name": f"Host {number}",
        "country": "KE",
        "contact_email": f"host{number}@hosts.example",
        "state": "verified" if verified else "unverified",
        "verified_until": clock.today() + timedelta(days=700) if verified else None,
        "created_at": now,
        "updated_at": now,
    }
    return _add(session, Host(**{**columns, **over}))


def make_host_user(session: AnySession, host: Host, **over: Any) -> User:
    """Make an account that works for `host`."""
    return make_user(session, "host", host.vio, host_id=host.id, **over)


def make_assignment(
    session: AnySession,
    host: Host | None = None,
    *,
    skills: dict[str, int] | None = None,
    languages: dict[str, str] | None = None,
    **over: Any,
) -> Assignment:
    """Make an open assignment for a nurse with French in Kenya."""
    host = host or make_host(session)
    now, today = clock.now(), clock.today()
    columns = {
        "vio_id": host.vio_id,
        "host_id": host.id,
        "state": "open",
        "title": "Nurse for the ward",  # no number: numbers too are text that shapes a score
        "tasks": "Nurse patients on a ward of twenty beds with two colleagues.",
        "mode": "on_site",
        "country": "KE",
        "start_on": today + timedelta(days=60),
        "end_on": today + timedelta(days=300),
        "weeks": 12,
        "hours": 35,
        "places_international": 2,
        "created_at": now,
        "updated_at": now,
        "published_at": now,
    }
    assignment = Assignment(**{**columns, **over})
    asked = {"NUR-01": 2} if skills is None else skills
    assignment.skills = [AssignmentSkill(skill=code, level=level) for code, level in asked.items()]
    assignment.languages = [
        AssignmentLanguage(language=code, level=level)
        for code, level in ({"fr": "B1"} if languages is None else languages).items()
    ]
    return _add(session, assignment)


def make_application(session: AnySession, volunteer: Volunteer, assignment: Assignment, **over: Any) -> Application:
    """Make a live application."""
    now = clock.now()
    columns = {"answer_by": clock.today() + timedelta(days=14), "submitted_at": now, "state_at": now}
    return _add(session, Application(volunteer_id=volunteer.id, assignment_id=assignment.id, **{**columns, **over}))


def _add(session: AnySession, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def _session(session: AnySession) -> Session:
    return session


def let_country_weigh(session: AnySession, who: User, percent: int, reason: str = "As we work.") -> ScoreModel:
    """Put a weight of the country in force for a coordinator's VIO, as if the comparison had shown no change."""
    made = score_models.propose_country_weight(session, who, percent, reason)
    made.preview = NOTHING_MOVES
    score_models.approve(session, who, made, reason)
    return made
