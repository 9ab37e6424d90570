"""What a monitoring form ticks, or says in a word: the kinds of a deviation, the likelihood of reaching the target."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.document.target import BLANK
from xlperf.model.text import fold, squeeze

_TICKED = "√✓✔☑☒■●▲"
_OPEN = "□☐○"
_YES = frozenset((*_TICKED, "v", "V", "是", "1"))
_NO = BLANK | {*_OPEN, "否", "0", "×"}
_LISTED = re.compile(r"[、,，;；/\s]+")


def ticked(text: str) -> bool | None:
    """Whether a cell below its choice is ticked; None where it holds something else."""
    bare = squeeze(text).strip("()")
    if bare in _NO:
        return False
    return True if bare in _YES else None


def chosen(text: str, words: Iterable[str]) -> tuple[str, ...] | None:
    """Which of the words one cell chooses: as words (经费保障、其他), or ticked among all (确定能☑有可能□).

    None where it says anything else.
    """
    plain = fold(text)
    known = tuple(words)
    if any(sign in plain for sign in _TICKED):
        plain = _only_ticked(plain)
    parts = tuple(part for part in _LISTED.split(plain) if part)
    return parts if parts and all(part in known for part in parts) else None


def _only_ticked(text: str) -> str:
    """The words beside the ticks; these stand before their words where the text begins with a box, else behind."""
    boxes = _TICKED + _OPEN
    bare = squeeze(text)
    pieces = re.split(f"([{boxes}])", bare)
    before = bare[0] in boxes
    pairs = zip(pieces[1::2], pieces[2::2]) if before else zip(pieces[1::2], pieces[0::2])  # noqa: B905
    return "、".join(word for sign, word in pairs if sign in _TICKED)
