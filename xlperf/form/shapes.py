"""The places whose layouts there are, and what their 自评表 has of its own (forms.md §3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """What differs between places: heads of the money columns, sources of funds, whether 分值 comes first, the foot.

    `note` is what 参数 says of the place; `foot` are the rows of free text: label, key of the slot, prompt.
    """

    note: str
    budget: str = "全年预算数"
    paid: str = "全年执行数"
    rate: str = "执行率"
    sources: tuple[tuple[str, str], ...] = (
        ("其中：当年财政拨款", "fiscal_funds"),
        ("上年结转资金", "carryover"),
        ("其他资金", "other_funds"),
    )
    weight_first: bool = False
    foot: tuple[tuple[str, str, str], ...] = (("其他需要说明", "remark", "其他需要说明的问题；没有可留空。"),)


SHAPES = {
    "national": Shape("全国"),
    "hebei": Shape(
        "河北（未见印本，从全国表式）",
        sources=(
            ("财政资金：本级安排", "fiscal_funds"),
            ("其中：上级补助", "upper_grants"),
            ("其他资金", "other_funds"),
        ),
        foot=(("自评结论", "conclusion", "本项目绩效自评的结论。"),),
    ),
    "transfer": Shape("转移支付", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）", weight_first=True),
    "20+80": Shape("20+80", "预算数（A）", "执行数（B）", "执行率（B/A）"),
    "sichuan": Shape(
        "四川",
        budget="调整后预算数",
        paid="执行数",
        sources=(
            ("其中：财政拨款", "fiscal_funds"),
            ("财政专户管理资金", "special_account"),
            ("单位资金", "own_funds"),
            ("其他资金", "other_funds"),
        ),
        foot=(
            ("评价结论", "conclusion", "本项目绩效自评的结论。"),
            ("存在问题", "problems", "执行和管理中存在的问题。"),
            ("改进措施", "measures", "针对问题的改进措施。"),
        ),
    ),
}
"""By layout. Monitoring and plan look the same everywhere, as far as prints were seen."""

LAYOUTS = tuple(SHAPES)
