"""The add-in on this PC: put in its place, seen by the doctor, held by Excel, and removed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from windows.holding import held

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="Windows only: .ci/windows runs it")


def xlperf(*arguments: str) -> tuple[int, str]:
    """Exit code and everything said."""
    command = [sys.executable, "-X", "utf8", "-m", "xlperf", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_installed_looked_at_and_removed() -> None:
    addin = Path(os.environ["APPDATA"], "Microsoft", "Excel", "XLSTART", "xlperf.xlam")
    settings = Path(os.environ["USERPROFILE"], ".xlperf", "xlperf.conf")

    assert xlperf("addin", "install", "excel") == (0, "已安装到 Excel。重新打开 Excel 后生效。\r\n")
    assert addin.read_bytes()[:2] == b"PK"
    python = sys.executable.encode("mbcs")
    assert settings.read_bytes() == (b'"INTERPRETER_WIN","' + python + b'"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n')
    code, said = xlperf("doctor")
    assert "✗" not in said, said
    assert code == 0

    with held(addin):
        code, said = xlperf("addin", "uninstall", "excel")
        assert code == 3
        assert "正被其他程序" in said
    assert xlperf("addin", "uninstall", "excel")[0] == 0
    assert not addin.exists()
    assert not settings.exists()
