"""Roll calls: open one, see who has not answered, write down what was heard by telephone, ask again, close it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TelField, TextAreaField
from wtforms.fields import SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from webapp import clock
from webapp.db import Session
from webapp.forms import stripped
from webapp.i18n import moment, translate
from webapp.models import RollCall
from webapp.services.errors import Refused
from webapp.services.roll_calls import answering, calling, listing
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import language, name_of
from webapp.vocabulary import country_name


class OpenForm(FlaskForm):
    """For which country, and what the letter says."""

    country = SelectField(_l("Country"), [InputRequired(_l("Choose the country."))])
    words = TextAreaField(
        _l("Words in the letter"),
        [Length(max=calling.LONGEST)],
        description=_l("What happened, where to go, which number to call. Short: it is read on a telephone."),
        render_kw={"rows": 3, "dir": "auto"},
    )
    hours = SelectField(_l("Mark who has not answered after"), coerce=int, default=6)


class TalkForm(FlaskForm):
    """What a colleague heard."""

    says = RadioField(
        _l("What did you hear?"),
        [InputRequired(_l("Choose what you heard."))],
        choices=[("safe", _l("Is safe")), ("help", _l("Needs help")), ("tried", _l("Reached nobody"))],
    )
    words = TextAreaField(
        _l("With whom, and what they said"),
        [InputRequired(_l("Write with whom you spoke, or whom you tried to reach.")), Length(max=answering.LONGEST)],
        render_kw={"rows": 3, "dir": "auto"},
    )
    place = StringField(_l("Where the person is"), [Length(max=300)], filters=[stripped], render_kw={"dir": "auto"})
    phone = TelField(_l("Number to call"), [Length(max=50)], filters=[stripped], render_kw={"dir": "ltr"})


class CloseForm(FlaskForm):
    """How it ended."""

    summary = TextAreaField(
        _l("How did it end?"),
        [InputRequired(_l("Write in a few sentences how it ended.")), Length(max=calling.LONGEST)],
        description=_l("Also what is done for those of whom you have not heard."),
        render_kw={"rows": 4, "dir": "auto"},
    )


@blueprint.route("/roll-calls", methods=["GET", "POST"])
def roll_calls() -> Any:
    """List roll calls, and open one."""
    form = _open_form()
    if form.validate_on_submit():
        opening = calling.Opening(form.country.data, form.words.data or "", form.hours.data)
        try:
            made = calling.open_call(Session(), g.account, opening, _link, _link)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Everybody has a letter with a link of their own."), "success")
            return redirect(url_for("coordinator.roll_call", call_id=made.id))
    calls = [(one, _country(one), calling.numbers_of(one)) for one in calling.calls_of(Session(), g.account)]
    page = render_template("coordinator/roll_calls.html", form=form, calls=calls)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/roll-calls/<int:call_id>")
def roll_call(call_id: int) -> str:
    """Show who has not answered first."""
    return _page(calling.call_for(Session(), g.account, call_id), CloseForm(formdata=None))


@blueprint.get("/roll-calls/<int:call_id>/sheet")
def roll_call_sheet(call_id: int) -> str:
    """Give the same on paper, to telephone by."""
    call = calling.call_for(Session(), g.account, call_id)
    return render_template("coordinator/roll_call_sheet.html", **_told(call))


@blueprint.post("/roll-calls/<int:call_id>/repeat")
def repeat_roll_call(call_id: int) -> Any:
    """Write again to whoever has not answered."""
    call = calling.call_for(Session(), g.account, call_id)
    try:
        asked = calling.repeat(Session(), g.account, call, _link, _link)
    except Refused as refused:
        flash(translate(refused.words), "error")
    else:
        flash(ngettext("%(num)s person was asked again.", "%(num)s people were asked again.", asked), "success")
    return redirect(url_for("coordinator.roll_call", call_id=call_id))


@blueprint.post("/roll-calls/<int:call_id>/close")
def close_roll_call(call_id: int) -> Any:
    """Close it with a summary."""
    call, form = calling.call_for(Session(), g.account, call_id), CloseForm()
    if form.validate():
        try:
            calling.close(Session(), g.account, call, form.summary.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("The roll call is closed. Its links no longer work."), "success")
            return redirect(url_for("coordinator.roll_call", call_id=call_id))
    return _page(call, form), 422


@blueprint.route("/roll-calls/<int:call_id>/people/<int:person_id>", methods=["GET", "POST"])
def roll_call_person(call_id: int, person_id: int) -> Any:
    """Write down what was heard by telephone."""
    person, form = answering.person_for(Session(), g.account, call_id, person_id), TalkForm()
    if form.validate_on_submit():
        said = answering.Said(form.says.data, form.place.data or "", form.phone.data or "", form.words.data or "")
        try:
            answering.heard_by_telephone(Session(), g.account, person, said)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Written down, with your name."), "success")
            return redirect(url_for("coordinator.roll_call", call_id=call_id))
    row = next(one for one in listing.rows(Session(), g.account, person.roll_call, clock.now()) if one.person is person)
    page = render_template(
        "coordinator/roll_call_person.html", row=_shown(row), call=person.roll_call, form=form, person=person
    )
    return page, 422 if form.is_submitted() else 200


def _page(call: RollCall, form: CloseForm) -> str:
    return render_template("coordinator/roll_call.html", form=form, **_told(call))


def _told(call: RollCall) -> dict[str, Any]:
    shown = [_shown(one) for one in listing.rows(Session(), g.account, call, clock.now())]
    return {
        "call": call,
        "country": _country(call),
        "rows": shown,
        "numbers": calling.numbers_of(call),
        "is_open": call.state == "open",
        "came": len(calling.came_since(Session(), call)) if call.state == "open" else 0,
        "printed_at": moment(clock.now()),
        "printed_by": g.account.display_name or g.account.email,
    }


def _shown(row: listing.Row) -> dict[str, Any]:
    """Return one person as pages print them; contact data only where the rules open them."""
    placement = row.person.placement
    return {
        "row": row,
        "person": row.person,
        "kind": row.standing.kind,
        "answer": row.standing.answer,
        "name": name_of(row.sight, placement.volunteer, placement.assignment),
        "phone": placement.volunteer.phone if row.sight.contact else "",
        "host": placement.assignment.host,
        "close": row.close,
        "hours": int((clock.now() - row.person.asked_at).total_seconds() // 3600),
        "tried": [one for one in row.person.answers if one.says == "tried"],
    }


def _open_form() -> OpenForm:
    form = OpenForm()
    found = calling.countries(Session(), g.account, clock.today())
    named = [(code, country_name(code, language()), number) for code, number in found.items()]
    choices = [SelectChoice(code, _("%(country)s: %(count)s", country=name, count=n)) for code, name, n in named]
    form.country.choices = [SelectChoice("", _("Choose")), *choices]
    form.hours.choices = [
        SelectChoice(hours, ngettext("%(num)s hour", "%(num)s hours", hours)) for hours in calling.HOURS
    ]
    return form


def _country(call: RollCall) -> str:
    return country_name(call.country, language())


def _link(token: str) -> str:
    return url_for("public.are_you_safe", token=token, _external=True)
