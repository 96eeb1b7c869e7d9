"""What the environment says, read once into one typed object."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"en": "English", "zh": "中文", "fr": "Français", "es": "Español", "ru": "Русский", "ar": "العربية"}
DEMO_PORT = 8000
SHORTEST_KEY = 32
# What stands in keys that somebody copied from an example or a test, instead of drawing one.
OF_EXAMPLES = ("changeme", "change-me", "change_me", "change this", "your-secret", "your_secret", "only-for-tests")


class ConfigError(ValueError):
    """The environment lacks or contradicts something; the text says what to set."""


@dataclass(frozen=True)
class Provider:
    """Who signs people in for an organization, by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str
    name: str  # as the button says it
    is_trusted_with_second_step: bool = False  # where it asked for one itself, we do not ask again


@dataclass(frozen=True)
class Config:
    """Settings of one installation. `mode` is `demo`, `production` or `test`."""

    mode: str
    data_dir: Path
    database_url: str
    secret_key: str
    data_key: str
    base_url: str
    mail_url: str
    hash_key: str = ""  # the first DATA_KEY, once it was changed: what is hashed under it cannot be hashed anew
    proxies: int = 0  # reverse proxies in front whose X-Forwarded-For is believed
    provider: Provider | None = None
    metrics_token: str = ""  # with which /metrics answers others than this machine

    @property
    def is_demo(self) -> bool:
        """Whether all people in it are invented, mail stays in a folder and staff need no second factor."""
        return self.mode != "production"

    @property
    def key_of_hashes(self) -> str:
        """Under what passwords and the marks of bars are hashed."""
        return self.hash_key or self.data_key

    @property
    def is_test(self) -> bool:
        """Whether the test suite runs it: cheap hashes, jobs at once."""
        return self.mode == "test"

    @property
    def columns_dir(self) -> Path:
        """Where people lie stored in columns for rankings among very many."""
        return self.data_dir / "columns"

    @property
    def mail_dir(self) -> Path:
        """Where letters lie when `mail_url` names no server."""
        return self.data_dir / "mail"


def _kept_secret(path: Path) -> str:
    """Return the secret in `path`, made on the first start so that sessions outlive a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def config_from_environment() -> Config:
    """Read the environment; raise ConfigError naming what production mode lacks."""
    mode = os.environ.get("CARAVANSERAI_MODE", "demo")
    if mode not in ("demo", "production"):
        raise ConfigError(f"CARAVANSERAI_MODE is {mode!r}: set it to demo or production")
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    if mode == "production":
        needed = ("SECRET_KEY", "DATA_KEY", "BASE_URL", "MAIL_URL")
        lacking = [name for name in needed if not os.environ.get(name)]
        if lacking:
            raise ConfigError(f"Production mode needs {', '.join(lacking)} in the environment; see docs/operations.md")
        _check_keys({name: os.environ.get(name, "") for name in ("SECRET_KEY", "DATA_KEY", "METRICS_TOKEN")})
        _check_address(os.environ["BASE_URL"])
        if os.environ["MAIL_URL"].lower().startswith("folder:"):
            raise ConfigError("MAIL_URL=folder: is for a trial: letters reach nobody and lie readable in DATA_DIR")
        if os.environ.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
            raise ConfigError("FLASK_DEBUG shows code and data to every visitor: unset it in production mode")
    data_dir.mkdir(parents=True, exist_ok=True)
    port = os.environ.get("PORT") or DEMO_PORT
    return Config(
        mode=mode,
        data_dir=data_dir,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'caravanserai.db'}",
        secret_key=os.environ.get("SECRET_KEY") or _kept_secret(data_dir / "secret_key"),
        data_key=os.environ.get("DATA_KEY") or _kept_secret(data_dir / "data_key"),
        base_url=(os.environ.get("BASE_URL") or f"http://localhost:{port}").rstrip("/"),
        mail_url=_mail_url(os.environ.get("MAIL_URL") or "folder:"),
        hash_key=os.environ.get("HASH_KEY") or "",
        proxies=_proxies(os.environ.get("PROXIES") or "0"),
        provider=_provider(),
        metrics_token=os.environ.get("METRICS_TOKEN") or "",
    )


def _check_keys(keys: dict[str, str]) -> None:
    """Raise ConfigError where a key that is set can be guessed: cookies, documents and counters rest on them.

    HASH_KEY is none of them: it may be a DATA_KEY of before keys were checked, and what is hashed under it stays so.
    """
    given = {name: key for name, key in keys.items() if key}
    for name, key in given.items():
        if _can_be_guessed(key):
            raise ConfigError(
                f"{name} can be guessed: it needs at least {SHORTEST_KEY} random characters. docs/operations.md says"
                " how to draw one, and how to change a DATA_KEY that is in use"
            )
    for (one, key), (other, its) in combinations(given.items(), 2):
        if key == its:
            raise ConfigError(f"{one} and {other} are the same: whoever learned one would have both. Draw another one")


def _can_be_guessed(key: str) -> bool:
    """Whether a key is short, of few letters, from an example, or one piece again and again."""
    repeats = any(key[size:] == key[:-size] for size in range(1, len(key) // 2 + 1))
    is_known = any(word in key.casefold() for word in OF_EXAMPLES)
    return len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 4 or repeats or is_known


def _check_address(url: str) -> None:
    """Raise ConfigError where links in letters could not begin with `url`, or passwords would travel readable."""
    host = _host_of(url)
    parts = urlsplit(url) if host else None
    if parts is None or parts.path.strip("/") or "@" in parts.netloc or "?" in url or "#" in url:
        raise ConfigError(
            "BASE_URL must be a host of its own, such as https://match.example.org, without a path, a name to sign in"
            " with, or anything behind ? or #"
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local(url)):
        raise ConfigError("BASE_URL must begin with https:// outside this machine: passwords travel on it")


def _host_of(url: str) -> str:
    """Return the host that `url` names; blank where it names none, or no port that there can be."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "" if parts.port != 0 else ""
    except ValueError:
        return ""


def _mail_url(url: str) -> str:
    """Return `url` where letters can go by it."""
    scheme = url.partition(":")[0].lower()
    if scheme != "folder" and not (scheme in ("smtp", "smtps") and _host_of(url)):
        raise ConfigError("MAIL_URL must be folder:, smtp://user:password@host:587?from=office@host, or smtps://...")
    return url


def _proxies(count: str) -> int:
    """Return how many reverse proxies stand in front."""
    if not count.isdecimal():
        raise ConfigError(f"PROXIES is {count!r}: set it to the number of reverse proxies in front of the service")
    return int(count)


def _provider() -> Provider | None:
    """Return who signs people in beside us, where the environment names somebody."""
    issuer = (os.environ.get("OIDC_ISSUER") or "").rstrip("/")
    if not issuer:
        return None
    lacking = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not os.environ.get(name)]
    if lacking:
        raise ConfigError(f"OIDC_ISSUER is set, so {', '.join(lacking)} must be; see docs/operations.md")
    if not issuer.startswith("https://") and not is_local(issuer):
        raise ConfigError("OIDC_ISSUER must begin with https://: who people are travels on it")
    return Provider(
        issuer=issuer,
        client_id=os.environ["OIDC_CLIENT_ID"],
        client_secret=os.environ["OIDC_CLIENT_SECRET"],
        name=os.environ.get("OIDC_NAME") or urlsplit(issuer).netloc,
        is_trusted_with_second_step=os.environ.get("OIDC_TRUST_MFA", "0").lower() in ("1", "true", "yes"),
    )


def is_local(url: str) -> bool:
    """Whether `url` leads to this machine."""
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
