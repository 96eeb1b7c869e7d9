"""The private address that stops a kind of letter without signing in: signed, so that nobody makes one up."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.config import Config

PATH = "/letters/stop"


def stop_link(config: Config, reader: int | str, kind: str) -> str:
    """Return the address for an account, else the mark of an address, and a kind; it works while the key stays."""
    return f"{config.base_url}{PATH}/{_signer(config).dumps([reader, kind])}"


def behind(config: Config, token: str) -> tuple[int | str, str] | None:
    """Return account (or the mark of an address) and kind; None where it is no token of this installation."""
    try:
        reader, kind = _signer(config).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return reader if isinstance(reader, str) else int(reader), str(kind)


def _signer(config: Config) -> URLSafeSerializer:
    return URLSafeSerializer(config.secret_key, salt="letters to stop")
