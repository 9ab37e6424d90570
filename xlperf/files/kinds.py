"""Recognises foreign kinds of file by their content, and names the finding for each.

Knows the signatures of foreign formats, nothing of what is inside them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from typing import NamedTuple

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


class Kind(NamedTuple):
    """A code, and the format its sentence names ("" where it names none)."""

    code: str
    what: str = ""


UNKNOWN, TEXT = Kind("XPF202"), Kind("XPF238")
PASSWORD, OLD_WORKBOOK, BINARY_WORKBOOK = Kind("XPF203"), Kind("XPF207"), Kind("XPF214")
NUMBERS, RIGHTS, UNFINISHED, SHORTCUT = Kind("XPF230"), Kind("XPF232"), Kind("XPF233"), Kind("XPF236")
TABLE, ARCHIVE, DOCUMENT, PICTURE, MAIL = "XPF229", "XPF231", "XPF234", "XPF235", "XPF237"
HTML, PAGE, PAGES = Kind(TABLE, "HTML"), Kind(DOCUMENT, "HTML"), Kind(TABLE, "MHT")
OLD_WORD, RTF = Kind(DOCUMENT, "Word (.doc)"), Kind(DOCUMENT, "RTF")
ODT, PDF = Kind(DOCUMENT, "OpenDocument (.odt)"), Kind(DOCUMENT, "PDF")

_SIGNATURES = (
    # Office-wide document encryption: E-SafeNet, TSD, NASCA, SoftCamp, Fasoo; RMS for other formats.
    (bytes.fromhex("62142365"), RIGHTS),
    (b"%TSD-Header", RIGHTS),
    (b"<## NASCA DRM", RIGHTS),
    (b"SCDSA00", RIGHTS),
    (b"\x9b DRMONE", RIGHTS),
    (b".pfile", RIGHTS),
    (b"Rar!\x1a\x07", Kind(ARCHIVE, "RAR")),
    (b"7z\xbc\xaf\x27\x1c", Kind(ARCHIVE, "7z")),
    (b"\x1f\x8b", Kind(ARCHIVE, "gz")),
    (b"\xfd7zXZ\x00", Kind(ARCHIVE, "xz")),
    (b"BZh", Kind(ARCHIVE, "bz2")),
    (b"\x28\xb5\x2f\xfd", Kind(ARCHIVE, "zst")),
    (b"MSCF\x00", Kind(ARCHIVE, "cab")),
    (b"PK\x07\x08", Kind(ARCHIVE, "ZIP")),  # first volume of several
    (b"\xff\xd8\xff", Kind(PICTURE, "JPEG")),
    (b"\x89PNG\r\n", Kind(PICTURE, "PNG")),
    (b"GIF8", Kind(PICTURE, "GIF")),
    (b"II*\x00", Kind(PICTURE, "TIFF")),
    (b"MM\x00*", Kind(PICTURE, "TIFF")),
    (b"{\\rtf", RTF),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", SHORTCUT),
    *((bytes((9, version, size, 0)), OLD_WORKBOOK) for version, size in ((0, 4), (2, 6), (4, 6), (8, 8))),  # no OLE
)
# Names in the directory of an OLE file. The first of the streams decides; later ones may belong to embedded files.
_OF_RIGHTS, _OF_PASSWORD = ("DRMEncryptedDataSpace", "\tDRMDataSpace"), "EncryptedPackage"
_STREAMS = {
    "__substg1.0_": Kind(MAIL, ".msg"),
    "Workbook": OLD_WORKBOOK,
    "Book": OLD_WORKBOOK,
    "WordDocument": OLD_WORD,
    "PowerPoint Document": Kind(DOCUMENT, "PowerPoint"),
}
_PARTS = {
    "xl/workbook.bin": BINARY_WORKBOOK,
    "word/document.xml": Kind(DOCUMENT, "Word (.docx)"),
    "ppt/presentation.xml": Kind(DOCUMENT, "PowerPoint"),
    "ofd.xml": Kind(DOCUMENT, "OFD"),
    "index/document.iwa": NUMBERS,
}
_OF_OFFICE = ("[content_types].xml", "xl/", "word/", "docprops/", "_rels/")
_HEAD = 16_384  # bytes at the beginning that are searched for the kind of a text
_BLANK = b" \t\r\n"
_MARKS = b"\xef\xbb\xbf\xff\xfe"  # byte order marks
_MAIL_HEADER = re.compile(rb"[a-z][a-z-]*: ")
_OF_MAIL = re.compile(rb"^(?:to|received|message-id): ", re.MULTILINE)
_CONTROLS = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f]")  # never in a text


def kind_of(content: bytes) -> Kind:
    """The kind of a file that is no zip package, or one without its end."""
    if not content.strip(b"\x00"):
        return UNFINISHED  # its space was reserved, its content never came
    if content.startswith(OLE_MAGIC):
        return _in_ole(content)
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK"):
        return UNFINISHED  # the directory at the end is missing
    if b"E-SafeNet" in content[:512]:
        return RIGHTS
    if b"%PDF-" in content[:1024]:
        return PDF
    if content[257:262] == b"ustar":
        return Kind(ARCHIVE, "tar")
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return Kind(PICTURE, "BMP")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind(PICTURE, "WebP")
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return Kind(PICTURE, "HEIC")
    return _in_text(content)


def kind_of_parts(names: Collection[str], mimetype: bytes) -> Kind:
    """The kind of a zip package without a workbook, by the lower-case names of its parts and its part mimetype."""
    if b"opendocument" in mimetype or {"content.xml", "meta-inf/manifest.xml"} <= set(names):
        return ODT if b".text" in mimetype else Kind(TABLE, "OpenDocument (.ods)")
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    if names and not any(name.startswith(_OF_OFFICE) for name in names):
        return Kind(ARCHIVE, "ZIP")
    return UNKNOWN


def _in_ole(content: bytes) -> Kind:
    """The kind by the names in the directory, or anywhere if the directory is not found."""
    if any(name.encode("utf-16-le") in content for name in _OF_RIGHTS):
        return RIGHTS
    if _OF_PASSWORD.encode("utf-16-le") in content:
        return PASSWORD
    directory = (int.from_bytes(content[48:52], "little") + 1) << min(int.from_bytes(content[30:32], "little"), 16)
    for start in (directory, 0):
        offsets = {content.find(name.encode("utf-16-le"), start): kind for name, kind in _STREAMS.items()}
        offsets.pop(-1, None)
        if offsets:
            return offsets[min(offsets)]
    return UNKNOWN


def _in_text(content: bytes) -> Kind:
    head = content[:_HEAD].translate(None, b"\x00").lstrip(_MARKS + _BLANK).lower()  # UTF-16 without its zeros
    if head.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            return Kind(TABLE, "XML Spreadsheet 2003")
        if b"<office:document" in head:
            return Kind(TABLE, "OpenDocument (.fods)")
        if b"<html" in head or b"<!doctype html" in head or b"<table" in head:
            whole = content.translate(None, b"\x00").lower()
            return HTML if b"<table" in whole or b"frameset" in whole else PAGE
    header = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if _MAIL_HEADER.match(header) and b"mime-version:" in header:
        whole_page = b"multipart/related" in header and not _OF_MAIL.search(header)
        return PAGES if whole_page else Kind(MAIL, ".eml")
    if head.startswith(b"[internetshortcut]"):
        return SHORTCUT
    return TEXT if _is_text(content[:_HEAD]) else UNKNOWN


def _is_text(content: bytes) -> bool:
    """Whether this beginning of a file is text in one of the usual encodings."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(content)
        except UnicodeDecodeError:
            continue
        return not _CONTROLS.search(text)
    return False
