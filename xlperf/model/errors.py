"""What stops a command. Every error says in one sentence what is wrong and what to do; the words stand in a table."""

from __future__ import annotations

from pydantic import ValidationError

from xlperf.model.words import FIELDS, MESSAGES, REASONS


class XlperfError(Exception):
    """A command cannot go on. `key` names a sentence of `MESSAGES`; `exit_code` is what the shell sees."""

    exit_code = 3

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, lang: str = "zh") -> str:
        """The sentence a person reads."""
        zh, en = MESSAGES[self.key]
        return (zh if lang == "zh" else en).format(**self.values)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:  # crosses the border of worker processes
        return (_rebuild, (type(self), self.key, self.values))


def _rebuild(kind: type[XlperfError], key: str, values: dict[str, object]) -> XlperfError:
    return kind(key, **values)


class UsageError(XlperfError):
    """The command line does not say what to do."""

    exit_code = 2


class UnreadableInput(XlperfError):
    """A source is missing, empty, damaged or not what it should be."""


class UnwritableOutput(XlperfError):
    """A target cannot be written; whatever stood there before still stands."""


def sentences(error: ValidationError, lang: str = "zh") -> list[str]:
    """A validation error as sentences a clerk understands: field › reason, one for each fault."""
    index = 0 if lang == "zh" else 1
    lines = []
    for fault in error.errors():
        place = " › ".join(
            (f"第{part + 1}项" if lang == "zh" else f"no. {part + 1}")
            if isinstance(part, int)
            else FIELDS.get(part, (part, part))[index]
            for part in fault["loc"]
            if not (isinstance(part, str) and part not in FIELDS)
        )
        reason = REASONS.get(fault["type"])
        if fault["type"] == "value_error":
            reason = REASONS.get(str(fault["ctx"]["error"]))
        zh_en = reason or REASONS["*"]
        shown = str(fault["input"])
        sentence = zh_en[index].format(input=shown if len(shown) <= 40 else shown[:39] + "…", **fault.get("ctx", {}))
        lines.append(
            f"{place}：{sentence}" if lang == "zh" and place else f"{place}: {sentence}" if place else sentence
        )
    return lines
