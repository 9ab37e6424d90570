"""Rule packs: what differs from place to place (forms.md §7, §11), one record for each place.

`PACKS` is asked at use and never copied, so that a record added to it is known to functions, forms, rules and commands.
A key never changes its meaning: other rules are another record. How a pack stands in cells is told by `parameters`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import statuses
from xlperf.measure.records import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Dict, Tuple, Union

    Points = Union[int, Decimal]

# How indicators are read. By the later one a negative target is undecidable, a negative actual counts 0, an = target of
# 0 has its points at 0 or less, a completion under ≤ or < is the share of the points, a rating is known by its
# beginning, and the edge of a rating's band, at 2 places, belongs to both bands.
OF_2020, OF_2026 = "2020版", "2026版"

# What a target of the kind "at most" scores where it is exceeded:
PROPORTIONAL = "比例法"  # weight x (1 - (actual - target) / target), 0 from twice the target
RATIO = "比值法"  # weight x target / actual
ZERO = "零分法"  # 0

JOINT = "+"  # between the names of classes that have their points together


class Execution(NamedTuple):
    """Points for budget execution: `cap` x rate, or the points of the first band whose floor the rate reaches.

    `places` of the rate count, 4 being 2 decimals of a percentage; at most three bands.
    """

    cap: Points
    bands: Tuple[Tuple[Decimal, Points], ...] = ()
    places: int = 4


class Pack(NamedTuple):
    """The rules of one place; what a record leaves out is as in the national rules of 2026.

    `note` is the sentence on the parameter sheet, with the source. `weights` are the points of each first-level class,
    of several together where `JOINT` joins their names; `second_weights` those of second-level classes. `rescale` says
    whether the points of a first-level class without rows go to the other ones. `ratings` are the bands of a
    qualitative indicator, highest first and the last from 0: the share of the weight from which on a rating holds.
    `grades` are those of the total score, best first: the score from which on each is given. `explained` are the
    lights of money, official ones or those by plan, that ask for a reason; `owing_lights` those of an indicator.
    `owing_excess` is the excess of a ≥ target that does, `owing_equal` says whether an exceeded = target does. `month`
    is the one up to which a place usually monitors. `explained_below` is the execution rate below which the year's end
    asks for a reason, whatever the lights. `base` is the key of the pack whose rules it changes.
    """

    key: str
    zh: str
    en: str
    note: str
    reading: str = OF_2026
    overrun: str = PROPORTIONAL
    equal_exceeded: str = statuses.MET
    execution: Execution = Execution(10)
    weights: Tuple[Tuple[str, Points], ...] = (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))
    second_weights: Tuple[Tuple[str, Points], ...] = ()
    rescale: bool = False
    ratings: Tuple[Tuple[Decimal, str], ...] = tuple(zip(map(Decimal, ("0.8", "0.6", "0")), statuses.RATINGS))
    grades: Tuple[Tuple[Points, str], ...] = tuple(zip((90, 80, 60, 0), statuses.GRADES))
    money_lights: Tuple[Decimal, Decimal] = (Decimal("0.6"), Decimal("0.8"))
    target_lights: Tuple[Decimal, Decimal, Decimal] = (Decimal("0.6"), Decimal("0.8"), Decimal("1.2"))
    unscaled_classes: Tuple[str, ...] = ("质量", "时效", "成本", "经济成本", "满意度", "服务对象满意度")
    unscaled_units: Tuple[str, ...] = ("%", "％", "‰", "百分比", "百分点", "比例")
    explained: Tuple[str, ...] = (statuses.RED, statuses.YELLOW)
    owing_lights: Tuple[str, ...] = (statuses.RED, statuses.YELLOW)
    owing_likelihoods: Tuple[str, ...] = ()
    owing_excess: Tuple[Decimal, ...] = ()
    owing_equal: bool = False
    alerts: Tuple[Decimal, Decimal] = (Decimal("0.05"), Decimal("0.2"))
    month: int = 7
    explained_below: Tuple[Decimal, ...] = ()
    base: str = "national-2026"


_SECOND = (("数量指标", 20), ("质量指标", 10), ("时效指标", 10), ("成本指标", 10))
_COST = (("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10))
_ALL = JOINT.join(("成本指标", "产出指标", "效益指标", "满意度指标"))
_BANDS = ((Decimal("1"), 10), (Decimal("0.8"), 7), (Decimal("0.6"), 5))
_LOWER_BANDS = tuple(zip(map(Decimal, ("0.8", "0.5", "0")), statuses.RATINGS))

_NATIONAL_2020 = Pack(
    "national-2020", "全国2020", "National 2020",
    "反向指标超出目标值的，按超出比例扣分，达到目标值两倍得0分。2026年起的表默认用全国2026。",
    reading=OF_2020, equal_exceeded=statuses.UNMET, execution=Execution(10, places=6),
    explained=(statuses.BEHIND, statuses.SERIOUSLY_BEHIND, statuses.OVERSPENT), base="national-2020",
)  # fmt: skip
_NATIONAL_2026 = Pack(
    "national-2026", "全国2026", "National 2026",
    "默认。按预算管理一体化系统自评导入表的分值和公式：等于型达到或超过即得满分，反向指标超出的按超出比例扣分；"
    "监控预警按执行率÷序时进度，红灯、黄灯须说明原因。",
    second_weights=_SECOND,
)  # fmt: skip

PACKS: Dict[str, Pack] = {
    pack.key: pack
    for pack in (
        _NATIONAL_2026,
        _NATIONAL_2026._replace(
            key="national-2026-cost", zh="全国2026成本", en="National 2026 with cost class",
            note="一级指标含成本指标，其余同全国2026。", weights=_COST, second_weights=()),
        _NATIONAL_2026._replace(
            key="hebei", zh="河北", en="Hebei",
            note="监控期1—6月。正向指标超过全年目标值15%以上、等于型超过目标值的，另须说明原因（按系统的校验；未见印本）。",
            owing_excess=(Decimal("0.15"),), owing_equal=True, month=6),
        _NATIONAL_2026._replace(
            key="hubei-2026", zh="湖北2026", en="Hubei 2026",
            note="执行率20分，产出40分，效益和满意度合计40分；定性三档100%—80%、80%—50%、50%—0%（见印本）。"
            "反向指标的算法未见印本，按超出比例扣分。",
            execution=Execution(20), weights=(("产出指标", 40), ("效益指标+满意度指标", 40)), second_weights=(),
            ratings=_LOWER_BANDS, month=6),
        _NATIONAL_2026._replace(
            key="jiangxi-2026", zh="江西2026", en="Jiangxi 2026",
            note="预算执行率分档：100%得10分，80%—100%得7分，60%—80%得5分，低于60%不得分；"
            "定性三档100%—80%、80%—50%、50%—0%（见较早的印本）。反向指标的算法未见印本，按超出比例扣分。",
            execution=Execution(10, _BANDS, places=6), ratings=_LOWER_BANDS),
        _NATIONAL_2026._replace(
            key="20+80", zh="20+80", en="20+80",
            note="学校、云南的表式：执行率20分，绩效80分（见印本）。80分怎样分到各类未见印本，各项指标平均分配，可以改；"
            "定性档次、等级和预警未见印本，同全国2026。",
            execution=Execution(20), weights=((_ALL, 80),), second_weights=()),
        _NATIONAL_2026._replace(
            key="sichuan", zh="四川", en="Sichuan",
            note="执行率10分，指标90分由单位自行分配，这里建议平均分配；执行率低于90%的，自评须说明原因（见印本）。"
            "定性档次、等级和预警未见印本，同全国2026。",
            weights=((_ALL, 90),), second_weights=(), explained_below=(Decimal("0.9"),)),
        _NATIONAL_2020,
        _NATIONAL_2020._replace(
            key="national-2020-ratio", zh="全国2020比值法", en="National 2020, ratio",
            note="反向指标超出目标值的，得分=分值×目标值÷实际值。", overrun=RATIO),
        _NATIONAL_2020._replace(
            key="national-2020-zero", zh="全国2020零分法", en="National 2020, all or nothing",
            note="反向指标超出目标值的，得0分。", overrun=ZERO),
        _NATIONAL_2020._replace(
            key="national-2021-cost", zh="全国2021成本", en="National 2021 with cost class",
            note="一级指标含成本指标。反向指标按超出比例扣分。", weights=_COST),
        _NATIONAL_2020._replace(
            key="hubei", zh="湖北", en="Hubei",
            note="预算执行率20分，得分=20×执行率。反向指标按超出比例扣分。",
            execution=Execution(20, places=6),
            weights=(("产出指标", 40), ("效益指标", 30), ("满意度指标", 10))),
        _NATIONAL_2020._replace(
            key="jiangxi", zh="江西", en="Jiangxi",
            note="预算执行率分档：100%得10分，80%—100%得7分，60%—80%得5分，低于60%不得分。反向指标按超出比例扣分。",
            execution=Execution(10, _BANDS, places=6)),
    )
}  # fmt: skip

DEFAULT_PACK = PACKS["national-2026"]
"""The pack of a new workbook."""

BLANK_PACK = PACKS["national-2020"]
"""The pack that a blank stands for, in workbooks of 2026.1 and in functions."""


# Second-level classes by first-level class, as the official form prints them (domain.md §3).
CLASSES: Dict[str, Tuple[str, ...]] = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}


def first_level_classes() -> Tuple[str, ...]:
    """The official first-level classes, then those to which only a pack gives points."""
    given = (name for pack in PACKS.values() for joined, _ in pack.weights for name in joined.split(JOINT))
    return tuple(dict.fromkeys((*CLASSES, *given)))


def class_name(text: str) -> str:
    """A class as forms print it, with 指标 at its end."""
    return text if text.endswith("指标") else text + "指标"
