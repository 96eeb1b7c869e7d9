"""The page behind an invitation: an account for staff or a host, or the profile that an office had made."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import get_locale as current_locale
from flask_babel import gettext as _
from flask_security import hash_password
from werkzeug.wrappers import Response

from webapp.backups.settling import folders_of
from webapp.db import Session
from webapp.forms import ClaimForm, NewAccountForm, say
from webapp.models import Invitation
from webapp.models.accounts import VOLUNTEER
from webapp.services import claims, consent_wordings, invitations
from webapp.services.errors import Refused
from webapp.views.public import blueprint
from webapp.views.public.closed_link import closed_link
from webapp.views.public.profile_facts import facts_of

Answer = str | Response | tuple[str, int]


@blueprint.get("/invitation/<token>")
def invitation(token: str) -> Answer:
    """Show what the link is for."""
    invited, closed = _open_invitation(token)
    if invited is None:
        return closed
    return _page(token, invited, ClaimForm() if invited.role == VOLUNTEER else NewAccountForm())


@blueprint.post("/invitation/<token>")
def accept_invitation(token: str) -> Answer:
    """Make the account; a claimed profile gets the consents given here."""
    invited, closed = _open_invitation(token)
    if invited is None:
        return closed
    form = ClaimForm() if invited.role == VOLUNTEER else NewAccountForm()
    password = _checked_password(form, invited.email) if form.validate_on_submit() else None
    if password is None:
        return _page(token, invited, form), 422
    try:
        _accept(invited, form, hash_password(password))
    except Refused as refusal:
        say(form.password, refusal.words)
        return _page(token, invited, form), 422
    flash(_("Your account stands. Sign in with your e-mail address and the password you chose."), "success")
    return redirect(url_for("security.login"))


@blueprint.post("/invitation/<token>/refuse")
def refuse_profile(token: str) -> Answer:
    """Delete the profile, and what else names the person, at once and for good."""
    invited, closed = _open_invitation(token)
    if invited is None:
        return closed
    claims.refuse(Session(), invited, folders_of(current_app.extensions["config"]))
    return redirect(url_for("public.profile_deleted"))


@blueprint.get("/profile-deleted")
def profile_deleted() -> str:
    """Say that nothing is kept."""
    return render_template("public/profile_deleted.html")


def _open_invitation(token: str) -> tuple[Invitation | None, Answer]:
    """Return the invitation, or the page that says why the link does not work (410: it did once)."""
    try:
        invited = invitations.find(Session(), token)
        if invited.role == VOLUNTEER:
            claims.profile_of(Session(), invited)
        return invited, ""
    except Refused as refusal:
        return None, closed_link(_("This link does not work any more"), refusal)


def _checked_password(form: NewAccountForm, email: str) -> str | None:
    """Return the password in its normal form, None where it is too weak; the reasons then stand on the form."""
    names = {"email": email, "name": form.own_name.data if form.own_name else ""}
    util = current_app.extensions["security"].password_util
    reasons, password = util.validate(form.password.data, True, **names)
    if reasons:
        form.refuse_password([str(reason) for reason in reasons])
        return None
    return str(password)


def _accept(invited: Invitation, form: NewAccountForm, password_hash: str) -> None:
    session, language = Session(), str(current_locale())
    if not isinstance(form, ClaimForm):
        invitations.accept(session, invited, form.own_name.data, password_hash, language)
        return
    claim = claims.Claim(form.is_adult.data, form.consent_matching.data, form.consent_abroad.data)
    claims.claim(session, invited, claim, password_hash, language)


def _page(token: str, invited: Invitation, form: NewAccountForm) -> str:
    session, language = Session(), str(current_locale())
    context = {"token": token, "invitation": invited, "form": form, "of": invitations.of_whom(session, invited)}
    if invited.role != VOLUNTEER:
        return render_template("public/invitation.html", **context)
    volunteer = claims.profile_of(session, invited)
    return render_template(
        "public/claim.html",
        **context,
        facts=facts_of(volunteer, language),
        given=[consent for consent in volunteer.consents if consent.withdrawn_at is None],
        titles=consent_wordings.TITLES,
        wordings=consent_wordings.WORDINGS,
    )
