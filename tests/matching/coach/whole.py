"""A draft that leaves nothing to be wished for, of which tests take one thing away."""

from __future__ import annotations

from datetime import date

from matching.coach import Draft, DraftLanguage, DraftMoney, DraftSkill
from tests.matching.coach.examples import RESULTS, TASKS

WHOLE = Draft(
    title="Nurse to train the ward team in wound care",
    sector="health",
    tasks=TASKS["en"][0] + " Review dressings with Sister Achieng, sort the linen store, label shelves with the clerk. "
    "Practise hand washing beside doctors, cooks and porters of the district hospital.",
    plain_day="Ward round at seven, wound care until noon, teaching after lunch, notes at four, evenings free.",
    hardest_thing="Supplies run out and gauze is boiled twice.",
    expected_results=RESULTS["en"][0],
    learning="How families share nursing on a crowded ward.",
    local_strengths="The ward sisters know each family and keep the register without gaps.",
    experience_level="experienced",
    hours=36,
    mode="on_site",
    country="KE",
    location="Kilifi",
    start_on=date(2027, 6, 1),
    end_on=date(2027, 12, 1),
    weeks=20,
    places_international=1,
    lodging="Own room beside the school",
    water="well",
    power="cuts",
    internet="slow",
    hospital_hours=0,
    hottest_celsius=34,
    walking_km=2,
    step_free="no",
    contact_children="supervised",
    contact_adults="supervised",
    supervisor="Sister Achieng, head nurse",
    supervision_hours=3,
    counterpart="Brian Mwangi, ward nurse",
    community_consulted="Mothers' group and chief asked in March; they wanted night shifts covered first.",
    was_paid_post=False,
    locals_sought="Posted at the county office and nursing college in April; nobody applied.",
    why_not_paid_local="It passes wound care on to six paid nurses and ends in December.",
    handover="Brian Mwangi leads weekly rounds alone from October.",
    funder="County hospital fund",
    sponsor="none",
    project_ties="none",
    community_dispute="none",
    national_priority="Kenya Health Policy, chapter four",
    sdg_targets=("3.8", "3.c"),
    skills=(DraftSkill("NUR-01", 3, True, True, True), DraftSkill("NUR-11", 2, False)),
    languages=(DraftLanguage("en", "B1"), DraftLanguage("sw", "A1", False)),
    money=(
        DraftMoney("host", "volunteer", "Room and three meals a day", "in kind", "every day"),
        DraftMoney("vio", "volunteer", "Flight and insurance", "paid in full", "before travel"),
        DraftMoney("volunteer", "third_party", "Visa fee", "40 USD", "before travel"),
    ),
    local_languages=("sw", "en"),
)
