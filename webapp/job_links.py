"""The addresses of pages in letters that a job writes: as the pages themselves would write them."""

from __future__ import annotations

from webapp.config import config_from_environment

BASE_URL = config_from_environment().base_url


def are_you_safe(token: str) -> str:
    """Return the address of the page behind a link of a roll call."""
    return f"{BASE_URL}/safe/{token}"


def follow_up(token: str) -> str:
    """Return the address of the page behind a follow-up's link."""
    return f"{BASE_URL}/follow-up/{token}"


def opening(assignment_id: int) -> str:
    """Return the address of an opening's page for a volunteer."""
    return f"{BASE_URL}/volunteer/openings/{assignment_id}"


def profile() -> str:
    """Return the address of a volunteer's own profile."""
    return f"{BASE_URL}/volunteer/profile/"


def reference(token: str) -> str:
    """Return the address of the page behind a reference's link."""
    return f"{BASE_URL}/reference/{token}"


def host(token: str) -> str:
    """Return the address of the pages behind a host's link."""
    return f"{BASE_URL}/by-mail/{token}/"
