"""By which rule pack a workbook is judged, and what it comes to by another that might be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlperf.checks import finding
from xlperf.form import Answers, Cell
from xlperf.form.arithmetic import is_number, number
from xlperf.form.results import Rules
from xlperf.measure import OFFICIAL_LIGHTS, PARAMETERS, cells_of, find_pack
from xlperf.measure.parameters import completed
from xlperf.model import Finding, Locus, Settings
from xlperf.model.text import cut

SHOWN = 3  # projects, or parameters, in one sentence


class Judging(NamedTuple):
    """A rule pack by its key, with the rules where they are not as the pack of this key has them here."""

    key: str
    rules: Rules = ()

    @property
    def name(self) -> str:
        """What people call it."""
        pack = find_pack(self.key)
        return pack.zh if pack else self.key

    @property
    def parameters(self) -> dict[str, Any]:
        """What formulas and functions take it from, by {@name}."""
        return {"pack": self.key, "rules": self.rules or self.key}


class Packs(NamedTuple):
    """The pack that a workbook states, the one it is judged by, and the one its results are compared with.

    There is one to compare where the stated one is not used, or is not what its name stands for here.
    """

    stated: Judging
    used: Judging
    compared: Judging | None


def rules_on(answers: Answers) -> Rules:
    """The parameters of the rule pack as they stand on a parameter sheet; none on that of edition 2026.1."""
    rules = tuple(row.get("rules.value") for row in answers.bands.get("rules", ()))
    return completed(rules) if rules else ()


def packs_of(settings: Settings, sheet: Answers | None, ours: str | None) -> Packs:
    """By which pack to judge: by `ours`, else by the stated one.

    Where its parameters make no sense, that of its name stands in. `sheet` is the parameter sheet as it stands.
    """
    key, named = settings.pack, find_pack(settings.pack)
    rules = rules_on(sheet) if sheet else ()
    stated = Judging(key) if named and rules == cells_of(named) else Judging(key, rules)
    used = Judging(ours) if ours else stated if find_pack(rules or key) else Judging(key)
    compared = Judging(key) if stated.rules and named else None
    return Packs(stated, used, compared if used == stated else stated)


def pack_finding(packs: Packs, outcomes: Sequence[tuple[str, Answers, Answers]], place: Locus) -> Finding | None:
    """What there is to say of a workbook's pack, at its cell.

    `outcomes` are the names of its projects with their results by the pack used and by the one compared.
    """
    stated, used, compared = packs
    if compared is None:
        return finding("XPF562", place, stated=stated.key) if stated.rules else None
    results = _results(outcomes if compared != stated else [(name, b, a) for name, a, b in outcomes])
    values = {"pack": used.name, "results": results}
    if stated.key != used.key:
        return finding("XPF560", place, stated=stated.name, **values)
    pack = find_pack(stated.key)
    parameters = _differing(stated.rules, cells_of(pack) if pack else ())
    return finding("XPF561", place, parameters=parameters, **values)


def _differing(stated: Rules, ours: Rules) -> tuple[str, str]:
    """The first parameters that differ, in Chinese and English."""
    rows = zip(PARAMETERS, stated, ours, strict=False)
    differing = [(each.zh, cut(was, 40), cut(here, 40)) for each, was, here in rows if was != here]
    more = len(differing) > SHOWN
    shown = differing[:SHOWN]
    zh = "，".join(f"{name}：表上{was}、本机{here}" for name, was, here in shown) + ("等" if more else "")
    en = ", ".join(f"{name}: {was}, here {here}" for name, was, here in shown) + (" …" if more else "")
    return zh, en


def _results(outcomes: Sequence[tuple[str, Answers, Answers]]) -> tuple[str, str]:
    """The results of the first projects that differ, by the sheet and by ours, in Chinese and English."""
    verdicts = ((cut(name, 30), _verdict(by_sheet), _verdict(by_ours)) for name, by_sheet, by_ours in outcomes)
    differing = [each for each in verdicts if each[1] != each[2]]
    if not differing:
        return "各项目的总分、等级和预警相同", "totals, grades and lights are the same"
    shown = differing[:SHOWN]
    zh = "；".join(f"{name}：按表上{by_sheet}，按本机{by_ours}" for name, by_sheet, by_ours in shown)
    en = "; ".join(f"{name}: {by_sheet} by the sheet, {by_ours} by ours" for name, by_sheet, by_ours in shown)
    return f"{len(differing)}个项目的结果不同，{zh}", f"projects that come out otherwise: {len(differing)}, {en}"


def _verdict(computed: Answers) -> str:
    """Total and grade, and the lights, as far as the form has them."""
    single: Mapping[str, Cell] = computed.single
    total, grade = single.get("total_score"), single.get("grade")
    beyond = "（超过100分）" if is_number(total) and number(total) > 100 else ""  # weights of another pack
    parts = [f"{total}分{beyond}" if is_number(total) else total, grade]
    if light := single.get("progress.official_light"):
        parts.append(f"资金{light}")
    lights = Counter(row.get("indicators.light") for row in computed.bands.get("indicators", ()))
    parts += [f"指标{light}{lights[light]}个" for light in OFFICIAL_LIGHTS if lights[light]]
    return " ".join(str(part) for part in parts if part) or "—"
