"""Chinese for argparse's messages about wrong arguments, which it has in English only."""

from __future__ import annotations

import re

KINDS = {
    "year": "2000至2099之间的年份",
    "date": "2026-10-31这样的日期",
    "count": "1至500之间的整数",
    "rows": "1至200之间的整数",
    "summary": "以.xlsx结尾的文件名",
}

SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少参数 {}"),
    (r"unrecognized arguments: (.+)", "不认识的参数 {}"),
    (r"argument (.+?): invalid choice: (.+?) \(.*?choose from (.+)\)", "{} 不能是 {}，可以是 {}"),
    (r"argument (.+?): invalid (\w+) value: (.+)", "{} 应为{}，现为 {}"),
    (r"argument (.+?): expected (?:one|at least one) argument", "{} 后面缺少内容"),
    (r"argument (.+?): ignored explicit argument (.+)", "{} 后面不跟内容，现有 {}"),
)


def in_chinese(message: str) -> str:
    """The Chinese sentence for a message of argparse; an unknown message as it is."""
    for pattern, sentence in SENTENCES:
        if match := re.fullmatch(pattern, message):
            return sentence.format(*(KINDS.get(part, part).replace("'", "") for part in match.groups()))
    return message
