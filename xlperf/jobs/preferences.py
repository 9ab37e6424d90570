"""What `xlperf.toml` says: the defaults of the command line's options, the unit, and rule packs of one's own.

The file of the working directory wins over that of the user's folder, key by key.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from xlperf.files import Refused, fetch
from xlperf.files.guard import TooMuch
from xlperf.jobs.did_you_mean import hint
from xlperf.jobs.own_packs import TEXT, Table, as_typed, one_of, own_packs, unknown_key
from xlperf.jobs.preference_files import FAIL_ON, LANGUAGES, LARGEST, LAYOUTS, NAME
from xlperf.measure import PACKS, Pack, find_pack
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import UsageError
from xlperf.model.text import cut, fits_a_cell

PACK, OWN_PACK, USE = "pack", "pack.", "use"


class _Key(NamedTuple):
    """Whether a value is what the key may hold; what that is, in Chinese and English; the words to choose from."""

    accepts: Callable[[object], bool]
    wanted: tuple[str, str]
    choices: Sequence[str] = ()


def _one_of(choices: Sequence[str]) -> _Key:
    return _Key(lambda value: value in choices, one_of(choices), choices)


_TEXT = _Key(lambda value: isinstance(value, str) and fits_a_cell(value), TEXT)
_YEAR = _Key(
    lambda value: type(value) is int and FIRST_YEAR <= value <= LAST_YEAR,
    (f"{FIRST_YEAR}至{LAST_YEAR}之间的年份，不加引号", f"a year from {FIRST_YEAR} to {LAST_YEAR}, without quotes"),
)
_DATE = _Key(lambda value: type(value) is dt.date, ("2026-10-31这样的日期，不加引号", "a date, without quotes"))
KEYS = {
    "unit-code": _TEXT,
    "unit-name": _TEXT,
    "year": _YEAR,
    PACK: _TEXT,
    "layout": _one_of(LAYOUTS),
    "fail-on": _one_of(FAIL_ON),
    "language": _one_of(LANGUAGES),
    "as-of": _DATE,
}


class Said(NamedTuple):
    """A key of a file, and the file that says otherwise and wins."""

    path: str
    key: str
    value: object
    overridden_by: str = ""


@dataclass(frozen=True)
class Preferences:
    """The keys of `xlperf.toml` as the files have them together; what none says is the command line's own default.

    `packs` are those of the tables `[pack.NAME]`. `said` is what each file says; `left_out` are files that lie in
    a folder of returned files and are not used.
    """

    unit_code: str = ""
    unit_name: str = ""
    year: int | None = None
    pack: str = ""
    layout: str = ""
    fail_on: str = FAIL_ON[0]
    language: str = LANGUAGES[0]
    as_of: dt.date | None = None
    packs: Sequence[Pack] = ()
    said: Sequence[Said] = ()
    left_out: Sequence[str] = ()

    def unused(self, returned: Iterable[Path]) -> list[str]:
        """The files of this name that are not used: those left out, and those among the files returned."""
        found = [*self.left_out, *(str(path) for path in returned if path.name.lower() == NAME)]
        return list({os.path.realpath(path): path for path in found}.values())


NO_PREFERENCES = Preferences()


def read_preferences(paths: Sequence[str], returned: Sequence[Path] = ()) -> Preferences:
    """What these files say, the first of them first. Those within `returned` are left out.

    Raises UsageError where a file cannot be read, is damaged, or has a key or value that nobody knows.
    """
    left_out = tuple(path for path in paths if any(_within(path, other) for other in returned))
    winners: dict[str, Said] = {}
    said = []
    for path in paths:
        for key, value in _said_in(path) if path not in left_out else ():
            winner = winners.get(key)
            said.append(Said(path, key, value, winner.path if winner else ""))
            winners.setdefault(key, said[-1])
    values = {key: winner.value for key, winner in winners.items()}
    tables = [key for key in values if key.startswith(OWN_PACK)]
    own = own_packs(Table(winners[key].path, key.removeprefix(OWN_PACK), values.pop(key)) for key in tables)  # type: ignore[arg-type]
    names = {name for pack in own for name in (pack.key, pack.zh)}
    if (chosen := winners.get(PACK)) and find_pack(chosen.value) is None and chosen.value not in names:
        raise _wrong(chosen.path, PACK, _one_of([*PACKS, *(pack.key for pack in own)]), chosen.value)
    fields = {key.replace("-", "_"): value for key, value in values.items()}
    return Preferences(**fields, packs=own, said=tuple(said), left_out=left_out)  # type: ignore[arg-type]  # _said_in judged them


def _within(path: str, other: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(other))


def _said_in(path: str) -> Iterator[tuple[str, object]]:
    """Every key of a file with its value; a pack of one's own is a key too. Raises UsageError."""
    for key, value in _flat(_parsed(path)):
        if not (key.startswith(OWN_PACK) and isinstance(value, dict)):
            if key not in KEYS:
                raise unknown_key(path, cut(key), key, list(KEYS), OWN_PACK + USE)
            if not KEYS[key].accepts(value):
                raise _wrong(path, key, KEYS[key], value)
        yield key, value


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The keys of a file. TOML allows no `pack = …` beside `[pack.NAME]`; there, `use` in [pack] takes its place."""
    for key, value in table.items():
        if key == PACK and isinstance(value, dict):
            for name, each in value.items():
                yield PACK if name == USE else OWN_PACK + name, each
        else:
            yield key, value


def _parsed(path: str) -> dict[str, object]:
    import tomllib  # only where there is a file

    try:
        content = fetch(Path(path))
        if len(content) > LARGEST:
            raise TooMuch(f"> {LARGEST // 2**10} KB")
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except Refused as refused:
        if refused.code == "XPF209":  # an empty file says nothing
            return {}
        raise UsageError("preferences_unreadable", path=path, reason=refused.values["reason"]) from refused
    except UnicodeDecodeError as error:
        raise UsageError("preferences_undecodable", path=path) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("preferences_damaged", path=path, reason=_place(cut(error, 200))) from error


def _place(fault: str) -> tuple[str, str]:
    """A fault as tomllib tells it, with the line and column in Chinese and in English."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", fault)
    if place is None:
        return fault, fault
    where = f"第{place[1]}行第{place[2]}个字符" if place[1] else "文件末尾"
    return f"{where}，{fault[: place.start()]}", fault


def _wrong(path: str, key: str, known: _Key, value: object) -> UsageError:
    meant = hint(value, known.choices) if isinstance(value, str) else ""
    return UsageError("preference_wrong", path=path, name=key, wanted=known.wanted, value=as_typed(value), hint=meant)
