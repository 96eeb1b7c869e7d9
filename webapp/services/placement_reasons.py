"""Why an offer or a placement ended, as codes. The codes are kept for ever, so none is ever renamed."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.services.errors import Refused
from webapp.words import Words, lazy

SHORTEST_WORDS = 20  # characters: less is no answer to a person
VOLUNTEER_WITHDREW, ASSIGNMENT_CANCELLED, APPLICATION_WITHDRAWN, NOT_TOGETHER, BOND_ENDED = (
    "volunteer_withdrew",
    "assignment_cancelled",
    "application_withdrawn",
    "not_together",
    "bond_ended",
)
HOST_SUSPENDED, PERSON_STOPPED = "host_suspended", "person_stopped"
# What the volunteer may choose from when declining; it never counts against the person.
DECLINE: dict[str, Words] = {
    "dates": lazy("The dates do not fit me."),
    "another_place": lazy("I take another place."),
    "family_or_work": lazy("Family or work does not allow it now."),
    "conditions": lazy("The conditions are not right for me."),
    "money": lazy("I cannot afford it."),
    "safety": lazy("I would not feel safe there."),
    "rather_not_say": lazy("I would rather not say."),
}
WITHDRAW: dict[str, Words] = {
    "host_changed": lazy("The host's plans have changed."),
    "dates": lazy("The dates no longer hold."),
    "money": lazy("The money for this place is no longer there."),
    "safety": lazy("It is not safe enough at present."),
    "clearance": lazy("Something that the placement needs could not be cleared."),
    "mistake": lazy("The offer was made by mistake."),
    "other": lazy("Another reason, which is written below."),
}
CANCEL: dict[str, Words] = {code: words for code, words in WITHDRAW.items() if code != "mistake"}
END_EARLY: dict[str, Words] = {
    "health": lazy("Health."),
    "family": lazy("Family reasons."),
    "safety": lazy("It is no longer safe enough there."),
    "work_not_as_agreed": lazy("The work is not what had been agreed."),
    "host_cannot_go_on": lazy("The host cannot go on."),
    "volunteer_wishes": lazy("The volunteer wishes to stop."),
    "conduct": lazy("The rules of conduct were broken."),
    "other": lazy("Another reason, which is written below."),
}
# Those that no list offers: the service writes them itself.
BY_ITSELF: dict[str, Words] = {
    VOLUNTEER_WITHDREW: lazy("The volunteer withdrew."),
    ASSIGNMENT_CANCELLED: lazy("The assignment does not take place."),
    APPLICATION_WITHDRAWN: lazy("The volunteer withdrew the application."),
    NOT_TOGETHER: lazy("It was offered to people who go together, and not all of them said yes."),
    BOND_ENDED: lazy("The volunteer does not go together with the others any more."),
    HOST_SUSPENDED: lazy("The work with this host is paused."),
    PERSON_STOPPED: lazy("The organization that the volunteer belongs to has stopped the service."),
}
ALL: dict[str, Words] = {**DECLINE, **END_EARLY, **WITHDRAW, **BY_ITSELF}


def check(reasons: Mapping[str, Words], code: str, words: str) -> str:
    """Return the words without space around; Refused where the reason is none of these, or the words say nothing."""
    if code not in reasons:
        raise Refused(lazy("Choose the reason."))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: why, and what can be done now."))
    return words.strip()
