"""What a host of the journey writes: first poorly, then as the coach wants it, in English and in Arabic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.journey.answers import SECTIONS
from webapp import clock

LEAST = 80  # points: the gate of the office
START = clock.today() + timedelta(days=70)
MONEY = (("host", "room", "free"), ("host", "food", "free"), ("vio", "travel", "whole"), ("vio", "insurance", "whole"))
PAID = {
    f"money-{row}-{name}": value
    for row, (payer, what, amount) in enumerate(MONEY)
    for name, value in {
        "payer": payer,
        "payee": "volunteer",
        "what": what,
        "amount": amount,
        "when": "whole stay",
    }.items()
}
WELL: dict[str, dict[str, Any]] = {
    **SECTIONS,
    "work": {
        **SECTIONS["work"],
        "tasks": (
            "Visit ten hand pumps a month on a motorcycle with the union's two mechanics.\n"
            "Measure depth and flow of each well, and write into a book which seals and rods break.\n"
            "Practise with six caretakers how a worn seal is changed without a crane.\n"
            "Price spare parts with the committees and order them in Nairobi."
        ),
        "expected_results": "The pumps of the union give water; the mechanics keep the book.",
    },
    "place": {
        **SECTIONS["place"],
        "start_on": START.isoformat(),
        "end_on": (START + timedelta(days=200)).isoformat(),
    },
    "conditions": {**SECTIONS["conditions"], "hottest_celsius": 34, "walking_km": 3},
    "money": PAID,
    "background": {
        **SECTIONS["background"],
        "locals_sought": "Notice at the county office and on Kitui radio for two months; no mechanic came.",
        "why_not_paid_local": "The union pays two mechanics and six caretakers; a volunteer rides beside them.",
        "handover": "The mechanics keep the book from the first month on, and teach new caretakers.",
    },
}


@dataclass(frozen=True)
class Writing:
    """The same answers in one language: sections, a poor text, and what the coordinator asks and gets."""

    title: str
    poor: str
    sections: dict[str, dict[str, Any]]
    asked: str
    better: str  # the results, once they can be checked


ENGLISH = Writing(
    title="Hand pumps that stay in repair",
    poor="Assist with activities.",
    sections=WELL,
    asked="Please say by when how many pumps shall give water, and who counts them.",
    better="By June nine pumps of ten give water on any day; the union's own book says so.",
)
ARABIC = Writing(
    title="مضخات يدوية تبقى صالحة",
    poor="المساعدة في أعمال مختلفة.",
    sections={
        **WELL,
        "work": {
            **WELL["work"],
            "title": "مضخات يدوية تبقى صالحة",
            "tasks": (
                "زيارة عشر مضخات يدوية كل شهر على دراجة نارية مع ميكانيكيي الاتحاد.\n"
                "قياس عمق كل بئر وتدفقها، وتدوين الحشوات والقضبان التي تنكسر في دفتر.\n"
                "تدريب ستة قيمين في القرى على تبديل حشوة بالية دون رافعة.\n"
                "حساب سعر قطع الغيار مع لجان المياه وطلبها من نيروبي."
            ),
            "expected_results": "تعطي مضخات الاتحاد ماء، ويمسك الميكانيكيون الدفتر.",
            "learning": "كيف تتفق أربعون لجنة على سعر الماء في موسم الجفاف.",
            "local_strengths": "يصلح الميكانيكيون المضخة بما يجدونه في السوق.",
            "plain_day": "انطلاق في السابعة على الدراجة، عودة في الرابعة، والمساء مع الأسرة المضيفة في كيتوي.",
            "hardest_thing": "الغبار وطول الطريق وحر الظهيرة.",
        },
        "conditions": {**WELL["conditions"], "lodging": "غرفة خاصة عند أسرة مضيفة"},
        "people": {
            **WELL["people"],
            "community_consulted": "طلبت لجان المياه قطع الغيار أولا، فصار للاتحاد مخزن في كيتوي.",
        },
        "background": {
            **WELL["background"],
            "locals_sought": "إعلان في مكتب المقاطعة شهرين، ولم يتقدم ميكانيكي.",
            "why_not_paid_local": "يتقاضى ميكانيكيان محليان راتبا، والمتطوع يعمل بجانبهما.",
            "handover": "يمسك الميكانيكيون دفتر المضخات منذ الشهر الأول.",
        },
        "goals": {**WELL["goals"], "national_priority": "رؤية كينيا، فصل المياه والصرف الصحي"},
    },
    asked="يرجى ذكر عدد المضخات التي ستعطي ماء، ومتى، ومن يعدها.",
    better="بحلول يونيو تعطي 9 مضخات من كل 10 ماء في كل يوم، ويتحقق الاتحاد من ذلك في دفتره.",
)
