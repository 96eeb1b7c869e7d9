"""Deliver letters: into a folder (the demo), or to an SMTP server named by MAIL_URL."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from urllib.parse import parse_qs, unquote, urlsplit

from webapp.config import Config, is_local
from webapp.letter_foot import stop_address, with_foot
from webapp.models import Mail
from webapp.services import letters
from webapp.whole_files import write_whole


def deliverer(config: Config) -> Callable[[Mail], None]:
    """Return the function that delivers one letter under this configuration."""
    if config.mail_url.startswith("folder:"):
        return partial(_into_folder, config)
    return partial(_by_smtp, config)


def message_of(config: Config, letter: Mail) -> EmailMessage:
    """Return a letter as it travels; OSError where an address or a name in it can stand in no header."""
    try:
        return _message(config, letter)
    except (ValueError, LookupError, MessageError) as fault:  # it would otherwise keep all others from going
        raise OSError(f"letter {letter.id} cannot be written") from fault


def _message(config: Config, letter: Mail) -> EmailMessage:
    message = EmailMessage()
    sender = parse_qs(urlsplit(config.mail_url).query).get("from", ["no-reply@localhost"])[0]
    name, address = parseaddr(sender)
    message["From"] = Address(letter.office or name, addr_spec=address)
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.message_id}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from machines
    if address := stop_address(config, letter):
        message["List-Unsubscribe"] = f"<{address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(with_foot(config, letter))
    message["Content-Language"] = letter.language  # only now: setting the content takes such headers away
    return message


def _into_folder(config: Config, letter: Mail) -> None:
    """Write one file a letter, named by its Message-ID: seen whole or not at all, and a repeat replaces itself."""
    folder = config.mail_dir
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{letter.message_id}.eml", bytes(message_of(config, letter)))


def _by_smtp(config: Config, letter: Mail) -> None:
    """Send by smtp:// (STARTTLS where offered) or smtps://; raise OSError where the server does not take it."""
    message, server = message_of(config, letter), _open_server(config.mail_url)
    try:
        server.send_message(message)
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
        raise letters.Unanswered from error
    finally:
        with suppress(OSError):  # what was taken stays taken, however the server says goodbye
            server.quit()
        server.close()


def _open_server(url: str) -> smtplib.SMTP:
    """Connect, encrypt and sign in as the address says."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    host, port = parts.hostname or "localhost", parts.port or (465 if is_tls else 587)
    if is_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=20, context=_certificates(url))
    else:
        server = smtplib.SMTP(host, port, timeout=20)
    try:
        server.ehlo_or_helo_if_needed()  # before it, no server seems to offer anything
        if not is_tls and server.has_extn("starttls"):
            server.starttls(context=_certificates(url))
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _certificates(url: str) -> ssl.SSLContext:
    """Return what a server has to prove: who it is, except on this machine, whose certificate is its own."""
    context = ssl.create_default_context()
    if is_local(url):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
