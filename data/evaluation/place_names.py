"""What the name of a place does to a short text: a skill is named in one language, with a place, and found in English.

A place can turn the language in which a few words seem to be written, and hide from the encoder what it can read. To
each label of the taxonomy is joined a country (CLDR, by babel), in three languages a town before it, as people write.
Beside stands what is found without the place.
"""

from __future__ import annotations

from babel import Locale

from data.evaluation.figure import Figure, at_least
from matching.evaluation import bootstrap
from matching.reference import Reference
from matching.text.similarity import Similarity

CORPUS = "en"
# A fall of the share found that is borne: a town may itself say something.
GOAL = -0.03
TOWNS = {
    "TZ": "Mwanza", "VN": "Hải Phòng", "RW": "Kigali", "UZ": "Toshkent", "MD": "Chișinău", "UG": "Kampala",
    "ZW": "Harare", "BW": "Gaborone", "BF": "Ouagadougou", "MG": "Antananarivo", "HU": "Győr", "KE": "Mombasa",
    "SO": "Muqdisho", "FJ": "Suva", "PG": "Port Moresby", "IS": "Reykjavík", "EE": "Tallinn", "RO": "Iași",
    "KZ": "Almaty", "PK": "Peshawar", "NP": "Kathmandu", "LK": "Colombo", "MW": "Lilongwe", "BI": "Bujumbura",
}  # fmt: skip
SAID = {
    "fr": "{label} à {town}, {country}",
    "es": "{label} en {town}, {country}",
    "zh": "{country}：{label}",
    "ru": "{label}, {country}",
    "ar": "{label}، {country}",
}


def figures() -> list[Figure]:
    """Return how much less often the right skill stands first where a place is named, by language."""
    skills = list(Reference.load().skills.values())
    fitted = Similarity().fit([skill.labels[CORPUS] for skill in skills])
    return [_figure_of(language, [skill.labels[language] for skill in skills], fitted) for language in SAID]


def with_places(language: str, labels: list[str]) -> list[str]:
    """Return labels with a place, each town in its turn."""
    towns, names = list(TOWNS.items()), Locale(language).territories
    return [
        SAID[language].format(label=label, town=town, country=names[code])
        for label, (code, town) in zip(labels, towns * (1 + len(labels) // len(towns)), strict=False)
    ]


def _figure_of(language: str, labels: list[str], fitted: Similarity) -> Figure:
    plain, placed = (_is_first(texts, fitted) for texts in (labels, with_places(language, labels)))
    changes = [after - before for before, after in zip(plain, placed, strict=True)]
    beside = {"without": sum(plain) / len(plain), "with": sum(placed) / len(placed)}
    return at_least(f"a place beside a skill, {language}: change of @1", bootstrap(changes), GOAL, beside=beside)


def _is_first(texts: list[str], fitted: Similarity) -> list[float]:
    return [float(places[0] == number) for number, (places, _) in enumerate(fitted.search(texts, 1))]
