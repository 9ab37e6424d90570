"""What may be typed into the inputs of the forms: validation rules with their Chinese prompts and errors."""

from __future__ import annotations

from xlperf.form.parts import Bound

LARGEST = "100000000"  # 万元; beyond it somebody typed 元


def text_bound(limit: int, prompt: str) -> Bound:
    """Any text up to a length."""
    return Bound("textLength", "0", prompt, f"最多{limit}个字，请精简。", formula2=str(limit))


def choice(list_name: str, prompt: str, error: str = "请从下拉列表中选择。") -> Bound:
    """A value of a list, no other."""
    return Bound("list", f"{{@{list_name}}}", prompt, error)


def usual(list_name: str, prompt: str, error: str) -> Bound:
    """A value of a list, or another word the clerk insists on."""
    return Bound("list", f"{{@{list_name}}}", prompt, error, warning=True)


def money_bound(prompt: str, least: str = "0") -> Bound:
    """An amount in 万元."""
    at_least = "，不小于0" if least == "0" else ""
    return Bound("decimal", least, prompt, f"请填数字，单位为万元，不带文字{at_least}。", formula2=LARGEST)


def points_bound(what: str, prompt: str) -> Bound:
    """Points, of which there are 100 in all."""
    return Bound("decimal", "0", prompt, f"{what}应为0到100之间的数字。", formula2="100")


def custom(own: str, rule: str, prompt: str, error: str) -> Bound:
    """A rule for the slot `own` about other cells too; blank, the slot is always right.

    Excel skips a rule that ignores blanks as soon as any cell it refers to is blank. So these ignore none: the rule
    itself says what a blank means (Validation.IgnoreBlank in Microsoft's reference).
    """
    return Bound("custom", f"OR(ISBLANK({{{own}}}),{rule})", prompt, error)


def part_of_budget(own: str, other: str, prompt: str) -> Bound:
    """财政资金 and 其他资金: once both and the budget stand there, they add up to it."""
    rule = (
        f"AND(ISNUMBER({{{own}}}),{{{own}}}>=0,OR(COUNT({{{other}}},{{budget.initial}})<2,"
        f"ROUND(N({{{own}}})+N({{{other}}})-N({{budget.initial}}),6)=0))"
    )
    error = "应为不小于0的数字，且财政资金＋其他资金＝预算数。两项都要改时，请先清空其中一项。"
    return custom(own, rule, prompt, error)


def share_bound(keys: tuple[str, ...], index: int, month: int) -> Bound:
    """Checkpoint `index` of a spend plan: a share between its neighbours; the last one is all of it."""
    own = f"{{{keys[index]}}}"
    rules = [f"ISNUMBER({own})", f"{own}>=0", f"{own}<=1"]
    before, after = (",".join(f"{{{key}}}" for key in part) for part in (keys[:index], keys[index + 1 :]))
    if before:
        rules.append(f"{own}>=MAX({before})")
    rules.append(f"OR(COUNT({after})=0,{own}<=MIN({after}))" if after else f"{own}=1")
    error = "应为0–100%之间的累计比例，不小于前一节点，不大于后一节点。" if after else "12月底应为100%。"
    advice = "如 50%，不小于前一节点。尚未安排支出的填 0%。" if after else "应为 100%。"
    prompt = f"截至{month}月底计划累计支付的比例，{advice}"
    return custom(keys[index], f"AND({','.join(rules)})", prompt, error)
