"""The files that start the service elsewhere name what there is: variables, folders, commands."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
OF_THE_FILE_ALONE = {"DATABASE_PASSWORD", "HOME"}


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"])


def explained() -> set[str]:
    """Return the variables that the table of settings explains."""
    rows = [line for line in OPERATIONS.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def test_every_variable_is_explained() -> None:
    example = (DEPLOY / "settings.env.example").read_text(encoding="utf-8")
    named = {line.split("=")[0] for line in example.splitlines() if "=" in line and not line.startswith("#")}
    service = compose()["service"]["environment"]
    asked = set(re.findall(r"\$\{([A-Z_]+)", str(service)))
    assert len(named) > 5
    assert (named | asked | set(service)) - OF_THE_FILE_ALONE <= explained()
    assert asked - named <= {"HASH_KEY"}  # only after a change of the key


def test_what_production_needs_stops_compose_where_it_is_missing() -> None:
    service = compose()["service"]["environment"]
    for name in ("SECRET_KEY", "DATA_KEY", "BASE_URL", "MAIL_URL"):
        assert service[name].startswith(f"${{{name}:?"), name


def test_compose_passes_on_all_that_single_sign_on_needs() -> None:
    assert {name for name in explained() if name.startswith("OIDC_")} <= set(compose()["service"]["environment"])


def test_every_command_of_compose_names_its_file() -> None:
    texts = [OPERATIONS, *(path.read_text(encoding="utf-8") for path in DEPLOY.iterdir())]
    commands = [line for text in texts for line in re.findall(r"docker compose ([^`\n]*)", text)]
    assert len(commands) > 3
    assert [line for line in commands if "-f docs/deploy/compose.yaml" not in line] == []


def test_the_image_is_made_of_files_that_there_are() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[2:-1]]
    assert {"run", "webapp", "matching", "migrations", "data"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_unit_starts_the_program_in_production() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(DEPLOY / "caravanserai.service", encoding="utf-8")
    service = unit["Service"]
    assert service["execstart"] == f"{service['workingdirectory']}/run"
    assert "CARAVANSERAI_MODE=production" in service["environment"]
    assert service["environment"].endswith(f"DATA_DIR=/var/lib/{service['statedirectory']}")
    # A forbidden call would kill numpy as it is imported.
    assert "@resources" not in service["systemcallfilter"] or service["systemcallerrornumber"] == "EPERM"
