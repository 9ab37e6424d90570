"""What a window says of a damaged package, before anything that may be missing is loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xlperf.bundle.contents import FILE
from xlperf.cli import window


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "有损坏：缺少1个文件，改动过0个：python/gone.dll。"),
        ("en", "is damaged, files gone: 1, files changed: 0: python/gone.dll. "),
    ],
)
def test_a_file_of_the_package_that_is_gone_is_named(
    lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text(json.dumps({"version": "0.1.0", "files": {"python/gone.dll": "0" * 64}}))
    monkeypatch.setattr(window, "running_from", lambda: tmp_path)
    monkeypatch.setattr(window, "language_at_a_glance", lambda _: lang)

    assert said in window._harmed()
