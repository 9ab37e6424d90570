"""What the functions in cells cost: one of the measures of `run.py`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from clock import OURS, Seconds, in_turns, run, timed
from corpus import EQUAL, SETTINGS, department
from hosts.libreoffice.unpacking import unpack
from office import calc
from rows import Aim, Row, times_the_cost

import xlperf
from xlperf.hosts.libreoffice.embedded.xlperf_handing import answer
from xlperf.measure import CATALOG
from xlperf.workbook.write.department import write_department

PROJECTS = 30
ROWS = 1000
MOST = 3  # times the cost of doing without


def starting() -> Iterator[Row]:
    """Importing the module that runs in cells, against starting Python."""
    place = str(Path(xlperf.__file__).parents[1])

    def python(code: str) -> Seconds:
        return run("-I", "-S", "-c", f"import sys; sys.path.insert(0, {place!r}); {code}")

    sides = {OURS: lambda _: python("import xlperf.measure"), "Python alone": lambda _: python("pass")}
    yield from times_the_cost("import of the module in cells", in_turns([[0]] * 15, sides), MOST)


def one_table() -> Iterator[Row]:
    """Scores of a table as Calc asks for them, against the core alone."""
    score = CATALOG["SCORE"]
    columns = [[["≥", "≤"][row % 2], 95.0, 60.0 + row % 50, 7.5] for row in range(ROWS)]
    given = [tuple((value,) for value in column) for column in zip(*columns, strict=True)]
    alone = [[(row[i],) for row in columns] for i in range(4)]
    sides = {
        OURS: lambda _: timed(lambda: answer(score, (*given, None, None))),
        "the core alone": lambda _: timed(lambda: score.python(*alone)),
    }
    yield from times_the_cost(f"{ROWS:,} scores in one call", in_turns([[0]] * 15, sides), MOST)


def recalculation(folder: Path) -> Row:
    """A hard recalculation of a workbook in LibreOffice, with the add-in and without."""
    book = folder / "functions.xlsx"
    drawn = department(0, EQUAL._replace(projects=(PROJECTS, PROJECTS)))
    write_department(drawn, SETTINGS, book)
    extensions = unpack(folder / "extensions")
    functions, formulas = (min(_recalculated(folder, book, given)) for given in (extensions, None))
    ours, against = f"{functions * 1000:.1f} ms of wall time", f"plain formulas: {formulas * 1000:.1f} ms"
    what = f"recalculating {PROJECTS} projects in LibreOffice"
    return Row(what, ours, against, functions / formulas, wall=functions / formulas, aim=Aim(MOST, at_most=True))


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
    answered = subprocess.run(
        [calc.office_python(), str(script), json.dumps(asked)], capture_output=True, text=True, check=True
    )
    return json.loads(answered.stdout)  # type: ignore[no-any-return]
