"""Speaking up, without an account and without a name if one wishes; and the poster that leads here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.forms import say
from webapp.guesses import visitor_address
from webapp.pace import Pace
from webapp.qr import path_of
from webapp.safety_forms import ReportForm
from webapp.services.errors import NotFound, Refused
from webapp.services.safeguarding import duty, people, speaking_up
from webapp.views.public import blueprint

WITHIN = timedelta(minutes=10)
FROM_ONE, FROM_ALL = Pace(8, WITHIN), Pace(120, WITHIN)


@blueprint.get("/speak-up")
def speak_up() -> Any:
    """Let people choose to whom they speak: by organization, or by the code of a poster."""
    asked, found = request.args.get("code", ""), None
    if asked:
        try:
            found = duty.by_code(Session(), asked)
        except NotFound:
            found = None
    return private(
        render_template("public/speak_up.html", vios=duty.reachable(Session()), asked=asked[:40], found=found)
    )


@blueprint.route("/speak-up/<poster>", methods=["GET", "POST"])
def speak_up_to(poster: str) -> Any:
    """Take a report to this organization, and show its reference code once."""
    session = Session()
    kept = duty.by_code(session, poster)
    form = ReportForm(people.focal_points(session, kept.vio_id))
    if form.validate_on_submit():
        check_pace()
        try:
            _report, reference = speaking_up.speak_up(
                session, kept.vio_id, form.said, form.phrase.data or "", form.not_to.data or ()
            )
        except Refused as refusal:
            say(form.not_to, refusal.words)
        else:
            return private(render_template("public/spoken_up.html", code=reference, vio=kept.vio))
    page = private(render_template("public/speak_up_to.html", form=form, kept=kept))
    page.status_code = 422 if form.is_submitted() else 200
    return page


@blueprint.get("/speak-up/<poster>/poster")
def speak_up_poster(poster: str) -> str:
    """Show a poster to print: what one can say, where, and to whom it goes."""
    kept = duty.by_code(Session(), poster)
    address = url_for("public.speak_up_to", poster=kept.poster_code, _external=True)
    readers = people.focal_points(Session(), kept.vio_id)
    return render_template("public/poster.html", kept=kept, address=address, qr=path_of(address), readers=readers)


def check_pace() -> None:
    """Raise TooManyRequests where one address, or all together, send too much; no address is written anywhere."""
    address = visitor_address()
    if (address is not None and FROM_ONE.is_over(address)) or FROM_ALL.is_over("all"):
        raise TooManyRequests(retry_after=int(WITHIN.total_seconds()))


def private(page: str) -> Response:
    """Return a page that no browser and no cache keeps."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
