"""Every command and every argument is explained in both languages."""

from __future__ import annotations

import re

import pytest

from xlperf.cli.parser import build
from xlperf.dev.readme import commands
from xlperf.form import LAYOUTS
from xlperf.form.editions import PERIODS
from xlperf.jobs import preference_files


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


def test_the_words_of_the_command_line_are_those_of_the_forms() -> None:
    assert preference_files.LAYOUTS == LAYOUTS
    assert tuple(PERIODS.values()) == preference_files.PERIODS


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_names_every_layout_and_period(lang: str) -> None:
    texts = explanations(lang)

    assert [word for word in LAYOUTS if word not in texts["generate layout"]] == []
    for command in ("generate", "consolidate"):
        assert [word for word in PERIODS.values() if word not in texts[f"{command} period"]] == []
