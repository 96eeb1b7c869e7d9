"""Flask-Security's letters go the way of all others: through the outbox, in the language of whoever reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import current_app, render_template
from flask_babel import format_timedelta
from flask_babel import get_locale as current_locale
from flask_security import MailUtil

from webapp.db import Session
from webapp.guesses import visitor_address
from webapp.models import User
from webapp.services import letter_limits
from webapp.services.letter_kinds import ACCOUNT
from webapp.services.letters import write_letter
from webapp.services.readers import Reader, with_account
from webapp.tongue import speaking
from webapp.words import Words

# Template -> the setting that holds its subject, and the one that says how long its link works.
SUBJECTS = {
    "welcome": "EMAIL_SUBJECT_REGISTER",
    "welcome_existing": "EMAIL_SUBJECT_REGISTER",
    "confirmation_instructions": "EMAIL_SUBJECT_CONFIRM",
    "reset_instructions": "EMAIL_SUBJECT_PASSWORD_RESET",
    "reset_notice": "EMAIL_SUBJECT_PASSWORD_NOTICE",
    "change_notice": "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE",
}
# What a stranger can have sent to any address. A page says the same whether the letter goes or there were too many.
FOR_STRANGERS = ("welcome", "welcome_existing", "confirmation_instructions", "reset_instructions")
WITHIN = {"confirmation_instructions": "CONFIRM_EMAIL_WITHIN", "reset_instructions": "RESET_PASSWORD_WITHIN"}


class OutboxMailUtil(MailUtil):
    """Write Flask-Security's letters into the outbox, in the transaction of the change."""

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
        """Write the letter anew in its reader's language (it was made in that of the page), unless there were many."""
        name = template.rpartition("/")[2]
        if name in FOR_STRANGERS and not letter_limits.take(Session(), name, recipient, visitor_address()):
            return
        reader = _reader(recipient, kwargs.get("user"))
        with speaking(reader.language):
            if name in WITHIN:
                kwargs["within"] = format_timedelta(_setting(WITHIN[name]))
            words = current_app.extensions["security"].i18n_domain.gettext(_setting(SUBJECTS[name]))
            text = render_template(f"{template}.txt", **kwargs)
        secrets = [kwargs[key] for key in ("confirmation_link", "reset_link") if kwargs.get(key)]
        write_letter(Session(), reader, ACCOUNT, Words(words), Words(text), secrets=secrets)  # nobody is named in these


def _setting(name: str) -> Any:
    return current_app.config[f"SECURITY_{name}"]


def _reader(recipient: str, user: User | None) -> Reader:
    """Return who reads it: by the account's own language, else that of the page from which it was asked for."""
    here = str(current_locale() or "en")
    if user is None:
        return Reader(recipient, here, "")
    return replace(with_account(user), email=recipient, language=user.locale or here)
