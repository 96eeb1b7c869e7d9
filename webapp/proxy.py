"""In real use the service's own address comes from BASE_URL, never from what a request says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.config import Config

PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-IP")  # what a proxy adds to what it passes on
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class KnownAddress:
    """Put scheme and host of BASE_URL into every request.

    A forged Host header then leads no reset letter astray, and a proxy that ends TLS has to tell us nothing.
    """

    def __init__(self, application: Application, base_url: str) -> None:
        self.application = application
        parts = urlsplit(base_url)
        self.scheme, self.host = parts.scheme, parts.netloc

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request under the known address."""
        environ["wsgi.url_scheme"] = self.scheme
        environ["HTTP_HOST"] = self.host
        return self.application(environ, start_response)


def register_proxy(app: Flask, config: Config) -> None:
    """Believe BASE_URL in real use, and X-Forwarded-For only as far as PROXIES says."""
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0)  # type: ignore[method-assign]
    if not config.is_demo:
        app.wsgi_app = KnownAddress(app.wsgi_app, config.base_url)  # type: ignore[method-assign]


def address_that_asks() -> IPv4Address | IPv6Address | None:
    """Return the network address that asks; None where it is none, as on a socket of this machine."""
    try:
        return ip_address(request.remote_addr or "")
    except ValueError:
        return None


def is_asked_by_this_machine() -> bool:
    """Whether a program on this machine asks, by itself and not as a proxy for somebody else."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    address = address_that_asks()
    return address is not None and address.is_loopback
