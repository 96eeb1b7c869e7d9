"""The parts of a workbook (a ZIP archive of XML), read piece by piece: no part is ever whole in memory, none a tree.

Only the parts that a list needs are opened, whatever else lies in the archive, and none is read further than its limit.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from webapp.services.errors import Refused
from webapp.words import lazy

MIB = 1024 * 1024
MOST_UNPACKED = 64 * MIB  # may come out of an archive in all; no part gives more than it says
MOST_PARTS = 2000
MOST_ELEMENTS = 5_000_000  # in a part: a million cells are three million
PIECE = 64 * 1024
LONGEST_TAG = MIB  # one tag is read anew with each piece until its end has come
CANNOT = lazy("This workbook cannot be read. Open it, save it as “CSV UTF-8”, and try that.")
_ENTRY = b"PK\x01\x02"  # begins each line of an archive's list of parts
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the two that the format allows; others unpack without measure


class Listener:
    """What is told of the elements of a part as they come, and keeps nothing of them; names are without prefixes."""

    def begin(self, tag: str, facts: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """Text stands in it, perhaps a part of it only."""


class Package:
    """An archive whose size has been looked at; Refused where it is damaged, or holds too much."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MOST_PARTS:
            raise Refused(
                lazy("This workbook has too many parts. Open it, save the list as “CSV UTF-8”, and try that.")
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            raise Refused(lazy("This workbook is damaged. Open it, save it again, and try that.")) from None
        parts = self._archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refused(lazy("This workbook unpacks to more than 64 MB. Keep the one sheet with the list."))
        self._parts = {part.filename.replace("\\", "/").lower(): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str, most: int, listener: Listener) -> Iterator[None]:
        """Tell `listener` of a part of at most so many bytes, and yield after each piece; Refused if it is more."""
        part = self._parts[name.lower()]
        if part.file_size > most or part.compress_type not in _METHODS:
            words = lazy("A part of this workbook is too large. Open it, save the list as “CSV UTF-8”, and try that.")
            raise Refused(words)
        parser, fed = _parser(listener), 0
        with self._archive.open(part) as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise Refused(CANNOT)
                yield
        parser.Parse(b"", True)
        yield

    def read_whole(self, name: str, most: int, listener: Listener) -> None:
        """Tell `listener` of all of a part, as `read` does."""
        for _piece in self.read(name, most, listener):
            pass


def beside(name: str) -> str:
    """Return the part in which a part's relations to others stand."""
    folder, last = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{last}.rels")


def target(of: str, path: str) -> str:
    """Return the name of the part to which a relation of the part `of` leads."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(of), path)).lstrip("/")


def _parser(listener: Listener) -> expat.XMLParserType:
    """Return a parser that knows no definitions of documents: by those a few lines become gigabytes, or other files."""
    seen = 0

    def begin(name: str, facts: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > MOST_ELEMENTS:
            raise Refused(lazy("This workbook has cells without end. Keep the rows and columns that are needed."))
        listener.begin(name.rpartition(":")[2], facts)

    def refuse(*_declared: object) -> None:
        raise Refused(CANNOT)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = begin, listener.text
    parser.EndElementHandler = lambda name: listener.end(name.rpartition(":")[2])
    parser.StartDoctypeDeclHandler = refuse
    return parser
