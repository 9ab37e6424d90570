"""Rule packs: what differs from place to place in scoring (domain.md §6), one record for each place.

`PACKS` is asked at use and never copied, so that a record added to it is known to functions, forms, rules and commands.
The functions that apply a pack are in `scores` and `weights`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import statuses
from xlperf.measure.normal import word
from xlperf.measure.records import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Dict, Optional, Tuple

# What a target of the kind "at most" scores where it is exceeded:
PROPORTIONAL = "A"  # weight x (1 - (actual - target) / target), 0 from twice the target
RATIO = "B"  # weight x target / actual
ZERO = "C"  # 0


class Execution(NamedTuple):
    """Points for budget execution: `cap` x rate, or the points of the first band whose floor the rate reaches."""

    cap: int
    bands: Tuple[Tuple[Decimal, int], ...] = ()


class Pack(NamedTuple):
    """The scoring rules of one place; what a record leaves out is as in the national rules.

    `note` is the sentence on the parameter sheet. `weights` are the points of each first-level class; with those for
    budget execution they make 100. `ratings` are the bands of a qualitative indicator, highest first and the last from
    0: the share of the weight from which on a rating holds. `grades` are those of the total score, best
    first: the score from which on each is given. `explained` are the lights that ask for a reason when monitored.
    """

    key: str
    zh: str
    en: str
    note: str
    overrun: str = PROPORTIONAL
    execution: Execution = Execution(10)
    weights: Tuple[Tuple[str, int], ...] = (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))
    ratings: Tuple[Tuple[Decimal, str], ...] = (
        (Decimal("0.8"), statuses.ATTAINED),
        (Decimal("0.6"), statuses.PARTLY_ATTAINED),
        (Decimal("0"), statuses.NOT_ATTAINED),
    )
    grades: Tuple[Tuple[int, str], ...] = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
    explained: Tuple[str, ...] = (statuses.BEHIND, statuses.SERIOUSLY_BEHIND, statuses.OVERSPENT)


PACKS: Dict[str, Pack] = {
    pack.key: pack
    for pack in (
        Pack("national-2020", "全国2020", "National 2020",
             "默认。反向指标超出目标值的，按超出比例扣分，达到目标值两倍得0分。"),
        Pack("national-2020-ratio", "全国2020比值法", "National 2020, ratio",
             "反向指标超出目标值的，得分=分值×目标值÷实际值。", overrun=RATIO),
        Pack("national-2020-zero", "全国2020零分法", "National 2020, all or nothing",
             "反向指标超出目标值的，得0分。", overrun=ZERO),
        Pack("national-2021-cost", "全国2021成本", "National 2021 with cost class",
             "一级指标含成本指标。反向指标按超出比例扣分。",
             weights=(("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10))),
        Pack("hubei", "湖北", "Hubei",
             "预算执行率20分，得分=20×执行率。反向指标按超出比例扣分。",
             execution=Execution(20), weights=(("产出指标", 40), ("效益指标", 30), ("满意度指标", 10))),
        Pack("jiangxi", "江西", "Jiangxi",
             "预算执行率分档：100%得10分，80%—100%得7分，60%—80%得5分，低于60%不得分。反向指标按超出比例扣分。",
             execution=Execution(10, ((Decimal("1"), 10), (Decimal("0.8"), 7), (Decimal("0.6"), 5)))),
    )
}  # fmt: skip

DEFAULT_PACK = PACKS["national-2020"]


def find_pack(name: object) -> Optional[Pack]:
    """The pack with this key or Chinese name; the default pack for a blank; None for anything else."""
    text = word(name)
    if text == statuses.BLANK:
        return DEFAULT_PACK
    return PACKS.get(text) or next((pack for pack in PACKS.values() if pack.zh == text), None)


# Second-level classes by first-level class, as the official form prints them (domain.md §3).
CLASSES: Dict[str, Tuple[str, ...]] = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}


def first_level_classes() -> Tuple[str, ...]:
    """The official first-level classes, then those to which only a pack gives points."""
    return tuple(dict.fromkeys((*CLASSES, *(name for pack in PACKS.values() for name, _ in pack.weights))))


def class_name(text: str) -> str:
    """A class as forms print it, with 指标 at its end."""
    return text if text.endswith("指标") else text + "指标"
