"""The texts of formulas, for the few cells in which they matter: a worksheet is read for its results, not for these."""

from __future__ import annotations

from collections.abc import Container

from xlperf.ooxml.xml import own, parse, parser


def formula_texts(xml: bytes, part: str, cells: Container[str]) -> dict[str, str]:
    """What stands behind the = of these cells of a worksheet part. Raises Refused where it is not well-formed."""
    texts: dict[str, str] = {}
    at = {"cell": "", "formula": ""}

    def start(name: str, attributes: dict[str, str]) -> None:
        if own(name) == "c":
            at["cell"] = attributes.get("r", "")
        at["formula"] = at["cell"] if own(name) == "f" and at["cell"] in cells else ""

    def characters(run: str) -> None:
        if at["formula"]:
            texts[at["formula"]] = texts.get(at["formula"], "") + run

    def end(_: str) -> None:
        at["formula"] = ""

    made = parser(part)
    made.StartElementHandler, made.CharacterDataHandler, made.EndElementHandler = start, characters, end
    parse(made, xml, part)
    return texts
