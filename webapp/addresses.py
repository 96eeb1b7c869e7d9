"""What addresses and bodies may hold before any page looks at them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, abort, current_app, request, url_for
from werkzeug.routing import IntegerConverter

from webapp.outages import forget_who_asks

KEPT = 5_000  # addresses
OF_ONE_READER = frozenset({"token", "text"})  # values of which none is kept: secrets of links, and what somebody typed
PLAIN = frozenset((int, str))  # kinds of values of addresses that are kept
LARGEST_ID = 2**31 - 1  # the largest number that the databases take as a row's number


class RowNumber(IntegerConverter):
    """The number of a row: a larger one can belong to nothing, so its page does not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", LARGEST_ID)
        super().__init__(*args, **kwargs)


def register_addresses(app: Flask) -> None:
    """Bound every number in an address; refuse bodies that no page reads, and text that no database can keep."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_json)
    app.before_request(_refuse_nul)
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """Return what `url_for` does: a list asks for dozens of addresses, and each page for those around it."""
    blueprint = endpoint.partition(".")[0]
    is_same_for_all = blueprint and blueprint not in current_app.url_default_functions
    is_same_for_all = is_same_for_all and OF_ONE_READER.isdisjoint(values)
    if request and is_same_for_all and PLAIN.issuperset(map(type, values.values())):
        return _kept(endpoint, request.script_root, *values.items())
    return url_for(endpoint, **values)


@lru_cache(maxsize=KEPT)
def _kept(endpoint: str, _script_root: str, *values: tuple[str, Any]) -> str:
    return url_for(endpoint, **dict(values))


def _refuse_json() -> None:
    """Answer 415: pages are for people, and take forms. Flask-Security would read it in search of an account."""
    if request.is_json:
        forget_who_asks()  # to look for it reads the body, in which brackets nest as deep as a stranger likes
        abort(415)


def _refuse_nul() -> None:
    """Answer 422 where an address or a field holds a NUL character: PostgreSQL stores none, and nobody types one."""
    texts = [request.path, *(text for key in request.values for text in (key, *request.values.getlist(key)))]
    if any("\x00" in text for text in texts):
        abort(422)
