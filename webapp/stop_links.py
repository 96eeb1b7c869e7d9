"""The private address that stops a kind of letter without signing in: signed, so that nobody makes one up."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.config import Config

PATH = "/letters/stop"


def stop_link(config: Config, account_id: int, kind: str) -> str:
    """Return the address for an account and a kind. It works as long as the key of the installation stays."""
    return f"{config.base_url}{PATH}/{_signer(config).dumps([account_id, kind])}"


def behind(config: Config, token: str) -> tuple[int, str] | None:
    """Return account and kind behind a token; None where it is no token of this installation."""
    try:
        account_id, kind = _signer(config).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(account_id), str(kind)


def _signer(config: Config) -> URLSafeSerializer:
    return URLSafeSerializer(config.secret_key, salt="letters to stop")
