"""What stands under every letter: who sends it, where it can be read, and how it is stopped where it may be."""

from __future__ import annotations

from webapp.config import Config
from webapp.models import Mail
from webapp.services.address_choices import mark_of
from webapp.services.letter_kinds import KINDS
from webapp.speech import say
from webapp.stop_links import stop_link
from webapp.words import Words, lazy

FOR_OFFICE = lazy("Caravanserai sent this letter for %(office)s: %(site)s")
FOR_NOBODY = lazy("Caravanserai sent this letter: %(site)s")
READ_HERE = lazy("Your letters can be read here too: %(link)s")
STOP_HERE = lazy("You want no more letters of this kind? %(link)s")


def with_foot(config: Config, letter: Mail) -> str:
    """Return the letter's text as it is sent."""
    lines = "\n".join(say(line, letter.language) for line in _lines(config, letter))
    return f"{letter.body}\n-- \n{lines}\n"


def stop_address(config: Config, letter: Mail) -> str:
    """Return the address that stops this kind of letter, for the account or else the address; blank where it must go.

    Nobody can have it stopped who has not got the letter.
    """
    kind = KINDS.get(letter.kind)
    if kind is None or not kind.may_stop:
        return ""
    return stop_link(config, letter.user_id or mark_of(letter.to), letter.kind)


def _lines(config: Config, letter: Mail) -> list[Words]:
    who = FOR_OFFICE if letter.office else FOR_NOBODY
    lines = [lazy(who.text, office=letter.office, site=config.base_url)]
    if letter.user_id is not None:
        lines.append(lazy(READ_HERE.text, link=f"{config.base_url}/account/letters"))
    if address := stop_address(config, letter):
        lines.append(lazy(STOP_HERE.text, link=address))
    return lines
