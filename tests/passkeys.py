"""A passkey in a browser: an authenticator that Chromium plays, and one in plain Python for tests without a browser."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page
from webauthn.helpers import bytes_to_base64url

from tests.factories import AnySession
from webapp import clock
from webapp.models import Passkey, User


def plug_in(page: Page) -> None:
    """Give the browser of `page` an authenticator that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@dataclass
class Token:
    """An authenticator that answers for one key pair at `origin`; `count` goes up with each use."""

    origin: str = "http://localhost"
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def kept_for(self, session: AnySession, account: User, name: str = "my token") -> Passkey:
        """Put the passkey into the database, as if it had been added."""
        account.fs_webauthn_user_handle = account.fs_webauthn_user_handle or secrets.token_hex(16)
        columns = {
            "credential_id": self.credential_id,
            "public_key": self._public_key(),
            "sign_count": self.count,
            "backup_state": False,
            "device_type": "single_device",
            "lastuse_datetime": clock.now(),
            "name": name,
            "usage": "secondary",
        }
        kept = Passkey(**columns)
        account.webauthn.append(kept)
        session.flush()
        return kept

    def answer(self, options: str) -> str:
        """Return what a browser sends for the options of a page, signed."""
        asked = json.loads(options)
        self.count += 1
        told = {"type": "webauthn.get", "challenge": asked["challenge"], "origin": self.origin}
        client = json.dumps(told).encode()
        here = hashlib.sha256(asked["rpId"].encode()).digest() + b"\x01" + self.count.to_bytes(4, "big")
        signature = self.key.sign(here + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return json.dumps(self._packed({"clientDataJSON": client, "authenticatorData": here, "signature": signature}))

    def _packed(self, parts: dict[str, bytes]) -> dict[str, Any]:
        number = bytes_to_base64url(self.credential_id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return {"id": number, "rawId": number, "type": "public-key", "response": response}

    def _public_key(self) -> bytes:
        """Return the public half as COSE writes it: kind EC2, ES256, curve P-256, and the point's two halves."""
        point = self.key.public_key().public_numbers()
        x, y = (b"\x58\x20" + half.to_bytes(32, "big") for half in (point.x, point.y))
        return b"\xa5\x01\x02\x03\x26\x20\x01\x21" + x + b"\x22" + y
