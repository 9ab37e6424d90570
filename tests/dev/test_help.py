"""Every command and every argument is explained in both languages."""

from __future__ import annotations

import re

from xlperf.cli.parser import build
from xlperf.dev.readme import commands


def explanations(lang: str) -> dict[str, str]:
    """The help of each command and each of its arguments."""
    texts = {}
    for name, parser in [("xlperf", build(lang)), *commands(build(lang))]:
        texts[name] = parser.description or ""
        texts |= {f"{name} {action.dest}": action.help or "" for action in parser._actions if action.dest != "command"}
    return texts


def test_every_explanation_is_there_in_both_languages() -> None:
    chinese, english = explanations("zh"), explanations("en")

    assert [name for name, text in chinese.items() if not re.search("[\u4e00-\u9fff]", text)] == []
    assert [name for name, text in english.items() if not text or text == chinese[name]] == []
