"""What is agreed to, purpose by purpose: the wording in force with its version, and the wordings before."""

from __future__ import annotations

from webapp.models.consents import ABROAD, ALUMNI, MATCHING, SENSITIVE
from webapp.words import Words, lazy

TITLES: dict[str, Words] = {
    MATCHING: lazy("Being matched with assignments"),
    ABROAD: lazy("Being matched and shown outside the country where you live"),
    SENSITIVE: lazy("Keeping papers, health facts, conditions of life and the emergency card"),
    ALUMNI: lazy("Being one of the alumni, after a placement"),
}
# A new wording gets a new version, and the old one moves to EARLIER: what was agreed to stays on record.
VERSIONS: dict[str, str] = {MATCHING: "2026-11", ABROAD: "2026-11-26", SENSITIVE: "2026-11-26", ALUMNI: "2026-11"}
WORDINGS: dict[str, Words] = {
    MATCHING: lazy(
        "I agree that the service compares my profile with assignments and shows the result to me and to the "
        "coordinators of my organization. Hosts see me only when I apply. I can take this back at any time."
    ),
    ABROAD: lazy(
        "I also agree to be matched with assignments outside the country where I live. When I apply for one, accept "
        "an invitation to one, or agree to be put forward for one, my profile is shown to the host and the "
        "organizations in that country. So it is sent to another country, where other laws may hold. This is my free "
        "choice: without it I am matched at home only. I can take this back at any time; then they see it no more."
    ),
    SENSITIVE: lazy(
        "I agree that these facts about me are kept once I or an office enter them: facts from my passport and visa, "
        "results of police, medical and vetting checks with their documents, what I say about health and conditions of "
        "life, and my emergency card. Documents, words and the card lie encrypted. Only those whom the table “Who sees "
        "whom” names see any of it, and it is used only to clear me, to send me and to keep me safe. I can take this "
        "back at any time. Then all of it is deleted; only that a check was passed, and when, stays."
    ),
    ALUMNI: lazy(
        "I join the alumni. With the placements that I have completed, what I tick below may be done, and nothing "
        "else. I can change each tick and leave at any time; it works at once."
    ),
}
EARLIER: dict[str, dict[str, Words]] = {
    ABROAD: {
        "2026-11": lazy(
            "I also agree to be matched with assignments outside the country where I live. This is my free choice: "
            "without it I am matched at home only. I can take this back at any time."
        ),
    },
}


def agreed_to(purpose: str, version: str) -> Words:
    """Return the wording of a version; the one in force where an import brought a version of its own."""
    return EARLIER.get(purpose, {}).get(version, WORDINGS[purpose])
