"""Characters that nobody sees: dropped where a text is read as an answer, named where a message quotes it.

Knows Unicode; knows no cell and no terminal.
"""

from __future__ import annotations

# Characters that take no room: Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, and U+FFF9-FFFB.
UNSEEN_RANGES = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
UNSEEN = frozenset(chr(code) for first, last in UNSEEN_RANGES for code in range(first, last + 1))
"""Characters that nobody sees."""

# A blank of any width counts as a space; control characters go, as worksheet CLEAN drops them.
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x2800, 0x3000)
_DROPPED = (*map(ord, UNSEEN), *range(0x20), *range(0x7F, 0xA0))
_AS_SHOWN = {**dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_SPACES, " ")}
_CHANGED = frozenset(map(chr, (0x20, *_AS_SHOWN)))  # by `shown`; most words have none of them, which is quick to test


def shown(text: str) -> str:
    """What a person sees of a text: unseen characters dropped, blanks of any kind trimmed as TRIM does spaces."""
    if _CHANGED.isdisjoint(text):
        return text
    return " ".join(part for part in text.translate(_AS_SHOWN).split(" ") if part)


# DEL and C1, line and paragraph separators, surrogates, noncharacters. C0 is left to whoever writes lines.
_CONTROLS = (*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
HIDDEN = UNSEEN.union(map(chr, _CONTROLS))
"""Characters from U+0020 on that may steer a terminal or hide something from a reader."""

_BREAKS = dict.fromkeys(map(ord, "\t\n\r\x85\u2028\u2029"), " ")
_BY_NUMBER = HIDDEN.union(map(chr, range(0x20)))


def quoted(text: str) -> str:
    """The text for a message: on one line, each character that cannot be seen as its number, ⟨U+202E⟩."""
    if _BY_NUMBER.isdisjoint(text):
        return text
    text = text.replace("\r\n", " ").translate(_BREAKS)
    return text.translate({ord(hidden): f"⟨U+{ord(hidden):04X}⟩" for hidden in _BY_NUMBER.intersection(text)})
