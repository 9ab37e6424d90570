"""Speed and memory against a plain openpyxl loop, in one run: `python tests/benchmarks/run.py [--workbooks N]`.

Prints ratios; asserts nothing, since machines are noisy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

import openpyxl
import plain

from xlperf.model import Budget, BudgetUnit, Department, Indicator, Project, Settings, SpendPlan, Target
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import write_department

TURNS = 10
SETTINGS = Settings(as_of=dt.date(2026, 10, 31))
PLAN = SpendPlan(shares=tuple(map(Decimal, ("0.2", "0.5", "0.7", "1"))))  # type: ignore[arg-type]


def department(seed: int) -> Department:
    """Six projects with eight indicators each, all filled in."""
    draw = random.Random(seed)
    projects = []
    for number in range(1, 7):
        indicators = tuple(
            Indicator(
                level1=("产出指标", "效益指标", "满意度指标")[i // 3],
                level2="数量指标",
                name=f"第{i}项工作完成情况",
                description="年度内完成的数量占计划数量的比例",
                target=Target(operator=">=", operator_stated=True, value=Decimal(draw.randint(50, 100)), unit="%"),
                basis="工作计划",
                weight=Decimal("11.25"),
                actual=Decimal(draw.randint(400, 1100)).scaleb(-1),
                deviation_reason="其他：年底前完成" if i % 3 else "",
            )
            for i in range(8)
        )
        projects.append(
            Project(
                number=number,
                code=f"13080023P{seed:06d}{number}0001U",
                name=f"第{number}项业务经费",
                budget=Budget(initial=Decimal(draw.randint(20, 300)), fiscal_funds=Decimal(20)),
                spend_plan=PLAN,
                payments=tuple(Decimal(draw.randint(0, 200)).scaleb(-2) for _ in range(12)),
                objectives=("保障工作正常开展。", "按月均衡支付。"),
                indicators=indicators,
            )
        )
    unit = BudgetUnit(code=f"{seed:06d}", name=f"第{seed}法院")
    return Department(unit=unit, year=2026, overall_objective="依法履职。", projects=tuple(projects))


def timed(work: Callable[[], object]) -> float:
    """Seconds this takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(
    ours: Callable[[int], object], count: int, theirs: Callable[[int], object], sample: int
) -> tuple[float, float]:
    """Seconds of both, a few of ours and a few of theirs in turn, so that a busy machine slows both alike."""
    spent = [0.0, 0.0]
    for turn in range(TURNS):
        for side, (work, number) in enumerate(((ours, count), (theirs, sample))):
            for i in range(turn * number // TURNS, (turn + 1) * number // TURNS):
                start = time.perf_counter()
                work(i)
                spent[side] += time.perf_counter() - start
    return spent[0], spent[1]


def line(what: str, count: int, ours: float, plain_count: int, theirs: float) -> None:
    """One result: time per workbook and the ratio."""
    mine, other = ours / count * 1000, theirs / plain_count * 1000
    print(f"{what:<44}{mine:>9.1f} ms {other:>9.1f} ms {other / mine:>8.1f} ×")


def consolidated_peak(folder: Path, target: Path) -> tuple[float, float]:
    """Peak memory in MB of consolidating a folder: the process itself, and the largest of its workers."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_consolidated, folder, target).result()


def _consolidated(folder: Path, target: Path) -> tuple[float, float]:
    from xlperf.jobs.consolidate import consolidate

    consolidate(folder, target, force=True)
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own / 1024, workers / 1024


def plain_consolidation(paths: list[Path], target: Path) -> None:
    """Read every workbook and list its indicators, as a script would."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("指标汇总")
    for path in paths:
        _, rows = plain.read(path)
        for row in rows:
            sheet.append(
                [path.name, *(str(value) if value is not None else None for value in row.model_dump().values())]
            )
    book.save(target)


def main() -> None:
    """Run all benchmarks and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", type=int, default=200, help="workbooks for speed (default 200)")
    parser.add_argument("--plain", type=int, default=0, help="workbooks for the plain loop (default: as many)")
    parser.add_argument("--memory", action="store_true", help="also the memory of consolidating 100 and 1,000")
    args = parser.parse_args()
    sample = args.plain or args.workbooks
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        departments = [department(seed) for seed in range(args.workbooks)]
        ours, theirs = folder / "ours", folder / "plain"
        ours.mkdir()
        theirs.mkdir()
        print(f"{args.workbooks} workbooks of 6 projects; plain openpyxl on {sample}\n")
        print(f"{'per workbook':<44}{'xlperf':>12} {'openpyxl':>12} {'ratio':>10}")
        mine, other = in_turns(
            lambda i: write_department(departments[i], SETTINGS, ours / f"{i}.xlsx"),
            args.workbooks,
            lambda i: plain.generate(departments[i], SETTINGS, theirs / f"{i}.xlsx"),
            sample,
        )
        line("generate", args.workbooks, mine, sample, other)
        paths = sorted(ours.iterdir())
        mine, other = in_turns(
            lambda i: read_workbook(paths[i]), args.workbooks, lambda i: plain.read(paths[i]), sample
        )
        line("read, against openpyxl's values only", args.workbooks, mine, sample, other)
        mine, other = in_turns(
            lambda i: read_workbook(paths[i]), args.workbooks, lambda i: plain.read_with_formulas(paths[i]), sample
        )
        line("read, against openpyxl noticing formulas too", args.workbooks, mine, sample, other)
        from xlperf.jobs.consolidate import consolidate

        mine = timed(lambda: consolidate(ours, folder / "summary.xlsx"))
        other = timed(lambda: plain_consolidation(paths[:sample], folder / "plain.xlsx"))
        line("consolidate into a summary, all processes", args.workbooks, mine, sample, other)
        if args.memory:
            memory(folder)


def memory(folder: Path) -> None:
    """Peak memory of the consolidating process for 100 and 1,000 workbooks."""
    peaks = []
    for count in (100, 1000):
        source = folder / f"memory{count}"
        source.mkdir()
        for seed in range(count):
            write_department(department(seed), SETTINGS, source / f"{seed}.xlsx")
        peaks.append(consolidated_peak(source, folder / f"memory{count}.xlsx"))
    print()
    for what, small, large in zip(("process", "largest worker"), *peaks, strict=True):
        print(f"peak memory, {what}: 100 workbooks {small:.0f} MB, 1,000 {large:.0f} MB, {large / small:.2f} ×")


if __name__ == "__main__":
    main()
