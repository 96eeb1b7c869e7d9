"""What alumni choose, and what newcomers and mentors say to each other."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.i18n import translate
from webapp.models import Alumnus, Volunteer
from webapp.models.alumni import MOST_MENTEES
from webapp.safety_forms import trimmed
from webapp.services.alumni.membership import TICKS, Choice
from webapp.services.alumni.mentorships import LONGEST


class AlumniForm(FlaskForm):
    """One tick for each thing that an alumnus agrees to."""

    may_mentor = BooleanField(_l("Mentor newcomers"))
    most_mentees = IntegerField(
        _l("How many people at the same time, at most?"),
        [InputRequired(_l("Write a number.")), NumberRange(1, MOST_MENTEES, _l("Choose a number from 1 to 5."))],
        default=2,
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_MENTEES},
    )
    may_be_asked = BooleanField(_l("Be asked what it was like"))
    hears_of_openings = BooleanField(_l("Hear of openings"))
    shows_return = BooleanField(_l("Be known as somebody who returns"))

    def __init__(self, kept: Alumnus | None) -> None:
        super().__init__(obj=kept)
        for name, words in TICKS.items():
            self[name].description = translate(words)

    @property
    def choice(self) -> Choice:
        """What was ticked, for the service."""
        return Choice(**{name: self[name].data for name in (*TICKS, "most_mentees")})


class ShowsForm(FlaskForm):
    """What of the contact data the other may see after a yes; nothing unless it is ticked."""

    shows = SelectMultipleField(
        _l("What may the other see of you after a yes, beside your name?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, person: Volunteer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = (
            ("email", _("E-mail address: %(value)s", value=person.email)),
            ("phone", _("Telephone: %(value)s", value=person.phone)),
        )
        self.shows.choices = [(way, words) for way, words in ways if getattr(person, way)]


class AskForm(ShowsForm):
    """A newcomer's question."""

    words = TextAreaField(
        _l("Your words"),
        [DataRequired(_l("Say who you are and what you want to know.")), Length(max=LONGEST)],
        filters=[trimmed],
        description=_l("At most 500 characters. Your name is not shown before a yes, so sign only if you want to."),
        render_kw={"rows": 5, "dir": "auto", "maxlength": LONGEST},
    )


class AnswerForm(ShowsForm):
    """A mentor's yes or no."""

    words = TextAreaField(
        _l("Your words"),
        [Length(max=LONGEST)],
        filters=[trimmed],
        description=_l("Only if you want to say more. A no needs no reason; we write a kind letter."),
        render_kw={"rows": 4, "dir": "auto", "maxlength": LONGEST},
    )
    yes = SubmitField(_l("Yes, I will be their mentor"))
    no = SubmitField(_l("Not this time"))
