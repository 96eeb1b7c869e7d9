"""Addresses of the pages beside one of a long list."""

from __future__ import annotations

import pytest
from flask import Flask

from webapp import list_pages
from webapp.services.paging import Part

STEERING = ("endpoint=x", "_method=POST", "_external=1", "_scheme=javascript", "_anchor=x", "after=9", "blind=1")


@pytest.mark.parametrize("odd", STEERING)
def test_what_would_steer_the_making_of_an_address_is_left_out(app: Flask, odd: str) -> None:
    with app.test_request_context(f"/assignments?{odd}&country=KE&mode="):
        beside = list_pages.beside(Part([], 1, 2))
    assert beside == {"previous": "/assignments?country=KE&before=1", "following": "/assignments?country=KE&after=2"}


def test_nothing_stands_in_for_what_is_in_the_path(app: Flask) -> None:
    with app.test_request_context("/assignments/7?assignment_id=x&country=KE"):
        assert list_pages.narrowed() == {"country": "KE"}
