"""The plain worksheet formulas of money, plan, dates and project codes: what a cell computes where no add-in answers.

Each gives exactly the answer of the Python function of the same name, from cells as `formula_parts` describes them;
references come as text, absent optional ones as None. No leading "=". Where Python takes a date, these take the
completed months that `months` answers.
"""

from __future__ import annotations

from xlperf.measure import statuses
from xlperf.measure.codes import (
    ALPHABET,
    CHECKED_TYPE,
    CHECKSUM,
    LENGTH,
    MODULUS,
    TYPE_POSITION,
    WEIGHTS,
)
from xlperf.measure.dates import END_OF_DATES, FIRST_DATE, FIRST_YEAR, LAST_YEAR, MONTHS
from xlperf.measure.formula_parts import (
    AMOUNT_PLACES,
    DIFFERENCE_PLACES,
    RATIO_PLACES,
    as_text,
    blank,
    blank_kept,
    count_filled,
    is_listed,
    joined,
    numeric,
    parameter,
    place_of,
    rule,
    text,
    total,
    with_numbers,
)
from xlperf.measure.progress import CHECKPOINTS, GREEN, YELLOW
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.sentence import BEGUN

if TYPE_CHECKING:
    from typing import Iterable

    from xlperf.measure.formula_parts import Ref

_STARTS = (0, *CHECKPOINTS[:-1])

# A character outside the alphabet makes a sum of more than this, which no sum of 21 good ones comes near.
_LARGEST_SUM = 99975
_FOREIGN = 99999


