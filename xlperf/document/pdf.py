"""PDF documents with text → blocks, tables by their ruled lines, through pdfplumber where it is installed.

It works in a process of its own, so that a hostile file costs no more time and memory than that process may use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from xlperf.document.blocks import Block, Cell, Paragraph, Row, lines_of, unwrapped
from xlperf.document.headings import PAGE_NUMBER
from xlperf.document.page_breaks import without_breaks
from xlperf.model import UnreadableInput

SECONDS = 110  # a page takes a fifth of a second
MEMORY = 2 * 2**30  # bytes of address space, where the system can limit it
PAGES_LIMIT = 1_000

_LIBRARY = "pdfplumber"

_NEAR = 3  # points: no two columns are so near to each other
_Edges = tuple[int, ...]
_Line = str | list[str]  # a line of text, or the cells of a row


def read_pdf(data: bytes, path: Path) -> tuple[Block, ...]:
    """The blocks of all pages, page numbers left out.

    Raises UnreadableInput where the library is missing, or the file has a password, no text, or is abnormal.
    """
    if find_spec(_LIBRARY) is None:
        raise UnreadableInput("source_needs_pdf", path=path)
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        here.send_bytes(data)  # not as an argument: where the process fails to begin, `start` would wait for ever
        answer = here.recv() if here.poll(SECONDS) else "source_abnormal"
    except (EOFError, OSError):  # it ended without a word
        answer = "source_abnormal"
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(answer, str):
        raise UnreadableInput(answer, path=path)
    number = count(1)
    pages = [[_block(line, next(number)) for line in _without_number(page)] for page in answer]
    if not any(pages):
        raise UnreadableInput("source_scanned", path=path)
    return without_breaks(pages)


def _without_number(page: list[_Line]) -> list[_Line]:
    """The lines of a page, without the number at its head or foot."""
    kept = list(page)
    for at in (-1, 0):
        if kept and isinstance(line := kept[at], str) and PAGE_NUMBER.fullmatch(line):
            del kept[at]
    return kept


def _block(line: _Line, number: int) -> Block:
    if isinstance(line, str):
        return Paragraph(line, number)
    return Row(tuple(Cell(unwrapped(text), number) for text in line))


# --- in the other process --------------------------------------------------------------------------------------------


def _work(there: Connection) -> None:
    """Answer the bytes of a file with the lines of every page, or the key of the error."""
    data = there.recv_bytes()
    try:
        _limit_memory()
        answer: object = list(_pages(data))
    except (MemoryError, _TooLong):
        answer = "source_abnormal"
    except Exception as error:  # the library raises whatever a damaged file leads to
        answer = "source_encrypted" if "Password" in f"{type(error).__name__} {error!r}" else "source_damaged"
    there.send(answer)
    there.close()


def _limit_memory() -> None:
    try:
        from resource import RLIMIT_AS, setrlimit
    except ImportError:  # Windows
        return
    setrlimit(RLIMIT_AS, (MEMORY, MEMORY))


class _TooLong(Exception):
    """More pages than any document of this kind has."""


def _pages(data: bytes) -> Iterator[list[_Line]]:
    import pdfplumber

    edges: _Edges = ()
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages):
            if number == PAGES_LIMIT:
                raise _TooLong
            tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
            yield [line for _, line in sorted(_lines(page, tables, edges), key=lambda placed: placed[0])]
            edges = _edges(tables[-1]) if tables else ()
            page.close()


def _edges(table: Any) -> _Edges:
    """The left edges of the columns of a table."""
    return tuple(sorted({round(cell[0]) for cell in table.cells}))


def _placed(texts: list[str], edges: _Edges, before: _Edges) -> list[str]:
    """The texts of a row in the columns of a table that goes on from the page before, where it has all of these."""
    places = [next((at for at, left in enumerate(before) if abs(left - edge) <= _NEAR), None) for edge in edges]
    if len(texts) != len(edges) or None in places:
        return texts
    by_place = dict(zip(places, texts, strict=True))
    return [by_place.get(at, "") for at in range(len(before))]


def _lines(page: Any, tables: Sequence[Any], before: _Edges) -> Iterator[tuple[float, _Line]]:
    """The rows of the tables and the lines around them, each with its distance from the top of the page.

    `before` are the columns of the last table of the page before.
    """
    for number, table in enumerate(tables):
        edges = _edges(table)
        for row, texts in zip(table.rows, table.extract(), strict=True):
            cells = [lines_of(text or "") for text in texts]
            yield row.bbox[1], _placed(cells, edges, before) if number == 0 else cells
    boxes = [table.bbox for table in tables]
    around = page.filter(lambda thing: not any(_is_within(thing, box) for box in boxes))
    for line in around.extract_text_lines(return_chars=False):
        if text := lines_of(line["text"]):
            yield line["top"], text


def _is_within(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(left <= across <= right and top <= down <= bottom)
