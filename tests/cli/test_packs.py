"""Rule packs on the command line: `xlperf pack`, and one of one's own from xlperf.toml through every command."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from report.pasting import write

from xlperf.cli.main import main
from xlperf.jobs.example import document_text
from xlperf.measure import PACKS, PARAMETERS
from xlperf.model import Period

Captured = pytest.CaptureFixture[str]

OWN = """
[pack]
use = "本县2026"
[pack.county]
based-on = "hebei"
name = "本县2026"
best-from = {best}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with nothing in it, and no xlperf.toml of the user's."""
    for variable in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "user"))
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def own(best: object = 85) -> None:
    Path("xlperf.toml").write_text(OWN.format(best=best), "utf-8")


def test_every_pack_is_listed_with_key_name_and_note(capsys: Captured) -> None:
    assert main(["pack"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[pack.key, pack.zh] for pack in PACKS.values()]
    assert lines[2].endswith("（按系统的校验；未见印本）。")


def test_a_pack_has_its_english_name_in_english(tmp_path: Path, capsys: Captured) -> None:
    assert main(["pack", "hebei", "--lang", "en"]) == 0
    command = ["generate", "--blank", "1", "--year", "2026", "--lang", "en", "-o", str(tmp_path)]
    assert main([*command, "--layout", "20+80"]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("hebei  Hebei\nBased on national-2026 National 2026; parameters with * differ.\n")
    assert "rule pack 20+80 (as the layout has it)." in printed.err


def test_a_pack_is_a_table_that_marks_what_it_changes(capsys: Captured) -> None:
    assert main(["pack", "河北"]) == 0

    head, rows = capsys.readouterr().out.split("\n\n")
    assert head.splitlines()[0] == "hebei  河北"
    assert head.splitlines()[2] == "在 national-2026 全国2026 基础上，带 * 的参数不同。"
    lines = rows.splitlines()
    assert [line[2:].split()[1] for line in lines] == [parameter.zh for parameter in PARAMETERS]
    assert [line.split()[1:4] for line in lines if line.startswith("*")] == [
        ["owing-excess", "须说明原因的超额比例", "15%"],
        ["owing-equal", "等于型超过须说明原因", "是"],
        ["month", "监控期", "6"],
    ]


def test_packs_as_json(capsys: Captured) -> None:
    own()
    assert main(["pack", "--json"]) == 0
    packs = json.loads(capsys.readouterr().out)["packs"]
    assert main(["pack", "county", "--json"]) == 0
    county = json.loads(capsys.readouterr().out)

    note = "自定规则包，在“河北”基础上修改。"
    assert packs[-1] == {"key": "county", "name": "本县2026", "note": note, "base": "hebei"}
    assert [line for line in county["parameters"] if line["changed"]] == [
        {"key": "best-from", "name": "等级优自", "value": "85", "note": "总分自此为优。", "changed": True}
    ]


def test_a_pack_nobody_knows_is_a_sentence(capsys: Captured) -> None:
    assert main(["pack", "county"]) == 2
    assert capsys.readouterr().err.startswith("没有名为“county”的规则包。现有：national-2026、")


def test_an_own_pack_is_known_to_its_commands_only() -> None:
    own()
    assert main(["pack", "county"]) == main(["pack", "本县2026"]) == 0
    Path("xlperf.toml").unlink()
    assert main(["pack", "county"]) == 2
    assert "county" not in PACKS


def made() -> None:
    """A workbook of the example for the self-evaluation, by the pack of xlperf.toml."""
    Path("文本.txt").write_text(document_text(), "utf-8")
    assert main(["generate", "文本.txt", "-o", "表", "--period", "self-evaluation", "--fail-on", "never"]) == 0


def codes(capsys: Captured, *arguments: str) -> set[str]:
    capsys.readouterr()
    main([*arguments, "--json", "--fail-on", "never"])
    return {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]} & {"XPF560", "XPF561", "XPF562"}


def test_check_goes_by_the_runners_pack(capsys: Captured) -> None:
    own()
    made()

    assert codes(capsys, "check", "表") == set()
    assert codes(capsys, "check", "表", "--pack", "hebei") == {"XPF560"}
    own(best=80)
    assert codes(capsys, "check", "表") == {"XPF561"}
    Path("xlperf.toml").unlink()
    assert codes(capsys, "check", "表") == {"XPF562"}
    Path("xlperf.toml").write_text('pack = "hebei"', "utf-8")
    assert codes(capsys, "check", "表") == {"XPF560"}


def test_export_goes_by_the_runners_pack(tmp_path: Path, capsys: Captured) -> None:
    source = write(tmp_path / "甲庭.xlsx", Period.SELF_EVALUATION)
    again = ("export", "paste", str(source), "-o", "粘贴", "--force")

    assert main([*again]) == main([*again, "--pack", "national-2020"]) == 0
    capsys.readouterr()
    assert main([*again, "--pack", "hebei"]) == 1
    assert capsys.readouterr().err.count("错误 XPF560 参数 ") == 2  # one for each project of the workbook
    Path("xlperf.toml").write_text('pack = "hebei"', "utf-8")
    assert main([*again]) == 1
    assert main([*again, "--pack", "national-2020"]) == 0
    assert main([*again, "--pack", "nobody's"]) == 2


def read_for(summary: str) -> tuple[str, str]:
    """The pack by which the one file of the last consolidation was judged, and what its rows depend on."""
    with sqlite3.connect(summary) as dataset:
        sql = "SELECT pack, key FROM files JOIN sources USING (file) WHERE run = (SELECT max(run) FROM runs)"
        ((pack, key),) = dataset.execute(sql)
    return pack, key


def test_consolidate_goes_by_the_runners_pack_and_reads_again_what_it_changes(capsys: Captured) -> None:
    again = ("consolidate", "表", "-o", "汇总.xlsx", "--force")
    own()
    made()

    assert codes(capsys, *again) == set()
    first = read_for("汇总.sqlite")
    assert codes(capsys, *again) == set()
    assert read_for("汇总.sqlite") == first
    own(best=80)
    assert codes(capsys, *again) == {"XPF561"}
    changed = read_for("汇总.sqlite")
    assert codes(capsys, *again, "--pack", "hebei") == {"XPF560"}
    other = read_for("汇总.sqlite")

    assert [pack for pack, _ in (first, changed, other)] == ["county", "county", "hebei"]
    assert len({first, changed, other}) == 3
