"""Host organizations: the list, and the page on which one is verified."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Host
from webapp.models.hosts import HOST_STATES
from webapp.services import own_rows, reviews, training, verifications
from webapp.services.by_mail import asking
from webapp.services.errors import Refused
from webapp.services.verifications import Evidence
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import VerificationForm, WordsForm


@blueprint.get("/hosts")
def hosts() -> str:
    """List the VIO's hosts, those that asked first."""
    state = request.args.get("state", "")
    state = state if state in HOST_STATES else ""
    found = verifications.hosts_of_vio(Session(), g.account, state)
    late = {one.id for one in found if verifications.has_run_out(one, clock.today())}
    return render_template("coordinator/hosts.html", hosts=found, state=state, states=HOST_STATES, late=late)


@blueprint.get("/hosts/<int:host_id>")
def host(host_id: int) -> str:
    """Show what the host says of itself beside what has to be seen."""
    found = own_rows.vio_host(Session(), g.account, host_id)
    last = found.verifications[0] if found.verifications and found.verifications[0].passed else None
    form = VerificationForm(obj=last) if last else VerificationForm(safeguarding_person=found.safeguarding_person)
    return _page(found, form, WordsForm())


@blueprint.post("/hosts/<int:host_id>")
def verify_host(host_id: int) -> Any:
    """Verify the host, if every item is there."""
    found = own_rows.vio_host(Session(), g.account, host_id)
    form = VerificationForm()
    evidence = _evidence(form)
    missing = verifications.missing_items(evidence, clock.today())
    is_valid = form.validate_on_submit()
    for item, words in missing.items():
        form[item].errors = [*form[item].errors, translate(words)]
    if not is_valid or missing:
        return _page(found, form, WordsForm(formdata=None)), 422
    verifications.verify_host(Session(), g.account, found, evidence, clock.today())
    flash(_("%(host)s is verified until %(day)s.", host=found.name, day=str(found.verified_until)), "success")
    return redirect(url_for("coordinator.host", host_id=host_id))


@blueprint.post("/hosts/<int:host_id>/decline")
def decline_host(host_id: int) -> Any:
    """Decline, or take the verification back, with words to the host."""
    found = own_rows.vio_host(Session(), g.account, host_id)
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(found, VerificationForm(formdata=None), form), 422
    try:
        verifications.decline_host(Session(), g.account, found, form.words.data or "", Evidence())
    except Refused as refused:
        form.words.errors = [translate(refused.words)]
        return _page(found, VerificationForm(formdata=None), form), 422
    flash(_("Your words are on their way to %(host)s.", host=found.name), "success")
    return redirect(url_for("coordinator.host", host_id=host_id))


def _evidence(form: VerificationForm) -> Evidence:
    given: dict[str, Any] = {item: form[item].data for item in verifications.ITEMS if form[item].data}
    return Evidence(**given)


def _page(found: Host, form: VerificationForm, words_form: WordsForm) -> str:
    return render_template(
        "coordinator/host.html",
        host=found,
        form=form,
        words_form=words_form,
        is_verified=found.is_verified(clock.today()),
        has_run_out=verifications.has_run_out(found, clock.today()),
        is_trained=training.is_trained(Session(), found),
        now=clock.now(),
        is_by_mail=asking.answers_by_mail(Session(), found),
        links=asking.links_of(Session(), g.account, found),
        assignments=reviews.assignments_of_host(Session(), g.account, found),
    )
