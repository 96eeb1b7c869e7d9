"""What a file is, by its content: its name and what a browser says of it prove nothing."""

from __future__ import annotations

from webapp.services.errors import Refused
from webapp.words import lazy

LARGEST = 5 * 1024 * 1024  # bytes
# type -> how such a file begins, and what stands at its end where it arrived whole
SIGNS: dict[str, tuple[bytes, bytes]] = {
    "application/pdf": (b"%PDF-", b"%%EOF"),
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND"),
}
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def media_type_of(data: bytes) -> str:
    """Return the type of a file; Refused, with what to do, where it is none of ours, too large, or broken off."""
    if not data:
        raise Refused(lazy("The file is empty. Choose another one."))
    if len(data) > LARGEST:
        raise Refused(lazy("The file is too large. Send at most 5 MB: a smaller scan or photo is enough to read it."))
    for media_type, (beginning, end) in SIGNS.items():
        if data.startswith(beginning):
            if end not in data[len(beginning) :]:
                raise Refused(lazy("The file did not arrive whole. Send it once more."))
            return media_type
    raise Refused(lazy("Only PDF, JPEG and PNG can be sent. Save it as one of these, or take a photo of the paper."))
