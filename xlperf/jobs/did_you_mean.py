"""The word that was probably meant by one that nobody knows. Loads nothing until it is asked."""

from __future__ import annotations

from collections.abc import Sequence


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word most like this one, whatever its case and dashes; "" where none is like it."""
    import difflib  # seldom needed

    by_fold = {_folded(each): each for each in known}
    near = difflib.get_close_matches(_folded(word), by_fold, 1)
    return by_fold[near[0]] if near else ""


def _folded(word: str) -> str:
    """The word without its case; the dashes before an option would make all options alike."""
    return word.lower().replace("_", "-").lstrip("-")


def hint(word: str, known: Sequence[str]) -> tuple[str, str]:
    """The question whether the nearest word is meant, in Chinese and English; blank where there is none."""
    near = nearest(word, known)
    return (f"是否指 {near}？", f"Did you mean {near}? ") if near else ("", "")
