"""What the functions in cells cost: `PYTHONPATH=tests python tests/benchmarks/functions.py`.

Prints ratios; asserts nothing, since machines are noisy.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hosts.libreoffice.unpacking import unpack
from office import calc
from run import SETTINGS, department

from xlperf.hosts.libreoffice.embedded.xlperf_handing import answer
from xlperf.measure import CATALOG
from xlperf.workbook.write.department import write_department

PROJECTS = 30
ROWS = 1000


def least(work: Callable[[], object], rounds: int = 15) -> float:
    """The seconds of the quickest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, seconds: float, against: float, limit: int) -> None:
    print(
        f"{what:<58}{seconds * 1000:>9.1f} ms {against * 1000:>9.1f} ms {seconds / against:>7.2f} × (at most {limit})"
    )


def starting() -> tuple[float, float]:
    """Importing the module that runs in cells, against starting Python."""

    def run(code: str) -> Callable[[], object]:
        command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {PATHS}; {code}"]
        return lambda: subprocess.run(command, check=True)

    return least(run("import xlperf.measure")), least(run("pass"))


def one_table() -> tuple[float, float]:
    """Scores of a table as Calc asks for them, against the core alone."""
    score = CATALOG["SCORE"]
    columns = [[["≥", "≤"][row % 2], 95.0, 60.0 + row % 50, 7.5] for row in range(ROWS)]
    table = [tuple((value,) for value in column) for column in zip(*columns, strict=True)]
    alone = [[(row[i],) for row in columns] for i in range(4)]
    return least(lambda: answer(score, (*table, None, None))), least(lambda: score.python(*alone))


def recalculation() -> tuple[float, float]:
    """A hard recalculation of a workbook in LibreOffice, with the add-in and without."""
    projects = [project for seed in range(PROJECTS // 6) for project in department(seed).projects]
    numbered = tuple(p.model_copy(update={"number": i}) for i, p in enumerate(projects, start=1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "book.xlsx"
        write_department(department(0).model_copy(update={"projects": numbered}), SETTINGS, book)
        extensions = unpack(folder / "extensions")
        return tuple(min(_recalculated(folder, book, given)) for given in (extensions, None))  # type: ignore[return-value]


def _recalculated(folder: Path, book: Path, extensions: Path | None) -> list[float]:
    asked = {
        "soffice": calc.soffice_program(),
        "profile": str(folder / ("with" if extensions else "without")),
        "extensions": str(extensions) if extensions else None,
        "sidecar": str(calc.SIDECAR.parent),
        "book": str(book),
        "rounds": 7,
    }
    script = Path(__file__).with_name("recalculation_sidecar.py")
    said = subprocess.run(
        [calc.office_python(), str(script), json.dumps(asked)], capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout)  # type: ignore[no-any-return]


PATHS = [str(Path(sys.modules["xlperf"].__file__ or "").parents[1])]


def main() -> None:
    """Measure and print."""
    line("import of the in-cell module, against bare Python", *starting(), 3)
    line(f"{ROWS:,} scores in one call, against the core alone", *one_table(), 3)
    reason = calc.missing_reason()
    if reason:
        print(f"recalculation in LibreOffice: {reason}")
    else:
        line(f"recalculating {PROJECTS} projects, functions against formulas", *recalculation(), 3)


if __name__ == "__main__":
    main()
