"""What the demonstration has made so far, by the sample's own codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from webapp.models import Host, User, Vio


@dataclass
class World:
    """Rows by code; `years` is the shift of all dates."""

    years: int
    now: datetime
    password_hash: str
    vios: dict[str, Vio] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    host_users: dict[int, User] = field(default_factory=dict)
