"""Errors that end a command. Their sentences, what is wrong and what to do, stand in the table `messages.ERRORS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xlperf.measure import quoted
from xlperf.model.messages import ERRORS, Pair

NONE: Mapping[str, Pair] = MappingProxyType({})


class XlperfError(Exception):
    """A command cannot go on. `key` names a sentence of `ERRORS`; `exit_code` is what the shell sees.

    `values` fill the sentence; one that differs by language is a pair, Chinese and English, or another error.
    """

    exit_code = 3

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, lang: str = "zh", instead: Mapping[str, Pair] = NONE) -> str:
        """The sentence a person reads; `instead` has other sentences for some keys."""
        index = 0 if lang == "zh" else 1
        shown = {}
        for name, value in self.values.items():
            if isinstance(value, XlperfError):
                value = value.text(lang, instead)
            shown[name] = quoted(str(value[index] if isinstance(value, tuple) else value))
        return (instead.get(self.key) or ERRORS[self.key])[index].format(**shown)

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
