"""Fill an empty database with the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Host, Match, User, Vio, Volunteer
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, FOCAL_POINT, HOST, SUPPORTER, VOLUNTEER
from webapp.services import accounts, agreements, verifications
from webapp.services.demo import countries, past, safe, sample, trained
from webapp.services.demo.world import World
from webapp.services.moves import move

DEMO_PASSWORD = "lapis-jade-madder-saffron"  # noqa: S105  (printed at every start of the demo)
VIOS = {
    "caravan": ("Caravan Road Volunteers", "CN", "office@caravan-road.example"),
    "monsoon": ("Monsoon Coast Volunteer Bridge", "KE", "hello@monsoon-bridge.example"),
    "cedar": ("Voluntaires du Cèdre et du Sel", "TN", "bureau@cedre-sel.example"),
}
SHOWN_FOR_EACH_VIO = 3  # volunteers and hosts whose accounts are printed


@dataclass(frozen=True)
class Account:
    """An account to try the demonstration with."""

    role: str
    vio: str
    email: str
    password: str
    countries: tuple[str, ...] = ()  # for which it acts, where these are not all


def is_loaded(session: Session) -> bool:
    """Whether the database holds anything already: the demonstration never touches what is there."""
    return bool(session.scalar(select(func.count()).select_from(User)))


def load(session: Session, password_hash: str) -> None:
    """Fill the database; `password_hash` is that of DEMO_PASSWORD, the same for all, as everybody here is invented."""
    now = clock.now()
    world = World(years=clock.today().year - sample.WRITTEN_IN, now=now, password_hash=password_hash)
    for code, (name, country, email) in VIOS.items():
        vio = Vio(name=name, country=country, contact_email=email, created_at=now, about=_about(name))
        session.add(vio)
        session.flush()
        world.vios[code] = vio
        world.coordinators[code] = _staff(session, world, code, vio)
        safe.staff(session, code, vio, password_hash)
    accounts.create_account(
        session, "admin@demo.example", password_hash, ADMINISTRATOR, display_name="Administrator of the demonstration"
    )
    _hosts(session, world)
    trained.train(session, world.host_users.values())
    _assignments(session, world)
    _volunteers(session, world, now)
    countries.write(session, world)
    past.write(session, world)


def _about(name: str) -> str:
    return f"{name} is invented. It sends and receives volunteers along the routes."


def _staff(session: Session, world: World, code: str, vio: Vio) -> User:
    first, _second = (
        accounts.create_account(
            session,
            f"{who}@{code}.example",
            world.password_hash,
            COORDINATOR,
            vio_id=vio.id,
            display_name=f"{who.capitalize()} of {vio.name}",
        )
        for who in ("coordinator", "colleague")
    )
    return first


def _hosts(session: Session, world: World) -> None:
    for cells in sample.rows("hosts"):
        vio = world.vios[cells["vio"]]
        host = sample.host_from(cells, vio.id, world.years, world.now)
        session.add(host)
        session.flush()
        world.hosts[cells["id"]] = host
        world.host_users[host.id] = accounts.create_account(
            session,
            cells["contact_email"],
            world.password_hash,
            HOST,
            vio_id=vio.id,
            host_id=host.id,
            display_name=cells["contact_name"],
        )
        if cells["state"] == "verified":
            _verify(session, world, cells["vio"], host)


def _verify(session: Session, world: World, vio: str, host: Host) -> None:
    evidence = verifications.Evidence(
        registration_seen=f"Number {host.registration_number}, copy kept at the office",
        reference_one_said="Known for years; keeps its word.",
        reference_two_said="Volunteers came home well and would go again.",
        called_on=clock.today(),
        call_note="Spoke with the director and with the safeguarding person.",
        safeguarding_person=host.safeguarding_person,
        conduct_policy_seen=True,
    )
    verifications.verify_host(session, world.coordinators[vio], host, evidence, clock.today())


def _assignments(session: Session, world: World) -> None:
    """Open what the sample calls open and whose host is verified; the rest waits in the coordinators' queues."""
    for cells in sample.rows("assignments"):
        host = world.hosts[cells["host_id"]]
        assignment = sample.assignment_from(cells, host, world.years, world.now)
        session.add(assignment)
        if cells["state"] == "open" and host.is_verified(clock.today()):
            assignment.published_at = world.now
            move(session, world.coordinators[cells["vio"]], assignment, "open", displacement="none")
            agreements.standing(session, assignment)


def _volunteers(session: Session, world: World, now: datetime) -> None:
    for cells in sample.rows("volunteers"):
        volunteer = sample.volunteer_from(cells, world.vios[cells["vio"]].id, world.years, now)
        if cells["claimed"] == "yes":
            volunteer.user = accounts.create_account(
                session, cells["email"], world.password_hash, VOLUNTEER, vio_id=volunteer.vio_id
            )
        session.add(volunteer)
    session.flush()


def has_invented_accounts(session: Session) -> bool:
    """Whether an account may have the password that everybody knows; a closed one can be opened again."""
    return bool(session.scalar(select(func.count()).select_from(User).where(User.email.endswith(".example"))))


def demo_accounts(session: Session) -> list[Account]:
    """Return accounts of every role and VIO to try the demonstration with; volunteers are those who fit best.

    Only addresses that can be nobody's (.example, RFC 2606): who registers to look around is not shown to others.
    """
    invented = User.email.endswith(".example")
    staff = (
        select(User)
        .where(User.role.in_((ADMINISTRATOR, COORDINATOR, FOCAL_POINT, SUPPORTER)), invented)
        .order_by(User.id)
    )
    found = list(session.scalars(staff))
    for vio in session.scalars(select(Vio).order_by(Vio.id)):
        hosts = select(User).where(User.vio_id == vio.id, User.role == HOST, invented).order_by(User.id)
        found += session.scalars(hosts.limit(SHOWN_FOR_EACH_VIO))
        best = func.max(Match.score).filter(Match.is_current, Match.status == "eligible")
        people = (
            select(User)
            .join(Volunteer, Volunteer.user_id == User.id)
            .join(Match, Match.volunteer_id == Volunteer.id)
            .where(User.vio_id == vio.id, invented)
            .group_by(User.id)
            .order_by(best.desc().nulls_last(), User.id)
        )
        found += session.scalars(people.limit(SHOWN_FOR_EACH_VIO))
    return [_shown(user) for user in found]


def _shown(user: User) -> Account:
    return Account(user.role, user.vio.name if user.vio else "", user.email, DEMO_PASSWORD, tuple(user.delegated))
