"""An invented world of equally good profiles in six languages: only the language in which they write sets them apart.

For each of SKILLS skills and each language two people know it: one says so with the skill's name, one in other words
(paraphrases.csv, none of them made from a label). Each person knows two such skills. Nobody states a skill in the form,
so text alone decides. Every assignment asks for one skill, in a sentence, and stands once in each language.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.evaluation.paraphrases import LANGUAGES, read_rows
from matching import Reference

SKILLS = 56
SAID = {
    "en": "For six years my work has been this: {label}.",
    "zh": "六年来我的工作一直是：{label}。",
    "fr": "Depuis six ans, voici mon travail : {label}.",
    "es": "Desde hace seis años mi trabajo es este: {label}.",
    "ru": "Вот чем я занимаюсь шесть лет: {label}.",
    "ar": "هذا ما أعمل فيه منذ ست سنوات: {label}.",
}
ASKED = {
    "en": "We look for somebody who knows this well: {label}.",
    "zh": "我们寻找熟悉这方面的人：{label}。",
    "fr": "Nous cherchons quelqu'un qui connaît bien ceci : {label}.",
    "es": "Buscamos a alguien que conozca bien esto: {label}.",
    "ru": "Ищем человека, который хорошо знает вот это: {label}.",
    "ar": "نبحث عمّن يعرف هذا جيدا: {label}.",
}
# The same for everybody, and fitting in full, so that no other criterion parts anyone.
PERSON = {
    "residence": "TH",
    "consent_matching": "yes",
    "consent_abroad": "yes",
    "skills": "",
    "licences": "",
    "languages": "en:C1:certificate",
    "countries": "KE",
    "routes": "",
    "anywhere": "no",
    "excluded": "",
    "no_go": "",
    "availability": "2027-01-01/2028-12-31",
    "stay_min_weeks": "4",
    "stay_max_weeks": "52",
    "modes": "on_site",
    "online_hours": "",
    "online_from": "",
    "online_to": "",
    "time_zone": "",
    "causes": "3",
    "served": "",
}
WORK = {
    "host_id": "host",
    "title": "",
    "tasks": "",
    "expected_results": "",
    "skills_essential": "",
    "skills_desirable": "",
    "licensed_skills": "",
    "experience_level": "newcomer",
    "languages": "en:B2",
    "languages_helpful": "",
    "country": "KE",
    "start_on": "2027-03-01",
    "end_on": "2027-09-01",
    "weeks": "12",
    "places_international": "2",
    "places_national": "",
    "places_local": "",
    "mode": "on_site",
    "hours": "",
    "online_from": "",
    "online_to": "",
    "time_zone": "",
    "sdg_targets": "3.1",
    "host_verified": "yes",
}


@dataclass(frozen=True)
class World:
    """The two lists; `speaks` is each person's language, `knows` their two skills, `asks` each assignment's skill."""

    volunteers: pd.DataFrame
    assignments: pd.DataFrame
    speaks: dict[str, str]
    knows: dict[str, frozenset[str]]
    asks: dict[str, str]


def build() -> World:
    """Return the world; always the same one."""
    said = {(row["code"], row["lang"]): row["text"] for row in read_rows()}
    every = sorted({code for code, _ in said})
    codes = every[:: len(every) // SKILLS][:SKILLS]
    labels = {code: Reference.load().skills[code].labels for code in codes}
    people, work = [], []
    speaks: dict[str, str] = {}
    knows: dict[str, frozenset[str]] = {}
    asks: dict[str, str] = {}
    for number, code in enumerate(codes):
        other = codes[(number + SKILLS // 2) % SKILLS]
        for language in LANGUAGES:
            name = f"{code}-{language}"
            text = f"{said[code, language]} {SAID[language].format(label=labels[other][language])}"
            people.append({"id": name, "experience": text, **PERSON})
            work.append({"id": name, "skills_text": ASKED[language].format(label=labels[code][language]), **WORK})
            speaks[name], knows[name], asks[name] = language, frozenset((code, other)), code
    return World(pd.DataFrame(people, dtype=str), pd.DataFrame(work, dtype=str), speaks, knows, asks)
