"""Where a page of a long list begins, as its address says, and the addresses of those beside it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from webapp.services.paging import Part, Start

AFTER, BEFORE = "after", "before"
LARGEST = 2**31 - 1  # of a row's number, as the databases keep it


def asked() -> Start:
    """Return where the page begins; what is no number of a row begins at the start."""
    return Start(_number(AFTER), _number(BEFORE))


def beside(part: Part[Any]) -> dict[str, str | None]:
    """Return the addresses of the pages before and after this one, narrowed as it is; None where there is none."""
    return {
        "previous": None if part.previous is None else _address(BEFORE, part.previous),
        "following": None if part.following is None else _address(AFTER, part.following),
    }


def narrowed(*left_out: str) -> dict[str, Any]:
    """Return what stands in the address behind its path, as values for `url_for`; what would steer that is left out."""
    others = {"endpoint", *(request.view_args or ()), *left_out}
    given = {name: value for name, value in request.args.items() if value and name not in others}
    return {name: value for name, value in given.items() if not name.startswith("_")}


def _number(name: str) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def _address(name: str, number: int) -> str:
    values = {**(request.view_args or {}), **narrowed(AFTER, BEFORE, "blind"), name: str(number)}
    return url_for(request.endpoint or "", **values)
