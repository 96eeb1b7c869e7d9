"""What gunicorn writes by itself, as silent on people as our own lines: no address of a visitor, no path, no words."""

from __future__ import annotations

import sys
from typing import Any

from gunicorn.glogging import Logger

from webapp.logs import told

MALFORMED, BROKEN = "Invalid request from", "Error handling request"


class ServerLog(Logger):
    """gunicorn's log; of a request that is none, or that breaks outside the service, it says that there was one."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write a warning; what a malformed request holds, and whence it came, is left out."""
        if str(msg).startswith(MALFORMED):
            msg, args = "A request was malformed.", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write of an error its kinds and lines of code; its words quote people, and paths hold links' secrets."""
        error = sys.exc_info()[1]
        words = BROKEN if str(msg).startswith(BROKEN) or isinstance(msg, BaseException) else msg % args
        super().error("%s\n%s", words, told(error) if error else "")
