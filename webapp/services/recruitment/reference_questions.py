"""What a referee is asked: five questions with given answers, and one on misconduct for earlier hosts."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy

OFTEN: dict[str, Words] = {
    "always": lazy("nearly always"),
    "mostly": lazy("mostly"),
    "at_times": lazy("at times"),
    "rarely": lazy("rarely"),
    "cannot_say": lazy("I cannot say"),
}


@dataclass(frozen=True)
class ReferenceQuestion:
    """One question and the answers to choose from."""

    words: Words
    answers: dict[str, Words]


QUESTIONS: dict[str, ReferenceQuestion] = {
    "how_long": ReferenceQuestion(
        lazy("For how long have you known this person at work or in service?"),
        {
            "weeks": lazy("some weeks"),
            "months": lazy("some months"),
            "years": lazy("a year or more"),
            "not_at_work": lazy("I know the person, but not from work or service"),
        },
    ),
    "keeps_word": ReferenceQuestion(lazy("Does this person do what was agreed?"), OFTEN),
    "works_with_others": ReferenceQuestion(lazy("Does this person listen to others and work well with them?"), OFTEN),
    "other_ways": ReferenceQuestion(
        lazy("Is this person at ease where people do things in another way than at home?"), OFTEN
    ),
    "again": ReferenceQuestion(
        lazy("Would you work with this person again?"),
        {
            "yes": lazy("yes"),
            "with_doubts": lazy("yes, with doubts"),
            "no": lazy("no"),
            "cannot_say": OFTEN["cannot_say"],
        },
    ),
}
MISCONDUCT_QUESTION = lazy(
    "Do you know of any finding of, or open inquiry into, sexual exploitation, abuse, harassment or other misconduct "
    "by this person?"
)
MISCONDUCT_ANSWERS: dict[str, Words] = {
    "no": lazy("No"),
    "yes": lazy("Yes"),
    "cannot_say": lazy("I cannot say"),
    "not_asked": lazy("not asked"),
}
