"""Cuts an HTML page into texts and tags, whatever is wrong with it. Knows the syntax, no element but those of raw text.

Goes over the page once: `html.parser` takes the square of a page's length where comments or tags are not closed (in
Python 3.11.7 11 s for 30 KB of `<a `, four times that for twice as much), and fails at `<![<![`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

_RAW = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))  # no tags in these
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_END_OF_TAG = re.compile(r"[^>]*>")
_LONG_REFERENCE = re.compile(r"&#(?=[0-9a-zA-Z]{10})")  # no character; `unescape` may fail on its digits
_MOST_ATTRIBUTES = 100  # of a tag; the others are not looked at


class Tag(NamedTuple):
    """A start tag, or an end tag (`ends`), its names in lower case."""

    name: str
    ends: bool
    attributes: Mapping[str, str]


def tokens(page: str) -> Iterator[str | Tag]:
    """The texts, entities resolved, and tags of a page in order; comments, declarations and raw texts are left out."""
    at = 0
    while at < len(page):
        if page[at] != "<":
            end = page.find("<", at)
            end = len(page) if end < 0 else end
            yield _resolved(page[at:end])
            at = end
        elif found := _NAME.match(page, at):
            name, ends = found[1].lower(), page[at + 1] == "/"
            attributes, at = _attributes(page, found.end())
            yield Tag(name, ends, attributes)
            if name in _RAW and not ends:
                at = _behind(page, re.compile(f"(?={re.escape('</' + name)})", re.IGNORECASE), at)
        elif page.startswith("<!--", at):
            at = _behind(page, re.compile("-->"), at + 2)
        elif page.startswith(("<!", "<?", "</"), at):
            at = _behind(page, re.compile(">"), at)
        else:
            yield "<"
            at += 1


def _behind(page: str, what: re.Pattern[str], start: int) -> int:
    """The place behind what is sought, the end of the page where it is missing, as browsers have it."""
    found = what.search(page, start)
    return found.end() if found else len(page)


def _attributes(page: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, the first of a name, and the place behind its end."""
    attributes: dict[str, str] = {}
    while len(attributes) < _MOST_ATTRIBUTES and (found := _ATTRIBUTE.match(page, at)):
        name, *values = found.groups()
        attributes.setdefault(name.lower(), _resolved(next((value for value in values if value is not None), "")))
        at = found.end()
    return attributes, _behind(page, _END_OF_TAG, at)


def _resolved(text: str) -> str:
    return unescape(_LONG_REFERENCE.sub("&amp;#", text)) if "&" in text else text
