"""What goes with every answer: rules for the browser, and what no cache may keep."""

from __future__ import annotations

from flask import Response, g, request

# Pages that show a person to whoever has the link of a letter: no cache may keep them.
BEHIND_LINKS = (
    "public.invitation",
    "public.accept_invitation",
    "public.reference",
    "public.community",
    "public.follow_up",
    "public.are_you_safe",
    "public.certificate",
    "public.service_certificate",
    "public.stop_letters",
    "public.choose_letters",
)


# Of every answer, also those that the server gives before the service has seen a request (webapp/patience.py).
ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def with_headers(response: Response) -> Response:
    """Send what a browser needs to keep the page safe; personal pages are never kept by caches."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    is_personal = request.blueprint in ("security", "by_mail") or request.endpoint in BEHIND_LINKS
    if request.endpoint != "static" and (g.get("account") is not None or is_personal):
        response.headers["Cache-Control"] = "no-store"
    return response
