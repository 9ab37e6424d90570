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
from typing import Any, NamedTuple

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


class _Grid:
    """The left edges of the columns of a table that may go on over pages, by the page that shows most of them."""

    def __init__(self, edges: _Edges) -> None:
        self.edges = edges

    def goes_on(self, edges: _Edges) -> bool:
        """Whether a table with these edges may be the same one; its edges are taken where they are more."""
        if None not in (_place(edge, self.edges) for edge in edges):
            return True
        if None in (_place(edge, edges) for edge in self.edges) or not self.edges:
            return False
        self.edges = edges
        return True


class _Texts(NamedTuple):
    """The texts of a row, as many as the columns of its page, their edges, and the grid of its whole table."""

    texts: list[str]
    edges: _Edges
    grid: _Grid


def _pages(data: bytes) -> Iterator[list[_Line]]:
    import pdfplumber

    grid = _Grid(())
    pages: list[list[str | _Texts]] = []
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages):
            if number == PAGES_LIMIT:
                raise _TooLong
            tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
            grids = [_Grid(_edges(table)) for table in tables]
            if grids and grid.goes_on(grids[0].edges):
                grids[0] = grid
            pages.append([line for _, line in sorted(_lines(page, tables, grids), key=lambda placed: placed[0])])
            grid = grids[-1] if grids else _Grid(())
            page.close()
    for lines in pages:
        yield [line if isinstance(line, str) else _placed(line.texts, line.edges, line.grid.edges) for line in lines]


def _edges(table: Any) -> _Edges:
    """The left edges of the columns of a table."""
    return tuple(sorted({round(cell[0]) for cell in table.cells}))


def _place(edge: int, edges: _Edges) -> int | None:
    return next((at for at, left in enumerate(edges) if abs(left - edge) <= _NEAR), None)


def _placed(texts: list[str], edges: _Edges, all_edges: _Edges) -> list[str]:
    """The texts of a row, which has these edges, in the columns of its whole table where each has one of its own."""
    places = [_place(edge, all_edges) for edge in edges]
    if len(texts) != len(edges) or None in places or len({*places}) < len(places):
        return texts
    by_place = dict(zip(places, texts, strict=True))
    return [by_place.get(at, "") for at in range(len(all_edges))]


def _lines(page: Any, tables: Sequence[Any], grids: Sequence[_Grid]) -> Iterator[tuple[float, str | _Texts]]:
    """The rows of the tables and the lines around them, each with its distance from the top of the page."""
    for table, grid in zip(tables, grids, strict=True):
        edges = _edges(table)
        for row, texts in zip(table.rows, table.extract(), strict=True):
            yield row.bbox[1], _Texts([lines_of(text or "") for text in texts], edges, grid)
    boxes = [table.bbox for table in tables]
    around = page.filter(lambda thing: not any(_is_within(thing, box) for box in boxes))
    for line in around.extract_text_lines(return_chars=False):
        if text := lines_of(line["text"]):
            yield line["top"], text


def _is_within(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(left <= across <= right and top <= down <= bottom)
