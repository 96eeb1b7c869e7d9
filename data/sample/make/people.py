"""Six hundred invented volunteers: a trade each, languages of their country, wishes and windows. Nobody is real."""

from __future__ import annotations

from random import Random

from data.sample.make.names import CULTURES, Culture
from data.sample.make.work import WORKS, Work
from matching import Reference

Row = dict[str, str]
PEOPLE = 600
UNCLAIMED = 60
ZONES = {
    "CN": "Asia/Shanghai", "MN": "Asia/Ulaanbaatar", "KZ": "Asia/Almaty", "KG": "Asia/Bishkek", "UZ": "Asia/Samarkand",
    "TJ": "Asia/Dushanbe", "RU": "Europe/Moscow", "BY": "Europe/Minsk", "PK": "Asia/Karachi", "IR": "Asia/Tehran",
    "AF": "Asia/Kabul", "EG": "Africa/Cairo", "JO": "Asia/Amman", "IQ": "Asia/Baghdad", "MA": "Africa/Casablanca",
    "TN": "Africa/Tunis", "DZ": "Africa/Algiers", "TR": "Europe/Istanbul", "IN": "Asia/Kolkata", "NP": "Asia/Kathmandu",
    "BD": "Asia/Dhaka", "LK": "Asia/Colombo", "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh", "ID": "Asia/Jakarta",
    "MM": "Asia/Yangon", "KH": "Asia/Phnom_Penh", "LA": "Asia/Vientiane", "KE": "Africa/Nairobi",
    "TZ": "Africa/Dar_es_Salaam", "UG": "Africa/Kampala", "ET": "Africa/Addis_Ababa", "NG": "Africa/Lagos",
    "GH": "Africa/Accra", "SN": "Africa/Dakar", "ML": "Africa/Bamako", "CI": "Africa/Abidjan", "CD": "Africa/Kinshasa",
    "RW": "Africa/Kigali", "BI": "Africa/Bujumbura", "PE": "America/Lima", "BO": "America/La_Paz",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "MX": "America/Mexico_City", "CO": "America/Bogota",
    "FR": "Europe/Paris", "BE": "Europe/Brussels", "AM": "Asia/Yerevan", "GE": "Asia/Tbilisi", "IT": "Europe/Rome",
    "RS": "Europe/Belgrade", "HU": "Europe/Budapest", "FJ": "Pacific/Fiji", "PG": "Pacific/Port_Moresby",
    "SB": "Pacific/Guadalcanal",
}  # fmt: skip
CEDAR = {
    "EG",
    "JO",
    "IQ",
    "MA",
    "TN",
    "DZ",
    "TR",
    "SN",
    "ML",
    "CI",
    "CD",
    "PE",
    "BO",
    "EC",
    "ES",
    "MX",
    "CO",
    "FR",
    "BE",
    "IT",
}
MONSOON = {"KE", "TZ", "UG", "ET", "RW", "BI", "NG", "GH", "IN", "BD", "LK"}
# How people tell what they have done, in the six languages; others write in English here.
TELLS = {
    "en": "I have done {one} for {years} years, most of the time together with {two}. {more}",
    "zh": "我从事{one}工作{years}年，也常做{two}。{more}",
    "fr": "J'ai {years} ans de pratique dans ce domaine : {one}. J'ai aussi fait ceci : {two}. {more}",
    "es": "Tengo {years} años de práctica: {one}. También he hecho: {two}. {more}",
    "ru": "Занимаюсь этим {years} лет: {one}. Также: {two}. {more}",
    "ar": "أعمل في {one} منذ {years} سنوات، وكذلك في {two}. {more}",
}
MORE = {
    "en": [
        "I worked in a small town with few means.",
        "I taught three younger colleagues.",
        "I like to learn before I advise.",
    ],
    "zh": ["曾在条件有限的县城工作。", "带过三名年轻同事。", "我愿意先学习再提建议。"],
    "fr": ["J'ai travaillé dans une petite ville avec peu de moyens.", "J'ai formé trois jeunes collègues."],
    "es": ["Trabajé en un pueblo con pocos medios.", "Enseñé a tres colegas jóvenes."],
    "ru": ["Работала в небольшом посёлке.", "Обучил трёх молодых коллег."],
    "ar": ["عملت في بلدة صغيرة بإمكانات قليلة.", "درّبت ثلاثة زملاء شباب."],
}
INFORMAL = [
    "HOM-01",
    "HOM-02",
    "HOM-03",
    "HOM-07",
    "HOM-14",
    "AGR-05",
    "ANI-06",
    "CRA-09",
    "CRA-08",
    "HOM-15",
    "SPO-06",
    "ART-10",
    "COM-05",
    "MEC-01",
]
ROUTES = ["nelb", "cmrec", "ccawaec", "cicpec", "bcim", "cpec", "msr_iom", "msr_osp"]
LEVELS = ("A2", "B1", "B2", "C1")


def people(seed: int) -> list[Row]:
    """Return the volunteers as rows of the import's columns."""
    dice = Random(seed)  # noqa: S311  (invented people need no secrets)
    rows = []
    for number in range(1, PEOPLE + 1):
        culture = dice.choice(CULTURES)
        country = dice.choice(culture.countries.split("|"))
        rows.append(_person(dice, number, culture, country, dice.choice(WORKS)))
    return rows


