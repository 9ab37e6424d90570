"""What stops a command, in words."""

from __future__ import annotations

import pickle
import string

import pytest

from xlperf.model import UnreadableInput, UsageError, XlperfError
from xlperf.model.messages import ERRORS, FIELDS


def test_an_error_speaks_two_languages_and_travels_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableInput("source_missing", path="甲.docx")))

    assert isinstance(error, UnreadableInput)
    assert str(error) == "找不到文件：甲.docx。请核对路径。"
    assert error.text("en") == "File not found: 甲.docx. Check the path."
    assert (UsageError.exit_code, UnreadableInput.exit_code, XlperfError.exit_code) == (2, 3, 3)


@pytest.mark.parametrize("table", [ERRORS, FIELDS])
def test_both_languages_fill_the_same_places(table):
    def places(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    for key, (zh, en) in table.items():
        assert zh, key
        assert en, key
        assert places(zh) == places(en), key
