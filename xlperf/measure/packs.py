"""Rule packs: the named sets of scoring rules that differ from place to place (domain.md §6).

A pack is data; the functions that apply it are in `scores`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.normal import is_blank, word
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
    """One set of scoring rules; `weights` are the points of each first-level class, execution apart."""

    key: str
    zh: str
    en: str
    overrun: str
    execution: Execution
    weights: Tuple[Tuple[str, int], ...]
    note: str


_LINEAR = Execution(10)
_CLASSES = (("产出", 50), ("效益", 30), ("满意度", 10))
_CLASSES_WITH_COST = (("成本", 20), ("产出", 40), ("效益", 20), ("满意度", 10))
_JIANGXI_BANDS = ((Decimal("1"), 10), (Decimal("0.8"), 7), (Decimal("0.6"), 5))

PACKS: Dict[str, Pack] = {
    pack.key: pack
    for pack in (
        Pack("national-2020", "全国2020", "National 2020", PROPORTIONAL, _LINEAR, _CLASSES,
             "默认。反向指标超出目标值的，按超出比例扣分，达到目标值两倍得0分。"),
        Pack("national-2020-ratio", "全国2020比值法", "National 2020, ratio", RATIO, _LINEAR, _CLASSES,
             "反向指标超出目标值的，得分=分值×目标值÷实际值。"),
        Pack("national-2020-zero", "全国2020零分法", "National 2020, all or nothing", ZERO, _LINEAR, _CLASSES,
             "反向指标超出目标值的，得0分。"),
        Pack("national-2021-cost", "全国2021成本", "National 2021 with cost class", PROPORTIONAL, _LINEAR,
             _CLASSES_WITH_COST, "一级指标含成本指标。反向指标按超出比例扣分。"),
        Pack("hubei", "湖北", "Hubei", PROPORTIONAL, Execution(20), (("产出", 40), ("效益", 30), ("满意度", 10)),
             "预算执行率20分，得分=20×执行率。反向指标按超出比例扣分。"),
        Pack("jiangxi", "江西", "Jiangxi", PROPORTIONAL, Execution(10, _JIANGXI_BANDS), _CLASSES,
             "预算执行率分档：100%得10分，80%—100%得7分，60%—80%得5分，低于60%不得分。反向指标按超出比例扣分。"),
    )
}  # fmt: skip

DEFAULT_PACK = PACKS["national-2020"]

_BY_NAME = {name: pack for pack in PACKS.values() for name in (pack.key, pack.zh)}


def find_pack(name: object) -> Optional[Pack]:
    """The pack with this key or Chinese name; the default pack for a blank; None for anything else."""
    return DEFAULT_PACK if is_blank(name) else _BY_NAME.get(word(name))
