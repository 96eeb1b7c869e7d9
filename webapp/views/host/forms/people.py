"""People and background of an assignment: safety, local jobs, who stands behind it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from webapp import vocabulary
from webapp.services.refusals import SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN
from webapp.views.host.forms.fields import (
    ChoiceField,
    Section,
    YesNoField,
    line,
    number,
    text,
    words_of,
)


class PeopleForm(Section):
    """Who is with the volunteer, whom the work touches, and the questions on which publication depends."""

    supervisor = line(_l("Supervisor: name and role"))
    supervision_hours = number(_l("Hours of supervision a week"), 0, 40)
    counterpart = line(
        _l("Local colleague with whom the volunteer works"),
        description=_l("Name or role of the person who carries it on."),
    )
    community_consulted = text(_l("Who in the community was asked, and what changed through it"))
    contact_children = ChoiceField(_l("Contact with children under 18"))
    contact_adults = ChoiceField(_l("Contact with adults at risk"))
    is_child_institution = YesNoField(
        _l("Is it in, or for, an institution where children live (orphanage, children's home, shelter)?"),
        description=_l(
            "If yes, the shortest stay must be %(weeks)s weeks or more.", weeks=SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN
        ),
    )
    has_clinical_acts = YesNoField(
        _l("Does the volunteer do acts on patients (examine, inject, operate, deliver, prescribe)?"),
        description=_l("If yes, add the skill under “Skills and languages” and mark that it needs a licence."),
    )
    is_security_work = YesNoField(_l("Is it guarding, police or military work?"))
    is_party_or_religious_work = YesNoField(_l("Does it campaign for a party, or try to win people for a religion?"))
    replaces_strikers = YesNoField(_l("Does it stand in for people who are on strike?"))
    has_fees_not_listed = YesNoField(_l("Will the volunteer be asked for any money that does not stand under “Money”?"))
    groups = (
        (_l("With whom"), None, ("supervisor", "supervision_hours", "counterpart", "community_consulted")),
        (_l("Whom the work touches"), None, ("contact_children", "contact_adults")),
        (
            _l("Six questions"),
            _l(
                "Please answer each. Some answers mean that we cannot publish the assignment; we say why, and what "
                "can be done."
            ),
            (
                "is_child_institution",
                "has_clinical_acts",
                "is_security_work",
                "is_party_or_religious_work",
                "replaces_strikers",
                "has_fees_not_listed",
            ),
        ),
    )

    def prepare(self, language: str) -> None:
        """Fill in the kinds of contact."""
        self.contact_children.choices = words_of(vocabulary.CONTACT)
        self.contact_adults.choices = words_of(vocabulary.CONTACT)


class BackgroundForm(Section):
    """Local jobs, who stands behind the work, and what it is part of."""

    was_paid_post = YesNoField(_l("Was this work a paid post within the last two years?"))
    locals_sought = text(_l("How you looked for local people first"))
    why_not_paid_local = text(_l("Why it is not a paid post for a local person"))
    handover = text(_l("Who goes on with the work afterwards, and how they get ready for it"))
    funder = line(_l("Who funds the work"), 300)
    sponsor = line(_l("Sponsor"), 300)
    project_ties = text(_l("Ties to a construction or investment project"))
    community_dispute = text(_l("Any dispute in the community that you know of"))
    groups = (
        (
            _l("Local jobs"),
            _l("A volunteer must not take the place of a paid worker. A reviewer reads these answers."),
            ("was_paid_post", "locals_sought", "why_not_paid_local", "handover"),
        ),
        (
            _l("Who stands behind it"),
            _l("Volunteers read this before they apply. Write “none” where there is none."),
            ("funder", "sponsor", "project_ties", "community_dispute"),
        ),
    )
