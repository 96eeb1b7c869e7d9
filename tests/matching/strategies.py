"""Random volunteers and assignments: every column may be blank, and values come from small sets so that they meet."""

from hypothesis import strategies as st

SKILLS = ("WAT-01", "WAT-02", "WAT-04", "NUR-01", "NUR-03", "HEA-03", "EDU-03", "EDU-18")
COUNTRIES = ("KE", "TZ", "KZ", "CN", "PE", "NA", "BR", "TR")
ROUTES = ("nelb", "msr_iom", "ext_africa", "msr_arctic")
LANGUAGES = ("en", "fr", "sw", "zh")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "N")
WINDOWS = ("2026-07-01/2026-09-30", "2026-09-01/2027-03-31", "2026-12-01/2027-12-31", "2020-01-01/2020-12-31")
TEXTS = ("", "I drilled boreholes and repaired hand pumps", "我教过数学", "well digging; teaching maths", "مرحبا")
CLOCKS = ("00:00", "08:00", "17:30", "23:00")
ZONES = ("Africa/Nairobi", "Asia/Shanghai", "America/Lima", "UTC")


def _joined(items: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(items, max_size=most, unique_by=lambda item: item.split(":")[0]).map("|".join)


def _of(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


def _with_level(codes: tuple[str, ...], levels: tuple[str, ...], *rest: str) -> st.SearchStrategy[str]:
    tails = _of(*rest) if rest else st.just("")
    return st.builds(lambda code, level, tail: f"{code}:{level}{tail}", _of(*codes), _of(*levels), tails)


VOLUNTEERS = st.fixed_dictionaries(
    {
        "id": st.just("v"),
        "residence": _of("", *COUNTRIES),
        "consent_matching": _of("yes", "no", ""),
        "consent_abroad": _of("yes", "no", ""),
        "skills": _joined(_with_level(SKILLS, ("1", "2", "3", "4"), "", "@2020"), 5),
        "licences": _joined(_of("NUR-01:KE:2030-01-01", "NUR-03:CN:", "HEA-03:TZ:2021-01-01")),
        "languages": _joined(_with_level(LANGUAGES, LEVELS, "", ":own", ":certificate", ":interview")),
        "countries": _joined(_of(*COUNTRIES)),
        "routes": _joined(_of(*ROUTES), 2),
        "anywhere": _of("yes", "no", ""),
        "excluded": _joined(_of(*COUNTRIES), 1),
        "no_go": _joined(_of(*COUNTRIES), 1),
        "availability": _joined(_of(*WINDOWS)),
        "stay_min_weeks": _of("", "2", "10"),
        "stay_max_weeks": _of("", "12", "26", "60"),
        "modes": _of("", "on_site", "online", "on_site|online"),
        "online_hours": _of("", "2", "10", "40"),
        "online_from": st.shared(_of(*CLOCKS), key="v_from"),
        "online_to": _of(*CLOCKS),
        "time_zone": _of("", *ZONES),
        "causes": _joined(_of("3", "4", "6", "13")),
        "served": _joined(_of(*COUNTRIES)),
        "experience": _of(*TEXTS),
    }
)
ASSIGNMENTS = st.fixed_dictionaries(
    {
        "id": st.just("a"),
        "title": _of("", "Borehole drilling", "教数学"),
        "tasks": _of(*TEXTS),
        "skills_essential": _joined(_with_level(SKILLS, ("1", "2", "3", "4"))),
        "skills_desirable": _joined(_of(*SKILLS), 2),
        "licensed_skills": _joined(_of("NUR-01", "NUR-03"), 1),
        "experience_level": _of("", "newcomer", "experienced", "specialist"),
        "languages": _joined(_with_level(LANGUAGES, LEVELS, "", ":safety")),
        "languages_helpful": _joined(_of(*LANGUAGES), 2),
        "country": _of(*COUNTRIES),
        "start_on": _of("", "2026-09-15", "2026-11-01"),
        "end_on": _of("", "2027-02-28", "2027-10-31"),
        "weeks": _of("", "6", "12", "26"),
        "places_international": _of("", "0", "2"),
        "places_national": _of("", "0", "1"),
        "places_local": _of("", "1"),
        "mode": _of("on_site", "online", "either", ""),
        "hours": _of("", "5", "20"),
        "online_from": _of(*CLOCKS),
        "online_to": _of(*CLOCKS),
        "time_zone": _of("", *ZONES),
        "sdg_targets": _joined(_of("3.8", "4.1", "6.1", "6.a")),
        "host_verified": _of("yes", "yes", "no"),
    }
)
