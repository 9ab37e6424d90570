"""Every command's help ends with two examples, and each of them runs as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from xlperf.cli.help_examples import EXAMPLES
from xlperf.cli.main import main
from xlperf.cli.parser import build
from xlperf.dev.readme import commands
from xlperf.jobs.example import document_text

LANGUAGES = ("zh", "en")
CHANGES_THIS_PC = ("addin install", "addin uninstall", "addin restamp", "bundle")


def examples(index: int) -> list[str]:
    return [pair[index] for pairs in EXAMPLES.values() for pair in pairs]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_has_two(lang: str) -> None:
    index = LANGUAGES.index(lang)

    assert [parser.prog for _, parser in commands(build(lang))] == list(EXAMPLES)
    for name, parser in commands(build(lang)):
        lines = [pair[index] for pair in EXAMPLES[parser.prog]]
        assert parser.format_help().splitlines()[-2:] == [f"  {line}" for line in lines]
        assert len(set(lines)) == 2 or name == "demo"
        assert all(line.startswith(parser.prog) for line in lines)


def test_what_is_to_be_typed_has_a_chinese_name() -> None:
    for name, parser in commands(build("zh")):
        for action in parser._actions:
            if action.nargs != 0 and not action.choices:
                names = action.metavar if isinstance(action.metavar, tuple) else (action.metavar,)
                assert all(re.search("[\u4e00-\u9fff]", each or "") for each in names), (name, action.dest)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_them_are_understood(lang: str) -> None:
    for line in examples(LANGUAGES.index(lang)):
        build(lang).parse_args(shlex.split(line)[1:])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_they_run_one_after_the_other(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: False)
    document, returned = ("绩效文本.txt", "已填监控表") if lang == "zh" else ("plan.txt", "returned")
    Path(document).write_text(document_text(), encoding="utf-8")
    main(["generate", document, "--period", "monitoring", "--as-of", "2026-10-31", "-o", returned])

    for line in examples(LANGUAGES.index(lang)):
        if line.startswith(tuple(f"xlperf {name}" for name in CHANGES_THIS_PC)):
            continue
        arguments = shlex.split(line.replace(".docx", ".txt"))[1:]
        code = main([*arguments, "--lang", lang])
        assert code in ((0, 1) if arguments[0] in ("check", "consolidate", "doctor", "export", "parse") else (0,)), line
    capsys.readouterr()