def _row(values: Iterable[object]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def months(as_of: str, year: Ref = None) -> str:
    """For one cell: MAX and MIN."""
    of_year = f"YEAR({as_of})"
    dated = f"({as_of}>={FIRST_DATE})*({as_of}<{END_OF_DATES})"
    if year is not None:
        of_year = f"IF(ISNUMBER({year}),{year},{of_year})"
        bounds = f"({year}=INT({year}))*({year}>={FIRST_YEAR})*({year}<={LAST_YEAR})"
        dated += f"*IF(ISNUMBER({year}),{bounds},{blank(year)})"
    elapsed = f"MAX(0,MIN({MONTHS},(YEAR({as_of}+1)-{of_year})*{MONTHS}+MONTH({as_of}+1)-1))"
    bad = text(statuses.BAD_DATE)
    counted = f"IF({as_of}=INT({as_of}),{as_of},{bad})"
    body = f"IF(({as_of}>=0)*({as_of}<={MONTHS}),{counted},IF({dated},{elapsed},{bad}))"
    return total(f'IF(ISNUMBER({as_of}),{body},IF({blank(as_of)},"",NA()))')


def reached(part: str, shares: str) -> str:
    bounded = f'IF(COUNTIF({shares},"<0")+COUNTIF({shares},">1"),{text(statuses.BAD_PLAN)},MAX(0,{part}))'
    has_word = f"COUNT({shares})<{count_filled(shares)}"
    return total(f'IF({has_word},{text(statuses.NOT_A_NUMBER)},IF(COUNT({shares})=0,"",{bounded}))')


def plan_share(as_of: str, shares: str, method: Ref = None, year: Ref = None) -> str:
    """`shares` are four cells of `reached`. Stepwise the plan is at the last checkpoint what it is linearly."""
    count = f"LOOKUP({as_of},{_row((0, *CHECKPOINTS))})"
    if method is not None:
        words = (*statuses.STEP_METHOD, *statuses.LINEAR_METHOD)
        is_linear = f"{place_of(method, words)}>{len('|'.join(('', *statuses.STEP_METHOD)))}"
        count = f"IF({is_linear},{as_of},{count})"
    near = f"MMULT(0+({count}={_row(range(MONTHS + 1))}),{_NEAR})"
    planned = f"ROUND(MMULT({shares}*{near},{{1;1;1;1}})/{MONTHS},6)"
    if method is not None:
        planned = total(planned, statuses.UNKNOWN_METHOD)
    return total(f"IF(ISNUMBER({as_of}),IF(COUNT({shares})=4,{planned},INDEX({shares},4)),{as_of})")


def _twelfths(month: int, checkpoint: int) -> int:
    """How much a checkpoint counts in a month by linear interpolation, of 12."""
    before = _STARTS[checkpoint]
    at = CHECKPOINTS[checkpoint]
    if before < month <= at:
        return 12 * (month - before) // (at - before)
    after = CHECKPOINTS[checkpoint + 1] if checkpoint + 1 < len(CHECKPOINTS) else at
    return 12 * (after - month) // (after - at) if at < month < after else 0


_NEAR = "{" + ";".join(
    ",".join(str(_twelfths(month, checkpoint)) for checkpoint in range(len(CHECKPOINTS))) for month in range(MONTHS + 1)
) + "}"  # fmt: skip


def execution_rate(paid: str, budget: str) -> str:
    undefined = f"IF({budget}<0,{text(statuses.BAD_BUDGET)},{text(statuses.NO_BUDGET)})"
    return total(with_numbers(f"IF({budget}>0,ROUND({paid}/{budget},6),{undefined})", paid, budget))


def plan_progress(rate: str, plan: str) -> str:
    return total(with_numbers(f"IF({plan}>0,ROUND({rate}/{plan},6),{text(statuses.NOT_DUE)})", rate, plan))


def time_progress(rate: str, as_of: str, year: Ref = None) -> str:
    ratio = f"ROUND({rate}*{MONTHS}/{as_of},6)"
    return total(with_numbers(f"IF({as_of}<1,{text(statuses.NOT_STARTED)},{ratio})", rate, as_of))


def light(rate: str, progress: str, yellow: Ref = None, green: Ref = None) -> str:
    upper = f"IF({progress}<{parameter(green, GREEN)},{text(statuses.BEHIND)},{text(statuses.ON_TRACK)})"
    by_progress = f"IF({progress}<{parameter(yellow, YELLOW)},{text(statuses.SERIOUSLY_BEHIND)},{upper})"
    not_overspent = with_numbers(by_progress, progress)
    return total(f"IF(ISNUMBER({rate}),IF({rate}>1,{text(statuses.OVERSPENT)},{not_overspent}),{blank_kept(rate)})")


def _with_amounts(body: str, *amounts: str, months: str) -> str:
    """`body` where all cells are numbers; a blank where one is blank; else what stands for the months, or 非数字."""
    otherwise = f"IF({numeric(*amounts)},{months},{text(statuses.NOT_A_NUMBER)})"
    return f'IF({numeric(*amounts, months)},{body},IF({blank(*amounts, months)},"",{otherwise}))'


def money_light(paid: str, budget: str, as_of: str, year: Ref = None, pack: Ref = None) -> str:
    ratio = f"ROUND({paid}*{MONTHS}/({budget}*{as_of}),{RATIO_PLACES})"
    red, yellow, green = (text(word) for word in (statuses.RED, statuses.YELLOW, statuses.GREEN))
    above = f"IF({ratio}<{rule(pack, 'money_yellow_below')},{yellow},{green})"
    timed = f"IF({as_of}<1,{text(statuses.NOT_STARTED)},IF({ratio}<{rule(pack, 'money_red_below')},{red},{above}))"
    body = f"IF({budget}>0,{timed},IF({budget}<0,{text(statuses.BAD_BUDGET)},{red}))"
    return total(_with_amounts(body, paid, budget, months=as_of))


def money_reason(money_light: str, plan_light: str, pack: Ref = None, rate: Ref = None) -> str:
    listed = f"{is_listed(money_light, pack, 'explained')}+{is_listed(plan_light, pack, 'explained')}"
    if rate is not None:  # any number is less than a word
        least = rule(pack, "explained_below")
        listed += f"+{numeric(rate, least)}*({rate}<{least})"
    return total(f'IF({as_text(plan_light)}={text(statuses.NO_BUDGET)},"",IF({listed},{text(statuses.OWED)},""))', "")


def spent_clause(paid: str, rate: str, as_of: str) -> str:
    begun = f"IF({as_of}<1,{text('预算年度尚未满一个月')},{joined(text(BEGUN), as_of, text('月底'))})"
    end = f'IF({as_of}<1,"。","")'
    started = joined(begun, text("，已支付"), _figure(paid), text("万元，预算执行率"), _percent(rate), end)
    without = joined(text(f"{statuses.NO_BUDGET}，已支付"), _figure(paid), text("万元，不计算预算执行率。"))
    otherwise = f"IF(ISNUMBER({rate}),{as_of},IF({as_text(rate)}={text(statuses.NO_BUDGET)},{without},{rate}))"
    return total(f"IF({numeric(rate, as_of)},{started},{otherwise})")


def plan_clause(paid: str, budget: str, plan: str, light: str) -> str:
    planned = joined(
        text("较计划（"),
        _percent(plan),
        text("）"),
        _gap(f"ROUND({paid}/{budget},6)-{plan}"),
        text("（差额"),
        _amount(f"{paid}-{budget}*{plan}", "+0.00;-0.00;0.00"),
        text("万元），"),
        light,
    )
    over = joined(text("超过预算"), _amount(f"{paid}-{budget}", "0.00"), text("万元，"), light)
    # 滞后 and 严重滞后, 正常, 超支 by their last characters; every other word is handed on.
    return f'IFERROR(IF(FIND(RIGHT({light}),"后常支")<3,{planned},{over}),{blank_kept(light)})'


def time_clause(rate: str, as_of: str) -> str:
    due = f"{as_of}/{MONTHS}"
    timed = joined(text("；较序时进度（"), _percent(due), text("）"), _gap(f"{rate}-{due}"), text("。"))
    return total(f'IF({numeric(rate, as_of)},{timed},"")', "")


def sentence(spent: str, planned: str, timed: str) -> str:
    said = f'IF({as_text(planned)}="",{text(statuses.NOT_DUE)},{planned})'
    is_word = f'(LEN({planned})<{len(statuses.NOT_DUE)})*({as_text(planned)}<>"")'
    whole = f"IF({is_word},{planned},{joined(spent, text('，'), said, timed)})"
    return total(f"IF(LEFT({spent},{len(BEGUN)})={text(BEGUN)},{whole},{spent})")


def _figure(value: str) -> str:
    return f'TEXT(ROUND({value},2),"0.00")'


def _percent(part: str) -> str:
    return f'TEXT(ROUND({part},3),"0.0%")'


def _gap(difference: str) -> str:
    style = "高0.0个百分点;低0.0个百分点;持平"
    return f"TEXT(ROUND(100*ROUND({difference},{DIFFERENCE_PLACES}),1),{text(style)})"


def _amount(difference: str, style: str) -> str:
    return f"TEXT(ROUND(ROUND({difference},{AMOUNT_PLACES}),2),{text(style)})"


def check_code(code: str) -> str:
    """For one cell or one column of codes: the checksum lays the characters of a code out in its row.

    A character outside the alphabet makes the sum so large that it leaves no root.
    """
    characters = f"UPPER(TRIM({code}))"
    each = f"MID({characters},{_row(range(1, LENGTH + 1))},1)"
    values = f"IFERROR(FIND({each},{text(ALPHABET)})-1,{_FOREIGN})"
    checksum = f"MMULT({values},{{{';'.join(map(str, WEIGHTS))}}})"
    valid = (_LARGEST_SUM - CHECKSUM) % MODULUS
    fits = f"MOD(ROUND((({_LARGEST_SUM}-{checksum})^0.5)^2,0),{MODULUS})={valid}"
    fitting = f"IF({fits},{text(statuses.CODE_VALID)},{text(statuses.CODE_MISMATCH)})"
    checked = total(fitting, statuses.CODE_CHARACTER)
    is_checked = f"MID({characters},{TYPE_POSITION},1)={text(CHECKED_TYPE)}"
    typed = f"IF({is_checked},{checked},{text(statuses.CODE_UNCHECKED)})"
    counted = f"IF((LEN(TRIM({code}))<>{LENGTH})+ISNUMBER({code}),{text(statuses.CODE_LENGTH)},{typed})"
    return total(f'IF({blank(code)},"",{counted})', statuses.CODE_LENGTH)
