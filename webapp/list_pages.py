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


def _number(name: str) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def _address(name: str, number: int) -> str:
    kept: dict[str, Any] = {
        key: value for key, value in request.args.items() if value and key not in (AFTER, BEFORE, "blind")
    }
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept, name: str(number)})
