"""What is said of harm, of bars, of clearances and in letters lies encrypted, what is there already too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from cryptography.fernet import Fernet

from webapp.config import config_from_environment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

AT_ONCE = 500
# Column -> how many letters it held at most before; None: as many as one likes.
LINE_200, LINE_100, NUMBER, FREE = 200, 100, 50, None
COLUMNS: dict[str, dict[str, int | None]] = {
    "bar": {"note": FREE, "words": FREE, "over_note": FREE},
    "bar_appeal": {"words": FREE, "answer": FREE},
    "bar_likeness": {"note": FREE},
    "check_in": {"settled_words": FREE},
    "check_in_answer": {"words": FREE, "change": FREE, "private": FREE},
    "clearance": {"handed_in": FREE, "words": FREE, "waiver_reason": FREE},
    "clearance_document": {"name": LINE_200},
    "emergency_card": {
        "close_name": LINE_200,
        "close_how": LINE_100,
        "close_phone": NUMBER,
        "close_language": LINE_100,
        "insurer": LINE_200,
        "insurance_number": LINE_100,
        "insurance_phone": NUMBER,
        "office_phone": NUMBER,
        "local_name": LINE_200,
        "local_phone": NUMBER,
        "hospital": FREE,
        "consulate": FREE,
    },
    "held_stay": {"note": FREE},
    "help_call": {"phone": NUMBER},
    "help_word": {"text": FREE},
    "host_suspension": {"note": FREE, "words": FREE, "lifted_note": FREE},
    "incident": {"text": FREE, "outcome": FREE},
    "incident_measure": {"text": FREE},
    "mail": {"body": FREE, "secrets": FREE},
    "reference_answer": {"words": FREE, "misconduct_words": FREE, "looked_words": FREE},
    "report": {"what": FREE, "who": FREE, "location": FREE, "name": LINE_200, "contact": 300},
    "report_word": {"text": FREE},
    "roll_call": {"words": FREE, "summary": FREE},
    "roll_call_answer": {"place": 300, "phone": NUMBER, "words": FREE},
    "support_message": {"text": FREE},
}


def upgrade() -> None:
    """Go up."""
    _widen()
    fernet = _fernet()
    _change_words(lambda text: fernet.encrypt(text.encode()).decode())


def downgrade() -> None:
    """Go back: the words lie in clear again."""
    fernet = _fernet()
    _change_words(lambda text: fernet.decrypt(text.encode()).decode())
    _narrow()


def _fernet() -> Fernet:
    """As models/sealed.py had it when this step was written."""
    given = op.get_context().config
    data_key = (given.attributes.get("data_key") if given else None) or config_from_environment().data_key
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"words in columns {data_key}".encode()).digest()))


def _lines() -> list[tuple[str, str, int]]:
    """Return the columns with a length, with it. To SQLite a length means nothing, and a new one a new table."""
    if op.get_bind().dialect.name == "sqlite":
        return []
    return [
        (table, name, length)
        for table, columns in COLUMNS.items()
        for name, length in columns.items()
        if length is not None
    ]


def _widen() -> None:
    for table, name, length in _lines():
        op.alter_column(table, name, type_=sa.Text(), existing_type=sa.String(length))


def _narrow() -> None:
    for table, name, length in _lines():
        op.alter_column(table, name, type_=sa.String(length), existing_type=sa.Text())


def _change_words(change: Callable[[str], str]) -> None:
    """Put what `change` makes of them in the place of all words, some rows at a time."""
    bind = op.get_bind()
    for name, columns in COLUMNS.items():
        table = sa.table(name, sa.column("id", sa.Integer), *(sa.column(one, sa.Text) for one in columns))
        setting = table.update().where(table.c.id == sa.bindparam("which"))
        setting = setting.values({one: sa.bindparam(f"new_{one}") for one in columns})
        after = 0
        while rows := bind.execute(table.select().where(table.c.id > after).order_by(table.c.id).limit(AT_ONCE)).all():
            bind.execute(setting, [_changed(row, columns, change) for row in rows])
            after = rows[-1].id


def _changed(
    row: sa.Row[tuple[object, ...]], columns: dict[str, int | None], change: Callable[[str], str]
) -> dict[str, object]:
    words = {name: getattr(row, name) for name in columns}
    return {"which": row.id, **{f"new_{name}": change(text) if text else text for name, text in words.items()}}
