"""Sentences are filled in the language they are in."""

from __future__ import annotations

import re

import pytest

from xlperf.checks import CODES, finding, message
from xlperf.cli.cli_texts import LINES
from xlperf.model.filled import filled, in_two
from xlperf.model.messages import ERRORS, FIELDS, SEVERITIES

CHINESE_SIGNS = re.compile("[、，；：。！？（）《》〔〕]")

COUNTS = "count|found|files|projects|indicators|total|differing|gone|changed|expected|rows"
MORE_THAN_ONE = {"XPF153", "XPF605", "XPF609", "XPF701", "alike", "such_as", "several_kept", "several_older_kept"}
"""Sentences that are told of several only."""

ENGLISH = {
    **{code: kind.en for code, kind in CODES.items()},
    **{key: en for table in (LINES, ERRORS, FIELDS, SEVERITIES) for key, (_, en) in table.items()},
}


@pytest.mark.parametrize("key", ENGLISH)
def test_an_english_sentence_has_english_signs_and_agrees_with_its_numbers(key: str) -> None:
    assert not CHINESE_SIGNS.search(re.sub("“[^”]*”", "", ENGLISH[key]))
    counted = re.search(rf"\{{({COUNTS})\}} (?:[a-z]+ )?[a-z]+(?<!\bi)s\b", ENGLISH[key])
    assert not counted or key in MORE_THAN_ONE, counted


def test_a_word_fits_its_number() -> None:
    sentence = "{files:file|files}, {count:row fits|rows fit}"

    assert filled(sentence, {"files": 1, "count": 1}) == "1 file, 1 row fits"
    assert filled(sentence, {"files": "12", "count": 0}) == "12 files, 0 rows fit"


def test_lists_and_pairs_are_told_in_two_languages() -> None:
    assert in_two(["甲.xlsx", ("图片 2 个", "pictures: 2")]) == ("甲.xlsx、图片 2 个", "甲.xlsx, pictures: 2")

    repeated = finding("XPF601", project="X", files=["甲.xlsx", "乙.xlsx"])

    assert message(repeated) == "项目X重复报送：甲.xlsx、乙.xlsx；均未计入合计"
    assert message(repeated, "en") == "Project X came back more than once: 甲.xlsx, 乙.xlsx; none is counted"
    assert dict(repeated.values) == {"project": "X", "files": "甲.xlsx、乙.xlsx", "files_en": "甲.xlsx, 乙.xlsx"}
