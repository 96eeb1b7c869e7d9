"""The calendar file behind a private address, for programs that cannot sign in."""

from __future__ import annotations

from flask import Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.calendar_file import READ_AGAIN, calendar_of
from webapp.db import Session
from webapp.services import calendar_days, calendars
from webapp.services.readers import with_account
from webapp.views.public import blueprint


@blueprint.get("/calendar/<token>.ics")
def calendar_file(token: str) -> AnyResponse:
    """Give the days of whoever made the address, in their language; only they themselves may keep it for a while."""
    account = calendars.account_behind(Session(), token)
    days = calendar_days.days_of(Session(), account)
    file = calendar_of(days, with_account(account).language, current_app.extensions["config"].base_url)
    answer = Response(file, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="caravanserai.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.cache_control.private = True
    answer.cache_control.max_age = int(READ_AGAIN.total_seconds()) // 6
    answer.add_etag()
    return answer.make_conditional(request)
