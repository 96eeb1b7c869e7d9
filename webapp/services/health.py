"""Is the service well?"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

from webapp.db import begin_reading


def database_answers(session: Session | scoped_session[Session]) -> bool:
    """Whether the database answers a question; what went wrong is left to the log. It waits for no writer."""
    try:
        begin_reading(session)
        session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        session.rollback()
        return False
    return True
