"""Departments as various as those that come back: shapes, texts and what is filled in are drawn from a seed.

Their workbooks are those of the self-evaluation, the period that asks most.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from departments import SETTINGS, target
from office.calc import Calc, missing_reason

from xlperf.measure import check_character
from xlperf.model import Budget, BudgetUnit, Department, Indicator, Operator, Project, SpendPlan
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.department import write_department

HALF_FILLED = 0.3  # of the workbooks, which is to say: to June, and every other indicator
LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
UNITS = ("%", "件", "次", "人", "万元", "天", "平方米")
OPERATORS = (Operator.GE, Operator.GE, Operator.GE, Operator.LE, Operator.EQ, Operator.GT)
QUALITIES = ("持续提升", "有效保障", "基本达到预期", "逐步改善")
PIECES = (
    "审结案件", "当事人", "诉讼服务", "信息化建设", "设备购置", "维修改造", "人民法庭", "执行工作", "按月均衡支付",
    "年度内完成", "不低于计划", "提高效率", "保障运转", "专项资金", "合同约定", "验收合格", "群众", "满意", "培训",
    "覆盖面", "及时", "规范管理", "台账", "采购", "招标", "工程进度", "全市", "基层", "书记员", "辅助人员", "经费",
    "聘用", "宣传", "调研", "档案", "安全", "应急", "物业", "车辆", "节约", "用于", "确保", "开展", "第三方", "评价",
)  # fmt: skip


class Shape(NamedTuple):
    """The fewest and the most of everything that makes one workbook unlike another."""

    projects: tuple[int, int]
    indicators: tuple[int, int]
    objectives: tuple[int, int]
    sub_objectives: tuple[int, int]
    paragraph: tuple[int, int]


VARIED = Shape((1, 8), (2, 20), (1, 5), (1, 4), (8, 160))
EQUAL = Shape((6, 6), (8, 8), (2, 2), (2, 2), (8, 160))
SMALL = Shape((1, 1), (4, 4), (1, 1), (1, 1), (8, 40))


def department(seed: int, shape: Shape = VARIED) -> Department:
    """The department of this seed; no other has its project codes, and hardly one its texts."""
    draw = random.Random(seed)
    half = draw.random() < HALF_FILLED
    drawn = Department(
        unit=BudgetUnit(code="366001", name="示范市清河区人民法院"),
        year=SETTINGS.as_of.year,
        overall_objective=_text(draw, shape.paragraph),
        sub_objectives=tuple(_text(draw, shape.paragraph) for _ in range(draw.randint(*shape.sub_objectives))),
        safeguards=("完善制度建设", "加强支出管理"),
        projects=tuple(
            _project(draw, shape, number, f"{seed:07d}{number:02d}", half)
            for number in range(1, draw.randint(*shape.projects) + 1)
        ),
    )
    return with_proposed_weights(drawn, SETTINGS.pack)


def _project(draw: random.Random, shape: Shape, number: int, serial: str, half: bool) -> Project:
    code = f"13080026P00{serial}"
    initial = Decimal(draw.randint(500, 90_000)).scaleb(-2)
    months = 6 if half else SETTINGS.as_of.month
    paid = [(initial * draw.randint(2, 16) / 100).quantize(Decimal("0.01")) for _ in range(months)]
    plan = sorted(Decimal(draw.randint(0, 20)) / 20 for _ in range(3))
    count = draw.randint(*shape.indicators)
    return Project(
        number=number,
        code=code + check_character(code),
        name=_text(draw, (8, 36)).rstrip("。"),
        budget=Budget(initial=initial, fiscal_funds=initial),
        purpose=_text(draw, shape.paragraph),
        spend_plan=SpendPlan(shares=(*plan, Decimal(1))),
        payments=(*paid, *[None] * (12 - months)),
        objectives=tuple(_text(draw, shape.paragraph) for _ in range(draw.randint(*shape.objectives))),
        indicators=tuple(
            _indicator(draw, shape, LEVELS[i * len(LEVELS) // count], half and bool(i % 2)) for i in range(count)
        ),
        deviation_reason=_text(draw, shape.paragraph) if draw.random() < 0.4 else "",
    )


def _indicator(draw: random.Random, shape: Shape, level: tuple[str, tuple[str, ...]], blank: bool) -> Indicator:
    aim = draw.randint(1, 2000)
    goal, actual = target(draw.choice(OPERATORS), aim, draw.choice(UNITS)), Decimal(aim * draw.randint(60, 120)) / 100
    if draw.random() < 0.25:
        goal, actual = target(Operator.QUALITATIVE, draw.choice(QUALITIES)), "达成"  # type: ignore[assignment]
    return Indicator(
        level1=level[0],
        level2=draw.choice(level[1]),
        name=_text(draw, (4, 20)).rstrip("。"),
        description=_text(draw, shape.paragraph),
        target=goal,
        basis=_text(draw, (4, 30)),
        actual=None if blank else actual,
        deviation_reason=_text(draw, shape.paragraph) if draw.random() < 0.3 else "",
    )


def _text(draw: random.Random, length: tuple[int, int]) -> str:
    wanted, text = draw.randint(*length), ""
    while len(text) < wanted:
        text += draw.choice(PIECES)
    return text[: wanted - 1] + "。"


def write(folder: Path, seeds: Iterable[int], shape: Shape = VARIED) -> list[Path]:
    """The workbooks of these seeds."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed:07d}.xlsx" for seed in seeds]
    for path in paths:
        write_department(department(int(path.stem), shape), SETTINGS, path, force=True)
    return paths


def saved_by_libreoffice(paths: Iterable[Path], folder: Path) -> list[Path]:
    """The same workbooks as LibreOffice saves them. Raises Skipped where there is none."""
    if reason := missing_reason():
        raise Skipped(reason)
    folder.mkdir()
    office = Calc(folder.with_name("profile"))
    try:
        saved = []
        for path in paths:
            saved.append(folder / path.name)
            office.save_as(path, saved[-1])
        return saved
    finally:
        office.close()


class Skipped(Exception):
    """What a measure needs is not on this machine."""
