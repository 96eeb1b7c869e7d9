"""An invented past of the demonstration: assignments that were coached, sent, published and are over.

Scores are the coach's own, of texts with gaps; what followed was planted: where more is said and the host is trained,
people come sooner and stay. So the page on the effect has something to show. It is evidence of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Certificate, Exclusion, HintDraw, Host, MatchRun, User, Volunteer
from webapp.services import hint_trial, versions
from webapp.services.demo import past_stays
from webapp.services.demo.past_work import Past, tell
from webapp.services.demo.world import World
from webapp.services.versions import LISTS, NOT_SAID, ROW_KEYS, columns_of

SEED = 2025
TRIES_ORDERS = "caravan"  # the VIO whose new assignments draw an order of hints
DAYS_AGO = (700, 520, 420, 330)  # when a host's assignments were published; the training lies between
GAPS = (
    ("plain_day", "hardest_thing", "learning", "local_strengths", "expected_results", "community_consulted")
    + ("handover", "counterpart", "lodging", "water", "power", "internet", "locals_sought", "why_not_paid_local")
    + ("funder", "national_priority", "supervisor")
)
GAPS_OF_TRAINED, GAPS_OF_OTHERS = (1, 7), (4, 14)
USUAL_SCORE = 72
WAIVED_BELOW, WAIVES, WAIVER = 72, 0.6, "The season begins, and the host is known to us."


def write(session: Session, world: World) -> None:
    """Write the past of every verified host that has an open assignment to take texts from."""
    dice = Random(SEED)  # noqa: S311  (an invented past needs no secrets)
    world.vios[TRIES_ORDERS].hint_trial = True
    coordinators = {user.vio_id: user for user in world.coordinators.values()}
    people = _people(session, dice)
    for host in world.hosts.values():
        for past in _of_host(session, dice, host, world.now, coordinators[host.vio_id]):
            past_stays.write(session, dice, past, people[host.vio_id], coordinators[host.vio_id])


def _people(session: Session, dice: Random) -> dict[int, list[Volunteer]]:
    """Return the volunteers with an account by VIO, shuffled; each is placed once."""
    query = select(Volunteer).where(Volunteer.user_id.is_not(None)).order_by(Volunteer.id)
    found: dict[int, list[Volunteer]] = {}
    for volunteer in session.scalars(query):
        found.setdefault(volunteer.vio_id, []).append(volunteer)
    for some in found.values():
        dice.shuffle(some)
    return found


def _of_host(session: Session, dice: Random, host: Host, now: datetime, who: User) -> Iterator[Past]:
    texts = select(Assignment).where(Assignment.host_id == host.id, Assignment.state == "open").order_by(Assignment.id)
    patterns = list(session.scalars(texts))
    certified = session.scalar(
        select(Certificate.issued_at).join(User, User.id == Certificate.user_id).where(User.host_id == host.id)
    )
    luck = dice.gauss(0, 0.4)
    for number, days in enumerate(DAYS_AGO if patterns else ()):
        opened = now - timedelta(days=days + dice.randint(-30, 30))
        is_trained = certified is not None and certified < opened
        work = _begin(session, patterns[number % len(patterns)], opened)
        score = _send(session, dice, work, opened, is_trained)
        if score < WAIVED_BELOW and dice.random() < WAIVES:
            version = versions.versions_of(session, work)[-1]
            version.waived_by, version.waived_at, version.waiver_reason = who, opened, WAIVER
        lift = 0.9 * (score - USUAL_SCORE) / 10 + 0.5 * is_trained + luck
        _publish(session, dice, work, opened, lift)
        yield Past(work, opened, lift)


def _begin(session: Session, pattern: Assignment, opened: datetime) -> Assignment:
    """Begin an assignment with the texts of another, one place, and dates of its own."""
    begun, first_day = opened - timedelta(days=20), (opened + timedelta(days=90)).date()
    work = Assignment(**columns_of(pattern, NOT_SAID), vio_id=pattern.vio_id, host_id=pattern.host_id)
    for name in LISTS:
        getattr(work, name).extend(type(row)(**columns_of(row, ROW_KEYS)) for row in getattr(pattern, name))
    work.start_on, work.end_on = first_day, first_day + timedelta(days=180)
    work.places_international, work.places_national, work.places_local = 1, 0, 0
    work.state, work.created_at, work.updated_at = "closed", begun, opened
    work.submitted_at = work.published_at = opened
    session.add(work)
    hint_trial.draw(session, work)
    if drawn := session.get(HintDraw, work.id):
        drawn.drawn_at = begun
    return work


def _send(session: Session, dice: Random, work: Assignment, opened: datetime, is_trained: bool) -> int:
    """Send it with gaps, and again with some of them filled; return the score of what is published."""
    gaps = dice.sample(GAPS, dice.randint(*(GAPS_OF_TRAINED if is_trained else GAPS_OF_OTHERS)))
    said = {name: getattr(work, name) for name in gaps}
    for name in gaps:
        setattr(work, name, "")
    _keep(session, work, opened - timedelta(days=12), is_trained)
    for name in gaps[: dice.randint(0, len(gaps))]:
        setattr(work, name, said[name])
    return _keep(session, work, opened - timedelta(days=3), is_trained)


def _keep(session: Session, work: Assignment, at: datetime, is_trained: bool) -> int:
    version = versions.standing(session, work)
    if version.kept_at > at:  # a new one, not that which says the same already
        version.kept_at, version.host_trained = at, is_trained
        tell(session, work, "submitted", at)
    return version.score


def _publish(session: Session, dice: Random, work: Assignment, opened: datetime, lift: float) -> None:
    """Leave the line of its publication, and the ranking of that day with its count alone."""
    tell(session, work, "open", opened)
    run = MatchRun(vio_id=work.vio_id, scope="assignment", subject_id=work.id, state="finished", seed=0)
    run.created_at = run.finished_at = opened
    session.add(run)
    session.flush()
    people = max(6, round(dice.gauss(45 + 4 * lift, 15)))
    session.add(Exclusion(run_id=run.id, assignment_id=work.id, code="eligible", people=people))
