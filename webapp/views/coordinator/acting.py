"""A verb on one row: done, or the page again with what is wrong in the form that was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask_wtf import FlaskForm

from webapp.i18n import translate
from webapp.services.errors import Refused

Row = TypeVar("Row")


def refusal(
    found: Row,
    verb: str,
    form: FlaskForm,
    act: Callable[[Row, Any], None],
    page: Callable[[Row, dict[str, Any]], str],
) -> tuple[str, int] | None:
    """Do what was asked and return nothing, or return `page` with what is wrong in the form of `verb`."""
    if form.validate():
        try:
            act(found, form)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            return None
    return page(found, {verb: form}), 422
