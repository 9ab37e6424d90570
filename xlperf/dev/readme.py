"""The tables of the README that follow from the program: commands with their options, functions, the dataset."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from xlperf.cli.parser import build
from xlperf.dataset.schema import TABLES
from xlperf.measure import CATALOG


def with_tables(readme: str) -> str:
    """The README with its tables written anew between `<!-- derived: … -->` and `<!-- end -->`."""
    for title, lines in (("命令和选项", _commands()), ("函数", _functions()), ("数据集的表", _tables())):
        readme = _with_table(readme, title, lines)
    return readme


def _with_table(readme: str, title: str, lines: Iterable[tuple[str, str]]) -> str:
    """Raises ValueError where the README has no place for the table, or several."""
    table = "\n".join([f"| {title} | 作用 |", "|---|---|", *(f"| {left} | {right} |" for left, right in lines)])
    place = re.compile(rf"(<!-- derived: {title} [^\n]*-->\n).*?(?=\n<!-- end -->)", re.DOTALL)
    text, count = place.subn(lambda match: match[1] + table, readme)
    if count != 1:
        raise ValueError(f"README: {count} places for the table {title}")
    return text


def commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser; `addin` stands for its actions (argparse has no public way to list them)."""
    for nested in (action for action in parser._actions if isinstance(action, argparse._SubParsersAction)):
        for name, command in nested.choices.items():
            actions = [(f"{name} {action}", each) for action, each in commands(command)]
            yield from actions or [(name, command)]


def _commands() -> Iterator[tuple[str, str]]:
    """A line for each command and for each of its arguments; those that several commands share stand at the end."""
    program = build("zh")
    arguments = {name: [(_shown(a), str(a.help)) for a in parser._actions] for name, parser in commands(program)}
    uses = Counter(argument for of_command in arguments.values() for argument in of_command)
    for name, parser in commands(program):
        yield f"**`xlperf {name}`**", str(parser.description)
        yield from ((f"`{shown}`", text) for shown, text in arguments[name] if uses[shown, text] == 1)
    yield "**多个命令共有**", ""
    for shown, text in (argument for argument, count in uses.items() if count > 1):
        names = [name for name in arguments if (shown, text) in arguments[name]]
        yield f"`{shown}`", text + (f"（{'、'.join(names)}）" if len(names) < len(arguments) else "")
    yield from ((f"`{_shown(a)}`", str(a.help)) for a in program._actions if isinstance(a, argparse._VersionAction))


def _shown(argument: argparse.Action) -> str:
    """How an argument is typed."""
    named = argument.metavar or argument.dest.upper()
    value = "/".join(argument.choices or ()) or (named if isinstance(named, str) else " ".join(named))
    if not argument.option_strings:
        value += "…" if argument.nargs in ("+", "*") else ""
        return f"[{value}]" if argument.nargs in ("?", "*") else value
    return ", ".join(argument.option_strings) + ("" if argument.nargs == 0 else f" {value}")


def _tables() -> Iterator[tuple[str, str]]:
    for name, table in TABLES.items():
        columns = "、".join(f"`{column.name}` {column.zh}" for column in table.columns)
        yield f"`{name}` {table.zh}", columns


def _functions() -> Iterator[tuple[str, str]]:
    for function in CATALOG.values():
        names = (f"[{param.name}]" if param.optional else param.name for param in function.params)
        yield f"`{function.worksheet_name}({', '.join(names)})`", function.zh.replace("|", "\\|")
