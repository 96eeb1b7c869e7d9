"""The agreement of a placement: read, signed, declined, changed by a proposal, and printed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp import clock
from webapp.config import LANGUAGES
from webapp.db import Session
from webapp.duty_words import who_does_what
from webapp.forms import say
from webapp.i18n import moment
from webapp.models import Placement, Wording
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import signings
from webapp.services.errors import Refused
from webapp.services.stay_sides import OFFICE, side_of
from webapp.signing_words import changes, name_of, open_names, text_of
from webapp.views.together.forms import DeclineForm, ProposalForm, SignForm, proposal_form
from webapp.views.together.placement import Page, common, opened


def placement_agreement(placement_id: int) -> str:
    """Show what is in force, what waits to be signed, and every earlier wording."""
    return _page(opened(placement_id))


def sign_agreement(placement_id: int, wording_number: int) -> Any:
    """Sign a wording."""
    found, form = opened(placement_id), SignForm()
    read = signings.wording(Session(), found, wording_number)
    if not form.validate():
        return _page(found, sign=form), 422
    language = form.language.data if form.language.data in LANGUAGES else _language()
    shown = form.shown.data or ""
    given = (wording_number, form.name.data, text_of(read, language), language, shown)
    try:
        signings.sign(Session(), g.account, found, *given)
    except Refused as refused:
        say(form.name, refused.words)
        return _page(found, sign=form), 422
    flash(_("You have signed. A copy is on its way to you by e-mail."), "success")
    return redirect(url_for(".placement_agreement", placement_id=placement_id))


def decline_agreement(placement_id: int, wording_number: int) -> Any:
    """Say no to a wording."""
    found, form = opened(placement_id), DeclineForm()
    signings.wording(Session(), found, wording_number)
    if not form.validate():
        return _page(found, decline=form), 422
    try:
        signings.decline(Session(), g.account, found, wording_number, form.reason.data)
    except Refused as refused:
        say(form.reason, refused.words)
        return _page(found, decline=form), 422
    flash(_("You declined this wording. The others have a letter with your words."), "success")
    return redirect(url_for(".placement_agreement", placement_id=placement_id))


def propose_agreement(placement_id: int) -> Any:
    """Propose another wording."""
    found = opened(placement_id)
    form = _proposal(found, signings.standing(Session(), found), is_sent=True)
    if not form.validate():
        return _page(found, proposal=form), 422
    last = form.ends_on.data if form.ends_on else None
    try:
        signings.propose(Session(), g.account, found, form.own(), form.words.data, last)
    except Refused as refused:
        say(form.words, refused.words)
        return _page(found, proposal=form), 422
    flash(_("Your wording is proposed. It holds once volunteer and host have signed it."), "success")
    return redirect(url_for(".placement_agreement", placement_id=placement_id))


def agreement_copy(placement_id: int, wording_number: int) -> str:
    """Print a wording with its signatures: the text as the reader's side signed it, else as it reads."""
    found = opened(placement_id)
    wording, language = signings.wording(Session(), found, wording_number), _language()
    mine = wording.signed_by(side_of(g.account, found))
    signature = mine or next((one for one in wording.signatures if one.language == language), None)
    return render_template(
        "together/agreement_copy.html",
        wording=wording,
        text=signature.text if signature else text_of(wording, language),
        language=signature.language if signature else language,
        printed_at=moment(clock.now()),
        duties=who_does_what(Session(), g.account, found),
        **common(found),
    )


def _page(
    found: Placement,
    sign: SignForm | None = None,
    decline: DeclineForm | None = None,
    proposal: ProposalForm | None = None,
) -> str:
    now = signings.standing(Session(), found)
    side, waiting = side_of(g.account, found), now.waiting
    text = text_of(waiting, _language()) if waiting else ""
    sign = sign or SignForm(formdata=None)
    sign.shown.data, sign.language.data = signings.fingerprint(text), _language()
    return render_template(
        "together/agreement.html",
        now=now,
        text=text,
        open_names=open_names(waiting) if waiting else [],
        changes=changes(now.in_force, waiting) if now.in_force and waiting else [],
        can_sign=found.is_running and now.waits_for(side),
        can_propose=found.is_running,
        is_office=side == OFFICE,
        sign=sign,
        decline=decline or DeclineForm(formdata=None),
        proposal=proposal or _proposal(found, now),
        is_proposing=proposal is not None,
        is_declining=decline is not None,
        **common(found),
    )


def _proposal(found: Placement, now: signings.Standing, is_sent: bool = False) -> ProposalForm:
    """Return the form of a proposal, filled in with what stands."""
    ground: Wording | None = now.waiting or now.in_force or (now.wordings[0] if now.wordings else None)
    codes = signings.blanks(ground) if ground else [signings.EXTRA]
    can_move = found.state in UNDER_WAY_STATES
    terms = [(code, name_of(code)) for code in codes]
    if is_sent:
        return proposal_form(terms, can_move)
    given: dict[str, Any] = {f"own_{code}": text for code, text in (ground.own if ground else {}).items()}
    return proposal_form(terms, can_move, formdata=None, data={**given, "ends_on": found.ends_on})


def _language() -> str:
    return str(get_locale())


_WORDING = "/placements/<int:placement_id>/agreement/<int:wording_number>"
PAGES: tuple[Page, ...] = (
    ("/placements/<int:placement_id>/agreement", "GET", placement_agreement),
    ("/placements/<int:placement_id>/agreement", "POST", propose_agreement),
    (f"{_WORDING}/sign", "POST", sign_agreement),
    (f"{_WORDING}/decline", "POST", decline_agreement),
    (f"{_WORDING}/copy", "GET", agreement_copy),
)
