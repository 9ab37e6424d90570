"""What xlperf.toml says: which file wins, what is refused and in which words, where the user's file lies."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from xlperf.jobs import preference_files as files
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences, Said, read_preferences
from xlperf.jobs.sources import blank_department, read_source
from xlperf.model import BudgetUnit, UsageError

EVERY_KEY = """
unit-code = "366001"
unit-name = "示范市清河区人民法院"
year = 2026
layout = "20+80"
fail-on = "warning"
language = "en"
as-of = 2026-10-31
[pack]
use = "ours"
[pack.ours]
based-on = "hubei"
best-from = 95
"""


def written(path: Path, text: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def refusal(path: Path, text: str | bytes, lang: str = "zh") -> str:
    """What is said of a file with this text, its folder left out."""
    with pytest.raises(UsageError) as error:
        read_preferences([written(path, text)])
    return error.value.text(lang).replace(str(path), path.name)


def test_every_key_is_read(tmp_path: Path) -> None:
    preferences = read_preferences([written(tmp_path / "xlperf.toml", EVERY_KEY)])

    assert (preferences.unit_code, preferences.unit_name) == ("366001", "示范市清河区人民法院")
    assert (preferences.year, preferences.as_of) == (2026, dt.date(2026, 10, 31))
    assert (preferences.layout, preferences.fail_on, preferences.language) == ("20+80", "warning", "en")
    assert (preferences.pack, [pack.key for pack in preferences.packs]) == ("ours", ["ours"])


@pytest.mark.parametrize("text", [b"", b"# nothing\n", b"\xef\xbb\xbf"], ids=["empty", "comment", "mark"])
def test_a_file_that_says_nothing_changes_nothing(tmp_path: Path, text: bytes) -> None:
    assert read_preferences([written(tmp_path / "xlperf.toml", text)]) == NO_PREFERENCES == Preferences()


def test_the_nearer_file_wins_key_by_key_and_the_other_is_told_of(tmp_path: Path) -> None:
    near = written(tmp_path / "xlperf.toml", "year = 2026\n[pack.a]\nbased-on = 'hebei'\n")
    far = written(
        tmp_path / "user" / "xlperf.toml",
        'year = 2025\npack.use = "b"\npack.a.based-on = "jiangxi"\npack.b.based-on = "hubei"\n',
    )

    preferences = read_preferences([near, far])

    assert (preferences.year, preferences.pack) == (2026, "b")
    assert [(pack.key, pack.base) for pack in preferences.packs] == [("a", "hebei"), ("b", "hubei")]
    assert preferences.said == (
        Said(near, "year", 2026),
        Said(near, "pack.a", {"based-on": "hebei"}),
        Said(far, "year", 2025, overridden_by=near),
        Said(far, "pack", "b"),
        Said(far, "pack.a", {"based-on": "jiangxi"}, overridden_by=near),
        Said(far, "pack.b", {"based-on": "hubei"}),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("yaer = 2026", "设置文件 xlperf.toml 中没有 yaer 这一项，是否应为 year？"),
        ("Fail_On = 'info'", "设置文件 xlperf.toml 中没有 Fail_On 这一项，是否应为 fail-on？"),
        ("lang = 'en'", "设置文件 xlperf.toml 中没有 lang 这一项，是否应为 language？"),
        (
            "period = 'plan'",
            "设置文件 xlperf.toml 中没有 period 这一项，可以写的有 "
            "unit-code、unit-name、year、pack、layout、fail-on、language、as-of。",
        ),
        ("pack.used = 'hubei'", "设置文件 xlperf.toml 中没有 pack.used 这一项，是否应为 pack.use？"),
        (
            "year = '2026'",
            '设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 "2026"。',
        ),
        ("year = 1999", "设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 1999。"),
        ("year = 2100", "设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 2100。"),
        ("year = true", "设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 true。"),
        ("year = 2026.0", "设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 2026.0。"),
        ("year.a = 1", "设置文件 xlperf.toml 中的 year 应为2000至2099之间的年份，不加引号，现为 {…}。"),
        (
            "as-of = '2026-10-31'",
            '设置文件 xlperf.toml 中的 as-of 应为2026-10-31这样的日期，不加引号，现为 "2026-10-31"。',
        ),
        (
            "as-of = 2026-10-31T08:00:00",
            "设置文件 xlperf.toml 中的 as-of 应为2026-10-31这样的日期，不加引号，现为 2026-10-31 08:00:00。",
        ),
        ("unit-code = 366001", "设置文件 xlperf.toml 中的 unit-code 应为引号里的文字，现为 366001。"),
        (
            "layout = 'hubei'",
            "设置文件 xlperf.toml 中的 layout 应为"
            '"national"、"hebei"、"transfer"、"20+80"、"sichuan"之一，现为 "hubei"。是否指 hebei？',
        ),
        (
            "fail-on = ['info']",
            '设置文件 xlperf.toml 中的 fail-on 应为"error"、"warning"、"info"、"never"之一，现为 […]。',
        ),
        ("language = 'fr'", '设置文件 xlperf.toml 中的 language 应为"zh"、"en"之一，现为 "fr"。'),
        (
            "pack.use = 'his'\npack.ours.based-on = 'hebei'",
            '设置文件 xlperf.toml 中的 pack 应为"national-2026"、"national-2026-cost"、"hebei"、"hubei-2026"、'
            '"jiangxi-2026"、"20+80"、"sichuan"、"national-2020"、"national-2020-ratio"、"national-2020-zero"、'
            '"national-2021-cost"、"hubei"、"jiangxi"、"ours"之一，现为 "his"。',
        ),
        (
            "year = 2026\npack = hubei",
            "设置文件 xlperf.toml 写法有误：第2行第8个字符，Invalid value。"
            '每行一项，如 pack = "hubei"，文字写在英文引号里；有 [pack."名称"] 的文件不写 pack = …，'
            '在 [pack] 下写 use = "名称"。',
        ),
        ("单位名称".encode("gb18030"), "设置文件 xlperf.toml 不是 UTF-8 文本。请用记事本打开，另存为，编码选 UTF-8。"),
        ("#" * 2**20, "设置文件 xlperf.toml 无法读取：> 32 KB。"),
    ],
)
def test_what_is_wrong_is_told_with_file_key_and_what_should_stand_there(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    assert refusal(tmp_path / "xlperf.toml", text) == sentence


@pytest.mark.parametrize(
    "text",
    [
        'year = "',
        "[pack.a]\nx = " + "[" * 10_000,
        "year = " + "9" * 10_000,
        "[pack.a]\n[pack.a]\n",
        'pack = "a"\n[pack.a]\n',
        "\0",
    ],
)
def test_a_damaged_file_is_a_sentence(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path / "xlperf.toml", text).startswith("设置文件 xlperf.toml 写法有误：")
    assert refusal(tmp_path / "xlperf.toml", text, "en").startswith("The settings in xlperf.toml are damaged: ")


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "xlperf.toml"
    path.mkdir()

    with pytest.raises(UsageError, match=r"无法读取"):
        read_preferences([str(path)])


def test_a_file_among_those_returned_is_left_out_even_if_damaged(tmp_path: Path) -> None:
    theirs = written(tmp_path / "交回" / "甲庭" / "xlperf.toml", "damaged")
    ours = written(tmp_path / "user" / "xlperf.toml", "year = 2026")

    preferences = read_preferences([theirs, ours], [tmp_path / "交回"])

    assert (preferences.year, preferences.left_out) == (2026, (theirs,))


def test_a_file_left_out_is_named_once_by_whatever_path(tmp_path: Path) -> None:
    theirs = written(tmp_path / "交回" / "xlperf.toml", "")
    other = tmp_path / "交回" / "乙庭" / "XLPERF.toml"
    preferences = read_preferences([theirs], [tmp_path / "交回"])

    returned = [tmp_path / "交回" / "甲.xlsx", tmp_path / "交回" / "乙庭" / ".." / "xlperf.toml", other]
    assert [os.path.realpath(path) for path in preferences.unused(returned)] == [theirs, str(other)]


# --- unit and year ----------------------------------------------------------------------------------------------------

OURS = Preferences(unit_code="366001", unit_name="甲院", year=2027)


def unit_of(path: Path, code: str, name: str) -> BudgetUnit:
    path.write_text(f"单位代码,单位名称,编码,名称,预算\n{code},{name},99030026P00041810002W,办案,1\n", encoding="utf-8")
    return read_source(path, None, OURS)[0].unit


@pytest.mark.parametrize(
    ("stated", "filled"),
    [
        (("", ""), ("366001", "甲院")),
        (("366001", ""), ("366001", "甲院")),
        (("", "甲院"), ("366001", "甲院")),
        (("366002", ""), ("366002", "")),
        (("", "乙院"), ("", "乙院")),
        (("366001", "乙院"), ("366001", "乙院")),
    ],
)
def test_what_a_list_says_of_its_unit_wins(tmp_path: Path, stated: tuple[str, str], filled: tuple[str, str]) -> None:
    assert unit_of(tmp_path / "清单.csv", *stated) == BudgetUnit(code=filled[0], name=filled[1])


@pytest.mark.parametrize(
    ("code", "flag", "year"), [("99030026P00041810002W", None, 2026), ("", None, 2027), ("", 2028, 2028)]
)
def test_the_year_stands_in_where_a_list_says_none(tmp_path: Path, code: str, flag: int | None, year: int) -> None:
    path = tmp_path / "清单.csv"
    path.write_text(f"编码,名称,预算\n{code},办案,1\n", encoding="utf-8")

    assert read_source(path, flag, OURS)[0].year == year


def test_blank_forms_have_unit_and_year_of_the_preferences() -> None:
    department = blank_department(2, None, OURS)

    assert (department.unit, department.year) == (BudgetUnit(code="366001", name="甲院"), 2027)
    assert blank_department(2, 2026, OURS).year == 2026


# --- where the files lie ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("windows", "environment", "path"),
    [
        (True, {"APPDATA": "R"}, "R/xlperf/xlperf.toml"),
        (True, {}, ""),
        (False, {"XDG_CONFIG_HOME": "X", "HOME": "H"}, "X/xlperf/xlperf.toml"),
        (False, {"XDG_CONFIG_HOME": "", "HOME": "H"}, "H/.config/xlperf/xlperf.toml"),
    ],
)
def test_the_users_file_lies_where_the_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, windows: bool, environment: dict[str, str], path: str
) -> None:
    monkeypatch.setattr(files, "WINDOWS", windows)
    for variable in ("APPDATA", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("USERPROFILE", environment.get("HOME", ""))  # what Windows takes for ~

    assert files.user_file().replace(os.sep, "/") == path


@pytest.mark.parametrize(
    "text",
    [
        'language = "en"',
        "year = 2026\r\n  language='en'  # for guests\r\nyaer = [",
        '# language = "zh"\nlanguage = "en"\n[pack.ours]\nlanguage = "zh"\n',
    ],
)
def test_the_language_shows_at_a_glance(tmp_path: Path, text: str) -> None:
    silent = written(tmp_path / "xlperf.toml", '[pack.ours]\nlanguage = "en"\n')

    assert files.language_at_a_glance([silent]) == "zh"
    assert files.language_at_a_glance([silent, written(tmp_path / "user" / "xlperf.toml", text)]) == "en"
