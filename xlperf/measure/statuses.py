"""The words that functions take and answer: statuses, lights, compliance states, ratings, operators, grades.

The rules that choose between them stand in `progress`, `indicators`, `lights`, `scores`, `totals` and `codes`.
"""

from __future__ import annotations

from xlperf.measure.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Dict

BLANK = ""

NOT_A_NUMBER = "非数字"
NO_BUDGET = "无预算"
BAD_BUDGET = "预算有误"
BAD_PLAN = "计划有误"
NOT_DUE = "未到计划节点"
NOT_STARTED = "未开始"
BAD_DATE = "日期有误"
ZERO_TARGET = "目标为零"
BAD_WEIGHT = "分值有误"
BAD_TOTAL = "总分有误"
OUT_OF_BAND = "超出档次"
UNKNOWN_PACK = "规则包未知"
UNKNOWN_METHOD = "方法未知"
UNDECIDABLE = "无法判定"
UNEQUAL_RANGES = "区域不一致"

# Answered in place of a number that cannot be given -> why. A function that is handed one answers the same word.
STATUS: Dict[str, str] = {
    NOT_A_NUMBER: "a word or an error value where a number belongs",
    NO_BUDGET: "the budget is 0, so a rate is undefined",
    BAD_BUDGET: "the budget is negative",
    BAD_PLAN: "not four checkpoints, or a planned share below 0 or above 1",
    NOT_DUE: "nothing is planned yet at this date",
    NOT_STARTED: "no month of the budget year is completed yet",
    BAD_DATE: "neither a number of months 0-12 nor a date 2000-2099, or a year outside 2000-2099",
    ZERO_TARGET: "the target is 0, so a completion is undefined",
    BAD_WEIGHT: "the weight is negative",
    BAD_TOTAL: "the total score lies outside 0-100",
    OUT_OF_BAND: "the points lie outside the band of the qualitative rating",
    UNKNOWN_PACK: "no rule pack has this name",
    UNKNOWN_METHOD: "no plan method has this name",
    UNDECIDABLE: "the operator, the rating or the values allow no answer",
    UNEQUAL_RANGES: "the ranges passed to one function differ in shape",
}

OVERSPENT = "超支"
SERIOUSLY_BEHIND = "严重滞后"
BEHIND = "滞后"
ON_TRACK = "正常"

# Light of the spend progress, best first -> what it means.
LIGHTS: Dict[str, str] = {
    ON_TRACK: "green: plan progress at or above the green threshold",
    BEHIND: "yellow: plan progress below the green threshold",
    SERIOUSLY_BEHIND: "red: plan progress below the yellow threshold",
    OVERSPENT: "paid more than the budget",
}

RED, YELLOW, GREEN, BLUE = "红灯", "黄灯", "绿灯", "蓝灯"

# Official lights, worst first; money has no blue one.
OFFICIAL_LIGHTS: Dict[str, str] = {
    RED: "red: below the red threshold; outside a limit; not attained",
    YELLOW: "yellow: below the yellow threshold; partly attained",
    GREEN: "green: on time; inside a limit; attained",
    BLUE: "blue: well above what the time asks",
}

OWED = "需说明"  # a reason is owed

CERTAIN, POSSIBLE, IMPOSSIBLE = "确定能", "有可能", "完全不可能"
LIKELIHOODS = (CERTAIN, POSSIBLE, IMPOSSIBLE)

MET = "达标"
UNMET = "未达标"
OVERFULFILLED = "超额"
IN_PROGRESS = "进行中"
NOT_FILLED = "未填报"
NOT_APPLICABLE = "不涉及"

# Compliance state -> its name for programs.
COMPLIANCE_STATES: Dict[str, str] = {
    MET: "met",
    OVERFULFILLED: "overfulfilled",  # met and well above the target: demands an explanation
    UNMET: "unmet",
    IN_PROGRESS: "in_progress",  # not yet met, before the year has ended
    NOT_FILLED: "not_filled",  # no actual value yet
    UNDECIDABLE: "undecidable",
    NOT_APPLICABLE: "not_applicable",
}

QUALITATIVE = "定性"

# Spelling in a cell -> operator. A target without an operator means "=" (domain.md §3).
OPERATORS: Dict[str, str] = {
    "≥": "≥",
    ">=": "≥",
    ">": ">",
    "=": "=",
    BLANK: "=",
    "≤": "≤",
    "<=": "≤",
    "<": "<",
}
RISING = ("≥", ">", "=")
FALLING = ("≤", "<")

ATTAINED = "达成"
PARTLY_ATTAINED = "部分达成"
NOT_ATTAINED = "未达成"
RATINGS = (ATTAINED, PARTLY_ATTAINED, NOT_ATTAINED)
RATING_STARTS = {ATTAINED: ATTAINED, "达到": ATTAINED, PARTLY_ATTAINED: PARTLY_ATTAINED, NOT_ATTAINED: NOT_ATTAINED}
"""How a rating begins, as people write it out -> the rating."""

EXCELLENT, GOOD, FAIR, POOR = GRADES = ("优", "良", "中", "差")

STEP, LINEAR = "按节点", "线性"
STEP_METHOD = (BLANK, STEP, "step")
LINEAR_METHOD = (LINEAR, "linear")

CODE_VALID = "有效"  # 21 characters and the check character fits
CODE_MISMATCH = "校验位不符"  # the check character does not fit the other twenty
CODE_LENGTH = "应为21位"
CODE_CHARACTER = "含非法字符"  # one that P codes do not use: no I O S V Z
CODE_UNCHECKED = "类型无校验位"  # only codes of type P carry a check character
