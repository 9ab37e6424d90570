"""Says what is wrong with arguments: argparse's messages, which it has in English only, in our words in both languages.

Names what is probably meant, or what there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlperf.jobs.did_you_mean import hint

Pair = tuple[str, str]

KINDS: dict[str, Pair] = {
    "year": ("2000至2099之间的年份", "a year from 2000 to 2099"),
    "date": ("2026-10-31这样的日期", "a date such as 2026-10-31"),
    "count": ("1至500之间的整数", "a whole number from 1 to 500"),
    "rows": ("1至200之间的整数", "a whole number from 1 to 200"),
    "summary": ("以.xlsx结尾的文件名", "a file name that ends in .xlsx"),
}

# fmt: off
SENTENCES: tuple[tuple[str, Pair], ...] = (
    (r"the following arguments are required: (.+)", ("缺少参数 {0}", "{0} is missing")),
    (r"unrecognized arguments: (.+)", ("不认识的参数 {0}", "unknown arguments: {0}")),
    (r"argument (.+?): invalid choice: (.+?) \(.*?choose from (.+)\)",
        ("{0} 不能是 {1}，可以是 {2}", "{0} cannot be {1}; it can be {2}")),
    (r"argument (.+?): invalid (\w+) value: (.+)", ("{0} 应为{1}，现为 {2}", "{0} should be {1}, is {2}")),
    (r"argument (.+?): expected (?:one|at least one) argument", ("{0} 后面缺少内容", "{0} wants something after it")),
    (r"argument (.+?): ignored explicit argument (.+)",
        ("{0} 后面不跟内容，现有 {1}", "{0} takes nothing after it, has {1}")),
)
# fmt: on
OPTIONS = ("。可用的选项：{}", ". There are: {}")
INSTEAD = ("。请写成 {}", ". Write {}")


def fault(message: str, lang: str, options: Sequence[str]) -> str:
    """The sentence for a message of argparse, where the command has these options; an unknown message as it is."""
    index = int(lang != "zh")
    for pattern, sentence in SENTENCES:
        if match := re.fullmatch(pattern, message):
            parts = [KINDS[part][index] if part in KINDS else part.replace("'", "") for part in match.groups()]
            return sentence[index].format(*parts) + _help(message, parts, options, index)
    return message


def _help(message: str, parts: Sequence[str], options: Sequence[str], index: int) -> str:
    """What is meant: the nearest command, word or option; the right name of a summary."""
    if "invalid choice" in message:
        meant = hint(parts[1], parts[2].split(", "))[index]
    elif message.startswith("unrecognized"):
        unknown = next((word for word in parts[0].split() if word.startswith("-")), "")
        meant = hint(unknown.partition("=")[0], options)[index] if unknown else ""
        if unknown and not meant:
            return OPTIONS[index].format(("、", ", ")[index].join(options))
    elif "invalid summary value" in message:
        return INSTEAD[index].format(re.sub(r"\.\w*$", "", parts[2]) + ".xlsx")
    else:
        return ""
    return ("。", ". ")[index] + meant.strip() if meant else ""
