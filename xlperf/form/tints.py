"""Colours and marks for computed words; a mark comes from a number format, so the value stays the plain word."""

from __future__ import annotations

from xlperf.form.parts import Tint
from xlperf.measure import statuses

# Word, look, mark.
LIGHTS = (
    (statuses.ON_TRACK, "good", "●"),
    (statuses.BEHIND, "warn", "▲"),
    (statuses.SERIOUSLY_BEHIND, "bad", "■"),
    (statuses.OVERSPENT, "bad", "◆"),
)
OFFICIAL_LIGHTS = (
    (statuses.GREEN, "good", "●"),
    (statuses.YELLOW, "warn", "▲"),
    (statuses.RED, "bad", "■"),
    (statuses.BLUE, "note", "◆"),
)
STATES = (
    (statuses.MET, "good", "✓"),
    (statuses.OVERFULFILLED, "note", "▲"),
    (statuses.UNMET, "bad", "✗"),
    (statuses.IN_PROGRESS, "faint", "…"),
    (statuses.NOT_FILLED, "faint", "○"),
    (statuses.UNDECIDABLE, "warn", "？"),
    (statuses.NOT_APPLICABLE, "faint", "－"),
)


def lights(key: str) -> tuple[Tint, ...]:
    """The tints of a slot that holds a light."""
    return _tints(key, LIGHTS)


def official_lights(key: str) -> tuple[Tint, ...]:
    """The tints of a slot that holds a light of the official forms."""
    return _tints(key, OFFICIAL_LIGHTS)


def states(key: str) -> tuple[Tint, ...]:
    """The tints of a slot that holds a compliance state."""
    return _tints(key, STATES)


def _tints(key: str, words: tuple[tuple[str, str, str], ...]) -> tuple[Tint, ...]:
    return tuple(Tint(f'{{{key}}}="{word}"', look, mark) for word, look, mark in words)
