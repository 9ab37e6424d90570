"""Fills the sentences of the tables: what differs by language, lists, and words that agree with a number."""

from __future__ import annotations

from collections.abc import Mapping

from xlperf.measure import quoted


def in_two(value: object) -> tuple[str, str]:
    """A value in Chinese and English: a pair is both, a list has its members between the commas of either language."""
    if isinstance(value, tuple):
        zh, en = value
        return str(zh), str(en)
    if isinstance(value, list):
        members = [in_two(each) for each in value]
        return "、".join(zh for zh, _ in members), ", ".join(en for _, en in members)
    return str(value), str(value)


class Filling(str):
    """A value as a sentence shows it; {count:file|files} is the number with the word that fits it."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        one, _, many = words.partition("|")
        return f"{self} {one if self == '1' else many}" if words else str(self)


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with these values, on one line, nothing in them that a terminal would obey."""
    return sentence.format_map({name: Filling(quoted(str(value))) for name, value in values.items()})
