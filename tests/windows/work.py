"""The work of a department by the command line, in a new folder, for two systems to be compared.

Runs the xlperf of the Python that runs this; what each command prints lies beside the files it makes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

MOMENT = 1_700_000_000  # when every file was handed in
DOCUMENT = "例/1-绩效文本.txt"
PROJECTS = 20  # workers are started from 16 files on

# Each with its exit code: 1 where the findings of the example are errors.
BEFORE = (
    (0, "demo", "例"),
    (0, "parse", DOCUMENT, "--json", "--fail-on", "never"),
    (0, "generate", DOCUMENT, "-o", "部门", "--fail-on", "never"),
    (0, "generate", DOCUMENT, "-o", "部门", "--macros", "--fail-on", "never"),
    (0, "generate", DOCUMENT, "-o", "项目", "--split", "project", "--fail-on", "never"),
    (0, "generate", "项目.csv", "-o", "交回", "--split", "project", "--year", "2026"),
    (0, "generate", "--blank", "3", "--year", "2026", "-o", "空白"),
)
AFTER = (
    (1, "check", "交回", "--annotate", "检查"),
    (1, "check", "交回", "--json"),
    (1, "consolidate", "交回", "-o", "汇总.xlsx"),
    (0, "consolidate", "交回", "-o", "汇总.xlsx", "--force", "--json", "--fail-on", "never"),
    (3, "consolidate", "交回", "-o", "汇总.xlsx"),
    (0, "addin", "build", "-o", "加载项"),
    (0, "addin", "functions"),
    (0, "rule"),
)


def main(folder: Path) -> int:
    """Returns how many commands ended otherwise than they should."""
    folder.mkdir()
    os.chdir(folder)
    listed = "".join(f"99030026P{n:011d}X,项目{n:02d},{n * 10}.5\n" for n in range(1, PROJECTS + 1))
    Path("项目.csv").write_text(f"项目编码,项目名称,预算数\n{listed}", encoding="utf-8", newline="")
    wrong = sum(map(run, range(len(BEFORE)), BEFORE))
    returned = list(Path("例", "8-绩效自评表（已填）").iterdir())
    for path in returned:
        shutil.copy(path, "交回")
    for path in Path("交回").iterdir():
        os.utime(path, (MOMENT, MOMENT))
    wrong += sum(map(run, range(len(BEFORE), len(BEFORE) + len(AFTER)), AFTER))
    return wrong


def run(number: int, command: tuple[int | str, ...]) -> int:
    wanted, *arguments = command
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "xlperf", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    for stream, said in (("out", done.stdout), ("err", done.stderr)):
        Path(f"{number:02d}-{arguments[0]}.{stream}.txt").write_bytes(said.replace(b"\r\n", b"\n"))
    if done.returncode == wanted:
        return 0
    print(f"exit {done.returncode}, not {wanted}: {' '.join(map(str, arguments))}\n{done.stderr.decode()[-3000:]}")
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
