"""What each side is asked when a placement ends: eight questions, most of them against a term of the agreement."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy

AGREED: dict[str, Words] = {
    "more": lazy("more than agreed"),
    "as_agreed": lazy("as agreed"),
    "less": lazy("less than agreed"),
    "not": lazy("not at all"),
    "cannot_say": lazy("I cannot say, or nothing was agreed"),
}
HELD: dict[str, Words] = {
    "yes": lazy("yes"),
    "partly": lazy("partly"),
    "no": lazy("no"),
    "cannot_say": lazy("I cannot say"),
}


@dataclass(frozen=True)
class DebriefQuestion:
    """A question, its answers, and the codes of the terms (services/agreement_terms.py) that say what was expected."""

    words: Words
    answers: dict[str, Words]
    terms: tuple[str, ...] = ()


_VOLUNTEER: dict[str, DebriefQuestion] = {
    "tasks": DebriefQuestion(lazy("Was the work what was agreed?"), AGREED, ("tasks", "results")),
    "time": DebriefQuestion(
        lazy("Did dates, hours and rest keep to what was agreed?"), HELD, ("hours", "stay", "rest")
    ),
    "support": DebriefQuestion(
        lazy("How much support did you have from the people named for it?"),
        AGREED,
        ("supervisor", "supervision", "counterpart"),
    ),
    "learning": DebriefQuestion(lazy("How much did you learn from people there?"), AGREED, ("learning",)),
    "living": DebriefQuestion(
        lazy("Was living there as it was described?"), HELD, ("lodging", "water", "power", "internet")
    ),
    "money": DebriefQuestion(
        lazy("Was everything paid as agreed, and nothing else asked of you?"), HELD, ("payment", "no_other_fees")
    ),
    "safety": DebriefQuestion(
        lazy("Did you feel safe, and know whom to ask if not?"), HELD, ("safety_person", "hospital")
    ),
    "equal": DebriefQuestion(lazy("Did you and the people there treat one another as equals?"), HELD, ("respect",)),
}
_HOST: dict[str, DebriefQuestion] = {
    "tasks": DebriefQuestion(lazy("Was the work done that was agreed?"), AGREED, ("tasks", "results")),
    "skills": DebriefQuestion(lazy("Did the volunteer bring the skills that were agreed?"), AGREED, ("skills",)),
    "languages": DebriefQuestion(lazy("Did you understand one another well enough?"), HELD, ("languages",)),
    "time": DebriefQuestion(lazy("Did dates and hours keep to what was agreed?"), HELD, ("hours", "stay")),
    "handover": DebriefQuestion(
        lazy("Can your people go on without the volunteer?"), HELD, ("handover", "counterpart")
    ),
    "learning": DebriefQuestion(lazy("How much did each side learn from the other?"), AGREED, ("learning",)),
    "conduct": DebriefQuestion(lazy("Did the volunteer keep to what was agreed on conduct?"), HELD, ("conduct",)),
    "equal": DebriefQuestion(lazy("Did the volunteer treat you and your people as equals?"), HELD, ("respect",)),
}
_COMMUNITY: dict[str, DebriefQuestion] = {
    "asked": DebriefQuestion(lazy("Were people here asked before it began?"), HELD),
    "told": DebriefQuestion(lazy("Did you know what the volunteer came for, and for how long?"), HELD),
    "useful": DebriefQuestion(lazy("Was the work useful to people here?"), HELD),
    "together": DebriefQuestion(lazy("Did people from here do the work together with the volunteer?"), HELD),
    "jobs": DebriefQuestion(lazy("Did paid work stay with people from here?"), HELD),
    "equal": DebriefQuestion(lazy("Were people here treated with respect, as equals?"), HELD),
    "lasting": DebriefQuestion(lazy("Does something good remain now?"), HELD),
    "again": DebriefQuestion(lazy("Should a volunteer come again?"), HELD),
}
QUESTIONS: dict[str, dict[str, DebriefQuestion]] = {
    "volunteer": _VOLUNTEER,
    "host": _HOST,
    "community": _COMMUNITY,
}
