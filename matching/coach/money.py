"""Who provides what, and is every payment clear, whichever way it goes?"""

from __future__ import annotations

from matching.coach.draft import Draft, DraftMoney
from matching.coach.finding import Finding, blanks
from matching.coach.refusals import is_settled
from matching.coach.statements import found_in

ABROAD = ("lodging", "food", "travel", "insurance")
AT_HOME = ("travel", "insurance")


def provided(draft: Draft) -> Finding:
    """Is it said of lodging, food, travel and insurance who pays?"""
    wanted = AT_HOME if draft.is_online else ABROAD
    texts = [f"{line.what} {line.amount}" for line in draft.money]
    unsaid = tuple(kind for kind in wanted if not found_in(kind, texts))
    evidence = {"missing": blanks(money=draft.money), "unsaid": unsaid}
    return Finding("provided", 1 - len(unsaid) / len(wanted), evidence)


def money_clear(draft: Draft) -> Finding:
    """Does each line say for what, how much and when?"""
    unclear = tuple(line.what for line in draft.money if not _is_clear(line))
    share = 1 - len(unclear) / len(draft.money) if draft.money else 0.0
    return Finding("money_clear", share, {"missing": blanks(money=draft.money), "unclear": unclear})


def _is_clear(line: DraftMoney) -> bool:
    return all(map(is_settled, (line.what, line.amount, line.when)))
