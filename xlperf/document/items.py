"""Splits running text into its numbered items. Knows how items are numbered, nothing of what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlperf.model.text import fold

# 1. 1、 1） （1） （一）; a figure goes on behind the point (1.5万元) unless a year does (4.2023年…).
_NUMBERED = re.compile(
    r"(?:\d{1,3}\s*[.、)]|\(\s*\d{1,3}\s*\)[.、]?|\([一二三四五六七八九十]{1,3}\)[.、]?)(?:(?!\d)|(?=(?:19|20)\d\d\s*年))\s*(?=\S)"
)


def numbered_items(lines: Sequence[str]) -> tuple[str, ...]:
    """The items of these lines without their numbers.

    A line without a number continues the item before it (joined by a line break); what stands before the first number
    introduces, and stays with, the first item. Where no line has a number every line is an item.
    """
    starts = [_NUMBERED.match(fold(line)) for line in lines]
    if not any(starts):
        return tuple(lines)
    items: list[list[str]] = []
    begun = False
    for line, start in zip(lines, starts, strict=True):
        text = line[start.end() :] if start else line
        if items and not (start and begun):
            items[-1].append(text)
        else:
            items.append([text])
        begun = begun or start is not None
    return tuple("\n".join(item) for item in items)
