"""Sheet titles: short, unique, allowed. Identity is the project code, never the title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.model.text import squeeze

LONGEST = 31  # Excel's limit, in UTF-16 units
SHORT = 20
GUIDE, OVERALL, CONTENTS, SETTINGS, LISTS, SEAL = "填表说明", "整体绩效目标", "目录", "参数", "_字典", "_封印"
NOT_CARRIED = "未带入"
OURS = (GUIDE, OVERALL, CONTENTS, SETTINGS, LISTS, SEAL, NOT_CARRIED)

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
# Excel may take _x0041_ in a title for a character it stands for.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FUNDING_NOTICE = re.compile(r"^.*?[号]\s*[)）】」]\s*(?=.{4})")


def short_name(name: str) -> str:
    """The part of a project's name that tells it from its sisters.

    Names of earmarked funds share a long prefix that ends in the number of a notice, `…（…6号）`; it says nothing.
    """
    name = _FORBIDDEN.sub("", name.replace("\n", " ")).strip()
    if len(name) > SHORT:
        name = _FUNDING_NOTICE.sub("", name)
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"


def _unescaped(title: str) -> str:
    """The title without anything that reads as an escaped character, also after one such thing is gone."""
    while _ESCAPE.search(title):
        title = _ESCAPE.sub("", title)
    return title


def file_name(name: str) -> str:
    """The text as a file name every system accepts, at most 80 characters."""
    return _NO_FILE_NAME.sub("_", name).strip(" .")[:80] or "_"


def project_titles(projects: Iterable[tuple[int, str]]) -> list[str]:
    """`NN_短名` for each (number, name), unique ignoring case and width."""
    taken = {squeeze(title).casefold() for title in OURS}
    titles = []
    for number, name in projects:
        stem = title = _unescaped(f"{number:02d}_{short_name(name) or '项目'}")
        again = 2
        while len(title.encode("utf-16-le")) // 2 > LONGEST or squeeze(title).casefold() in taken:
            if len(title.encode("utf-16-le")) // 2 > LONGEST:
                stem = stem[:-1]
                title = stem
            else:
                title, again = f"{stem[: LONGEST - 4]}~{again}", again + 1
        taken.add(squeeze(title).casefold())
        titles.append(title)
    return titles
