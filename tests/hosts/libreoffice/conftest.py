"""LibreOffice with our add-in, without installing it: a folder of unpacked extensions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hosts.libreoffice.unpacking import unpack
from office.calc import Calc

StartCalc = Callable[[Path | None], Calc]


@pytest.fixture(scope="session")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("extensions"))


@pytest.fixture(scope="session")
def calc_with_addin(start_calc: StartCalc, extensions: Path) -> Calc:
    return start_calc(extensions)
