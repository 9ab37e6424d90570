"""What is installed where a part of it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.jobs import installation
from xlperf.model import UnwritableOutput


def test_without_a_desktop_the_rest_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the desktop lies on a share that is not to be had."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "使用说明.txt").write_text("", encoding="utf-8")
    no_desktop = tmp_path / "桌面"
    no_desktop.write_bytes(b"a file, so that nothing can be made below it")
    for variable in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "user"))
    monkeypatch.setattr(installation, "_running", lambda: (tmp_path, {"version": "0.1", "program": "python"}))
    monkeypatch.setattr(installation.user, "add_entries", lambda folder, program: [tmp_path / "entries" / "1"])
    monkeypatch.setattr(installation.user, "desktop", lambda: no_desktop)
    monkeypatch.setattr(installation, "_addins", lambda: iter([("excel", None)]))

    said = dict(installation.installed())

    assert list(said) == ["install_program", "install_entries", "install_example_left_out", "install_addin"]
    assert isinstance(said["install_example_left_out"]["reason"], UnwritableOutput)
