"""Whether coaching and training help, as far as the VIO's own assignments can tell."""

from __future__ import annotations

from flask import g, render_template
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.services import effect as service
from webapp.services import vio_settings
from webapp.services.small_cells import FEWEST
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.effect_words import HALF, told


@blueprint.get("/effect")
def effect() -> str:
    """Show each comparison of the coordinator's own VIO."""
    found = service.effect_of(Session(), g.account, clock.now())
    return render_template(
        "coordinator/effect.html",
        found=found,
        sections=[told(one) for one in found.sections],
        notes=_notes(found),
        has_trial=vio_settings.vio_of(Session(), g.account).hint_trial,
        fewest=FEWEST,
        half=HALF,
    )


def _notes(found: service.Effect) -> dict[str, str]:
    """Return what has to be known before each table is read."""
    (least, is_gate) = next((one.least, one.is_gate) for one in found.sections if one.grouping == "score")
    chosen = _("Hosts choose to train. Those who do may differ in other ways, so the training need not be the reason.")
    high = (
        _("High is at least %(least)s, the gate of your organization.", least=f"{least:g}")
        if is_gate
        else _("High is at least %(least)s, the middle of your scores: you have set no gate.", least=f"{least:g}")
    )
    written = _("Who writes more may also have better work to offer, so the score need not be the reason.")
    waived = _("Coordinators choose what they waive, often because it is urgent.")
    lot = _(
        "Only a lot decided here, so a difference has no other reason than the order, or chance. All that drew count."
    )
    return {"trained": chosen, "score": f"{high} {written}", "waived": waived, "order": lot}
