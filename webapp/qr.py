"""A QR code, with the quiet border that cameras need: as one path of an SVG, squares of one unit; or as a picture."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4


@dataclass(frozen=True)
class Drawn:
    """The path of the dark squares, and the side of the whole in units."""

    path: str
    side: int


def path_of(text: str) -> Drawn:
    """Return the drawing of a short text, such as an address."""
    rows = _rows(text)
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Drawn("".join(squares), len(rows))


def png_of(text: str, pixels: int = 8) -> bytes:
    """Return the same code as a PNG of black and white, each square `pixels` wide: the file that chats take."""
    rows = _rows(text)
    line_bits = ["".join("01"[not is_dark] * pixels for is_dark in row) for row in rows]
    side = len(line_bits[0])
    width = (side + 7) // 8
    lines = [b"\x00" + int(bits.ljust(width * 8, "1"), 2).to_bytes(width, "big") for bits in line_bits]
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)  # one bit a pixel, grey
    data = zlib.compress(b"".join(line * pixels for line in lines), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _rows(text: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(is_dark) for is_dark in row] for row in code.get_matrix()]


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a part of a PNG file: its length, kind, data and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
