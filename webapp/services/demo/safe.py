"""Focal points, supporters, and a few reports and calls for help of the demonstration, all invented."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Placement, User, Vio
from webapp.models.accounts import COORDINATOR, FOCAL_POINT, SUPPORTER
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import accounts
from webapp.services.demo.people import account_of
from webapp.services.safeguarding import (
    duty,
    handling,
    help_calls,
    incidents,
    people,
    speaking_up,
    support_prompts,
    supporters,
)
from webapp.services.safeguarding.help_calls import Cry
from webapp.services.safeguarding.incidents import Facts
from webapp.services.safeguarding.speaking_up import Said

PEOPLE = {
    "caravan": (("Gulnara Osmonova", "Zhou Minghui"), ("Li Ruolan", "Daniyar Bekov")),
    "monsoon": (("Wanjiku Kamau", "Abdul Rahim"), ("Achieng Otieno", "Nadeesha Perera")),
    "cedar": (("Leila Trabelsi", "Karim Haddad"), ("Salma Mansour", "Youssef Amrani")),
}
EMERGENCY = {"caravan": "110 (police), 120 (ambulance)", "monsoon": "999", "cedar": "197 (police), 190 (ambulance)"}
PHRASE = "the blue gate"


def staff(session: Session, code: str, vio: Vio, password_hash: str) -> None:
    """Make two focal points and two supporters of a VIO, and say who is on duty; one VIO has nobody on duty yet."""
    named = {FOCAL_POINT: PEOPLE[code][0], SUPPORTER: PEOPLE[code][1]}
    made: dict[str, list[User]] = {role: [] for role in named}
    for role, names in named.items():
        for number, name in enumerate(names, start=1):
            email = f"{role.replace('_', '-')}{number}@{code}.example"
            columns = {"vio_id": vio.id, "display_name": name}
            made[role].append(accounts.create_account(session, email, password_hash, role, **columns))
    duty.prepare(session, vio.id)
    first, second = made[FOCAL_POINT]
    on_duty = None if code == "cedar" else first.id
    line = "" if code == "cedar" else "+254 700 000 112"
    duty.change(session, first, {"emergency": EMERGENCY[code], "duty_line": line, "duty_person_id": on_duty})
    duty.add_step(session, first, second.id, "", "")
    duty.add_step(session, first, None, f"Night office of {vio.name}", "+254 700 000 113")


def write(session: Session) -> None:
    """Name supporters for all who are away or about to go, and let a few things have happened."""
    running = select(Placement).where(Placement.state.in_(RUNNING_PLACEMENT_STATES)).order_by(Placement.id)
    placements = list(session.scalars(running))
    for number, placement in enumerate(placements[:-1]):  # one still waits for somebody
        office = select(User).where(User.role == COORDINATOR, User.vio_id == placement.sending_vio_id)
        who = session.scalars(office.order_by(User.id).limit(1)).one()
        here = people.supporters(session, placement.sending_vio_id)
        link = supporters.name(session, who, placement.id, here[number % len(here)].id)
        link.created_at -= timedelta(days=30)
        supporters.write(session, link.supporter, link.id, "Hello. I stand beside you. How are you today?")
        if number % 2 == 0:
            supporters.write(session, account_of(placement.volunteer), link.id, "Thank you. The first week is hard.")
    support_prompts.prompt_due(session, clock.now())
    for vio in session.scalars(select(Vio).order_by(Vio.id)):
        _reports(session, vio)
    for placement in placements[:2]:
        _help_call(session, placement)


def _reports(session: Session, vio: Vio) -> None:
    """Let one report wait, and one be answered and followed up as an incident."""
    said = Said("unfair", "A volunteer lets the youngest carry water for him every day.", location="Behind the school")
    speaking_up.speak_up(session, vio.id, said, PHRASE)
    other = Said("money", "The driver asks people for money to see the volunteers.", who="the driver", intake="paper")
    report, _code = speaking_up.speak_up(session, vio.id, other, PHRASE)
    reader = report.handler
    if reader is not None:
        handling.take(session, reader, report)
        handling.write(session, reader, report, "Thank you. We spoke with the host; the driver was told.", True)
        made = incidents.of_report(session, reader, report, Facts("money", "low", "Two people paid the driver."))
        incidents.add_measure(session, reader, made, "Ask the host for a notice that visits are free.", clock.today())


def _help_call(session: Session, placement: Placement) -> None:
    account = account_of(placement.volunteer)
    made = help_calls.call(session, account, Cry("today", "My room has no lock and I cannot sleep.", "+254 700 000 1"))
    reader = made.owner or made.hands[0].user
    help_calls.take(session, reader, made)
    help_calls.write(session, reader, made.id, "I have called the host. A lock comes today; ring me if it does not.")
