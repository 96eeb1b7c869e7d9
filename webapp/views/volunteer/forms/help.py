"""What a volunteer fills in to call for help."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.safety_forms import LONGEST_TEXT, trimmed
from webapp.safety_words import SEVERITIES


class ShareForm(FlaskForm):
    """Who else may know of a call; nobody, unless it is ticked."""

    coordinator_may_see = BooleanField(_l("My coordinators may see it"))
    host_may_see = BooleanField(_l("My host may see it"))

    def __init__(self, *args: Any, has_host: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_host:
            del self.host_may_see
            self.host_may_see = None


class HelpForm(ShareForm):
    """A call for help: how urgent, what is wrong, how to reach the person."""

    severity = RadioField(_l("How urgent is it?"), [InputRequired(_l("Choose how urgent it is."))])
    text = TextAreaField(
        _l("What is wrong, and where are you?"),
        [DataRequired(_l("Write at least a few words, in any language.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        render_kw={"dir": "auto"},
    )
    phone = StringField(
        _l("Number to reach you now"),
        [Optional(), Length(max=50)],
        filters=[stripped],
        render_kw={"type": "tel", "autocomplete": "tel", "dir": "ltr"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.severity.choices = [SelectChoice(code, translate(words)) for code, words in SEVERITIES.items()]
