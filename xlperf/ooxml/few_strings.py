"""Reads selected items of a table of shared strings that is too large to be read whole.

Tells items apart by their tags; any spelling but the usual one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xlperf.files import check_time
from xlperf.files.guard import TooMuch
from xlperf.ooxml.strings import MOST_STRINGS, read_strings

_BEGIN, _END, _STRANGE, _INSTRUCTION = b"<si>", b"</si>", b"<!", b"<?"  # in the last two may stand what looks like one
LONGEST_ITEM = 2**23  # bytes; of a cell's 32,767 characters each may be a run of its own


def few_strings(pieces: Callable[[], Iterable[bytes]], needed: Callable[[int, bytes], bool], part: str) -> list[str]:
    """The table with the text of those items of which `needed` says so, by index and XML; "" for all the others.

    Raises TooMuch for a table in an unusual spelling.
    """
    chosen: list[int] = []
    items: list[bytes] = []
    head, count = b"", 0
    for item in _items(pieces(), part):
        before, begun, inside = item.partition(_BEGIN)
        head = head or before
        is_strange = _STRANGE in item or item.count(_INSTRUCTION) > (not count)  # the declaration looks like one
        if not begun or is_strange or (before.strip() if count else b"<si" in before):
            raise TooMuch(f"{part}: {count}")  # what is counted wrongly would be read wrongly
        if needed(count, inside):
            chosen.append(count)
            items.append(begun + inside + _END)
        count += 1
    if count > MOST_STRINGS:
        raise TooMuch(f"{part}: > {MOST_STRINGS} × 文字")
    strings = [""] * count
    texts = read_strings(head + b"".join(items) + b"</sst>", part) if items else []
    if len(texts) != len(chosen):  # none of them is a spreadsheet's
        raise TooMuch(f"{part}: {len(texts)}")
    for at, text in zip(chosen, texts, strict=True):
        strings[at] = text
    return strings


def _items(pieces: Iterable[bytes], part: str) -> Iterator[bytes]:
    """Every item without its closing tag, and what stands before it."""
    rest = b""
    for piece in pieces:
        check_time()
        *items, rest = (rest + piece).split(_END)
        if len(rest) > LONGEST_ITEM:
            raise TooMuch(f"{part}: > {LONGEST_ITEM} × 字节")
        yield from items
    if rest.strip() != b"</sst>":
        raise TooMuch(f"{part}: {rest[:20].decode('utf-8', 'replace')}")
