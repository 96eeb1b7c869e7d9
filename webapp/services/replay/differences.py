"""What is other than it was when a run was made: its own row, the score, the code, the reference data."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from webapp.models import MatchRun
from webapp.services import learning
from webapp.services.replay.again import versions_of
from webapp.services.replay.made_with import made_with
from webapp.services.replay.record import Record


@dataclass
class Other:
    """How this installation differs from the one that made a run; certain where the score itself is another one."""

    said: list[str] = field(default_factory=list)
    is_certain: bool = False


def differences_of(session: Session, run: MatchRun, record: Record) -> list[str]:
    """Return what in the row of a run, or in the versions of its score, is not what was written down."""
    now = {"scope": run.scope, "seed": run.seed, "models": run.models, "result": run.result}
    then = {"scope": record.scope, "seed": record.seed, "models": record.models, "result": record.result}
    wrong = [f"The {name} of this run was changed: it was {then[name]}." for name in now if now[name] != then[name]]
    if _plain() != record.prints[""]:
        return wrong  # the versions of the score cannot be told by their fingerprints here
    for vio_id, version in versions_of(session, record).items():
        if version is None:
            wrong.append(f"Version {record.models[vio_id]} of the score of VIO {vio_id} is missing.")
        elif learning.matcher_for(version).fingerprint != record.prints[vio_id]:
            wrong.append(f"Version {version.id} of the score of VIO {vio_id} was changed.")
    return wrong


def other_making(record: Record) -> Other:
    """Return with what else this installation would make the run, and what to check out."""
    here = made_with()
    names = [name for name in here if name not in ("version", "commit") and here[name] != record.made_with.get(name)]
    is_other_score = _plain() != record.prints[""]
    if not names and not is_other_score:
        return Other()
    said = [_said(name, here[name], record.made_with.get(name, "")) for name in names]
    if is_other_score and not names:
        said.append("The constants of the score are others.")
    version, commit = record.made_with.get("version", "?"), record.made_with.get("commit", "")
    said.append(
        f"Made by version {version}"
        + (f", commit {commit}: check that out" if commit else ": install that")
        + " beside a copy of the database, and replay there."
    )
    return Other(said, is_other_score)


def _said(name: str, here: str, then: str) -> str:
    if name in ("code", "reference data"):
        return f"The {name} is another: {then[:12]} then, {here[:12]} here."
    return f"{name} was {then or 'not there'} then, and is {here or 'not there'} here."


def _plain() -> str:
    return learning.matcher_for(None).fingerprint
