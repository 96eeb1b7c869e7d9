"""What this service never publishes, judged on the host's own structured answers. Nobody can waive these rules.

Texts are never judged here: words only hint (text_hints.py), and a person reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webapp import vocabulary
from webapp.models import Assignment, AssignmentSkill, MoneyLine
from webapp.words import Words, lazy

# Below this many weeks a stay in a residential institution for children is refused. The number is a choice of this
# project, not of a law: half a year is the least in which an adult who lives beside children is more than one of the
# many who come and go. What it answers to is UN General Assembly resolution 74/133 on the rights of the child (2019),
# which asks states to prevent harms that come with volunteering programmes in orphanages.
SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN = 26
# Licences of these families of skills stand for clinical acts on people; a lorry driver's licence does not.
CLINICAL_FAMILIES = frozenset({"HEA", "NUR", "PSY", "DIS", "FOO"})


@dataclass(frozen=True)
class Refusal:
    """A rule that refuses: its code, the field whose answer it judged, and kind words that say what can be done."""

    code: str
    field: str
    words: Words


Rule = Callable[[Assignment], Refusal | None]


def refusals_of(assignment: Assignment) -> list[Refusal]:
    """Return every rule that refuses the assignment as it stands; unanswered questions refuse nothing yet."""
    return [refusal for rule in RULES if (refusal := rule(assignment)) is not None]


def resident_children(assignment: Assignment) -> Refusal | None:
    """Refuse residential institutions for children where a stay may be short or its length is not stated."""
    if not assignment.is_child_institution:
        return None
    if assignment.weeks is not None and assignment.weeks >= SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN:
        return None
    return Refusal(
        "resident_children",
        "is_child_institution",
        lazy(
            "We do not place volunteers for under %(weeks)s weeks where children live in an institution: people who "
            "come and go hurt children who have already lost someone. Plan a longer stay, or describe work that helps "
            "families to keep their children at home.",
            weeks=SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN,
        ),
    )


def unlicensed_clinic(assignment: Assignment) -> Refusal | None:
    """Refuse clinical acts where no licensed clinical skill is marked as needing a licence."""
    if not assignment.has_clinical_acts or any(map(_is_clinical_licence, assignment.skills)):
        return None
    return Refusal(
        "unlicensed_clinic",
        "has_clinical_acts",
        lazy(
            "Acts on patients need a licensed person. Add the skill (nursing, midwifery, surgery ...) and mark that it "
            "needs a licence, or describe work without acts on patients."
        ),
    )


def security_work(assignment: Assignment) -> Refusal | None:
    """Refuse guarding, armed or police work."""
    return _if_yes(
        assignment.is_security_work,
        "security_work",
        "is_security_work",
        lazy("Volunteers here do no guarding, police or military work. Describe work without it."),
    )


def party_or_religious_work(assignment: Assignment) -> Refusal | None:
    """Refuse work for a party or to win people for a religion."""
    return _if_yes(
        assignment.is_party_or_religious_work,
        "party_or_religious_work",
        "is_party_or_religious_work",
        lazy(
            "Volunteers here do not campaign for a party or win people for a religion. A religious organization is "
            "welcome with work that serves everybody alike."
        ),
    )


def replaces_strikers(assignment: Assignment) -> Refusal | None:
    """Refuse work that stands in for people on strike."""
    return _if_yes(
        assignment.replaces_strikers,
        "replaces_strikers",
        "replaces_strikers",
        lazy("Volunteers do not take the place of people on strike. Wait until the dispute is settled."),
    )


def fees_not_listed(assignment: Assignment) -> Refusal | None:
    """Refuse fees that the money list does not show."""
    return _if_yes(
        assignment.has_fees_not_listed,
        "fees_not_listed",
        "has_fees_not_listed",
        lazy("Whatever a volunteer pays must stand in the list under “Money”. Add every fee there, then answer no."),
    )


def unclear_payment(assignment: Assignment) -> Refusal | None:
    """Refuse a payment by the volunteer that does not say for what, how much and when."""
    if not any(line.payer == "volunteer" and not _is_clear(line) for line in assignment.money):
        return None
    return Refusal(
        "unclear_payment",
        "money",
        lazy("Say under “Money” of each payment by the volunteer what it is for, how much, and when it is paid."),
    )


RULES: tuple[Rule, ...] = (
    resident_children,
    unlicensed_clinic,
    security_work,
    party_or_religious_work,
    replaces_strikers,
    fees_not_listed,
    unclear_payment,
)


def _if_yes(answer: bool | None, code: str, field: str, words: Words) -> Refusal | None:
    return Refusal(code, field, words) if answer else None


def _is_clinical_licence(asked: AssignmentSkill) -> bool:
    is_clinical = asked.skill.partition("-")[0] in CLINICAL_FAMILIES
    return asked.needs_licence and is_clinical and vocabulary.is_licensed(asked.skill)


def _is_clear(line: MoneyLine) -> bool:
    return all(text and text.strip() for text in (line.what, line.amount, line.when))
