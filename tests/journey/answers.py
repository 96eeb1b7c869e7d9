"""What the people of the journey answer. All of them are invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from webapp import clock

TITLE = "Hand pumps that stay in repair"
OFFICE = {
    "name": "Mountain Road Exchange",
    "country": "KG",
    "email": "office@mountain-road.example",
    "coordinator": "aigul@mountain-road.example",
}
APPLICANT = {
    "name": "Жылдыз Асан кызы",
    "email": "jyldyz@people.example",
    "phone": "+996 555 010203",
    "note": "I mended the pumps of our own village with my father, and kept the committee's book.",
}
HOST: dict[str, Any] = {
    "name": "Kitui Water Users' Union",
    "email": "office@kitui-water.example",
    "registration": {"organization": "Kitui Water Users' Union", "own_name": "Wanjiru Kamau"},
    "verification": {
        "registration_number": "CBO 4411, Kitui County",
        "reference_one": "Otieno Odhiambo, County Water Office, otieno@county.example",
        "reference_two": "Sister Amina Noor, Kitui Hospital, amina@hospital.example",
        "safeguarding_person": "Mutua Mwangi, secretary",
        "conduct_policy_signed_by": "Wanjiru Kamau, chair",
        "conduct_policy_signed_on": "2026-03-02",
    },
}
ORGANIZATION = {
    "country": "KE",
    "location": "Kitui",
    "kind": "cooperative",
    "about": "Forty committees keep a hundred hand pumps running, since 2009.",
    "contact_name": "Wanjiru Kamau",
    "contact_phone": "+254 700 000111",
}
EVIDENCE = {
    "registration_seen": "CBO 4411, original seen in the call",
    "reference_one_said": "Keeps its books and its word.",
    "reference_two_said": "Two volunteers came home well.",
    "called_on": clock.today().isoformat(),
    "call_note": "Spoke with the chair and with the secretary.",
    "safeguarding_person": "Mutua Mwangi, secretary",
}
SECTIONS: dict[str, dict[str, Any]] = {
    "work": {
        "sector": "water",
        "tasks": "Visit ten pumps a month with the union's two mechanics.\nWrite down what breaks and what mends it.",
        "expected_results": "Nine pumps of ten give water on any day; the union's own book says so.",
        "learning": "How forty committees agree on a price for water.",
        "local_strengths": "The mechanics mend a pump with what the market has.",
        "plain_day": "Out by seven on a motorcycle, back by four, the evening with the host family.",
        "hardest_thing": "Dust, and long rides.",
    },
    "skills": {"experience_level": "experienced"},
    "place": {
        "mode": "on_site",
        "country": "KE",
        "location": "Kitui",
        "weeks": 8,
        "hours": 35,
        "places_international": 2,
    },
    "conditions": {
        "lodging": "Own room with a host family",
        "water": "well",
        "power": "few_hours",
        "internet": "slow",
        "hospital_hours": 2,
        "step_free": "no",
    },
    "money": {
        "money-0-payer": "host",
        "money-0-payee": "volunteer",
        "money-0-what": "room and food",
        "money-0-amount": "free",
        "money-0-when": "for the whole stay",
    },
    "people": {
        "supervisor": "Mutua Mwangi, secretary",
        "supervision_hours": 3,
        "counterpart": "Kioko Musyoka, mechanic",
        "community_consulted": "The committees asked for spare parts first; the union now keeps a store.",
        "contact_children": "none",
        "contact_adults": "none",
        "is_child_institution": "no",
        "has_clinical_acts": "no",
        "is_security_work": "no",
        "is_party_or_religious_work": "no",
        "replaces_strikers": "no",
        "has_fees_not_listed": "no",
    },
    "background": {
        "was_paid_post": "no",
        "locals_sought": "Notice at the county office for two months.",
        "why_not_paid_local": "Two local mechanics are paid; this is somebody beside them.",
        "handover": "The mechanics keep the book from the first month on.",
        "funder": "County water fund",
        "sponsor": "none",
        "project_ties": "none",
        "community_dispute": "none",
    },
    "goals": {"national_priority": "Kenya Vision 2030, water and sanitation", "sdg_targets": ["6.1"]},
}
PROFILE: dict[str, dict[str, Any]] = {
    "languages": {"languages-0-language": "en", "languages-0-level": "C1"},
    "where": {"countries": ["KE"]},
    "when": {
        "windows-0-starts_on": (clock.today() + timedelta(days=30)).isoformat(),
        "windows-0-ends_on": (clock.today() + timedelta(days=400)).isoformat(),
        "stay_min_weeks": 6,
        "stay_max_weeks": 26,
        "on_site": "yes",
        "online": "no",
    },
}
