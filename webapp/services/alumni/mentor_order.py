"""Which mentors a newcomer is offered, and in which order: a pure rule over codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """What is compared of a stay and its person, all as codes."""

    country: str | None = None
    routes: frozenset[str] = field(default_factory=frozenset)
    skills: frozenset[str] = field(default_factory=frozenset)
    languages: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Stay:
    """A placement that somebody has completed."""

    mentor: int
    placement: int
    known: Known


def in_order(newcomer: Known, stays: Iterable[Stay], busy: Mapping[int, int]) -> list[Stay]:
    """Return for each mentor with country, route or skill in common the stay that is closest, the closest first.

    The same country counts before a route, that before a skill, that before a language. Of those alike, who mentors
    fewer people (`busy`) comes first. A language alone makes nobody a mentor.
    """
    best: dict[int, tuple[tuple[bool, ...], Stay]] = {}
    for stay in sorted(stays, key=lambda one: one.placement, reverse=True):
        apart = tuple(not shared for shared in in_common(newcomer, stay.known))
        if not all(apart[:3]) and (stay.mentor not in best or apart < best[stay.mentor][0]):
            best[stay.mentor] = apart, stay
    ordered = sorted(best.values(), key=lambda one: (one[0], busy.get(one[1].mentor, 0), one[1].mentor))
    return [stay for _apart, stay in ordered]


def in_common(newcomer: Known, other: Known) -> tuple[bool, bool, bool, bool]:
    """Say whether two have country, a route, a skill and a language in common."""
    return (
        newcomer.country is not None and newcomer.country == other.country,
        bool(newcomer.routes & other.routes),
        bool(newcomer.skills & other.skills),
        bool(newcomer.languages & other.languages),
    )
