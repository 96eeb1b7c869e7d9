"""Forms for safeguarding that several roles fill in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import User
from webapp.models.accounts import FOCAL_POINT, SUPPORTER
from webapp.safety_words import HARMS, INTAKES, WISHES
from webapp.services.safeguarding.references import SHORTEST_PHRASE
from webapp.services.safeguarding.speaking_up import Said
from webapp.words import Words, lazy

AN_ADDRESS = _l("Write an e-mail address such as office@example.org.")
LONGEST_TEXT = 5000
ROLES: dict[str, Words] = {
    FOCAL_POINT: lazy("safeguarding focal point"),
    SUPPORTER: lazy("supporter of volunteers"),
}


def trimmed(value: str | None) -> str | None:
    """Return a text without spaces around it: a text of spaces says nothing."""
    return value.strip() if isinstance(value, str) else value


class SafetyInviteForm(FlaskForm):
    """A focal point or a supporter to invite; `roles` are those that the account may."""

    email = EmailField(
        _l("E-mail address"), [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=255)], filters=[stripped]
    )
    role = RadioField(_l("As"), [InputRequired(_l("Choose one."))])

    def __init__(self, roles: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(role, translate(ROLES[role])) for role in roles]
        if len(self.role.choices) == 1 and not self.is_submitted():
            self.role.data = self.role.choices[0].value


class WordsForm(FlaskForm):
    """Words to somebody."""

    text = TextAreaField(
        _l("Your words"),
        [DataRequired(_l("Write something first.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        render_kw={"dir": "auto", "maxlength": LONGEST_TEXT},
    )


def _choices(words: dict[str, Words]) -> list[SelectChoice]:
    return [SelectChoice(code, translate(text)) for code, text in words.items()]


class ReportForm(FlaskForm):
    """What somebody says who speaks up; `readers` are the focal points who could read it."""

    kind = RadioField(_l("What is it about?"), [InputRequired(_l("Choose what comes closest."))])
    what = TextAreaField(
        _l("What happened?"),
        [DataRequired(_l("Say what happened, in your own words.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        description=_l("Any language. What you saw or heard, and when. You need no proof."),
        render_kw={"dir": "auto"},
    )
    who = TextAreaField(
        _l("Who is concerned?"),
        [Optional(), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        description=_l("Who did it, and to whom. Leave out what you do not want to say."),
        render_kw={"dir": "auto", "rows": 3},
    )
    location = StringField(
        _l("Where?"),
        [Optional(), Length(max=300)],
        filters=[stripped],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    not_to = SelectMultipleField(
        _l("Who must not read this?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("One of these people will read it. Tick whom you do not trust with it, or who is part of it."),
    )
    name = StringField(
        _l("Your name"),
        [Optional(), Length(max=200)],
        filters=[stripped],
        description=_l("Leave it empty and nobody knows who you are. The page keeps no other trace of you."),
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    wish = RadioField(_l("How can you be answered?"), [InputRequired(_l("Choose one."))], default="page")
    contact = StringField(
        _l("Where to call or write"),
        [Length(max=300)],
        filters=[stripped],
        description=_l("Only if you chose to be called or written to: a number or an address, and when it is safe."),
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    phrase = StringField(
        _l("A word or phrase that only you know"),
        [Length(max=100)],
        filters=[stripped],
        description=_l("With it and a code that you get next, you come back and read answers. Not your name."),
        render_kw={"dir": "auto", "autocomplete": "off"},
    )

    def __init__(self, readers: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(HARMS)
        self.wish.choices = _choices(WISHES)
        self.not_to.choices = [
            SelectChoice(one.id, one.display_name or translate(lazy("A focal point without a name"))) for one in readers
        ]

    def validate_contact(self, field: StringField) -> None:
        """Ask for a way to reach the person where they want to be reached."""
        if self.wish.data == "reach" and not field.data:
            raise ValidationError(_l("Write how you can be reached, or choose another way to be answered."))

    def validate_phrase(self, field: StringField) -> None:
        """Ask for a phrase that nobody guesses at once."""
        if len(field.data or "") < SHORTEST_PHRASE:
            raise ValidationError(_l("Choose a word or phrase of at least four letters."))

    @property
    def said(self) -> Said:
        """What the reporter says, for the service."""
        names = ("kind", "what", "who", "location", "name", "wish", "contact")
        return Said(**{name: getattr(self, name).data or "" for name in names})


class IntakeForm(ReportForm):
    """A report that a focal point writes down for somebody: from a paper, or at the telephone."""

    intake = RadioField(_l("How did it come?"), [InputRequired(_l("Choose one."))])

    def __init__(self, readers: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(readers, *args, **kwargs)
        self.intake.choices = _choices({code: INTAKES[code] for code in ("paper", "phone")})

    def validate_phrase(self, field: StringField) -> None:
        """Take none where the person is not there to choose one; a short one is no use."""
        if field.data:
            super().validate_phrase(field)

    @property
    def said(self) -> Said:
        """What the reporter says, with the way that it came."""
        return replace(super().said, intake=self.intake.data)


class OwnReportForm(FlaskForm):
    """Code and phrase, with which a reporter comes back."""

    code = StringField(
        _l("Your code"),
        [DataRequired(_l("Write the code that you were shown.")), Length(max=40)],
        filters=[stripped],
        render_kw={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"},
    )
    phrase = StringField(
        _l("Your word or phrase"),
        [DataRequired(_l("Write the word or phrase that you chose.")), Length(max=100)],
        filters=[stripped],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
