"""Learning in plain words: weights, figures, groups, and why nothing is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from webapp import explain
from webapp.i18n import criterion_name, number, translate
from webapp.models import LearningRun, ScoreModel
from webapp.services import learning
from webapp.views.coordinator.group_words import group_name
from webapp.words import Words, lazy

MUCH_LESS = 5.0  # points of a hundred, over all first places

OUTCOMES: dict[str, Words] = {
    "proposed": lazy("A new version was found; it stands in the list below."),
    "too_few": lazy(
        "Nothing can be learned yet: there are decisions on %(assignments)s of the %(needed)s assignments that it "
        "takes. Endorse, propose, or dismiss people for skills, a language or dates."
    ),
    "one_sided": lazy(
        "Nothing can be learned yet: on %(comparable)s of %(least)s assignments that it takes, somebody was endorsed "
        "and somebody else dismissed. Only these tell what makes the difference for you."
    ),
    "country_is_all": lazy("Nothing is left to learn: the country has the whole weight."),
    "no_signal": lazy("Your decisions do not follow any of the criteria: no other weights would fit them better."),
    "no_gain": lazy(
        "No other weights order the people you decided on clearly better than those of the installation, with the "
        "country as you weigh it."
    ),
    "no_lists": lazy(
        "Nothing can be learned now: too few of the assignments that you decided on still have people with whom those "
        "you endorsed could be compared."
    ),
    "same": lazy("Learning comes to the same weights that are in force."),
}


@dataclass(frozen=True)
class WeightRow:
    """One criterion: its share of a full score, in percent, of the installation, in force, and in the version shown."""

    name: str
    default: float
    in_force: float
    shown: float | None


def weight_rows(in_force: ScoreModel | None, shown: ScoreModel | None) -> list[WeightRow]:
    """Return the criteria in their fixed order."""
    plain, now = learning.weights_of(None), learning.weights_of(in_force)
    other = learning.weights_of(shown) if shown is not None else None
    return [
        WeightRow(criterion_name(one), 100 * plain[one], 100 * now[one], 100 * other[one] if other else None)
        for one in explain.CRITERIA_ORDER
    ]


def outcome_words(run: LearningRun) -> str:
    """Return what a look at the decisions ended with, or why nothing is proposed."""
    words = OUTCOMES[run.outcome]
    values = {
        "assignments": run.assignments,
        "needed": learning.ASSIGNMENTS_NEEDED,
        "comparable": round(run.figures.get("comparable", 0)),
        "least": learning.COMPARABLE_NEEDED,
    }
    return translate(Words(words.text, {name: value for name, value in values.items() if f"%({name})s" in words.text}))


def figures_words(version: ScoreModel) -> list[str]:
    """Return what was measured, in sentences: of a learned version on assignments that learning had not seen."""
    told = version.figures
    if version.origin != "learned":
        return _change_words(told) if "change" in told else []
    if not told:
        return []
    found = [
        _(
            "Learned from %(decisions)s decisions on %(assignments)s assignments.",
            decisions=round(told["decisions"]),
            assignments=round(told["assignments"]),
        )
    ]
    if "gain" in told:
        found += [_pairs_words(told), _list_words(told), *_kept_words(told)]
    return found


def _kept_words(told: dict[str, float]) -> list[str]:
    """Return what your decisions cannot tell, in which learning therefore kept what was in force."""
    return [
        _(
            "%(criterion)s: with what your decisions alone tell, first places of whole lists would go to people who "
            "have clearly less of it than those whom you endorse. It keeps at least %(share)s percent of the weight "
            "that it has now.",
            criterion=criterion_name(one),
            share=number(round(100 * told[f"kept_{one}"])),
        )
        for one in explain.CRITERIA_ORDER
        if round(100 * told.get(f"kept_{one}", 0.0))
    ]


def _pairs_words(told: dict[str, float]) -> str:
    return _(
        "Of 100 pairs of an endorsed and a dismissed person for the same assignment, it puts the endorsed one first in "
        "%(proposal)s, the weights of the installation, with the country as you weigh it, in %(default)s: %(gain)s "
        "more, with 95 percent confidence between %(low)s and %(high)s.",
        proposal=number(round(100 * told["pairs_proposal"], 1)),
        default=number(round(100 * told["pairs_default"], 1)),
        gain=number(round(100 * told["pairs_gain"], 1)),
        low=number(round(100 * told["pairs_gain_low"], 1)),
        high=number(round(100 * told["pairs_gain_high"], 1)),
    )


def _list_words(told: dict[str, float]) -> str:
    return _(
        "The first ten places of a list get %(proposal)s of 1 for having the endorsed people at the top (nDCG@10), "
        "%(default)s with the weights of the installation and the country as you weigh it, %(current)s with what was "
        "in force: a gain of %(gain)s over the former (%(low)s to %(high)s).",
        proposal=number(round(told["ndcg_proposal"], 3)),
        default=number(round(told["ndcg_default"], 3)),
        current=number(round(told["ndcg_current"], 3)),
        gain=number(round(told["gain"], 3)),
        low=number(round(told["gain_low"], 3)),
        high=number(round(told["gain_high"], 3)),
    )


def _change_words(told: dict[str, float]) -> list[str]:
    """Return how a version that people made orders their own decisions, beside what was in force."""
    return [
        _(
            "Measured on your own %(decisions)s decisions on %(assignments)s assignments.",
            decisions=round(told["decisions"]),
            assignments=round(told["assignments"]),
        ),
        _(
            "Of 100 pairs of an endorsed and a dismissed person for the same assignment, it puts the endorsed one "
            "first in %(proposal)s, what was in force in %(current)s: a change of %(change)s, with 95 percent "
            "confidence between %(low)s and %(high)s.",
            proposal=number(round(100 * told["pairs_proposal"], 1)),
            current=number(round(100 * told["pairs_current"], 1)),
            change=number(round(100 * told["pairs_change"], 1)),
            low=number(round(100 * told["pairs_change_low"], 1)),
            high=number(round(100 * told["pairs_change_high"], 1)),
        ),
        _(
            "The first ten places of a list get %(proposal)s of 1 for having the endorsed people at the top (nDCG@10), "
            "%(current)s with what was in force: a change of %(change)s (%(low)s to %(high)s).",
            proposal=number(round(told["ndcg_proposal"], 3)),
            current=number(round(told["ndcg_current"], 3)),
            change=number(round(told["change"], 3)),
            low=number(round(told["change_low"], 3)),
            high=number(round(told["change_high"], 3)),
        ),
    ]


@dataclass(frozen=True)
class BroughtRow:
    """What people in the first places bring of a criterion on average, in percent of what could be asked for."""

    name: str
    before: float
    after: float

    @property
    def is_much_less(self) -> bool:
        """Whether so much is lost that nobody should let the version in without a look at the examples."""
        return self.before - self.after >= MUCH_LESS


def brought_rows(version: ScoreModel) -> list[BroughtRow]:
    """Return the criteria in their fixed order; empty where nobody stands on any list."""
    kept = version.preview.get("brought", {})
    return [
        BroughtRow(criterion_name(one), 100 * kept[one][0], 100 * kept[one][1])
        for one in explain.CRITERIA_ORDER
        if one in kept
    ]


@dataclass(frozen=True)
class GroupRow:
    """A group's share of first places, in percent; None where it may not be shown."""

    name: str
    people: int
    before: float | None
    after: float | None


def group_words(version: ScoreModel) -> dict[str, list[GroupRow]]:
    """Return the tables by country of residence and by language, groups named, small ones together."""
    kept = version.preview.get("groups", {})
    return {
        kind: [
            GroupRow(
                group_name(kind, line["groups"]), line["people"], _percent(line["before"]), _percent(line["after"])
            )
            for line in lines
        ]
        for kind, lines in kept.items()
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
