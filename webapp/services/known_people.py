"""What has to be known of people to tell what an account may see of them: of rows, or of columns that a list reads."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Protocol

Pair = tuple[int, int]  # volunteer and assignment


class Person(Protocol):
    """Of a volunteer, what tells how an account stands to them."""

    id: int
    vio_id: int
    user_id: int | None
    open_to_all: bool

    @property
    def is_claimed(self) -> bool:
        """Whether the person has an account of their own on this profile."""


class Applied(Protocol):
    """Of an application, how far it is."""

    @property
    def state(self) -> str:
        """One of models.applications.APPLICATION_STATES."""


class Agreed(Protocol):
    """Of a partnership, what it shares of a profile."""

    @property
    def shared_parts(self) -> Sequence[str]:
        """Names of visibility.SHARED_PARTS."""


class Known(Protocol):
    """What was read at once for a list about people and assignments."""

    @property
    def newest(self) -> Mapping[Pair, Applied]:
        """The newest application of every pair of person and assignment."""

    @property
    def accepted(self) -> Container[Pair]:
        """The pairs of which the person accepted an invitation."""

    @property
    def partnerships(self) -> Mapping[Pair, Agreed]:
        """The active agreement under which a person is put forward to an assignment."""

    @property
    def matchable(self) -> Container[int]:
        """The people whose consent to be matched stands."""
