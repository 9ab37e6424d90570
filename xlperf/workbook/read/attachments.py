"""What comes along with a workbook besides the cells: comments, macros, links, embedded files, drawn objects.

All of it is reported where it stands and none of it read, run or followed. Macros are reported whatever the seal says:
it can be forged, and which code they hold cannot be compared, for Excel writes it anew at every save.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice

from xlperf.files.guard import TooMuch
from xlperf.form import Form
from xlperf.model.text import cut
from xlperf.ooxml.a1 import address, position
from xlperf.ooxml.namespaces import CONVERSATION, DRAWING, SPREADSHEET
from xlperf.ooxml.relationships import EXTERNAL_LINK, Relations, source_of
from xlperf.ooxml.workbook_parts import Book
from xlperf.ooxml.xml import SMALL, begun, elements
from xlperf.workbook.annotation_marks import people_words
from xlperf.workbook.read.sheet_findings import SheetFindings, first_of

COMMENTS_SHOWN = 20
COMMENT_SHOWN = 200  # characters
MACRO_SHEETS = ("xlmacrosheet", "xlintlmacrosheet")
FILES, CONTROLS = ("嵌入的文件", "embedded files"), ("ActiveX 控件", "ActiveX controls")
EMBEDDED = {"oleObject": ("OLE 对象", "OLE objects"), "package": FILES, "control": CONTROLS}
EMBEDDED_FOLDERS = {"xl/embeddings/": FILES, "xl/activex/": CONTROLS}
CONNECTIONS = ("数据连接", "data connections")
ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
OBJECTS = {
    "pic": ("图片", "pictures"),
    "sp": ("形状或文本框", "shapes or text boxes"),
    "cxnSp": ("线条", "lines"),
    "grpSp": ("组合图形", "grouped shapes"),
    "graphicFrame": ("图表", "charts"),
}
CHART = "graphicFrame"
_OF_DRAWINGS = frozenset((*ANCHORS, *OBJECTS, "col", "row"))
_ELSEWHERE = re.compile(r"[a-z]+:|//")
_LINKED_FORMULA, _LINKED = re.compile(r"\[\d+\]"), re.compile(rb"\[\d+\]")
_HARMLESS = frozenset(("drawing", "hyperlink", "printerSettings", "vmlDrawing", "table", "legacyDrawingHF"))

Drawn = tuple[tuple[str, str], ...]
"""The objects of a drawing: what each is, and the cell its corner lies in ("" where it lies in none)."""


def report_package(book: Book, macros_expected: bool, sheets: Sequence[SheetFindings], front: SheetFindings) -> None:
    """Macros, links to programs, embedded files: of the workbook as a whole, unless a sheet has told of them."""
    kinds = {relation.kind for relation in book.relations.values()}
    names = [name for name in book.package if name.startswith("xl/")]
    with_project = "vbaProject" in kinds or any(name.endswith("vbaproject.bin") for name in names)
    if with_project:
        front.add("XPF228" if macros_expected else "XPF216")
    if any(kind.lower() in MACRO_SHEETS for kind in kinds) or any(name.startswith("xl/macrosheets/") for name in names):
        front.add("XPF217")
    embedded = {what for folder, what in EMBEDDED_FOLDERS.items() if any(name.startswith(folder) for name in names)}
    if embedded and not any(found.code == "XPF218" for report in sheets for found in report.findings):
        front.add("XPF218", what=sorted(embedded))
    links = book.relations.targets(EXTERNAL_LINK)
    asked = sorted(filter(None, (_program(book, part) for part in links if part in book.package)))
    programs = [*first_of(cut(each) for each in asked), *([CONNECTIONS] if "connections" in kinds else ())]
    if programs:
        front.add("XPF219", what=programs)


def linked_files(book: Book) -> list[str]:
    """The files outside that any part of the workbook draws on, but for hyperlinks; else the links."""
    lists = [name for name in book.package if name.endswith(".rels") and b"External" in book.package[name]]
    of_parts = [book.relations_of(source_of(name)) for name in lists]
    outside = {
        relation.target
        for relations in of_parts
        for relation in relations.values()
        if relation.kind == "externalLinkPath" or (relation.kind != "hyperlink" and _ELSEWHERE.match(relation.target))
    }
    return sorted(outside or set(book.relations.targets(EXTERNAL_LINK)))


def linked_cell(book: Book, part: str) -> str:
    """The first cell of a worksheet whose formula looks into another file; "" where there is none, or too much."""
    cell, xml = "", book.sheet(part).xml
    try:
        pieces = elements(xml, part, only=("c", "f")) if _LINKED.search(xml) else []
    except TooMuch:
        return ""
    for name, attributes, texts in pieces:
        if name == "c":
            cell = attributes.get("r", "")
        elif name == "f" and _LINKED_FORMULA.search("".join(texts)):
            return cell
    return ""


def report_sheet(book: Book, part: str, form: Form, report: SheetFindings) -> None:
    """Comments and objects on one sheet of ours."""
    relations = book.relations_of(part)
    kinds = {relation.kind for relation in relations.values()}
    for drawing in filter(book.package.__contains__, relations.targets("drawing")):
        with _too_many(OBJECTS["sp"], report):
            xml = book.part(drawing)
            _report_objects((_known_objects if len(xml) < SMALL else _objects)(xml), bool(form.chart), report)
    if not kinds <= _HARMLESS:
        embedded = sorted({EMBEDDED[kind] for kind in kinds if kind in EMBEDDED})
        if embedded:
            report.add("XPF218", what=embedded)
        if "ctrlProp" in kinds:
            report.add("XPF321", what=("窗体控件", "form controls"))
        with _too_many(("批注", "comments"), report):
            _report_comments(book, relations, report)


@contextmanager
def _too_many(what: tuple[str, str], report: SheetFindings) -> Iterator[None]:
    """What is too much to be counted is named, no more: nothing is read from it anyway."""
    try:
        yield
    except TooMuch:
        zh, en = what
        report.add("XPF321", what=(f"大量{zh}", f"a great many {en}"))


def _program(book: Book, part: str) -> str:
    """The program and topic a link of the DDE or OLE kind asks; "" for one to a workbook."""
    for name, attributes in begun(book.head(part), part, ("ddeLink", "oleLink"), whole=False):
        if name == "ddeLink":
            return f"{attributes.get('ddeService', '')}|{attributes.get('ddeTopic', '')}"
        return attributes.get("progId", "") or "OLE"
    return ""


def _report_objects(drawn: Drawn, with_chart: bool, report: SheetFindings) -> None:
    """What was drawn onto the sheet, our own chart apart; one finding, at the first."""
    added = list(drawn)
    if with_chart:
        ours = next((item for item in added if item[0] == CHART), None)
        if ours:
            added.remove(ours)
    if added:
        counts = Counter(kind for kind, _ in added)
        what = [
            (f"{zh} {counts[kind]} 个", f"{en}: {counts[kind]}") for kind, (zh, en) in OBJECTS.items() if counts[kind]
        ]
        report.add("XPF321", next(filter(None, (cell for _, cell in added)), ""), what=what)


def _objects(xml: bytes) -> Drawn:
    """The objects of a drawing part, those inside a group left out."""
    objects: list[tuple[str, str]] = []
    corner: list[str] = []
    waiting = False
    for name, _, texts in elements(xml, "drawing", DRAWING, _OF_DRAWINGS):
        if name in ANCHORS:
            corner, waiting = [], True
        elif name in ("col", "row") and len(corner) < 2 and waiting:
            corner.append("".join(texts).strip())
        elif waiting and name in OBJECTS:
            at = [int(text) + 1 for text in corner if text.isdecimal() and len(text) < 8]
            objects.append((name, address(at[1], at[0]) if len(at) == 2 else ""))
            waiting = False
    return tuple(objects)


_known_objects = lru_cache(maxsize=256)(_objects)


def _report_comments(book: Book, relations: Relations, report: SheetFindings) -> None:
    comments = _comments(book, relations)
    for cell, text in islice(comments, COMMENTS_SHOWN):
        report.add("XPF317", cell, text=cut(text, COMMENT_SHOWN))
    rest = list(comments)
    if rest:
        report.add("XPF325", rest[0][0], count=len(rest))


def _comments(book: Book, relations: Relations) -> Iterator[tuple[str, str]]:
    """Cells and what people wrote beside them; the classic comment that stands in for a conversation is skipped."""
    threads = _remarks(book, relations, "threadedComment", "threadedComment")
    talked = {cell for cell, _ in threads}
    notes = _remarks(book, relations, "comments", "comment")
    remarks = [*threads, *((cell, text) for cell, text in notes if cell not in talked)]
    known = ((cell, people_words(text)) for cell, text in remarks)
    return iter(sorted(((cell, text) for cell, text in known if text), key=lambda pair: position(pair[0]) or (0, 0)))


def _remarks(book: Book, relations: Relations, kind: str, element: str) -> list[tuple[str, str]]:
    """Cell and text of each comment in the parts of this kind."""
    parts = filter(book.package.__contains__, relations.targets(kind))
    return [pair for part in parts for pair in _texts(book, part, element)]


def _texts(book: Book, part: str, element: str) -> list[tuple[str, str]]:
    """Cell and text of each comment in a part."""
    remarks: list[tuple[str, list[str]]] = []
    for name, attributes, texts in elements(book.part(part), part, SPREADSHEET | CONVERSATION, (element, "t", "text")):
        if name == element:
            remarks.append((attributes.get("ref", ""), []))
        elif name in ("t", "text") and remarks:
            remarks[-1][1].extend(texts)
    return [(cell, "".join(words).strip()) for cell, words in remarks]
