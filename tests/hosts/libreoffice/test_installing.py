"""The .oxt in a user's own LibreOffice: installed by unopkg, at work there, and gone again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from office.calc import Calc

import xlperf
from xlperf.files import office
from xlperf.hosts.libreoffice import find_unopkg, install, installed, installing, package, uninstall
from xlperf.model import XlperfError

NOBODY = 65534

# unopkg refuses to work for root's own profile, so root lets nobody do it, in a folder that is nobody's.
AS_NOBODY = """\
#!/bin/sh
folder={folder}
for argument; do
  shift
  case "$argument" in *.oxt) cp "$argument" "$folder"; argument="$folder/${{argument##*/}}" ;; esac
  set -- "$@" "$argument"
done
chown -R {nobody} "$folder"
HOME="$folder" exec setpriv --reuid={nobody} --regid={nobody} --clear-groups {unopkg} "$@"
"""


@pytest.fixture
def profile(start_calc: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user profile that does not exist yet; asks for LibreOffice as `start_calc` does."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            script(folder / "bin", AS_NOBODY.format(folder=folder, nobody=NOBODY, unopkg=find_unopkg()))
            monkeypatch.setenv("PATH", str(folder / "bin"), prepend=os.pathsep)
        yield folder / "profile"


def script(folder: Path, text: str) -> None:
    folder.mkdir()
    unopkg = folder / "unopkg"
    unopkg.write_text(text, encoding="utf-8")
    unopkg.chmod(0o755)


@pytest.mark.office
def test_installed_it_answers_and_uninstalled_it_is_gone(profile: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, (9, 30, "=XLPERF_RATE(A1,B1)"))

    assert installed(profile) is None
    install(profile)
    assert installed(profile) == xlperf.__version__
    assert answer(profile, book) == 0.3

    install(profile)
    assert installed(profile) == xlperf.__version__

    assert uninstall(profile) is True
    assert installed(profile) is None
    assert answer(profile, book) == "#NAME?"
    assert uninstall(profile) is False


def answer(profile: Path, book: Path) -> object:
    calc = Calc(profile)
    try:
        return calc.recalc(book)["表"]["C1"]
    finally:
        calc.close()


@pytest.mark.office
def test_an_older_office_refuses_it(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "OLDEST_OFFICE", "99.2")

    with pytest.raises(XlperfError, match="unsatisfied dependencies") as refused:
        install(profile)

    assert "25.2" in refused.value.text("zh")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PC without LibreOffice, and a folder on its path."""
    monkeypatch.setattr(office, "_folders", lambda _: iter([tmp_path / "bin"]))
    return tmp_path / "bin"


def test_without_libreoffice_it_says_what_to_install(no_office: Path) -> None:
    with pytest.raises(XlperfError) as missing:
        install()

    assert missing.value.key == "office_missing"
    assert "25.2" in missing.value.text("zh")
    assert "25.2" in missing.value.text("en")


def test_what_unopkg_complains_of_is_said(no_office: Path) -> None:
    script(no_office, "#!/bin/sh\necho\necho 'ERROR: Exception occurred: no room left.' >&2\nexit 1\n")

    with pytest.raises(XlperfError, match="没有完成操作：no room left。"):
        install()


def test_an_unopkg_that_hangs_is_left(no_office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(no_office, "#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(installing, "SECONDS", 0.2)

    with pytest.raises(XlperfError) as silent:
        installed()

    assert silent.value.key == "office_silent"


def test_a_process_that_unopkg_leaves_behind_is_not_waited_for(no_office: Path) -> None:
    """With an office open, unopkg starts another one, which holds on to its output."""
    script(no_office, "#!/bin/sh\nsleep 60 &\necho $! > " + str(no_office / "left") + "\n")

    assert installed() is None
    subprocess.run(["kill", (no_office / "left").read_text().strip()], check=True)


def test_the_version_is_that_of_our_extension_alone(no_office: Path) -> None:
    listed = (
        "All deployed user extensions:\n\n"
        "Identifier: org.other\n  Version: 9.9\n  bundled Packages: {\n      Version: 8\n  }\n\n"
        "Identifier: org.xlperf.calc\n  Version: 0.0.7\n  is registered: yes\n"
    )
    script(no_office, f"#!/bin/sh\ncat <<'END'\n{listed}END\n")

    assert installed() == "0.0.7"
