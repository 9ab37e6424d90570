"""What `xlperf generate --payments` says of the rows of a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.cli.main import main
from xlperf.jobs.example import document_text

HEADS = "项目编码,支付日期,支付金额（元）,资金来源"


@pytest.mark.parametrize(
    ("lang", "line"),
    [("zh", "  第3行 13080023P00099999999X：0.5\n"), ("en", "  line 3 13080023P00099999999X: 0.5\n")],
)
def test_a_row_is_named_by_its_line(lang: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "绩效文本.txt").write_text(document_text(), "utf-8")
    rows = ["99030026P00041810002W,2026-01-15,20000,财政拨款", "13080023P00099999999X,2026-03-20,5000,财政拨款"]
    (tmp_path / "台账.csv").write_text("\n".join([HEADS, *rows]), "utf-8")
    command = ["generate", str(tmp_path / "绩效文本.txt"), "--period", "monitoring", "--lang", lang]

    main([*command, "-o", str(tmp_path / "监控表"), "--payments", str(tmp_path / "台账.csv")])

    assert line in capsys.readouterr().err
