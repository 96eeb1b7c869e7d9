"""Forms that no role owns."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import get_locale as current_locale
from flask_babel import lazy_gettext as _l
from flask_security import RegisterFormV2
from flask_security.utils import validate_redirect_url
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from webapp.db import Session
from webapp.i18n import translate
from webapp.models.accounts import HOST, VOLUNTEER
from webapp.plain import one_line
from webapp.services import registration
from webapp.services.registration import Registration
from webapp.words import Words

OF_VOLUNTEERS = ("full_name", "call_me", "is_adult", "consent_matching", "consent_abroad")
OF_HOSTS = ("organization", "own_name")


def stripped(value: str | None) -> str | None:
    """Return the text as one plain line: a name of spaces or hidden characters alone is no name."""
    return one_line(value) if isinstance(value, str) else value


class ConsentFields:
    """What a volunteer agrees to, each by itself. Mixed into registration and the claim of a profile."""

    is_adult = BooleanField(
        _l("I am 18 or over"), [DataRequired(_l("Tick this if it is so. This service is for people of 18 or over."))]
    )
    consent_matching = BooleanField(_l("I agree to be matched"))
    consent_abroad = BooleanField(_l("I also agree to be matched outside the country where I live"))

    def validate_consent_abroad(self, field: BooleanField) -> None:
        """Refuse the second consent without the first: it builds on it."""
        if field.data and not self.consent_matching.data:
            raise ValidationError(_l("This builds on the agreement above: tick both, or leave this one empty."))


class GoesHome:
    """A way on that leads out of the service is forgotten: the first page follows. Mixed into forms with `next`."""

    def validate_next(self, field: HiddenField) -> None:
        """Forget an address that is not ours; nothing else is wrong with what was written."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""


class RegistrationForm(GoesHome, RegisterFormV2, ConsentFields):
    """What registration asks for: one page, two ways (`?as=host` or `?as=volunteer`)."""

    way = HiddenField()
    vio_id = RadioField(
        _l("Which organization do you want to work with?"),
        [DataRequired(_l("Choose an organization."))],
        coerce=int,
    )
    full_name = StringField(
        _l("Your full name"),
        [DataRequired(_l("Write your name.")), Length(max=200)],
        filters=[stripped],
        description=_l("As you write it yourself, in your own script and order."),
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    call_me = StringField(
        _l("What may we call you?"),
        [Optional(), Length(max=100)],
        filters=[stripped],
        description=_l("If your full name is not what people call you."),
        render_kw={"autocomplete": "nickname", "dir": "auto"},
    )
    organization = StringField(
        _l("Name of your organization"),
        [DataRequired(_l("Write the name of your organization.")), Length(max=200)],
        filters=[stripped],
        render_kw={"autocomplete": "organization", "dir": "auto"},
    )
    own_name = StringField(
        _l("Your name"),
        [DataRequired(_l("Write your name.")), Length(max=200)],
        filters=[stripped],
        description=_l("So that the coordinators know whom to write to."),
        render_kw={"autocomplete": "name", "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.way.data or request.args.get("as", "")
        self.way.data = asked if asked in registration.WAYS else VOLUNTEER
        for name in OF_VOLUNTEERS if self.way.data == HOST else OF_HOSTS:
            delattr(self, name)
        self.vios = registration.open_vios(Session())
        self.vio_id.choices = [(vio.id, vio.name) for vio in self.vios]
        if not self.is_submitted() and len(self.vios) == 1:
            self.vio_id.data = self.vios[0].id

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        """Return what the account is made of: address, password, and what `Accounts.create_user` completes."""
        if not only_user:
            return dict(super().to_dict(only_user))
        own = (*OF_HOSTS,) if self.way.data == HOST else (*OF_VOLUNTEERS,)
        answers = {name: getattr(self, name).data for name in own}
        answers = {name: "" if value is None else value for name, value in answers.items()}
        wish = Registration(role=self.way.data, vio_id=self.vio_id.data, locale=str(current_locale()), **answers)
        return {"email": self.email.data, "password": self.password.data, "wish": wish}


class NewAccountForm(FlaskForm):
    """How an invited person makes an account: the address is known, a name and a password are not."""

    own_name = StringField(
        _l("Your name"),
        [DataRequired(_l("Write your name.")), Length(max=200)],
        filters=[stripped],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Choose a password."))],
        description=_l("At least 12 characters. Three or four words that only you would put together are good."),
        render_kw={"autocomplete": "new-password"},
    )

    def refuse_password(self, reasons: list[str]) -> None:
        """Show why this password cannot be taken."""
        self.password.errors = [*self.password.errors, *reasons]


class ClaimForm(NewAccountForm, ConsentFields):
    """How a person takes over the profile that an office had made of them."""

    own_name = None


def say(field: Any, words: Words) -> None:
    """Put a service's refusal beside the field that it is about."""
    field.errors = [*field.errors, translate(words)]
