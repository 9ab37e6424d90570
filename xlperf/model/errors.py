"""Errors that end a command. Their sentences, what is wrong and what to do, stand in the table `messages.ERRORS`."""

from __future__ import annotations

from pydantic import ValidationError

from xlperf.model.filled import filled, in_two
from xlperf.model.messages import ERRORS, FIELDS, REASONS
from xlperf.model.text import cut

SHOWN = 40  # characters of a wrong value that a sentence quotes


class XlperfError(Exception):
    """A command cannot go on. `key` names a sentence of `ERRORS`; `exit_code` is what the shell sees.

    `values` fill the sentence; one that differs by language is a pair, Chinese and English, several are a list.
    """

    exit_code = 3

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, lang: str = "zh") -> str:
        """The sentence a person reads."""
        index = 0 if lang == "zh" else 1
        return filled(ERRORS[self.key][index], {name: in_two(value)[index] for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:  # crosses the border of worker processes
        return (_rebuild, (type(self), self.key, self.values))


def _rebuild(kind: type[XlperfError], key: str, values: dict[str, object]) -> XlperfError:
    return kind(key, **values)


class UsageError(XlperfError):
    """The command line, or `xlperf.toml`, does not say what to do."""

    exit_code = 2


class UnreadableInput(XlperfError):
    """A source is missing, empty, damaged or not what it should be."""


class UnwritableOutput(XlperfError):
    """A target cannot be written; the file that was there is unchanged."""


def sentences(error: ValidationError, lang: str = "zh") -> list[str]:
    """A validation error as sentences a clerk understands: field › reason, one for each fault."""
    index = 0 if lang == "zh" else 1
    lines = []
    for fault in error.errors():
        place = " › ".join(_named(part, index) for part in fault["loc"] if isinstance(part, int) or part in FIELDS)
        context = fault.get("ctx", {})
        key = str(context["error"]) if fault["type"] == "value_error" else fault["type"]
        if "expected" in context:  # pydantic lists choices as 'a', 'b' or 'c'
            context = {"expected": context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")}
        sentence = REASONS.get(key, REASONS["*"])[index].format(input=cut(fault["input"], SHOWN), **context)
        lines.append(f"{place}{('：', ': ')[index]}{sentence}" if place else sentence)
    return lines


def _named(part: int | str, index: int) -> str:
    if isinstance(part, int):
        return (f"第{part + 1}项", f"no. {part + 1}")[index]
    return FIELDS[part][index]
