"""What an organization says of itself, and what it shows to be verified."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import URL, DataRequired, Email, Length, Optional

from webapp import vocabulary
from webapp.views.host.forms.fields import TOO_LONG, Section, choice, day, line, or_none, text, words_of


class OrganizationForm(Section):
    """Who the organization is and where."""

    name = StringField(
        _l("Name of the organization"),
        [DataRequired(_l("Write the name of the organization.")), Length(max=200, message=TOO_LONG)],
    )
    country = choice(_l("Country of registration"))
    location = line(_l("Town or district"))
    kind = choice(_l("What it is"))
    about = text(
        _l("What you do, for whom, and since when"),
        description=_l("Volunteers read this before they apply. Three or four sentences are enough."),
    )
    website = StringField(
        _l("Web address"),
        [Optional(), Length(max=300, message=TOO_LONG), URL(message=_l("Write the address with https:// before it."))],
    )
    contact_name = line(_l("Contact person"))
    contact_email = EmailField(
        _l("E-mail for letters about applications"),
        [Optional(), Email(_l("Check the address: it should look like name@place.org.")), Length(max=255)],
    )
    contact_phone = line(_l("Telephone"), 50)
    groups = (
        (_l("The organization"), None, ("name", ("country", "location"), "kind", "about", "website")),
        (
            _l("Whom to reach"),
            _l("The coordinator sees this; volunteers see it when they are on your shortlist."),
            ("contact_name", ("contact_email", "contact_phone")),
        ),
    )
    optional = frozenset({"website", "contact_phone"})

    def prepare(self, language: str) -> None:
        """Fill in countries and kinds."""
        self.country.choices = or_none(vocabulary.country_choices(language), "–")
        self.kind.choices = or_none(words_of(vocabulary.HOST_KINDS), "–")


class VerificationForm(Section):
    """What a coordinator needs to verify the organization; can be kept half-filled."""

    registration_number = line(
        _l("Registration: number of the document, and who issued it"),
        100,
        description=_l("Have the document at hand: the coordinator asks to see it in a call."),
    )
    reference_one = line(
        _l("First reference: name, organization, how to reach"),
        300,
        description=_l("Somebody outside your organization who knows its work. Ask them first."),
    )
    reference_two = line(_l("Second reference: name, organization, how to reach"), 300)
    safeguarding_person = line(
        _l("Person responsible for safeguarding"),
        description=_l("To whom anybody can turn who sees harm done to a child, an adult at risk or a volunteer."),
    )
    conduct_policy_signed_by = line(_l("Conduct policy signed by"))
    conduct_policy_signed_on = day(_l("Signed on"))
    groups = (
        (_l("Registration"), None, ("registration_number",)),
        (_l("Two references"), None, ("reference_one", "reference_two")),
        (
            _l("Keeping people safe"),
            None,
            ("safeguarding_person", ("conduct_policy_signed_by", "conduct_policy_signed_on")),
        ),
    )
