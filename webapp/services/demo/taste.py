"""What the coordinators of the demonstration said of matches: a taste that the weights in force do not have yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import exp
from random import Random

from sqlalchemy.orm import Session

from webapp.models import Assignment, Match, User
from webapp.services import judgements
from webapp.services.decisions import values_of
from webapp.services.errors import Refused
from webapp.services.judgements import Word

LOOKED_AT, WORDS_ON_EACH = 40, (18, 22)  # of the best matches; so many of them get a word
# Log-odds of a yes, around what is usual among the people looked at: the cause and the language count for more here.
# So strong, and told so often, that a proposal is found on every day and with any lots: who stands where goes by both.
TASTE = {"languages": 70.0, "interests": 24.0, "skills": 20.0}
LEANING = -0.2
# Reasons by the criterion that speaks loudest for, or against, the person.
LIKED = {"skills": "skills_fit", "languages": "languages_fit", "interests": "known_to_us"}
DISLIKED = {"skills": ("skills",), "languages": ("language",), "interests": ("skills", "availability")}
# Words that say nothing of the fit; learning leaves them out.
OTHER_WORDS = ("own_wish", "placed_elsewhere", "not_reachable", "licence", "country", "experience")
SAYS_OTHER, SAYS_FOR_HOST, HIDES_NAMES, INVITES = 0.15, 0.2, 0.2, 0.3
OLDEST_DAYS = 60

Values = Mapping[str, float]


def judge(session: Session, dice: Random, assignment: Assignment, matches: list[Match], who: User) -> None:
    """Let the coordinator endorse, propose, dismiss and invite among the matches, best first."""
    looked_at = matches[:LOOKED_AT]
    if looked_at:
        usual = _usual([values_of(match.reasons) for match in looked_at])
        for match in dice.sample(looked_at, min(len(looked_at), dice.randint(*WORDS_ON_EACH))):
            for review in judgements.judge(session, who, assignment, [match], _word(dice, match, usual)):
                review.at -= timedelta(days=dice.randint(0, OLDEST_DAYS))
    strangers = [match for match in matches if match.volunteer.user is not None][:1]
    if strangers and dice.random() < INVITES:
        try:
            judgements.judge(session, who, assignment, strangers, Word("invite", "fits_well"))
        except Refused:
            return  # has applied already


def _usual(values: Sequence[Values]) -> Values:
    return {criterion: sum(one[criterion] for one in values) / len(values) for criterion in TASTE}


def _word(dice: Random, match: Match, usual: Values) -> Word:
    values = values_of(match.reasons)
    speaks = {criterion: strength * (values[criterion] - usual[criterion]) for criterion, strength in TASTE.items()}
    says_yes = dice.random() < 1 / (1 + exp(-LEANING - sum(speaks.values())))
    was_blind = dice.random() < HIDES_NAMES
    if dice.random() < SAYS_OTHER:
        return Word("dismiss", dice.choice(OTHER_WORDS), was_blind=was_blind)
    if not says_yes:
        return Word("dismiss", dice.choice(DISLIKED[min(speaks, key=speaks.__getitem__)]), was_blind=was_blind)
    if dice.random() < SAYS_FOR_HOST:
        return Word("propose", "best_fit", was_blind=was_blind)
    return Word("endorse", LIKED[max(speaks, key=speaks.__getitem__)], was_blind=was_blind)
