"""Network namespaces as hosts of their own: each with its address, on one switch with this machine. Root only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

# Addresses that no real network has (RFC 5737).
NETWORK = "198.51.100"
HERE = f"{NETWORK}.1"


def why_not() -> str:
    """Return what keeps this machine from it; nothing where it can."""
    if not shutil.which("ip") or os.geteuid() != 0:
        return "network namespaces need `ip` and root"
    if subprocess.run(["ip", "netns", "add", _name(0)], capture_output=True).returncode:
        return "this machine allows no network namespaces"
    _ip("netns", "del", _name(0))
    return ""


@contextmanager
def hosts(many: int) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the words that run a command on each of so many hosts, by the host's address."""
    switch = f"cv{os.getpid()}"
    try:
        _ip("link", "add", switch, "type", "bridge")
        _ip("addr", "add", f"{HERE}/24", "dev", switch)
        _ip("link", "set", switch, "up")
        yield {_joined(number, switch): ("ip", "netns", "exec", _name(number)) for number in range(2, many + 2)}
    finally:
        for number in range(2, many + 2):
            subprocess.run(["ip", "netns", "del", _name(number)], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", switch], capture_output=True, check=False)


def _joined(number: int, switch: str) -> str:
    """Make a host, plug it into the switch, and return its address."""
    name, ours, address = _name(number), f"cv{os.getpid()}-{number}", f"{NETWORK}.{number}"
    _ip("netns", "add", name)
    _ip("link", "add", ours, "type", "veth", "peer", "name", "eth0", "netns", name)
    _ip("link", "set", ours, "master", switch, "up")
    _ip("-n", name, "addr", "add", f"{address}/24", "dev", "eth0")
    _ip("-n", name, "link", "set", "eth0", "up")
    _ip("-n", name, "link", "set", "lo", "up")
    return address


def _name(number: int) -> str:
    return f"caravanserai-{os.getpid()}-{number}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
