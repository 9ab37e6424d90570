"""The page in a web archive (.mht, as browsers and Word save it) and its encoding. Knows MIME, no HTML."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

from xlperf.model import UnreadableInput

_MOST_BOUNDARIES = 50  # parts in parts; a saved page has one or two


def page_of_archive(data: bytes, path: Path) -> tuple[bytes, str | None]:
    """The first page of the archive, and the encoding stated beside it. Raises UnreadableInput."""
    if data.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableInput("source_abnormal", path=path)
    archive: Message = message_from_bytes(data, policy=policy.compat32)
    for part in archive.walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            return page, part.get_content_charset()
    raise UnreadableInput("source_damaged", path=path)
