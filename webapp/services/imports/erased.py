"""Lists hold people too: one that waits goes with somebody who is erased, and nobody is made anew by a list unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import let_others_write
from webapp.models import ImportFile, User
from webapp.services import audit
from webapp.services.correspondence import write_to_account, write_to_coordinators
from webapp.services.errors import Refused
from webapp.services.imports.files import WAITING, end, plan_of
from webapp.services.imports.guessing import fold
from webapp.services.imports.reading import read_table
from webapp.services.letter_kinds import ACCOUNT
from webapp.vault import Unreadable, Vault
from webapp.words import Words, lazy

MOST_NAMED = 20  # rows in a letter
SUBJECT = lazy("Please bring a list again")
WITHOUT_ROWS = lazy(
    "The list that you brought on %(day)s was removed before it came in: somebody who may be in it has had their data "
    "deleted here. Nothing of it came in.\n\nTake out who does not want to be in it any more, and bring the list again."
)
WITH_ROWS = lazy(
    "The list that you brought on %(day)s was removed before it came in: somebody in it has had their data deleted "
    "here. Nothing of it came in.\n\nIt is row %(rows)s of your file. Take it out, and bring the list again without it."
)


def waiting_with(
    session: Session, vault: Vault, vio_ids: Collection[int], full_name: str, addresses: Collection[str]
) -> dict[int, list[int]]:
    """Return the lists of these VIOs that wait and hold a person, each with the numbers of the rows.

    A list that cannot be read any more counts, without rows: what is in it is not known.
    """
    query = select(ImportFile).where(ImportFile.vio_id.in_(vio_ids), ImportFile.state.in_(WAITING))
    waiting = session.scalars(query).all()
    let_others_write(session)
    found = {}
    for kept in waiting:
        try:
            plan = plan_of(kept)
            table = read_table(vault.get(kept.stored_as), plan.encoding, plan.odd_characters)
        except (Unreadable, Refused):
            found[kept.id] = list[int]()
            continue
        rows = [number for number, cells in table.rows if _is_about(cells, full_name, addresses)]
        if rows:
            found[kept.id] = rows
    return found


def _is_about(cells: dict[str, str], full_name: str, addresses: Collection[str]) -> bool:
    """Whether a row holds an address, or the whole name, in one cell or in several."""
    row = "\n".join(cells.values())
    if any(address.casefold() in row.casefold() for address in addresses if address):
        return True
    name, words = fold(full_name).split(), fold(row).split()
    if len(name) == 1:  # a single word is a name only where it stands alone
        return name[0] in {fold(cell).strip() for cell in cells.values()}
    return bool(name) and set(name) <= set(words)


def drop(session: Session, vault: Vault, found: dict[int, list[int]]) -> None:
    """End these lists, and ask whoever brought them to bring them without the person; the letter names rows only."""
    for kept in session.scalars(select(ImportFile).where(ImportFile.id.in_(found), ImportFile.state.in_(WAITING))):
        audit.record(session, None, "list_refused", kept, why="erasure")
        kept.report = {}
        end(session, kept, vault, "refused")
        _tell(session, kept, found[kept.id])


def take_out(session: Session, vio_ids: Collection[int], pattern: re.Pattern[str], mark: str) -> None:
    """Put a mark where a person is named in what is kept of other lists: their reports, and the names of files."""
    for kept in session.scalars(select(ImportFile).where(ImportFile.vio_id.in_(vio_ids))):
        kept.file_name = pattern.sub(mark, kept.file_name)
        if kept.report:
            rows = [_without(row, partial(pattern.sub, mark)) for row in kept.report.get("rows", [])]
            kept.report = {**kept.report, "rows": rows}
    session.flush()


def _without(row: dict[str, Any], cleaned: Callable[[str], str]) -> dict[str, Any]:
    """Return a row of a report (findings.to_json) without a person; codes and sentences of ours stay as they are."""
    told = {**row, "name": cleaned(row.get("name", ""))}
    told["notes"] = [_sentence(one, cleaned) for one in row.get("notes", [])]
    told["problems"] = [
        [column, name, cleaned(value), _sentence(words, cleaned)] for column, name, value, words in row["problems"]
    ]
    if "changes" in row:
        told["changes"] = [[name, cleaned(before), cleaned(after)] for name, before, after in row["changes"]]
        told["resembles"] = [cleaned(one) for one in row["resembles"]]
    return told


def _sentence(words: list[Any], cleaned: Callable[[str], str]) -> list[Any]:
    return [words[0], {name: _value(value, cleaned) for name, value in words[1].items()}]


def _value(value: Any, cleaned: Callable[[str], str]) -> Any:
    """Return what stands in a sentence: a word of the list, a sentence in itself, or a number."""
    if isinstance(value, list):
        return _sentence(value, cleaned)
    return cleaned(value) if isinstance(value, str) else value


def _tell(session: Session, kept: ImportFile, rows: list[int]) -> None:
    values: dict[str, Any] = {"day": kept.created_at.date(), "rows": ", ".join(map(str, rows[:MOST_NAMED]))}
    body = Words((WITH_ROWS if rows else WITHOUT_ROWS).text, values)
    account = session.get(User, kept.by_id) if kept.by_id else None
    if account is not None and account.active:
        write_to_account(session, account, ACCOUNT, SUBJECT, body)
    else:
        write_to_coordinators(session, kept.vio_id, ACCOUNT, SUBJECT, body)
