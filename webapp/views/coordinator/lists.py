"""Lists that the office has: bring one, say what its columns are, read the dry run, bring it in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import ImportFile
from webapp.models.imports import IMPORT_KINDS
from webapp.services import claim_links, counting
from webapp.services.errors import NotFound, Refused
from webapp.services.exports import KINDS
from webapp.services.imports import files
from webapp.services.imports.apply import NotYet
from webapp.services.imports.plan import DECISIONS, Plan
from webapp.services.imports.reading import ENCODINGS
from webapp.services.reviews import DISPLACEMENT
from webapp.vault import Vault, lists_vault_of
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.list_plan import (
    MORE,
    constants,
    decided,
    has_room,
    our_columns,
    plan_from_form,
    their_columns,
)
from webapp.views.coordinator.list_report import told
from webapp.views.coordinator.telling import is_blind

ONE_PLACE = {
    "volunteers": "coordinator.volunteers",
    "hosts": "coordinator.hosts",
    "assignments": "coordinator.assignments",
}


def vault() -> Vault:
    """Return where uploads lie."""
    return lists_vault_of(current_app.extensions["config"])


@blueprint.get("/lists")
def lists() -> str:
    """Explain lists, take a new one, show the newest, offer what can be taken away."""
    return _start("")


def _start(error: str) -> str:
    return render_template(
        "coordinator/lists/start.html",
        error=error,
        kinds=IMPORT_KINDS,
        chosen=request.values.get("kind", ""),
        exports=KINDS,
        recent=files.recent(Session(), g.account),
        links=claim_links.count_waiting(Session(), g.account),
        most_counted=counting.MOST_COUNTED,
        is_hidden=is_blind(),
    )


@blueprint.post("/lists")
def bring_list() -> Any:
    """Take an upload and go on to its columns."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _start(_("Choose a file: the list as CSV or XLSX.")), 422
    kind = request.form.get("kind", "")
    try:
        kept = files.take_in(Session(), g.account, vault(), kind, upload.filename, upload.read())
    except Refused as refused:
        return _start(translate(refused.words)), 422
    return redirect(url_for("coordinator.list_columns", file_id=kept.id))


@blueprint.get("/lists/<int:file_id>/columns")
def list_columns(file_id: int) -> Any:
    """Ask what the columns are; what can be guessed is filled in."""
    kept = files.own_file(Session(), g.account, file_id)
    return _columns(kept, files.plan_of(kept), "")


@blueprint.post("/lists/<int:file_id>/columns")
def confirm_columns(file_id: int) -> Any:
    """Keep the columns, do a dry run and show its report."""
    kept = files.own_file(Session(), g.account, file_id)
    before = files.plan_of(kept)
    plan = before
    try:
        table = files.open_table(Session(), vault(), kept, before)
        plan = plan_from_form(kept.kind, table, before, request.form)
        files.check_list(Session(), g.account, vault(), kept, plan, clock.today())
    except Refused as refused:
        return _columns(kept, plan, translate(refused.words)), 422
    return redirect(url_for("coordinator.list_report", file_id=file_id))


def _columns(kept: ImportFile, plan: Plan, error: str) -> Any:
    try:
        table = files.open_table(Session(), vault(), kept, plan)
    except NotFound:
        return redirect(url_for("coordinator.list_report", file_id=kept.id))
    theirs, ours = their_columns(plan, table), our_columns(kept.kind)
    return render_template(
        "coordinator/lists/columns.html",
        kept=kept,
        plan=plan,
        error=error,
        sent=request.form,
        table=table,
        theirs=theirs,
        ours=ours,
        has_room=has_room(theirs, ours),
        constants=constants(kept.kind, plan, g.account),
        more=range(MORE),
        encodings=[(one, one) for one in ENCODINGS],
    )


@blueprint.get("/lists/<int:file_id>")
def list_report(file_id: int) -> Any:
    """Show the dry run, or what became of the list."""
    return _report(files.own_file(Session(), g.account, file_id), "")


def _report(kept: ImportFile, error: str) -> Any:
    if kept.state == "uploaded":
        return redirect(url_for("coordinator.list_columns", file_id=kept.id))
    return render_template(
        "coordinator/lists/report.html",
        kept=kept,
        plan=files.plan_of(kept),
        report=told(kept),
        error=error,
        decisions=DECISIONS,
        displacement=[(code, translate(words)) for code, words in DISPLACEMENT.items()],
        place=ONE_PLACE[kept.kind],
    )


@blueprint.post("/lists/<int:file_id>/decide")
def decide_list(file_id: int) -> Any:
    """Keep what was decided about rows and look again."""
    kept = files.own_file(Session(), g.account, file_id)
    duplicates = [one["row"] for one in kept.report.get("rows", []) if one.get("resembles")]
    try:
        plan = decided(kept.kind, files.plan_of(kept), request.form, duplicates)
        files.check_list(Session(), g.account, vault(), kept, plan, clock.today())
    except Refused as refused:
        return _report(kept, translate(refused.words)), 422
    return redirect(url_for("coordinator.list_report", file_id=file_id))


@blueprint.post("/lists/<int:file_id>/do")
def do_list(file_id: int) -> Any:
    """Bring the list in: all of it or nothing."""
    kept = files.own_file(Session(), g.account, file_id)
    try:
        files.carry_out(Session(), g.account, vault(), kept, clock.today())
    except NotYet as not_yet:
        flash(translate(not_yet.words), "error")
    except Refused as refused:
        return _report(kept, translate(refused.words)), 422
    return redirect(url_for("coordinator.list_report", file_id=file_id))


@blueprint.post("/lists/<int:file_id>/refuse")
def refuse_list(file_id: int) -> Any:
    """Throw the upload away."""
    kept = files.own_file(Session(), g.account, file_id)
    files.refuse(Session(), g.account, vault(), kept)
    flash(_("The file is removed. Nothing of it came in."), "success")
    return redirect(url_for("coordinator.lists"))


@blueprint.get("/lists/links")
def claim_link_letters() -> str:
    """Say who waits for a link to the profile that a list made of them."""
    return render_template(
        "coordinator/lists/links.html",
        waiting=claim_links.count_waiting(Session(), g.account),
        without=claim_links.count_without_address(Session(), g.account),
        most=claim_links.AT_ONCE,
        most_counted=counting.MOST_COUNTED,
    )


@blueprint.post("/lists/links")
def send_claim_links() -> Any:
    """Write to those who wait for a link."""

    def link(token: str) -> str:
        return url_for("public.invitation", token=token, _external=True)

    number = claim_links.send(Session(), g.account, link)
    flash(_("%(number)s letters are on their way.", number=number), "success")
    return redirect(url_for("coordinator.claim_link_letters"))
