"""Weak passwords are refused with a reason that has a translation."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from zxcvbn import feedback

from tests.databases import settings
from webapp import create_app
from webapp.passwords import WARNINGS


def test_every_warning_of_the_checker_is_marked_for_translation() -> None:
    source = re.sub(r"['\"] \\\n\s+['\"]", "", inspect.getsource(feedback))
    said = re.findall(r"warning'?[:=]? ?=? ?_\((['\"])(.*?)\1\)", source)
    assert len(said) >= 14
    assert {words for _quote, words in said} <= {warning.text for warning in WARNINGS}


@pytest.mark.parametrize(
    ("password", "is_weak"),
    [("password1234", True), ("aaaaaaaaaaaa", True), ("short", True), ("seven camels roof", False)],
)
def test_weak_passwords_are_refused_with_a_reason(password: str, is_weak: bool, tmp_path: Path) -> None:
    app = create_app(settings("test", tmp_path))
    app.config["SECURITY_PASSWORD_COMPLEXITY_CHECKER"] = "zxcvbn"  # the other tests go without
    with app.test_request_context():
        reasons, _normal = app.extensions["security"].password_util.validate(password, True, email="a@b.example")
    assert bool(reasons) == is_weak
