"""Write data/sample/{hosts,assignments,volunteers}.csv again; the same bytes each time."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from data.sample.make.hosts import HOSTS, HostPlace
from data.sample.make.people import people
from data.sample.make.work import WORKS, Work

FOLDER = Path(__file__).resolve().parent.parent
SEED = 20261123
Row = dict[str, str]


def host_rows() -> list[Row]:
    """Return the forty hosts; the last three still wait for verification."""
    rows = []
    for number, place in enumerate(HOSTS, start=1):
        verified = number not in (12, 27, 40)
        rows.append(
            {
                "id": f"H{number:02}",
                "vio": place.vio,
                "state": "verified" if verified else "asked",
                "name": place.name,
                "country": place.country,
                "location": place.location,
                "kind": place.kind,
                "about": f"A {place.kind} in {place.location} that works in {place.sectors.split('|')[0]} "
                "with the people who live there, and has taken volunteers before.",
                "website": f"https://h{number:02}.hosts.example",
                "contact_name": f"Office of {place.name}",
                "contact_email": f"h{number:02}@hosts.example",
                "contact_phone": "",
                "registration_number": f"{place.country}-{4000 + number * 37}",
                "reference_one": f"District office of {place.location}, by letter",
                "reference_two": "A VIO that placed volunteers there in 2024, by telephone",
                "safeguarding_person": f"Safeguarding person of {place.location}",
                "conduct_policy_signed_on": "2026-03-15",
                "conduct_policy_signed_by": f"Director, {place.name}",
            }
        )
    return rows


def assignment_rows() -> list[Row]:
    """Return three assignments for each host, from the kinds of work that fit its sectors."""
    dice = Random(SEED)  # noqa: S311  (nothing here is secret)
    used: dict[str, int] = {}
    rows: list[Row] = []
    for number, place in enumerate(HOSTS, start=1):
        chosen: list[Work] = []
        for sector in place.sectors.split("|"):
            fitting = [work for work in WORKS if work.sector == sector and work not in chosen]
            work = min(fitting or [one for one in WORKS if one not in chosen], key=lambda one: used.get(one.title, 0))
            used[work.title] = used.get(work.title, 0) + 1
            chosen.append(work)
        rows += [_assignment(dice, len(rows) + index, number, place, work) for index, work in enumerate(chosen, 1)]
    return rows


def _assignment(dice: Random, number: int, host: int, place: HostPlace, work: Work) -> Row:
    start = date(2027, dice.randint(2, 10), dice.choice([1, 15]))
    end = start + timedelta(weeks=work.weeks + dice.choice([2, 4, 8]))
    online = work.mode != "on_site"
    return {
        "id": f"A{number:03}",
        "host_id": f"H{host:02}",
        "vio": place.vio,
        "state": "open" if dice.random() < 0.93 else "submitted",
        "host_verified": "no" if host in (12, 27, 40) else "yes",
        "title": work.title,
        "sector": work.sector,
        "tasks": work.tasks,
        "plain_day": work.day,
        "hardest_thing": work.hardest,
        "expected_results": work.results,
        "learning": work.learning,
        "local_strengths": work.strengths,
        "skills_essential": work.essential,
        "skills_desirable": work.desirable,
        "licensed_skills": work.licensed,
        "experience_level": work.experience,
        "languages": place.languages,
        "languages_helpful": place.helpful,
        "hours": str(work.hours),
        "mode": work.mode,
        "country": place.country,
        "location": place.location,
        "start_on": start.isoformat(),
        "end_on": end.isoformat(),
        "weeks": str(work.weeks),
        "time_zone": place.zone,
        "online_from": "15:00" if online else "",
        "online_to": "19:00" if online else "",
        "places_international": str(dice.choice([1, 1, 2, 3])),
        "places_national": str(dice.choice([0, 0, 1])),
        "places_local": str(dice.choice([0, 0, 1, 2])),
        **_life(dice, place),
        **_safety(work, place),
        **_money(dice, online=work.mode == "online"),
        "sdg_targets": work.targets,
    }


def _life(dice: Random, place: HostPlace) -> Row:
    facts = dict.fromkeys(("hottest_celsius", "coldest_celsius", "altitude_metres", "walking_km"), "")
    facts |= dict(item.split("=") for item in place.life.split("|"))
    return facts | {
        "lodging": dice.choice(
            [
                "A room of your own in the guest house",
                "A room with a host family",
                "A shared room for two beside the school",
            ]
        ),
        "water": dice.choice(["running", "running", "well", "carried"]),
        "power": dice.choice(["steady", "cuts", "few_hours"]),
        "internet": dice.choice(["steady", "slow", "phone_only"]),
        "hospital_hours": str(dice.choice([1, 1, 2, 4])),
        "step_free": dice.choice(["yes", "no", ""]),
    }


def _safety(work: Work, place: HostPlace) -> Row:
    return {
        "contact_children": work.children,
        "contact_adults": work.adults,
        "supervisor": f"Head of work at {place.name}",
        "supervision_hours": "3",
        "counterpart": f"A colleague of {place.location} who works beside you every day",
        "community_consulted": f"Meeting of members in {place.location}; the wish for this work came from there.",
        "is_child_institution": "no",
        "has_clinical_acts": "yes" if work.licensed and work.sector == "health" else "no",
        "is_security_work": "no",
        "is_party_or_religious_work": "no",
        "replaces_strikers": "no",
        "has_fees_not_listed": "no",
        "was_paid_post": "no",
        "locals_sought": "Asked in the district in spring; the skill is not found there yet.",
        "why_not_paid_local": "The work passes a skill on to people who are paid and stay.",
        "handover": "The counterpart carries the work on; the last two weeks are for handing over.",
        "funder": "Members' fees and a small fund of the VIO",
        "national_priority": "Named in the district development plan",
    }


def _money(dice: Random, online: bool) -> Row:
    if online:
        return {"money": ""}
    allowance = dice.choice(["60", "90", "120", "150"])
    return {
        "money": f"host>volunteer:Room and two meals a day:in kind:every day|vio>volunteer:Allowance:{allowance} USD:each month"
        "|volunteer>third_party:Visa fee:40 USD:before travel"
    }


def write(name: str, rows: list[Row]) -> None:
    """Write rows as CSV."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write("hosts", host_rows())
    write("assignments", assignment_rows())
    write("volunteers", people(SEED))
