"""What is printed on a Chinese Windows, whose redirected output is code page 936, and where it is UTF-8."""

from __future__ import annotations

import json
import locale
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="Windows only: .ci/windows runs it")

LIST = "项目编码,项目名称,预算数\n99030026P00000000001X,囍𠮷屋顶修缮㎡,10\n"


def xlperf(*arguments: object, encoding: str, codes: tuple[int, ...] = (0,)) -> tuple[str, str]:
    """What the command prints to stdout and stderr, in this encoding or not at all."""
    mode = "utf8=1" if encoding == "utf-8" else "utf8=0"
    command = [sys.executable, "-X", mode, "-m", "xlperf", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode in codes, done.stderr.decode(encoding, "replace")
    return done.stdout.decode(encoding), done.stderr.decode(encoding)


def test_this_windows_is_a_chinese_one() -> None:
    assert locale.getencoding() == "cp936"


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [(("--help",), (0,)), (("rule", "XPF412"), (0,)), (("addin", "functions"), (0,)), (("doctor",), (0, 1))],
)
def test_chinese_is_read_alike_in_both(arguments: tuple[str, ...], codes: tuple[int, ...]) -> None:
    """A sign that code page 936 lacks, as ✓, is a question mark there; no word is."""
    printed = xlperf(*arguments, encoding="cp936", codes=codes)
    meant = xlperf(*arguments, encoding="utf-8", codes=codes)

    assert printed == tuple(text.encode("cp936", "replace").decode("cp936") for text in meant)
    assert any(len([c for c in text if "一" <= c <= "鿿"]) > 20 for text in printed)


@pytest.mark.parametrize("encoding", ["cp936", "utf-8"])
def test_nothing_is_lost_in_json(tmp_path: Path, encoding: str) -> None:
    """A name may hold signs no code page has."""
    listed = tmp_path / "项目.csv"
    listed.write_text(LIST, encoding="utf-8")
    xlperf("generate", listed, "-o", tmp_path / "表", "--year", "2026", "--no-macros", encoding=encoding)
    summary = tmp_path / "汇总.xlsx"
    out, _ = xlperf("consolidate", tmp_path / "表", "-o", summary, "--json", encoding=encoding, codes=(0, 1))

    assert [project["name"] for project in json.loads(out)["projects"]] == ["囍𠮷屋顶修缮㎡"]


@pytest.mark.parametrize("encoding", ["cp936", "utf-8"])
def test_a_sentence_of_refusal(tmp_path: Path, encoding: str) -> None:
    _, said = xlperf("consolidate", tmp_path / "没有𠮷", "-o", tmp_path / "汇总.xlsx", encoding=encoding, codes=(3,))

    assert "找不到文件" in said
    assert "Traceback" not in said
