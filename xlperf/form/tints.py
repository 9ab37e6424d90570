"""Colours and marks for computed words; a mark comes from a number format, so the value stays the plain word."""

from __future__ import annotations

from xlperf.form.parts import Tint

LIGHTS = (("正常", "good", "●"), ("滞后", "warn", "▲"), ("严重滞后", "bad", "■"), ("超支", "bad", "◆"))
STATES = (
    ("达标", "good", "✓"),
    ("超额", "note", "▲"),
    ("未达标", "bad", "✗"),
    ("未填报", "faint", "○"),
    ("无法判定", "warn", "？"),
    ("不涉及", "faint", "－"),
)


def lights(key: str) -> tuple[Tint, ...]:
    """The tints of a slot that holds a light."""
    return _tints(key, LIGHTS)


def states(key: str) -> tuple[Tint, ...]:
    """The tints of a slot that holds a compliance state."""
    return _tints(key, STATES)


def _tints(key: str, words: tuple[tuple[str, str, str], ...]) -> tuple[Tint, ...]:
    return tuple(Tint(f'{{{key}}}="{word}"', look, mark) for word, look, mark in words)
