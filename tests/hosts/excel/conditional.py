"""VBA as a compiler of one machine sees it: the branches of #If that hold there, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping

WINDOWS_64 = {"VBA7": True, "Win64": True, "Mac": False, "MAC_OFFICE_VERSION": 0}
WINDOWS_32 = {**WINDOWS_64, "Win64": False}
MAC = {**WINDOWS_64, "Mac": True, "MAC_OFFICE_VERSION": 16}


def compiled(code: str, constants: Mapping[str, object]) -> str:
    """The lines that are compiled where these constants hold, without comments."""
    known = dict(constants)
    lines: list[str] = []
    taken: list[list[bool]] = []  # for each open #If: whether this branch is compiled, and whether one was before
    for line in map(without_comment, code.splitlines()):
        words = line.strip()
        if words.startswith("#If "):
            taken.append(2 * [holds(words[4:], known)])
        elif words.startswith("#ElseIf "):
            here = not taken[-1][1] and holds(words[8:], known)
            taken[-1] = [here, taken[-1][1] or here]
        elif words == "#Else":
            taken[-1] = [not taken[-1][1], True]
        elif words == "#End If":
            taken.pop()
        elif all(here for here, _ in taken):
            if constant := re.fullmatch(r'#Const (\w+) = "([^"]*)"', words):
                known[constant[1]] = constant[2]
            else:
                lines.append(line)
    assert not taken
    return "\n".join(lines)


def holds(condition: str, constants: Mapping[str, object]) -> bool:
    """Whether a condition of the kinds that occur here holds; any other is an error."""
    match = re.fullmatch(r'(Not )?(\w+)(?: (=|>=) (?:"([^"]*)"|(\d+)))? Then', condition)
    assert match, condition
    negated, name, operator, text, number = match.groups()
    value = constants[name]
    result = {None: bool(value), "=": value == text, ">=": operator == ">=" and int(str(value)) >= int(number or 0)}
    return result[operator] is not bool(negated)


def without_comment(line: str) -> str:
    return re.sub(r"""^((?:[^"']|"[^"]*")*)'.*""", r"\1", line)