def _person(dice: Random, number: int, culture: Culture, country: str, work: Work) -> Row:
    name, called = culture.make(dice)
    languages = _languages(dice, culture, work)
    claimed = number > UNCLAIMED
    row = {
        "id": f"V{number:04}",
        "vio": "cedar" if country in CEDAR else "monsoon" if country in MONSOON else "caravan",
        "claimed": "yes" if claimed else "no",
        "full_name": name,
        "call_me": called if dice.random() < 0.3 else "",
        "email": f"v{number:04}@people.example",
        "phone": "",
        "residence": country,
        "languages": "|".join(languages),
        "open_to_all": "yes" if claimed and dice.random() < 0.45 else "no",
        "motivation": dice.choice(MOTIVATIONS) if dice.random() < 0.5 else "",
    }
    return (
        row
        | _consents(dice, claimed)
        | _skills(dice, work, languages[0].split(":")[0], country)
        | _wishes(dice, country)
    )


MOTIVATIONS = (
    "I want to learn how others solve what we struggle with at home.",
    "My grandmother was helped by a stranger; I have not forgotten it.",
    "I have time now, and I would rather be useful than rest.",
    "To work beside people, not above them.",
)


def _consents(dice: Random, claimed: bool) -> Row:
    matching = dice.random() < (0.96 if claimed else 0.85)
    abroad = matching and dice.random() < 0.88
    how = "on the registration page" if claimed else "signed on the office's paper form"
    day = f"2026-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}"
    return {
        "consent_matching": "yes" if matching else "no",
        "consent_matching_on": day if matching else "",
        "consent_matching_how": how if matching else "",
        "consent_abroad": "yes" if abroad else "no",
        "consent_abroad_on": day if abroad else "",
        "consent_abroad_how": how if abroad else "",
    }


def _languages(dice: Random, culture: Culture, work: Work) -> list[str]:
    first = dice.choice(culture.first.split("|"))
    spoken = {first: "N"}
    for code in [*culture.first.split("|"), *culture.other.split("|")]:
        if code not in spoken and dice.random() < 0.62:
            spoken[code] = dice.choice(LEVELS)
    if len(spoken) == 1 or dice.random() < 0.3:
        spoken.setdefault("en", dice.choice(LEVELS))
    basis = ["own", "own", "own", "certificate", "interview"]
    return [f"{code}:{level}:{'own' if level == 'N' else dice.choice(basis)}" for code, level in spoken.items()]


def _skills(dice: Random, work: Work, language: str, country: str) -> Row:
    held: dict[str, int] = {}
    for item in f"{work.essential}|{work.desirable}".split("|"):
        code, asked = item.split(":")
        if not held or dice.random() < 0.8:
            held[code] = max(1, min(4, int(asked) + dice.choice([-1, 0, 0, 0, 1])))
    for code in dice.sample(INFORMAL, dice.randint(0, 2)):
        held.setdefault(code, dice.randint(1, 3))
    if dice.random() < 0.25:
        other = dice.choice(WORKS).essential.split("|")[0]
        held.setdefault(other.split(":")[0], dice.randint(1, 3))
    until = f"{dice.randint(2027, 2031)}-{dice.randint(1, 12):02}-28"
    licences = [f"{work.licensed}:{country}:{until}"] if work.licensed in held and dice.random() < 0.85 else []
    return {
        "skills": "|".join(f"{code}:{level}@{dice.randint(2015, 2026)}" for code, level in held.items()),
        "licences": "|".join(licences),
        "experience": _tell(dice, list(held), language) if dice.random() < 0.75 else "",
        "causes": "|".join(dict.fromkeys(target.split(".")[0] for target in work.targets.split("|"))),
    }


def _tell(dice: Random, skills: list[str], language: str) -> str:
    tongue = language if language in TELLS else "en"
    labels = [Reference.load().skills[code].label(tongue) for code in skills[:2]]
    if tongue in ("en", "fr", "es", "ru"):
        labels = [label[0].lower() + label[1:] for label in labels]
    return TELLS[tongue].format(
        one=labels[0], two=labels[-1], years=dice.randint(2, 25), more=dice.choice(MORE[tongue])
    )


def _wishes(dice: Random, home: str) -> Row:
    kind = dice.random()
    countries = dice.sample(
        [
            "KE",
            "TZ",
            "ET",
            "UG",
            "NP",
            "LA",
            "VN",
            "UZ",
            "KG",
            "MN",
            "PK",
            "LK",
            "EG",
            "MA",
            "SN",
            "PE",
            "ID",
            "TH",
            "GE",
            "MG",
        ],
        dice.randint(1, 4),
    )
    month = dice.randint(1, 9)
    online = dice.random() < 0.35
    longest = dice.choice([10, 12, 16, 20, 26, 30, 40, 52])
    row = {
        "countries": "|".join(one for one in countries if one != home) if kind < 0.7 else "",
        "routes": "|".join(dice.sample(ROUTES, dice.randint(1, 2))) if 0.5 < kind < 0.85 else "",
        "anywhere": "yes" if kind > 0.8 else "no",
        "excluded": dice.choice(["CD", "PK", "RU", "ML", "BD"]) if dice.random() < 0.12 else "",
        "availability": f"2027-{month:02}-01/{2027 + (month + 14) // 12}-{(month + 14) % 12 + 1:02}-28",
        "stay_min_weeks": str(dice.choice([4, 8, 10])),
        "stay_max_weeks": str(longest),
        "modes": "on_site|online" if online else "on_site",
        "served": dice.choice(["KE", "NP", "LA", "KG", "MA", "PE", "VN"]) if dice.random() < 0.2 else "",
        "online_hours": "", "online_from": "", "online_to": "", "time_zone": ZONES[home],
    }  # fmt: skip
    if row["excluded"] in row["countries"].split("|"):
        row["excluded"] = ""  # nobody wishes for a country and excludes it
    if online:
        row |= {"online_hours": str(dice.choice([4, 6, 8, 10, 15])), "online_from": "16:00", "online_to": "22:00"}
    return row
