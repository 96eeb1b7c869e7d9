"""In the demonstration letters go nowhere; here they can be read, so that a trial can follow their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import abort, current_app, render_template
from markupsafe import Markup, escape

from webapp.config import Config
from webapp.views.public import blueprint

MOST = 20


@dataclass(frozen=True)
class Letter:
    """A letter as it lies in the folder, its links made to follow."""

    to: str
    subject: str
    at: datetime
    body: Markup


@blueprint.get("/demo/mail")
def demo_mail() -> str:
    """Show the newest letters; in real use there is no such page."""
    config: Config = current_app.extensions["config"]
    if not config.is_demo or not config.mail_url.startswith("folder:"):
        abort(404)
    return render_template("public/demo_mail.html", letters=_newest(config.mail_dir))


def _newest(folder: Path) -> list[Letter]:
    """Return the letters in the folder, newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_read(file) for file in files[:MOST]]


def _read(file: Path) -> Letter:
    message = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])),
        body=_with_links(str(message.get_content())),
    )


def _with_links(text: str) -> Markup:
    """Return the text, escaped, with every http address as a link."""
    parts = (part.split("\n") for part in text.split(" "))
    return Markup(" ").join(Markup("\n").join(_link(line) for line in lines) for lines in parts)


def _link(word: str) -> Markup:
    address = word.rstrip(".,;")
    if not address.startswith(("http://", "https://")):
        return escape(word)
    return Markup('<a href="{0}">{0}</a>{1}').format(address, word[len(address) :])
