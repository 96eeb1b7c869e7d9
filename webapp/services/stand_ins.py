"""By which plain values of an account a statement is kept, and the account that stands in while it is put together.

To put a long statement together takes longer than to answer it, so those of every page are kept. None may hold a row of
a session, which would never go: what is kept rests on numbers and codes alone.
"""

from __future__ import annotations

from typing import NamedTuple

from webapp.models import User

BUILT = 500  # statements of each kind that are kept


class Plain(NamedTuple):
    """What statements say of an account."""

    id: int
    role: str
    vio_id: int | None
    host_id: int | None
    delegated: tuple[str, ...]

    @staticmethod
    def of(account: User) -> Plain:
        """Return the values of an account."""
        return Plain(account.id, account.role, account.vio_id, account.host_id, tuple(account.delegated or ()))

    def stand_in(self) -> User:
        """Return an account of these values, which is no row of any session."""
        return User(**{**self._asdict(), "delegated": list(self.delegated)})
