"""Steps about the person: names, motivation, causes, conditions of life, sharing."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import vocabulary
from webapp.forms import stripped
from webapp.models import Volunteer
from webapp.views.volunteer.forms.fields import OptionalChoice, language, told
from webapp.views.volunteer.forms.sensitive import AgreesField

LONGEST_TEXT = 6000
ANSWERS = {"fine": _l("fine"), "ask": _l("ask me"), "cannot": _l("I cannot")}


class AboutForm(FlaskForm):
    """Names as they are, and how to reach you."""

    full_name = StringField(
        _l("Your name"),
        validators=[DataRequired(_l("Write your name.")), Length(max=200)],
        filters=[stripped],
        description=_l("As you write it yourself, in your own script and order. One name is fine."),
        render_kw={"autocomplete": "name"},
    )
    call_me = StringField(_l("What we should call you"), validators=[Length(max=100)])
    phone = StringField(
        _l("Telephone"),
        validators=[Length(max=50)],
        description=_l("Hosts see it only after they have put you on their shortlist."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    residence = OptionalChoice(
        _l("Country where you live"),
        description=_l(
            "Some places are for people who live in the country. It is never part of a score: neither is nationality."
        ),
    )

    def offer(self) -> AboutForm:
        """Fill in the choices."""
        self.residence.choices = [("", _("choose a country")), *vocabulary.country_choices(language())]
        return self


class MotivationForm(FlaskForm):
    """Why you want to serve: people read it, the matching never does."""

    motivation = TextAreaField(
        _l("Why you want to serve"),
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 8},
        description=_l("Coordinators read it, and hosts to whom you apply. The matching never reads it."),
    )


class CausesForm(FlaskForm):
    """Goals that you care about."""

    causes = SelectMultipleField(
        _l("Causes you care about"),
        option_widget=CheckboxInput(),
        widget=ListWidget(),
        description=_l("The Sustainable Development Goals. Choose as many as you like, or none."),
    )

    def offer(self) -> CausesForm:
        """Fill in the choices."""
        self.causes.choices = vocabulary.goal_choices(language())
        return self


class SharingForm(FlaskForm):
    """Whether other organizations may find you."""

    open_to_all = BooleanField(
        _l("Other volunteer organizations on this site may see that I fit their assignments"),
        description=_l(
            "They see how well you fit and why, without your name and contact data. They learn your name only when you "
            "apply, accept an invitation, or agree to be put forward. You can change this at any time."
        ),
    )


def conditions_form(volunteer: Volunteer) -> FlaskForm:
    """Return a form with one question for each condition of life, filled with the volunteer's answers."""
    choices = [SelectChoice(code, str(words)) for code, words in ANSWERS.items()] + [SelectChoice("", _("no answer"))]
    fields = {
        code: RadioField(label[:1].upper() + label[1:], choices=choices, validate_choice=True)
        for code, label in told(vocabulary.CONDITIONS)
    }
    form: type[FlaskForm] = type("ConditionsForm", (FlaskForm,), {**fields, "agrees": AgreesField()})
    answers = {answer.condition: answer.answer for answer in volunteer.conditions}
    return form(data={code: answers.get(code, "") for code in fields})
