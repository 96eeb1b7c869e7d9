"""How a person of a roll call stands, out of everything that was heard of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.models import RollCallAnswer, RollCallPerson

HELP, UNHEARD, HOST_ONLY, SAFE = "help", "unheard", "host_only", "safe"
ORDER = (HELP, UNHEARD, HOST_ONLY, SAFE)  # who needs somebody first stands first


@dataclass(frozen=True)
class Standing:
    """What holds of a person now, and the answer from which it comes (None: nobody has said anything)."""

    kind: str
    answer: RollCallAnswer | None = None


def standing_of(person: RollCallPerson) -> Standing:
    """Return what was heard last; a host's "safe" never puts aside what the person said, or a colleague heard."""
    heard = [one for one in person.answers if one.says != "tried"]
    direct = [one for one in heard if one.side != "host"]
    if not heard:
        return Standing(UNHEARD)
    last = heard[-1]
    if last.side == "host" and last.says == "safe" and direct:
        last = direct[-1]
    if last.says == "help":
        return Standing(HELP, last)
    return Standing(HOST_ONLY if last.side == "host" else SAFE, last)


def help_holds(person: RollCallPerson, side: str) -> bool:
    """Whether a side's own "help" still stands: nobody but the host has said "safe" since."""
    said = [number for number, one in enumerate(person.answers) if (one.side, one.says) == (side, "help")]
    later = person.answers[said[-1] :] if said else []
    return bool(said) and not any(one.says == "safe" and one.side != "host" for one in later)


def is_late(person: RollCallPerson, now: datetime) -> bool:
    """Whether nobody has heard of the person for longer than the roll call allows."""
    deadline = person.asked_at + timedelta(hours=person.roll_call.hours)
    return standing_of(person).kind == UNHEARD and deadline <= now
