"""From an old DATA_KEY to a new one. It may be killed at any moment: begun anew, it goes on where it was.

Documents and lists first, one by one: each lies whole under the one key or the other, and says under which. Then
everything in the database in one transaction, whose mark at the end of the audit trail tells whether it was stored.
Passwords and the marks of bars are hashes, which nobody can make anew; they stay under HASH_KEY.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from passlib.totp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.keys import fernet_key, totp_secrets
from webapp.models import AuditHead, User
from webapp.services import sealed_words
from webapp.services.audit_chain import mark
from webapp.services.errors import Refused
from webapp.services.replay import rotating
from webapp.vault import Unreadable, Vault
from webapp.words import lazy


@dataclass(frozen=True)
class Files:
    """How many files were brought under the new key, lay there already, or can be read under neither key."""

    moved: int
    there: int
    unreadable: int


def rotate_files(folder: Path, old_key: str, new_key: str) -> Files:
    """Bring every file of a vault under the new key."""
    old, new = Vault(folder, old_key), Vault(folder, new_key)
    moved = there = unreadable = 0
    for path in sorted(folder.glob("[!.]*")):
        try:
            if new.take_over(path.name, old):
                moved += 1
            else:
                there += 1
        except Unreadable:
            unreadable += 1
    return Files(moved, there, unreadable)


def rotate_rows(session: Session, old_key: str, new_key: str) -> bool:
    """Bring all that lies encrypted in rows under the new key; False where it is there already.

    Refused where the end of the audit trail was marked under neither key: then one of them is wrong, or the trail was
    written anew, and that must not be covered up.
    """
    end = session.scalars(select(AuditHead).with_for_update()).one()
    if end.mark == mark(new_key, end.seq, end.hash):
        return False
    if end.mark != mark(old_key, end.seq, end.hash):
        raise Refused(lazy("The old key is not the one under which the service has run. Nothing was changed."))
    older, newer = TOTP.using(secrets=totp_secrets(old_key)), TOTP.using(secrets=totp_secrets(new_key))
    codes = MultiFernet([Fernet(fernet_key("recovery codes", one)) for one in (new_key, old_key)])
    for account in session.scalars(select(User)):
        if account.tf_totp_secret:
            account.tf_totp_secret = newer(key=older.from_source(account.tf_totp_secret).key, format="raw").to_json()
        if account.mf_recovery_codes:
            account.mf_recovery_codes = [codes.rotate(one.encode()).decode() for one in account.mf_recovery_codes]
    rotating.rotate(session, old_key, new_key)
    sealed_words.rotate(session, old_key, new_key)
    end.mark = mark(new_key, end.seq, end.hash)
    session.flush()
    return True
