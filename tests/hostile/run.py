"""The whole hostile set through the reader and through one `xlperf consolidate`, measured.

`run.py write FOLDER` writes the files, `run.py read FOLDER` reads them one by one, `run.py consolidate FOLDER` all at
once; each prints one line of JSON with the bytes it took at most, its workers' included.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from departments import PLANNED
from hostile.workbooks import HOSTILE, built, department_no

from xlperf.cli.main import main
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

GOOD = {"好甲.xlsx": 1, "好乙.xlsx": 2}  # file → number of its department
HANDED_IN, SUMMARY = "交回", "汇总.xlsx"
KIB = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts


def write(into: Path) -> dict[str, object]:
    """All hostile files and two good ones."""
    folder = into / HANDED_IN
    folder.mkdir(parents=True)
    for name, number in GOOD.items():
        (folder / name).write_bytes(department_bytes(department_no(number), PLANNED))
    for name in HOSTILE:
        (folder / f"{name}.xlsx").write_bytes(built(name))
    return {"files": len(list(folder.iterdir()))}


def read(folder: Path) -> dict[str, object]:
    """Every file by itself: the slowest and its seconds."""
    seconds = {}
    for path in sorted((folder / HANDED_IN).iterdir()):
        start = time.process_time()
        read_workbook(path)
        seconds[path.stem] = time.process_time() - start
    slowest = max(seconds, key=seconds.__getitem__)
    return {"slowest": [slowest, seconds[slowest]]}


def consolidated(folder: Path) -> dict[str, object]:
    """The whole folder by the command, in this process and its workers."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = main(["consolidate", str(folder / HANDED_IN), "-o", str(folder / SUMMARY), "--json"])
    return {"exit": code, "told": json.loads(told.getvalue())}


def _peak() -> int:
    """The most memory this process has held and, added to it, the largest of its workers.

    Linux says in ru_maxrss also what the parent held before it started this program, in VmHWM not. Windows: 0.
    """
    if sys.platform == "win32":
        return 0
    import resource

    own, workers = (resource.getrusage(who).ru_maxrss * KIB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    status = Path("/proc/self/status")
    if status.exists():
        own = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
    return own + workers


if __name__ == "__main__":
    step = {"write": write, "read": read, "consolidate": consolidated}[sys.argv[1]]
    print(json.dumps({**step(Path(sys.argv[2])), "peak": _peak()}, ensure_ascii=False))
