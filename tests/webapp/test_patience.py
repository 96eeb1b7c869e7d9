"""When a request has come far enough for a thread to read it."""

from __future__ import annotations

import pytest

from webapp.patience import SEEN, _is_long, _is_whole

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n"


@pytest.mark.parametrize(
    ("seen", "is_whole", "is_long"),
    [
        (GET, False, False),
        (GET + b"\r\n", True, False),
        (POST + b"ab", False, False),
        (POST + b"abc", True, False),
        (POST.replace(b"3", b"300000"), False, True),
        (GET + b"transfer-encoding: chunked\r\n\r\n", False, True),
        (GET + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", False, True),
        (b"x" * SEEN, True, False),
    ],
)
def test_a_request_waits_until_it_has_come(seen: bytes, is_whole: bool, is_long: bool) -> None:
    assert (_is_whole(seen), _is_long(seen)) == (is_whole, is_long)
