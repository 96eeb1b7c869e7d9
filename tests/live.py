"""The service on a port of this machine, and the browser that looks at it."""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import replace
from types import TracebackType

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright
from werkzeug.serving import make_server

from tests.apps import make_app
from webapp import jobs
from webapp.config import Config
from webapp.db import SESSION_FACTORY, own_session
from webapp.mail import deliverer
from webapp.services import letters, linking

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
# A test looks at this machine only; without these the browser asks its maker's servers for updates at every start.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
# Only what is wrong leaves the browser: to read what axe says of all that is right takes longer than to look.
WRONG = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`));
}"""


class LiveServer:
    """The service in threads of this process; work for the background is done before the answer goes out."""

    def __init__(self, config: Config) -> None:
        # The port must be known before the application is made, which writes it into letters.
        self._server = make_server("127.0.0.1", 0, Flask("placeholder"), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.config = replace(config, base_url=self.url)
        self.app = make_app(self.config, wake=self.work)
        self._server.app = self.app
        self.engine = SESSION_FACTORY.kw["bind"]  # the application made one of its own
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def work(self) -> None:
        """Do what waits for the background: letters, then rankings."""
        letters.send_waiting(own_session, deliverer(self.config))
        jobs.rank_waiting()

    def __enter__(self) -> LiveServer:
        linking.prepare()  # as the service does when it starts: no page waits for it
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.engine.dispose()


def launch(playwright: Playwright) -> Browser:
    """Start the browser that CHROMIUM names, or the first on the PATH."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RuntimeError("No browser found: start the tests with ./run test, or set CHROMIUM to one")
    # The browser's own sandbox refuses to run as root.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return playwright.chromium.launch(executable_path=found, args=arguments)


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page that would keep someone out, one line for each place."""
    if page.evaluate("typeof axe") == "undefined":  # it stays until the page is left
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(WRONG)
    return found
