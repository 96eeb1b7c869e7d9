"""Going together: asking others, saying yes or no, ending it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Bond, BondMember
from webapp.services import bonds, own_rows
from webapp.services.errors import Refused
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.companions import CompanionsForm


@blueprint.route("/companions/", methods=["GET", "POST"])
def companions() -> Any:
    """Show with whom the person goes, or ask others."""
    volunteer, form = own_rows.volunteer_of(Session(), g.account), CompanionsForm()
    if form.validate_on_submit():
        try:
            bonds.ask(Session(), g.account, volunteer, form.addresses(), _link)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Asked. Everybody you named has a letter with a link, which works for 14 days."), "success")
            return redirect(url_for("volunteer.companions"))
    bond = bonds.current(Session(), volunteer)
    page = render_template(
        "volunteer/companions.html",
        form=form,
        bond=bond,
        others=_others(bond, volunteer.id),
        asked=bonds.asked_of(Session(), g.account),
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/companions/<token>")
def companion_asked(token: str) -> Any:
    """Show who asks, to whoever has the link of the letter."""
    try:
        member = bonds.find(Session(), token)
    except Refused as refused:
        flash(translate(refused.words), "warning")
        return redirect(url_for("volunteer.companions"))
    bond = member.bond
    return render_template("volunteer/companion_asked.html", token=token, bond=bond, number=len(bond.members))


@blueprint.post("/companions/<token>/<any(yes, no):answer>")
def answer_companion(token: str, answer: str) -> Response:
    """Go together, or rather not."""
    return _answer(bonds.find(Session(), token), answer)


@blueprint.post("/companions/asked/<int:member_id>/<any(yes, no):answer>")
def answer_asked(member_id: int, answer: str) -> Response:
    """Answer without the link of a letter what the own address is asked."""
    return _answer(bonds.asked_for(Session(), g.account, member_id), answer)


def _answer(member: BondMember, answer: str) -> Response:
    if answer == "no":
        bonds.say_no(Session(), g.account, member)
        flash(_("You said no. The others are told that it has ended, and not why."), "success")
    else:
        bond = bonds.say_yes(Session(), g.account, member)
        stands = bond.state == "standing"
        words = _("You go together now.") if stands else _("You said yes. It holds when everybody has.")
        flash(words, "success")
    return redirect(url_for("volunteer.companions"))


@blueprint.post("/companions/<int:bond_id>/end")
def end_companions(bond_id: int) -> Response:
    """End it."""
    bonds.end(Session(), g.account, bond_id)
    flash(_("You do not go together any more. Your own applications stay."), "success")
    return redirect(url_for("volunteer.companions"))


def _others(bond: Bond | None, own_id: int) -> list[str]:
    """Return the names of the others who have said yes."""
    return [one.full_name for one in bond.people if one.id != own_id] if bond else []


def _link(token: str) -> str:
    return url_for("volunteer.companion_asked", token=token, _external=True)
