"""Many connections that ask for one page again and again, and how long each answer took."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass
from importlib.metadata import version

CONNECTIONS = 16
AGENT = f"Werkzeug/{version('werkzeug')}"  # a session belongs to the browser that signed in
PATIENCE = 60  # seconds for an answer


@dataclass(frozen=True)
class Answers:
    """Seconds of each answer, and how many were not 200."""

    seconds: list[float]
    errors: int

    def percentile(self, share: float) -> float:
        """Return the seconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ask(port: int, path: str, cookie: str, times: int) -> Answers:
    """Ask `times` on each of CONNECTIONS connections that stay open, all at once."""
    seconds: list[float] = []
    errors: list[str] = []
    start = threading.Barrier(CONNECTIONS)

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        start.wait()
        for _time in range(times):
            began = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Cookie": cookie, "User-Agent": AGENT})
                answer = connection.getresponse()
                answer.read()
                is_good = answer.status == 200
            except (OSError, http.client.HTTPException):
                connection.close()
                is_good = False
            seconds.append(time.perf_counter() - began)
            if not is_good:
                errors.append(path)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Answers(seconds, len(errors))
