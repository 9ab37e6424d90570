"""The comparison a target states, as a closed set, and the words and signs people write for it."""

from __future__ import annotations

from enum import StrEnum

from xlperf.measure.statuses import NOT_APPLICABLE, QUALITATIVE


class Operator(StrEnum):
    """How an actual value is held against its target."""

    GE = ">="
    LE = "<="
    EQ = "="
    GT = ">"
    LT = "<"
    QUALITATIVE = "qualitative"
    NOT_APPLICABLE = "not_applicable"

    @property
    def symbol(self) -> str:
        """The sign or word staff see and choose in the sheet."""
        return SYMBOLS[self]

    @property
    def compares(self) -> bool:
        """Whether it is a sign that may be stated or not, and no word."""
        return self not in (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)


SYMBOLS = {
    Operator.GE: "≥",
    Operator.LE: "≤",
    Operator.EQ: "=",
    Operator.GT: ">",
    Operator.LT: "<",
    Operator.QUALITATIVE: QUALITATIVE,
    Operator.NOT_APPLICABLE: NOT_APPLICABLE,
}

# Signs that stand behind a number and its unit.
BEHIND: dict[str, Operator] = {
    **dict.fromkeys(("及以上", "以上"), Operator.GE),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), Operator.LE),
}

# Spellings after NFKC folding (full-width signs are half-width by then), domain rules §3.
SPELLINGS: dict[str, Operator] = {
    **{symbol: operator for operator, symbol in SYMBOLS.items()},
    **dict.fromkeys((">=", "=>", "≧", "⩾", "不少于", "不低于", "不小于", "大于等于", "大于或等于"), Operator.GE),
    **dict.fromkeys(("至少", "以上", "≮"), Operator.GE),
    **dict.fromkeys(("<=", "=<", "≦", "⩽", "不多于", "不高于", "不大于", "小于等于", "小于或等于"), Operator.LE),
    **dict.fromkeys(("不超过", "至多", "以内", "以下", "≯"), Operator.LE),
    **dict.fromkeys(("==", "═", "等于"), Operator.EQ),
    **dict.fromkeys(("大于", "高于", "超过", "多于"), Operator.GT),
    **dict.fromkeys(("小于", "低于", "少于"), Operator.LT),
    **dict.fromkeys(("定性指标", "qualitative"), Operator.QUALITATIVE),
    **dict.fromkeys(("不适用", "无", "not_applicable"), Operator.NOT_APPLICABLE),
}
