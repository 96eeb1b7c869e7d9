"""The sample: reproducible, within the format, and ranked with the same bytes everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.sample.make import __main__ as make
from data.sample.make.people import people
from matching import Reference, parse_assignments, parse_volunteers

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
SURROUNDINGS = (
    ("0", "UTC", "C", "1"),
    ("1", "Asia/Shanghai", "C.UTF-8", "2"),
    ("4711", "America/St_Johns", "C", "1"),
    ("99", "Pacific/Kiritimati", "C.UTF-8", "4"),
)


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)


def test_the_files_are_what_their_maker_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "FOLDER", tmp_path)
    make.write("hosts", make.host_rows())
    make.write("assignments", make.assignment_rows())
    make.write("volunteers", people(make.SEED))
    for name in ("hosts", "assignments", "volunteers"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (SAMPLE / f"{name}.csv").read_bytes(), name


def test_the_sample_is_large_and_wide_enough() -> None:
    hosts, works, volunteers = _read("hosts"), _read("assignments"), _read("volunteers")
    assert len(hosts) >= 40
    assert hosts.country.nunique() >= 30
    assert len(works) >= 120
    assert len(volunteers) >= 600
    assert volunteers.vio.nunique() >= 2
    assert volunteers.email.str.endswith(".example").all()
    scripts = {ord(name[0]) // 128 for name in volunteers.full_name}
    assert len(scripts) >= 10, "names in many scripts"


def test_every_cell_can_be_read() -> None:
    assert len(parse_volunteers(_read("volunteers"), Reference.load())) >= 600
    assert len(parse_assignments(_read("assignments"), Reference.load())) >= 120


def _rank(folder: Path, surroundings: tuple[str, str, str, str]) -> bytes:
    hash_seed, zone, locale, threads = surroundings
    out = folder / f"{hash_seed}.csv"
    files = {"--volunteers": SAMPLE / "volunteers.csv", "--assignments": SAMPLE / "assignments.csv", "--out": out}
    command = [sys.executable, "-m", "matching", "rank", "--top", "5", "--seed", "7"]
    command += [str(part) for option in files.items() for part in option]
    more = {"PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": locale}
    more |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **more})
    return out.read_bytes()


def test_the_demo_files_are_ranked_the_same_twice(tmp_path: Path) -> None:
    assert len({_rank(tmp_path, surroundings) for surroundings in SURROUNDINGS[:2]}) == 1


@pytest.mark.long
def test_the_demo_files_are_ranked_the_same_under_any_surroundings(tmp_path: Path) -> None:
    assert len({_rank(tmp_path, surroundings) for surroundings in SURROUNDINGS * 3}) == 1
