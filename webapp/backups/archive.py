"""The file of a backup: members with their sums, and a manifest that is written last and makes it whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


class BadBackup(ValueError):
    """The file is no backup, is not whole, or was changed; the text says which."""


class Writer:
    """Writes members one after the other; without `finish` the file stays no backup."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._sums: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> int:
        """Write a member and return how many chunks it had."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
                count += 1
        self._sums[name] = digest.hexdigest()
        return count

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest and close the file."""
        manifest = {"format": FORMAT, **facts, "sums": self._sums}
        self._zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._sums

    def give_up(self) -> None:
        """Close a file that will be thrown away."""
        self._zip.close()


class Reader:
    """Reads a whole backup; BadBackup where it is not."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise BadBackup(f"{path} is no backup, or the end of it is missing. Take another one.") from error
        if self.manifest.get("format") != FORMAT:
            raise BadBackup(f"{path} was made by a newer version. Update this one first.")
        missing = set(self.manifest["sums"]) ^ (set(self._zip.namelist()) - {MANIFEST})
        if missing:
            raise BadBackup(f"{path} has other contents than it says: {', '.join(sorted(missing)[:3])}.")

    def names(self, prefix: str) -> list[str]:
        """Return the members under a prefix."""
        return [name for name in self.manifest["sums"] if name.startswith(prefix)]

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member; BadBackup at its end where its sum is another."""
        yield from self._checked(name, lambda member: iter(member.readline, b""))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member; BadBackup at its end where its sum is another."""
        yield from self._checked(name, lambda member: iter(lambda: member.read(CHUNK), b""))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _checked(self, name: str, pieces: Any) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as member:
                for piece in pieces(member):
                    digest.update(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise BadBackup(f"{name} in the backup cannot be read. Take another one.") from error
        if digest.hexdigest() != self.manifest["sums"][name]:
            raise BadBackup(f"{name} in the backup was changed. Take another one.")


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces."""
    yield from iter(lambda: file.read(CHUNK), b"")
