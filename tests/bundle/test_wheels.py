"""Which wheels a platform needs, judged from another one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bundle.made_up import wheel
from packaging.markers import default_environment

from xlperf.bundle.wheels import Platform, Wheel, in_folder, laid_out, needed, read_wheel, wheel_of
from xlperf.model import UnreadableInput, XlperfError

WINDOWS = Platform("windows", "x86_64", (3, 13))
ARM = Platform("linux", "aarch64", (3, 11))


def own(*requires: str) -> Wheel:
    said = "".join(f"Requires-Dist: {each}\n" for each in requires)
    return wheel_of(f"Name: xlperf\nVersion: 1\n{said}".encode(), {}, "xlperf", "")


def chosen(own: Wheel, folder: Path, platform: Platform, *extras: str) -> list[str]:
    return [wheel.file or wheel.name for wheel in needed(own, extras, platform, in_folder(folder, platform))]


def test_markers_are_those_of_the_other_platform(tmp_path: Path) -> None:
    """pip on Linux would leave pywin32 out for Windows too."""
    wheel(tmp_path, "xlwings", "0.37", "cp313-cp313-win_amd64", 'pywin32>=224; platform_system == "Windows"')
    wheel(tmp_path, "pywin32", "312", "cp313-cp313-win_amd64")
    wheel(tmp_path, "tomli", "1", "py3-none-any")
    package = own('xlwings<1; extra == "excel"', 'tomli; python_version < "3.12"', 'pytest; extra == "test"')

    assert chosen(package, tmp_path, WINDOWS) == ["xlperf"]
    assert chosen(package, tmp_path, WINDOWS, "excel") == [
        "pywin32-312-cp313-cp313-win_amd64.whl",
        "xlperf",
        "xlwings-0.37-cp313-cp313-win_amd64.whl",
    ]
    assert chosen(package, tmp_path, ARM) == ["tomli-1-py3-none-any.whl", "xlperf"]


def test_the_latest_that_fits_and_of_that_the_most_particular(tmp_path: Path) -> None:
    for tag in ("py3-none-any", "cp311-cp311-manylinux2014_aarch64", "cp311-cp311-manylinux2014_x86_64"):
        wheel(tmp_path, "core", "2.1", tag)
    wheel(tmp_path, "core", "2.2", "cp311-cp311-manylinux_2_28_aarch64")  # wants a newer system than UOS is
    wheel(tmp_path, "core", "3.0", "py3-none-any")

    assert chosen(own("core<3"), tmp_path, ARM) == ["core-2.1-cp311-cp311-manylinux2014_aarch64.whl", "xlperf"]
    assert chosen(own("core<3"), tmp_path, WINDOWS) == ["core-2.1-py3-none-any.whl", "xlperf"]


def test_all_that_is_missing_is_named(tmp_path: Path) -> None:
    wheel(tmp_path, "core", "2.1", "cp311-cp311-win_amd64", "deep>1")

    with pytest.raises(XlperfError) as error:
        chosen(own("core>=2", "shallow", "core<3"), tmp_path, WINDOWS)

    assert error.value.text() == ("缺少 win_amd64, Python 3.13 用的 wheel：core>=2、shallow、core<3。没有写成安装包。")


def test_versions_that_exclude_each_other_are_named(tmp_path: Path) -> None:
    wheel(tmp_path, "core", "2.1", "py3-none-any")
    wheel(tmp_path, "other", "1", "py3-none-any", "core==2.0")

    with pytest.raises(XlperfError, match=r"core==2\.0"):
        chosen(own("core", "other"), tmp_path, WINDOWS)


def test_where_its_files_lie(tmp_path: Path) -> None:
    parts = {
        "core/__init__.py": "",
        "core-1.data/data/core64.dll": "dll",
        "core-1.data/platlib/core.pyd": "pyd",
        "core-1.data/scripts/core": "script",
    }
    wheel(tmp_path, "core", "1", "py3-none-any", parts=parts)

    laid = dict(laid_out(read_wheel(tmp_path / "core-1-py3-none-any.whl"), "packages", "python"))

    about = "packages/core-1.dist-info/METADATA"
    assert list(laid) == ["packages/core/__init__.py", "python/core64.dll", "packages/core.pyd", about]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_a_damaged_wheel_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "core-1-py3-none-any.whl"
    path.write_bytes(content)

    with pytest.raises(UnreadableInput) as error:
        chosen(own("core"), tmp_path, WINDOWS)

    assert error.value.values["path"] == path


def test_a_wheel_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    wheel(tmp_path, "core", "1", "py3-none-any", parts={"../out.py": ""})

    with pytest.raises(UnreadableInput):
        read_wheel(tmp_path / "core-1-py3-none-any.whl")


def test_the_environment_of_this_platform_is_what_packaging_says() -> None:
    here = default_environment()
    if (here["sys_platform"], here["platform_machine"]) != ("linux", "x86_64"):
        pytest.skip("POSIX: this is another platform")
    said = Platform("linux", "x86_64", sys.version_info[:2]).environment

    same = ("implementation_name", "os_name", "platform_machine", "platform_system", "python_version", "sys_platform")
    assert {name: said[name] for name in same} == {name: here[name] for name in same}
    assert set(said) == set(here) - {"extra"}
