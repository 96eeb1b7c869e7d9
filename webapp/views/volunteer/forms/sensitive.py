"""The tick for the consent to keep sensitive facts, in the form where such facts are first handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from webapp.db import Session
from webapp.forms import say
from webapp.i18n import translate
from webapp.models import Volunteer
from webapp.models.consents import SENSITIVE
from webapp.services import consents, sensitive
from webapp.services.consent_wordings import WORDINGS

HOW = "in the form in which such facts were handed in"


class AgreesField(BooleanField):
    """The tick; by itself, and no other beside it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(_l("I agree that such facts about me are kept"), **given)


def ask(form: FlaskForm, volunteer: Volunteer) -> None:
    """Leave the tick `agrees` out where the consent stands; else let it say what is agreed to."""
    if sensitive.is_agreed(Session(), volunteer):
        del form.agrees
    else:
        form.agrees.description = translate(WORDINGS[SENSITIVE])


def keep(form: FlaskForm, volunteer: Volunteer, store: Callable[[], None]) -> bool:
    """Give the consent that was ticked and store the facts, both or neither; else say beside the tick what to do."""
    try:
        if form.agrees and form.agrees.data:
            consents.give(Session(), g.account, volunteer, SENSITIVE, HOW)
        store()
    except sensitive.NotAgreed as refused:
        # The tick is not in the form where the consent stood as it was shown, and was taken back since.
        say(form.agrees or next(iter(form)), refused.words)
        return False
    return True
