"""How something went the last time, as a small file beside the database: written in one move, read or not there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

State = TypeVar("State")


def keep(path: Path, state: Any) -> None:
    """Write a dataclass of numbers, texts and moments; whoever reads meanwhile finds the old one or the new one."""
    told = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(state).items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(told), encoding="utf-8")
    os.replace(part, path)


def kept(path: Path, kind: type[State]) -> State | None:
    """Return what `keep` wrote of a dataclass; None where there is nothing, or something else."""
    moments = [one.name for one in fields(kind) if "datetime" in str(one.type)]  # type: ignore[arg-type]
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return kind(**{**told, **{name: datetime.fromisoformat(told[name]) for name in moments if told[name]}})
    except (OSError, ValueError, TypeError, KeyError):
        return None
