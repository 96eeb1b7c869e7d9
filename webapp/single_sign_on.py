"""Single sign-on by OpenID Connect: authorization code with PKCE, and an identity token that is believed once proved.

Nothing here opens a connection unless the settings name a provider.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from webapp.config import Provider

PATIENCE = 5  # seconds for each answer of the provider
LEEWAY = 60  # seconds by which its clock may differ
SIGNED_WITH = ["RS256", "PS256", "ES256", "EdDSA"]  # never "none", never a secret that both sides know


class ProviderAway(Exception):  # noqa: N818  (a state of affairs)
    """The provider does not answer, or not as the standard says."""


class NotProved(Exception):  # noqa: N818
    """What came back does not prove who signs in."""


@dataclass(frozen=True)
class Said:
    """What the provider says of somebody, after it was proved to come from there and to be meant for us, now."""

    subject: str
    email: str  # blank where it does not say that the address is theirs
    with_second_step: bool
    signed_in_at: float  # seconds since 1970; 0 where it does not say


def begin(provider: Provider, way_back: str) -> tuple[str, dict[str, str]]:
    """Return where to send the browser, and what it has to bring along when it comes back."""
    kept = {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}
    with _client(provider, way_back) as client:
        target = _described(client, provider)["authorization_endpoint"]
        address, _state = client.create_authorization_url(
            target, state=kept["state"], nonce=kept["nonce"], code_verifier=kept["verifier"]
        )
    return str(address), kept


def finish(provider: Provider, way_back: str, kept: dict[str, str], code: str) -> Said:
    """Hand in the code of a browser that came back, and return who it is."""
    with _client(provider, way_back) as client:
        described = _described(client, provider)
        try:
            token = client.fetch_token(
                described["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=kept["verifier"],
                allow_redirects=False,
            )
        except AuthlibBaseError as refused:
            raise NotProved from refused
        except (requests.RequestException, ValueError) as away:
            raise ProviderAway from away
        keys = _fetched(client, described["jwks_uri"])
    return _said(_proved(provider, keys, dict(token), kept["nonce"]))


def _client(provider: Provider, way_back: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope="openid email",
        redirect_uri=way_back,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _described(client: OAuth2Session, provider: Provider) -> dict[str, Any]:
    """Return what the provider says of itself; it has to be the one that the settings name."""
    described = _fetched(client, f"{provider.issuer}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if str(described.get("issuer", "")).rstrip("/") != provider.issuer or any(name not in described for name in needed):
        raise ProviderAway
    return described


def _fetched(client: OAuth2Session, address: str) -> dict[str, Any]:
    try:
        answer = client.request("GET", address, withhold_token=True, allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as away:
        raise ProviderAway from away
    if not isinstance(told, dict):
        raise ProviderAway
    return told


def _proved(provider: Provider, keys: dict[str, Any], token: dict[str, Any], nonce: str) -> CodeIDToken:
    """Return the claims of the identity token: signed by the provider, for us, not over, and of this sign-in."""
    options = {
        "iss": {"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
    }
    known = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    try:
        read = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=SIGNED_WITH)  # type: ignore[arg-type]
        claims = CodeIDToken(read.claims, read.header, options, known)
        claims.validate(leeway=LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as wrong:
        raise NotProved from wrong
    return claims


def _said(claims: CodeIDToken) -> Said:
    is_theirs = claims.get("email_verified") is True
    return Said(
        subject=str(claims["sub"]),
        email=str(claims.get("email") or "") if is_theirs else "",
        with_second_step="mfa" in (claims.get("amr") or []),
        signed_in_at=float(claims.get("auth_time") or 0),
    )
