"""A certificate of service in words: its lines, each with what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.i18n import day, translate
from webapp.models import ServiceCertificate
from webapp.words import Words, lazy

LABELS: dict[str, Words] = {
    "holder": lazy("Name"),
    "role": lazy("Role"),
    "host": lazy("Host"),
    "country": lazy("Country"),
    "dates": lazy("From, to"),
    "time": lazy("Time"),
    "office": lazy("Issued by"),
}


@dataclass(frozen=True)
class Line:
    """One line: its code, what it is, and what it says."""

    code: str
    label: str
    text: str


def lines_of(certificate: ServiceCertificate, codes: Iterable[str], language: str) -> list[Line]:
    """Return those lines that say something, in the reader's language."""
    texts = {
        "holder": certificate.holder,
        "role": certificate.role,
        "host": certificate.host,
        "country": vocabulary.country_name(certificate.country, language),
        "dates": _("%(start)s to %(end)s", start=day(certificate.starts_on), end=day(certificate.ends_on)),
        "time": _time(certificate),
        "office": certificate.vio.name,
    }
    return [Line(code, translate(LABELS[code]), texts[code]) for code in codes if texts[code]]


def _time(certificate: ServiceCertificate) -> str:
    weeks = ngettext("%(num)s week", "%(num)s weeks", certificate.weeks)
    if not certificate.hours:
        return weeks
    hours = ngettext("%(num)s hour a week as agreed", "%(num)s hours a week as agreed", certificate.hours)
    return f"{weeks}, {hours}"
