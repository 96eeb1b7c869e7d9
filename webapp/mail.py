"""Deliver letters: into a folder (the demo), or to an SMTP server named by MAIL_URL."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from flask_security import MailUtil

from webapp.config import Config
from webapp.db import Session
from webapp.models import Mail
from webapp.services import letters


class OutboxMailUtil(MailUtil):
    """Flask-Security's letters go the way of all others: the outbox, in the transaction of the change."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Write the plain text into the outbox."""
        letters.write_letter(Session(), recipient, str(subject), body or "")


def deliverer(config: Config) -> Callable[[Mail], None]:
    """Return the function that delivers one letter under this configuration."""
    sender = parse_qs(urlsplit(config.mail_url).query).get("from", ["no-reply@localhost"])[0]
    if config.mail_url.startswith("folder:"):
        return partial(_into_folder, config.mail_dir, sender)
    return partial(_by_smtp, config.mail_url, sender)


def _message(letter: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.message_id}>"
    message.set_content(letter.body)
    return message


def _into_folder(folder: Path, sender: str, letter: Mail) -> None:
    """Write one file a letter, named by its Message-ID: a repeat overwrites itself."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{letter.message_id}.part"
    part.write_bytes(bytes(_message(letter, sender)))
    part.replace(folder / f"{letter.message_id}.eml")


def _by_smtp(url: str, sender: str, letter: Mail) -> None:
    """Send by smtp:// (STARTTLS where offered) or smtps://; raise OSError where the server does not take it."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    server_kind = smtplib.SMTP_SSL if is_tls else smtplib.SMTP
    with server_kind(parts.hostname or "localhost", parts.port or (465 if is_tls else 587), timeout=20) as server:
        if not is_tls and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(_message(letter, sender))
