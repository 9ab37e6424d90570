"""Fixtures that several packages of tests share, and what runs when nobody names a test.

`python -m pytest` alone runs what a newcomer can wait for; `--everything`, or naming files, runs the rest too.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from office.calc import Calc, missing_reason
from required import require

# Folders of tests that take long: foreign programs, kills, mutants, bombs.
LONG = [
    Path(__file__).parent / folder
    for folder in ("crash", "fuzz", "hostile", "hosts/libreoffice", "installed", "judges", "office", "windows")
]
HINT = (
    "Longer tests (other programs as judges, kills, fuzzing) did not run. All of them, about 20 minutes on two cores:"
)
COMMAND = "python -m pytest -q -n auto --dist loadfile --everything"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--everything", action="store_true", help="run the tests that take long, too")


def pytest_configure(config: pytest.Config) -> None:
    if config.args_source is config.ArgsSource.ARGS:
        config.option.everything = True  # who names tests wants them
    if os.environ.get("XLPERF_CI") == "1" and find_spec("hypothesis"):
        from hypothesis import settings

        # The same examples every time: what passes here passes there. Any other run tries new ones.
        settings.register_profile("same", derandomize=True)
        settings.load_profile("same")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Folders whose import alone takes long are not even looked into."""
    if config.option.everything:
        return None
    return True if collection_path in LONG else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.option.everything:
        left_out = {item for item in items if any(map(item.get_closest_marker, ("office", "long")))}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.option.everything:
        terminalreporter.write_line(f"{HINT}\n  {COMMAND}")


@pytest.fixture(scope="session", autouse=True)
def _user_without_preferences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever stands in the xlperf.toml of the user who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("APPDATA", "XDG_CONFIG_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("user")))
        yield


@pytest.fixture(autouse=True)
def _budget_years_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says: who names no day counts to the end of the year. The judges have no program to patch."""
    if find_spec("pydantic"):
        monkeypatch.setattr("xlperf.form.settings.last_month_end", lambda: dt.date(2099, 12, 31))


@pytest.fixture(scope="session")
def start_calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path | None], Calc]]:
    """Start a LibreOffice with a fresh profile, with or without a folder of unpacked extensions."""
    require(missing_reason())
    started: list[Calc] = []

    def start(extensions: Path | None = None) -> Calc:
        started.append(Calc(tmp_path_factory.mktemp("office") / "profile", extensions))
        return started[-1]

    yield start
    for calc in started:
        calc.close()


@pytest.fixture(scope="session")
def calc(start_calc: Callable[[Path | None], Calc]) -> Calc:
    """LibreOffice without any add-in."""
    return start_calc(None)
