"""The text a person sends to those who owe something: who, what, by when. Only here do contacts show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from xlperf.checks import message
from xlperf.consolidate.consolidation import Consolidation
from xlperf.document.project_list import Contact
from xlperf.measure import quoted
from xlperf.model.text import code_key

WEEKDAYS = "一二三四五六日"
RULE = "─" * 20


NOBODY = Contact()


def reminder(consolidation: Consolidation, by: dt.date, contacts: Mapping[str, Contact]) -> str:
    """A paragraph for each contact, one for projects without; "" where nothing is owed. `contacts` by project code."""
    whose = {code_key(code): who for code, who in contacts.items()}
    missing: dict[Contact, list[str]] = defaultdict(list)
    unread: dict[Contact, list[str]] = defaultdict(list)
    for code, name in consolidation.missing:
        missing[whose.get(code_key(code), NOBODY)].append(f"{name}（{code}）" if name else code)
    for each in consolidation.unread:
        what = f"{each.project}，文件“{each.place}”" if each.project else f"文件“{each.place}”"
        unread[whose.get(code_key(each.code), NOBODY)].append(f"{what}：{message(each.reason)}")
    year = f"{consolidation.year}年度" if consolidation.year else ""
    sheets = f"{year}{consolidation.period or '绩效'}填报表"
    day = f"{by.year}年{by.month}月{by.day}日（星期{WEEKDAYS[by.weekday()]}）"
    return f"\n{RULE}\n".join(
        _paragraph(who, sheets, day, missing[who], unread[who]) for who in dict.fromkeys([*missing, *unread])
    )


def _paragraph(who: Contact, sheets: str, day: str, missing: Sequence[str], unread: Sequence[str]) -> str:
    reached = "　".join(filter(None, (who.phone and f"电话 {who.phone}", who.email and f"邮箱 {who.email}")))
    lines = [f"发给 {who.name}　{reached}".rstrip()] if reached else []  # for the sender, to be cut off
    lines.append(f"{who.name or '各位'}：您好！")
    if missing:
        lines += [f"以下{len(missing)}个项目的{sheets}还没有收到，请于{day}前报送：", *_numbered(missing)]
    if unread:
        lines += [f"以下{sheets}已经收到，但没有读取成功，请按说明改正，于{day}前重新报送：", *_numbered(unread)]
    return "\n".join(map(quoted, lines))


def _numbered(items: Sequence[str]) -> list[str]:
    return [f"  {number}. {item}" for number, item in enumerate(items, start=1)]
