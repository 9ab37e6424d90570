"""A second reader of workbooks that shares nothing with ours: what each sheet holds, cell by cell, by the standard.

It takes the long way through the standard library (zipfile, ElementTree) and knows nothing of forms. What it cannot
make out it raises on; the oracle then has only the original to go by.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

OFFICE = "officeDocument"
_SPACES = re.compile(r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class UnclearError(Exception):
    """The standard does not say what this file holds."""


class Seen(NamedTuple):
    """What a cell holds: `kind` is n(umber), s(tring), b(oolean) or e(rror); `text` as it is written, unescaped."""

    kind: str
    text: str


Cells = dict[str, Seen]


class Tab(NamedTuple):
    """A sheet in the order of the workbook."""

    title: str
    part: str
    cells: Cells


class View(NamedTuple):
    """All sheets, and whether days are counted from 1904."""

    tabs: tuple[Tab, ...]
    date1904: bool


def view(content: bytes) -> View:
    """The workbook as another program sees it. Raises anything."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names: dict[str, str] = {}
        for name in package.namelist():
            names.setdefault(name.replace("\\", "/").lstrip("/").lower(), name)

        def part(name: str) -> bytes:
            return package.read(names[name])

        top = _relations(part("_rels/.rels"), "")
        workbook = next(target for kind, target in top.values() if kind == OFFICE)
        folder, name = posixpath.split(workbook)
        relations = _relations(part(f"{folder}/_rels/{name}.rels".lstrip("/")), folder)
        strings: tuple[str, ...] = ()
        for kind, target in relations.values():
            if kind == "sharedStrings" and target in names:
                strings = _strings(part(target))
                break
        tabs, date1904 = [], False
        for element in _tree(part(workbook)).iter():
            if _local(element.tag) == "sheet":
                kind, target = relations.get(_attribute(element, "id"), ("", ""))
                cells = _cells(part(target), strings) if kind == "worksheet" and target in names else {}
                tabs.append(Tab(_attribute(element, "name"), target, cells))
            elif _local(element.tag) == "workbookPr":
                date1904 = _attribute(element, "date1904") in ("1", "true")
        return View(tuple(tabs), date1904)


def _tree(xml: bytes) -> ET.Element:
    if b"<!DOCTYPE" in xml or "<!DOCTYPE".encode("utf-16-le") in xml:
        raise UnclearError
    return ET.fromstring(xml)


@lru_cache(maxsize=256)
def _local(tag: object) -> str:
    """The local name of an element of the standard's; "" for one of others, which no program would see."""
    space, _, local = str(tag).lstrip("{").rpartition("}")
    return local if _SPACES.match(space) and "markup-compatibility" not in space else ""


def _known(element: ET.Element) -> list[ET.Element]:
    return [child for child in element if _local(child.tag)]


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


@lru_cache(maxsize=256)
def _relations(xml: bytes, folder: str) -> dict[str, tuple[str, str]]:
    relations = {}
    for element in _tree(xml).iter():
        if _local(element.tag) == "Relationship":
            target = _attribute(element, "Target").replace("\\", "/").lower()
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            external = _attribute(element, "TargetMode") == "External"
            kind = _attribute(element, "Type").rpartition("/")[2]
            relations[_attribute(element, "Id")] = (kind, "" if external else full)
    return relations


@lru_cache(maxsize=64)
def _strings(xml: bytes) -> tuple[str, ...]:
    return tuple(_unescaped(_runs(item)) for item in _tree(xml).iter() if _local(item.tag) == "si")


def _runs(element: ET.Element) -> str:
    """The text of a string item, without the readings printed above it."""
    texts = []
    for child in _known(element):
        if _local(child.tag) == "t":
            texts.append(_own_text(child))
        elif _local(child.tag) == "r":
            texts.extend(_own_text(inner) for inner in child if _local(inner.tag) == "t")
        elif _local(child.tag) not in ("rPh", "phoneticPr"):
            raise UnclearError
    return "".join(texts)


def _own_text(element: ET.Element) -> str:
    if len(element):
        raise UnclearError
    return element.text or ""


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=512)
def _cells(xml: bytes, strings: tuple[str, ...]) -> Cells:
    """The cells that hold something."""
    root = _tree(xml)
    data = [element for element in root if _local(element.tag) == "sheetData"]
    if len(data) > 1 or _local(root.tag) != "worksheet":
        raise UnclearError
    cells: Cells = {}
    row = 0
    for line in _known(data[0]) if data else ():
        if _local(line.tag) != "row":
            raise UnclearError
        row = int(line.get("r") or row + 1)
        column = 0
        for cell in _known(line):
            if _local(cell.tag) != "c":
                raise UnclearError
            ref = cell.get("r")
            if ref:
                match = _REFERENCE.fullmatch(ref)
                if not match or int(match[2]) != row:
                    raise UnclearError
                column = _number(match[1])
            else:
                column += 1
                ref = f"{_letters(column)}{row}"
            seen = _seen(cell, strings)
            if seen is not None:
                if ref in cells:
                    raise UnclearError
                cells[ref] = seen
    return cells


def _seen(cell: ET.Element, strings: tuple[str, ...]) -> Seen | None:
    kind = cell.get("t") or "n"
    values = [child for child in cell if _local(child.tag) == "v"]
    inline = [child for child in cell if _local(child.tag) == "is"]
    if len(values) + len(inline) > 1 or any(
        _local(child.tag) not in ("v", "is", "f", "extLst") for child in _known(cell)
    ):
        raise UnclearError
    if inline:
        if kind != "inlineStr":
            raise UnclearError
        return _text(_unescaped(_runs(inline[0])))
    text = _own_text(values[0]) if values else ""
    if not text:
        return None
    if kind == "n":
        return Seen("n", text) if text.strip() else None
    if kind == "s":
        index = int(text)
        if not 0 <= index < len(strings):
            raise UnclearError
        return _text(strings[index])
    if kind == "b":
        if text not in ("0", "1", "true", "false"):
            raise UnclearError
        return Seen("b", str(text in ("1", "true")).upper())
    if kind == "e":
        return Seen("e", text)
    if kind in ("str", "d"):
        return _text(_unescaped(text))
    raise UnclearError


def _text(text: str) -> Seen | None:
    return Seen("s", text) if text else None


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
