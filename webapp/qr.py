"""A QR code as one path of an SVG: squares of one unit, with the quiet border that cameras need."""

from __future__ import annotations

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
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Drawn("".join(squares), len(rows))
