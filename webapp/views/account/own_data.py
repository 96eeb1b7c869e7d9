"""Everything about me: a copy to read, one for machines, and the end of all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Response, current_app, flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField
from wtforms.validators import DataRequired

from webapp import clock, explain, permissions
from webapp.db import Session
from webapp.i18n import translate
from webapp.own_data_words import TITLES
from webapp.services.own_data import copies, erasure
from webapp.services.own_rows import volunteer_of
from webapp.views.account import blueprint


class ErasureForm(FlaskForm):
    """Only the person, and not whoever sits at their screen, ends everything."""

    password = PasswordField(
        _l("Your password"), [DataRequired(_l("Write your password."))], render_kw={"autocomplete": "current-password"}
    )


@dataclass(frozen=True)
class Section:
    """One table as a copy to read prints it: rows of (label, value), a match also with its reasons in sentences."""

    title: str
    part: copies.Part
    rows: list[list[tuple[str, object]]]


@blueprint.get("/my-data")
def own_data() -> str:
    """Say what can be taken along, and what ends how."""
    return render_template(
        "account/own_data.html", may_erase=g.account.role in permissions.roles_of("account.erase_own_data")
    )


@blueprint.post("/my-data/copy.html")
def own_data_to_read() -> Response:
    """Give a copy as a page that needs nothing else."""
    sections = [
        Section(translate(TITLES[one.table]), one, [_told(one.table, row) for row in one.rows]) for one in _copy()
    ]
    page = render_template("account/own_data_copy.html", sections=sections, made_at=clock.now())
    return _file(page, "text/html", "html")


@blueprint.post("/my-data/copy.json")
def own_data_for_machines() -> Response:
    """Give a copy that programs read."""
    told = copies.as_json(g.account, _copy())
    return _file(json.dumps(told, ensure_ascii=False, indent=1), "application/json", "json")


@blueprint.route("/my-data/erase", methods=["GET", "POST"])
def erase_own_data() -> str | AnyResponse:
    """Say what goes and what stays, and do it once the password is right. A wrong one answers 200 and is counted."""
    volunteer, form = volunteer_of(Session(), g.account), ErasureForm()
    standing = erasure.obstacle(Session(), volunteer)
    if standing is None and form.validate_on_submit():
        if g.account.verify_and_update_password(form.password.data):
            erasure.erase(Session(), g.account, volunteer, erasure.folders_of(current_app.extensions["config"]))
            logout_user()
            flash(_("Your data is deleted. Thank you for having been here."), "success")
            return redirect(url_for("public.home"))
        form.password.errors = [_("This is not your password. Write it again.")]
    return render_template("account/erase_own_data.html", form=form, standing=standing)


def _copy() -> list[copies.Part]:
    return copies.copy_of(Session(), g.account, g.account.volunteer)


def _told(table: str, row: dict[str, object]) -> list[tuple[str, object]]:
    """Return what a row says; the reasons of a match as sentences."""
    told = dict(row)
    if table == "match":
        lines = explain.sentences(row["reasons"], str(get_locale()), explain.VOLUNTEER)  # type: ignore[arg-type]
        told["reasons"] = [f"{line.text} ({line.contribution:.1f} / {line.possible:.1f})" for line in lines]
        told["missing"] = explain.missing_words(row["missing"], str(get_locale()))  # type: ignore[arg-type]
    return [(name.replace("_", " "), value) for name, value in told.items() if value not in (None, "", [], {})]


def _file(text: str, media_type: str, ending: str) -> Response:
    response = Response(text, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{clock.today()}.{ending}"'
    return response
