"""Takes a target apart: operator, value, unit text. Knows how clerks write them, nothing of tables.

The budget system prints the three fields without separators: `≥95保证办案完成度` is (≥, 95, 保证办案完成度).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from xlperf.checks.rules.vocabulary import is_measure
from xlperf.document.blocks import one_line
from xlperf.document.counted import in_digits
from xlperf.model import Operator, Target
from xlperf.model.operator import BEHIND, SPELLINGS
from xlperf.model.text import Number, cut_to_cell, fold, read_number, squeeze

COMPARISONS = (Operator.GE, Operator.LE, Operator.EQ, Operator.GT, Operator.LT)
BLANK = frozenset(("", "-", "--", "—", "——", "/", "\\"))
"""What people write where nothing is meant."""
DIRECTIONS = frozenset(("正向", "反向", "逆向", "负向", "正向指标", "反向指标", "逆向指标", "负向指标"))
"""Whether more or less is better (指标方向): some layouts print it where the sign stands, but it is none."""
_BEFORE = {sign: op for sign, op in SPELLINGS.items() if op in COMPARISONS and sign not in BEHIND}
_SYMBOLS = "<>=≤≥≦≧⩽⩾≮≯═"

# What people say around the number of a target without saying how much: left out, the text stays in `raw`.
_CHANGES = ("提升", "提高", "增长", "增加", "上升", "减少", "下降", "降低", "缩短")
_FRAME = (
    "达到", "达", "完成", "实现", "确保", "保证", "力争", "争取", "预计", "计划", "开展", "组织", "举办", "召开",
    "培训", "新增", *_CHANGES, *(change + end for change in _CHANGES for end in "到至"), "降至", "压减", "节约", "节省",
    "保持在", "保持", "维持在", "维持", "稳定在", "控制在", "控制", "限制在", "压缩在",
    "共计", "总计", "合计", "共", "全年", "年度", "本年", "当年", "每年", "年均", "同比", "环比",
    *(than + year for than in "较比" for year in ("上年度", "上年", "去年")),
    "年初", "项目", "财政", "批复的", "批复", "核定的", "核定", "预算数", "预算", "概算", "投资", "成本", "费用",
    "经费", "资金", "控制数", "标准", "限额", "总额", "金额", "总数", "总", "为", "在", "的",
)  # fmt: skip
_WITHIN = ("控制", "限制在", "压缩在")
"""Said before an amount, they make it the most that may be spent."""
_DONE = (
    "响应", "完成", "办结", "办理", "送达", "到位", "到达", "现场", "处置", "处理", "回复", "答复", "反馈", "修复",
    "解决", "拨付", "支付", "发放", "下达", "审结", "结案", "受理", "报送", "上报", "整改", "交付", "验收", "完毕",
    "受益", "的", "并",
)  # fmt: skip
"""What is done within the time or the amount: said behind a bound, it says nothing about how much."""
_NO_AMOUNT = ("岁", "周岁", "级", "月")
"""60岁以上 says who, 3级以上 of what rank; 3月以内 may be in March."""
_LONGEST = 60  # characters of a sentence of which one number may be the target


def _any(words: tuple[str, ...] | dict[str, Operator]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word)).replace("不", "不[得应能可宜]?", 1) for word in longest_first)


_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+"
_SIGN = re.compile(rf"({_any(_BEFORE)})[\s:]*")
_SIGN_AGAIN = re.compile(rf"(?:{_any(_BEFORE)})\s*({_NUMBER})")
_VALUE = re.compile(rf"({_NUMBER})\s*")
_LIMITED = r"个?工作日|日|天|周|个?星期|个?月|个?季度|年|小时|分钟|秒|米|公里|[百千万亿]{0,2}元"
_SIGN_BEHIND = re.compile(
    rf"(?:(?P<unit>[^，,。;；、\s]{{0,6}}?)(?:\(含\)|含)?\(?(?P<sign>{_any(BEHIND)})\)?|(?P<limited>{_LIMITED})(?:范围)?内)"
    rf"(?:\(含\))?(?:{_any(_DONE)}){{0,4}}[。.]?"
)
_BOUND = re.compile(rf"{_any(BEHIND)}|(?:{_LIMITED}|范围)内")
_RATE_ABOVE = re.compile(r"(%|‰)(及?以上)的?[^0-9，,。;；、]+")
_NOT_APPLICABLE = re.compile(
    rf"(?:{_any(_BEFORE)})?\s*(?:(0(?:\.0+)?)\s*((?:不涉及|不适用).*)|(不涉及|不适用|无)[.。]?)"
)
_QUALITATIVE = re.compile(r"定性(?:指标)?(?:\s*:\s*|(?!指标|评[价估]|[分描说考判]|[为与和的]))(.+)")
_IN_BRACKETS = re.compile(r"\(([^()]{1,8})\)")

# A numeral that is no value: dates, numbers of documents and houses, ranges, ratios, broken numerals.
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*年|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|"
    r"[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*[日号]|底|末|初|前|份|之前|以前|上旬|中旬|下旬)|"
    r"[0-9]{1,2}\s*日\s*(?:前|之前|以前)|[0-9]{1,5}\s*号"
)
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s*月[。.]?")
_NO_SINGLE_NUMBER = re.compile(r"[%‰]?\s*(?:[-~∼至到—–:/.,、±×*]\s*)?[+-]?[0-9]")

_REMARK = re.compile(r"\([^()]*\)")
_OTHER_NUMBER = re.compile(r"(?<![A-Za-z0-9./])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")  # not that of m2, 元/100公里
_DIGITS = re.compile(r"[0-9][0-9,.]*")
_FRAMED = re.compile(_any(_FRAME))
_FORBIDDEN = re.compile("避免|杜绝|防止|禁止|严禁")
_UNTOLD = re.compile("每|[前后近约超逾或至到]$")
"""Before a number without a bound they make it what each one gets, a rank, or about so many."""
_NEGATED = re.compile(r"[不没未非无勿](?:有|会|曾|可|能|得|应|必|要)?\s*$")
_IN_PART = re.compile(r"每(?:个?月|季度?|周|日|天)|第$|[(〔【+±-]$|[A-Za-z]$|[，,。;；、]")


class Reading(NamedTuple):
    """A target understood: the target, and the codes of what is odd about it (XPF107, XPF112)."""

    target: Target
    codes: tuple[str, ...] = ()


def read_target(text: str) -> Reading:
    """The target this cell states. Words without one clear number are qualitative.

    Nothing is guessed from a range, a date or two numbers. A stated sign before words keeps both: `≥良好` is
    (≥, "良好"). A unit that states the sign once more stays verbatim.
    """
    raw = cut_to_cell(one_line(text))
    plain = fold(raw)
    if plain in BLANK:
        return Reading(Target(raw=raw))
    if inapplicable := _NOT_APPLICABLE.fullmatch(plain):
        zero, behind, alone = inapplicable.groups()
        value = None if zero is None else Decimal(0)
        return Reading(Target(operator=Operator.NOT_APPLICABLE, value=value, unit=behind or alone, raw=raw))
    sign = _SIGN.match(plain)
    if sign is None:
        return _unsigned(raw, plain)
    operator = _operator(sign[1])
    second = _SIGN.match(plain, sign.end())
    if second and _operator(second[1]) is operator and _single(plain, second.end()):
        return _signed(raw, plain, second.end(), operator, twice=True)
    symbol = sign[1][0] in _SYMBOLS
    if number := _single(plain, sign.end()):
        if not symbol and _says_another(plain, number):
            return _worded(raw, raw)
        return (None if symbol else _sentence(raw, plain)) or _signed(raw, plain, sign.end(), operator)
    if sentence := _sentence(raw, plain) or _in_words(raw, plain):
        return sentence
    if symbol:
        return _worded(raw, raw[sign.end() :].strip(), operator, ("XPF107",) if second else ())
    return _worded(raw, raw)


def joined_target(sign: str, value: str, unit: str) -> Reading:
    """The target whose sign, value and unit stand in cells of their own; what is no sign is read with the value.

    A value with a unit of its own, or with its sign, is read as in one cell; a sign that says otherwise leaves words.
    """
    sign, value, unit = (cut_to_cell(one_line(part)) for part in (sign, value, unit))
    raw = cut_to_cell(sign + value + unit)
    if squeeze(sign) in DIRECTIONS or fold(sign) in BLANK:
        sign, raw = "", cut_to_cell(value + unit)
    operator = stated_sign(sign)
    if operator is Operator.QUALITATIVE:  # the word is no part of what is to be attained
        raw = cut_to_cell(value + unit)
    if sign and operator is None:
        return read_target(raw)
    if operator is Operator.NOT_APPLICABLE:
        return Reading(Target(operator=operator, value=value or None, unit=unit or sign, raw=raw))
    value = "" if fold(value) in BLANK else value
    unit = "" if fold(unit) in BLANK else _bare(unit)
    if number := _VALUE.fullmatch(fold(value)):
        return _build(raw, number, operator, unit)
    if not value or operator is Operator.QUALITATIVE:
        kind = operator or Operator.EQ
        return Reading(
            Target(operator=kind, operator_stated=operator in COMPARISONS, value=value or None, unit=unit, raw=raw)
        )
    target, codes = read_target(value if fold(value).endswith(fold(unit)) else value + unit)
    if operator is None:
        return Reading(target.model_copy(update={"raw": raw}), codes)
    if target.operator_stated:
        codes = ("XPF107", *codes)
    if not isinstance(target.value, Decimal) or (target.operator_stated and target.operator is not operator):
        return Reading(Target(operator=operator, operator_stated=True, value=value, unit=unit, raw=raw), codes)
    return Reading(target.model_copy(update={"operator": operator, "operator_stated": True, "raw": raw}), codes)


def stated_sign(text: str) -> Operator | None:
    """The operator that a cell of signs states (≥, 大于等于, 定性, 不涉及 …), or None where it says something else."""
    return SPELLINGS.get(squeeze(text)) or (_operator(fold(text)) if _SIGN.fullmatch(fold(text)) else None)


def _operator(sign: str) -> Operator:
    """The operator of a sign that `_SIGN` matched."""
    return _BEFORE[re.sub(r"\s+|(?<=不)[得应能可宜]", "", sign)]


def _unsigned(raw: str, plain: str) -> Reading:
    """No sign in front: one behind the number (95%以上), one in a sentence, none at all (means =), or no number."""
    number = _single(plain, 0)
    if number is None:
        if named := _QUALITATIVE.fullmatch(plain):
            return _worded(raw, raw[named.start(1) :])
        return _sentence(raw, plain) or _in_words(raw, plain) or _worded(raw, raw)
    behind = _behind(plain, number)
    if behind is not None:
        operator, unit = behind
        return _worded(raw, raw) if unit in _NO_AMOUNT else _build(raw, number, operator, unit)
    if _MONTH.fullmatch(plain) or _BOUND.search(plain) or _says_another(plain, number):
        return _worded(raw, raw)
    return _signed(raw, plain, 0, None)


def _signed(raw: str, plain: str, start: int, operator: Operator | None, *, twice: bool = False) -> Reading:
    """A number from `start` on, the rest being its unit; `operator` None = no sign written."""
    number = _single(plain, start)
    assert number is not None
    value = _decimal(number[1])
    again = [_decimal(found[1]) for found in _SIGN_AGAIN.finditer(plain, number.end())]
    if any(other != value for other in again):
        return _worded(raw, raw)
    unit = _bare(raw[number.end() :].strip())
    if operator is not None:
        behind = _behind(plain, number)
        if behind is not None:
            unit, twice = behind[1] if behind[0] is operator else unit, True
        twice = twice or bool(again)
    return _build(raw, number, operator, unit, ("XPF107",) if twice else ())


def _sentence(raw: str, plain: str) -> Reading | None:
    """The target of a sentence whose one number has a sign, a bound or nothing but its unit behind it, else None."""
    digits = _DIGITS.findall(plain[:_LONGEST])
    if len(plain) > _LONGEST or len(digits) != 1:
        return None
    number = _single(plain, plain.index(digits[0]))
    if number is None:
        return None
    before = plain[: number.start()]
    signs = list(_SIGN.finditer(before))
    lead, middle = (before[: signs[0].start()], before[signs[0].end() :]) if signs else (before, "")
    if len(signs) > 1 or _IN_PART.search(lead) or _IN_PART.search(middle) or _NEGATED.search(lead):
        return None
    if _FRAMED.sub("", middle).strip() or _FORBIDDEN.search(lead) or in_digits(plain) is not None:
        return None
    behind = _behind(plain, number)
    if behind is not None:
        operator, unit = behind
        if unit in _NO_AMOUNT or (signs and _operator(signs[0][1]) is not operator):
            return None
        return _build(raw, number, operator, unit)
    rest = raw[number.end() :].strip().rstrip("。.")
    unit = _unit(rest)
    if signs:
        return _build(raw, number, _operator(signs[0][1]), unit)
    named = _FRAMED.sub("", lead).strip(" :")
    if unit in _NO_AMOUNT or re.search("[不没未无]", rest) or _UNTOLD.search(named) or _NEGATED.search(named):
        return None
    if not rest or (named and not is_measure(rest)):
        return None
    return _build(raw, number, Operator.LE if any(word in lead for word in _WITHIN) else None, unit)


def _in_words(raw: str, plain: str) -> Reading | None:
    """The target whose number is written out, 不少于三次; None where that leaves any other text than its unit."""
    counted = in_digits(plain)
    if counted is None:
        return None
    target, codes = read_target(counted.text)
    if not isinstance(target.value, Decimal) or target.unit != counted.unit:
        return None
    return Reading(target.model_copy(update={"raw": raw}), codes)


def _behind(plain: str, number: re.Match[str]) -> tuple[Operator, str] | None:
    """The operator that stands behind a number and its unit, and the unit; None where none does."""
    found = _SIGN_BEHIND.fullmatch(plain, number.end())
    if found is None:
        rate = _RATE_ABOVE.fullmatch(plain, number.end())
        return rate and (BEHIND[rate[2]], rate[1])
    return (Operator.LE, found["limited"]) if found["limited"] else (BEHIND[found["sign"]], found["unit"].strip())


def _says_another(plain: str, number: re.Match[str]) -> bool:
    """Whether the text behind a number has another one, but for dates, remarks in brackets and parts of it."""
    rest = plain[number.end() :].partition("其中")[0]
    rest = _DATE.sub("", rest if rest.startswith("(") else _REMARK.sub("", rest))
    value = _decimal(number[1])
    return any(_decimal(other) != value for other in _OTHER_NUMBER.findall(rest))


def _unit(words: str) -> str:
    """The unit of measure that words behind a number begin with; all of them where they begin with none."""
    bare = _bare(words)
    starts = (bare[:length] for length in range(min(len(bare), 10), 0, -1))
    return next((start for start in starts if is_measure(start)), bare)


def _bare(unit: str) -> str:
    """A unit without the brackets around it or 含 in brackets behind it, and with a plain percent sign."""
    unit = re.sub(r"[(（]含[)）]$", "", unit)
    inner = _IN_BRACKETS.fullmatch(fold(unit))
    unit = unit[1:-1].strip() if inner and is_measure(inner[1]) else unit
    return "%" + unit[1:] if fold(unit[:1]) == "%" else unit


def _build(
    raw: str, number: re.Match[str], operator: Operator | None, unit: str, codes: tuple[str, ...] = ()
) -> Reading:
    value = within(_decimal(number[1]))
    codes += () if value is not None else ("XPF112",)
    stated = operator is not None
    return Reading(
        Target(operator=operator or Operator.EQ, operator_stated=stated, value=value, unit=unit, raw=raw), codes
    )


def _decimal(numeral: str) -> Decimal:
    return Decimal(numeral.replace(",", ""))


def _single(plain: str, start: int) -> re.Match[str] | None:
    """The one number that stands here, or None where it is a date, a range, a ratio or broken."""
    number = _VALUE.match(plain, start)
    if number is None or _DATE.match(plain, start) or _NO_SINGLE_NUMBER.match(plain, number.end()):
        return None
    return number


def _worded(raw: str, words: str, operator: Operator | None = None, codes: tuple[str, ...] = ()) -> Reading:
    """Words where a number belongs; `operator` None = no sign, so they are all there is to say: qualitative."""
    number = read_number(words)  # 10 000: a numeral only when its blanks are closed
    if number is not None:
        value: Decimal | str | None = within(number)
        codes += () if value is not None else ("XPF112",)
        kind = operator or Operator.EQ
    else:
        value, kind = words or None, operator or Operator.QUALITATIVE
    return Reading(Target(operator=kind, operator_stated=operator is not None, value=value, raw=raw), codes)


_NUMBER_TYPE: TypeAdapter[Decimal] = TypeAdapter(Number)


def within(number: Decimal) -> Decimal | None:
    """The number if cells can hold it exactly (9 digits before, 6 behind the point), else None."""
    try:
        return _NUMBER_TYPE.validate_python(number)
    except ValidationError:
        return None
