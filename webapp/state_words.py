"""The words of states: with a sign in a pill (templates/components/pill.html), and on the links above a list."""

from __future__ import annotations

from webapp.words import Words, lazy

# code -> (words, kind of the pill); codes that mean several things bear what they are of before them
PILLS: dict[str, tuple[Words, str]] = {
    "draft": (lazy("draft"), "unknown"),
    "submitted": (lazy("sent, waits for an answer"), "waiting"),
    "changes_requested": (lazy("changes asked for"), "missing"),
    "open": (lazy("open"), "going"),
    "filled": (lazy("filled"), "met"),
    "closed": (lazy("closed"), "closed"),
    "cancelled": (lazy("cancelled"), "closed"),
    "shortlisted": (lazy("on the shortlist"), "going"),
    "interview": (lazy("interview"), "going"),
    "selected": (lazy("selected"), "met"),
    "declined": (lazy("declined"), "missing"),
    "withdrawn": (lazy("withdrawn"), "closed"),
    "endorsed": (lazy("endorsed"), "met"),
    "dismissed": (lazy("dismissed"), "closed"),
    "invited": (lazy("invited"), "waiting"),
    "verified": (lazy("verified"), "met"),
    "unverified": (lazy("not verified yet"), "waiting"),
    "expired": (lazy("expired"), "missing"),
    "made": (lazy("offered, waits for an answer"), "waiting"),
    "accepted": (lazy("accepted"), "met"),
    "preparing": (lazy("being prepared"), "waiting"),
    "extended": (lazy("extended"), "going"),
    "completed": (lazy("completed"), "met"),
    "ended_early": (lazy("ended early"), "closed"),
    "eligible": (lazy("eligible"), "met"),
    "near": (lazy("near match"), "waiting"),
    "active": (lazy("active"), "going"),
    "ended": (lazy("ended"), "closed"),
    "running": (lazy("running"), "going"),
    "done": (lazy("done"), "met"),
    "clearance_open": (lazy("open"), "waiting"),
    "clearance_submitted": (lazy("handed in"), "going"),
    "clearance_cleared": (lazy("cleared"), "met"),
    "clearance_refused": (lazy("refused"), "missing"),
    "clearance_expired": (lazy("has run out"), "missing"),
    "clearance_waived": (lazy("not needed"), "closed"),
    "kept": (lazy("only you read it"), "unknown"),
    "waiting": (lazy("waits for a coordinator"), "waiting"),
    "published": (lazy("shown in the library"), "met"),
    "held_waiting": (lazy("needs a decision"), "missing"),
    "held_watched": (lazy("goes on under watch"), "going"),
    "held_moving": (lazy("another host is looked for"), "waiting"),
    "held_ended": (lazy("ended"), "closed"),
    "held_released": (lazy("goes on"), "met"),
    "suspended": (lazy("suspended"), "missing"),
    "bar_proposed": (lazy("proposed"), "waiting"),
    "bar_standing": (lazy("stands"), "missing"),
    "bar_dropped": (lazy("dropped"), "closed"),
    "bar_lifted": (lazy("lifted"), "met"),
    "bar_ended": (lazy("over"), "closed"),
    "appeal_waiting": (lazy("waits for an answer"), "waiting"),
    "appeal_granted": (lazy("granted"), "met"),
    "appeal_refused": (lazy("not granted"), "closed"),
    "appeal_closed": (lazy("closed"), "closed"),
    "failed": (lazy("failed"), "missing"),
    "queued": (lazy("waits its turn"), "waiting"),
}


# code -> words of a link that narrows a list to what is in that state (templates/coordinator/tabs.html)
TABS: dict[str, Words] = {
    "": lazy("All"),
    "submitted": lazy("Waiting"),
    "changes_requested": lazy("Changes asked for"),
    "open": lazy("Open"),
    "filled": lazy("Filled"),
    "closed": lazy("Closed"),
    "cancelled": lazy("Cancelled"),
    "unverified": lazy("Not verified yet"),
    "asked": lazy("Ask to be verified"),
    "verified": lazy("Verified"),
    "declined": lazy("Declined"),
    "shortlisted": lazy("On the shortlist"),
    "interview": lazy("Interview"),
    "selected": lazy("Selected"),
    "withdrawn": lazy("Withdrawn"),
    "preparing": lazy("Being prepared"),
    "active": lazy("Under way"),
    "extended": lazy("Extended"),
    "completed": lazy("Completed"),
    "ended_early": lazy("Ended early"),
    "check": lazy("For you to check"),
    "late": lazy("Late"),
    "waiver": lazy("A second person is asked for"),
    "running_out": lazy("Runs out during the stay"),
    "none": lazy("Not reviewed"),
    "endorse": lazy("Endorsed"),
    "propose": lazy("Proposed"),
    "dismiss": lazy("Dismissed"),
    "invite": lazy("Invited"),
}


def pill_of(code: str) -> tuple[Words | str, str]:
    """Return words and kind; a code that is not known stays a code."""
    return PILLS.get(code, (code, "unknown"))


def tab_of(code: str) -> Words | str:
    """Return the words of a link; a code that is not known stays a code."""
    return TABS.get(code, code)
