"""The common list of clearances, as data: what is asked of whom, when, and what nobody can go without."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.models import Assignment, Clearance, Volunteer
from webapp.models.clearances import NEVER_WAIVED, OWN_ITEM, TRAINING_ITEM
from webapp.words import Words, lazy

CONTACT = ("supervised", "unsupervised", None)  # what was not said counts as contact


@dataclass(frozen=True)
class Item:
    """One thing to be cleared; it is asked for where every fact in `when` holds of the stay."""

    title: Words
    what: Words  # what is handed in or done, in words to whoever does it
    when: frozenset[str]
    owner: str = "volunteer"
    checked_by: str = "sending"
    days_before: int = 14  # the first day; below 0 it is due after it
    is_mandatory: bool = True
    always_ends: bool = False  # every such paper has a last day
    is_sensitive: bool = False  # its result is a fact from passport or visa, or of a police, medical or vetting check


# All are asked once an offer is accepted: a birth date, a record, a doctor, a family are nobody's business before.
ITEMS: dict[str, Item] = {
    "right_to_work": Item(
        lazy("Right to enter and to do this work"),
        lazy("The visa or permit that allows this work. If you need none, say under which rule."),
        frozenset({"on_site", "abroad"}),
        is_sensitive=True,
    ),
    "insurance": Item(
        lazy("Insurance"),
        lazy("Insurance for illness and accident, with evacuation and the way home, for all days of the stay."),
        frozenset({"on_site"}),
        owner="sending",
        always_ends=True,
    ),
    "medical": Item(
        lazy("Fitness for the journey"),
        lazy("A doctor's word that you are fit for this work and this place. Not what you have or had."),
        frozenset({"on_site", "abroad"}),
        days_before=30,
        is_sensitive=True,
    ),
    "safeguarding_check": Item(
        lazy("Safeguarding check"),
        lazy("The record that your country issues to people who work with children or adults at risk."),
        frozenset({"contact"}),
        days_before=30,
        is_sensitive=True,
    ),
    "safeguarding_training": Item(
        lazy("Safeguarding training"),
        lazy("How to keep children and adults at risk safe, what never to do, and whom to tell."),
        frozenset({"contact"}),
    ),
    "security_briefing": Item(
        lazy("Security briefing"),
        lazy("What is safe there and what is not, how news comes, whom to call, and how to leave in a hurry."),
        frozenset({"on_site", "abroad"}),
        owner="receiving",
        checked_by="receiving",
        days_before=7,
    ),
    TRAINING_ITEM: Item(
        lazy("Training for volunteers"),
        lazy("The modules under “Training”, each with a short quiz. When you pass the last one, this is cleared."),
        frozenset({"training"}),
    ),
    "licence": Item(
        lazy("Licence to practise"),
        lazy("The licence for this work, and the word of the authority there that it is recognized."),
        frozenset({"licence"}),
        checked_by="receiving",
        days_before=30,
    ),
    "emergency_contact": Item(
        lazy("Emergency contact"),
        lazy("Somebody close to you whom we call if something happens to you."),
        frozenset({"on_site"}),
    ),
    "guardian": Item(
        lazy("Consent of the guardian"),
        lazy("The written consent of everybody who has custody, with a number where they can be reached."),
        frozenset({"minor"}),
        days_before=30,
    ),
    "registration": Item(
        lazy("Registration after arrival"),
        lazy("Whatever the authorities there want of people who come: the office tells you where and with what."),
        frozenset({"on_site", "abroad"}),
        checked_by="receiving",
        days_before=-7,
        is_mandatory=False,
    ),
}


def facts_of(assignment: Assignment, volunteer: Volunteer) -> frozenset[str]:
    """Return what holds of a stay. What is not known counts as the case in which more is asked."""
    holds = {
        "on_site": assignment.mode != "online",
        "abroad": volunteer.residence is None or volunteer.residence != assignment.country,
        "contact": assignment.contact_children in CONTACT or assignment.contact_adults in CONTACT,
        "licence": bool(assignment.has_clinical_acts) or any(one.needs_licence for one in assignment.skills),
        "minor": not volunteer.is_adult,
        "training": volunteer.vio.volunteer_training != "not_asked",
    }
    return frozenset(name for name, is_so in holds.items() if is_so)


def title_of(clearance: Clearance) -> Words:
    """Return what the item is called."""
    return Words("%(title)s", {"title": clearance.title}) if _is_own(clearance) else ITEMS[clearance.item].title


def what_of(clearance: Clearance) -> Words:
    """Return what is asked; the office's own item says it in its title."""
    return lazy("Asked for by the office.") if _is_own(clearance) else ITEMS[clearance.item].what


def can_be_waived(clearance: Clearance) -> bool:
    """Whether two people together may let somebody go without it."""
    return clearance.item not in NEVER_WAIVED


def is_sensitive(clearance: Clearance) -> bool:
    """Whether the result itself is a sensitive fact. Of what an office asks in its own words it may be."""
    return _is_own(clearance) or ITEMS[clearance.item].is_sensitive


def _is_own(clearance: Clearance) -> bool:
    return clearance.item == OWN_ITEM
