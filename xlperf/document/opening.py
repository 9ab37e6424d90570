"""Opens a source: bytes of a file → blocks, whatever kind it is. Knows encodings and file signatures, no content."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from xlperf.document.blocks import Block, Paragraph
from xlperf.document.dump import BrokenCells, read_dump
from xlperf.document.foreign import fetched, unreadable
from xlperf.document.html_archive import page_of_archive
from xlperf.document.html_page import is_page, read_page
from xlperf.document.office import CONVERTIBLE, as_docx
from xlperf.document.pdf import read_pdf
from xlperf.document.word import read_word
from xlperf.files.guard import Refused, refusal_of
from xlperf.files.kinds import HTML, ODT, OLE_MAGIC, PAGE, PAGES, PDF, TEXT, UNKNOWN, Kind, kind_of
from xlperf.model import UnreadableInput
from xlperf.model.text import squeeze

TEXT_LIMIT = 16 * 2**20  # some four thousand projects
_TEXTS = (TEXT, HTML, PAGE, PAGES, UNKNOWN)  # the last: an encoding others do not know, or told apart later
_MARK_OF_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # behind the header of the first part
_HEADS = "一级指标"  # stands in tables; LibreOffice sometimes makes text of a table in a .doc
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 4_096  # bytes of a page in which it names its encoding
_EXPECTED = "绩效"  # in every document of this kind
_MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_source(path: Path) -> tuple[Block, ...]:
    """The blocks of a .docx, a page or a text dump, recognised by content and not by name; raises UnreadableInput."""
    try:
        data = fetched(path)
    except Refused as refused:
        raise unreadable(refused, path) from refused
    if not data.strip():
        raise UnreadableInput("source_empty", path=path)
    kind = _kind(data)
    if kind in CONVERTIBLE:
        blocks = read_word(as_docx(data, kind, path), path)
        if any(isinstance(block, Paragraph) and _HEADS in squeeze(block.text) for block in blocks):
            raise UnreadableInput("source_tables_lost", path=path, what=kind.what)
        return blocks
    if kind is PDF:
        return read_pdf(data, path)
    if data.startswith(b"PK"):
        return read_word(data, path)
    if kind is UNKNOWN and data.startswith(OLE_MAGIC):
        raise UnreadableInput("source_old_word", path=path)
    if kind not in _TEXTS:
        raise unreadable(refusal_of(kind), path)
    if kind is PAGES:
        return _page(*page_of_archive(data, path), path)
    if kind in (HTML, PAGE):
        return _page(data, None, path)
    text = _decoded(data, path)
    if is_page(text):
        return read_page(text, path)
    try:
        return read_dump(text)
    except BrokenCells as broken:
        raise UnreadableInput("source_broken_cells", path=path, line=broken.line) from broken


def _kind(data: bytes) -> Kind:
    """The kind of file; of packages only .odt is told, by the mark with which it begins."""
    return ODT if data[30:].startswith(_MARK_OF_ODT) else kind_of(data)


def _page(data: bytes, charset: str | None, path: Path) -> tuple[Block, ...]:
    return read_page(_decoded(data, path, charset or _stated_charset(data)), path)


def _stated_charset(page: bytes) -> str | None:
    """The encoding a page names in its head."""
    found = _CHARSET.search(page[:_HEAD])
    return found[1].decode("ascii") if found else None


def _decoded(data: bytes, path: Path, stated: str | None = None) -> str:
    """The text: by byte order mark, else UTF-8, else as stated (GB 2312 and GBK are parts of GB18030), else GB18030."""
    if len(data) > TEXT_LIMIT:
        raise UnreadableInput("source_abnormal", path=path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    others = [stated] if stated and not stated.lower().startswith("gb") else []
    for name in (encoding,) if encoding else ("utf-8", *others, "gb18030"):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):  # the latter for an encoding that nobody knows
            continue
        if "\x00" in text:
            raise UnreadableInput("source_binary", path=path)
        if name == "gb18030" and _EXPECTED not in text and _EXPECTED in data.decode("utf-8", "replace"):
            break  # damaged UTF-8 passes for GB18030 by chance
        return text
    raise UnreadableInput("source_binary" if b"\x00" in data else "source_undecodable", path=path)
