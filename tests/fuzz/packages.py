"""Mutators of the package: members dropped, doubled, renamed, written down in other ways; and bytes."""

from __future__ import annotations

import re
from dataclasses import replace

from fuzz.draft import WORKBOOK, Draft, Impossible
from fuzz.zips import Member, build

TYPES = "[Content_Types].xml"


def _unsure(draft: Draft) -> None:
    claim = draft.claim
    claim.neutral, claim.damaged, claim.may_refuse = False, True, True
    claim.forget()


def _name(draft: Draft) -> str:
    return draft.dice.choice(list(draft.parts))


# --- members ---------------------------------------------------------------------------------------------------------


def member_dropped(draft: Draft) -> None:
    del draft.parts[_name(draft)]
    _unsure(draft)


def member_emptied(draft: Draft) -> None:
    draft.parts[_name(draft)] = b""
    _unsure(draft)


def member_replaced(draft: Draft) -> None:
    """One part in the place of another."""
    one, other = _name(draft), _name(draft)
    draft.parts[one] = draft.parts[other]
    _unsure(draft)


def member_renamed(draft: Draft) -> None:
    name = _name(draft)
    data = draft.parts.pop(name)
    draft.parts[
        draft.dice.choice((name + "x", "x/" + name, name.replace("sheet", "sheet1"), name.replace(".xml", ".bin")))
    ] = data
    _unsure(draft)


def members_doubled(draft: Draft) -> None:
    name = _name(draft)
    before = draft.repack
    draft.repack = lambda members: before([*members, Member(name, b"<worksheet/>")])
    _unsure(draft)


def case_changed(draft: Draft) -> None:
    """Names of parts mean the same in any case."""
    parts = {
        (name.upper() if draft.dice.random() < 0.3 and name != TYPES else name): data
        for name, data in draft.parts.items()
    }
    draft.parts = parts
    draft.claim.forget()


def slashes(draft: Draft) -> None:
    """Some programs write backslashes, or a slash in front."""
    sign = draft.dice.choice(("\\", "/"))
    change = (lambda name: name.replace("/", "\\")) if sign == "\\" else (lambda name: "/" + name)
    before = draft.repack
    draft.repack = lambda members: before([replace(m, name=change(m.name)) for m in members])


def order_changed(draft: Draft) -> None:
    items = list(draft.parts.items())
    draft.dice.shuffle(items)
    draft.parts = dict(items)


def deflated(draft: Draft) -> None:
    draft.deflated = True


def some_deflated(draft: Draft) -> None:
    chosen = {name for name in draft.parts if draft.dice.random() < 0.5}
    before = draft.repack
    draft.repack = lambda members: before([replace(m, deflated=m.name in chosen) for m in members])


def zip64(draft: Draft) -> None:
    before = draft.repack
    draft.repack = lambda members: before([replace(m, zip64=True) for m in members])


def descriptors(draft: Draft) -> None:
    before = draft.repack
    draft.repack = lambda members: before([replace(m, descriptor=True, deflated=True) for m in members])


def commented(draft: Draft) -> None:
    comment = draft.dice.choice((b"saved by WPS", b"x" * 60_000, b"\x00" * 22, b"PK\x05"))
    draft.repack = lambda members: build(members, comment=comment)


def prefixed(draft: Draft) -> None:
    junk = draft.dice.choice((b"junk", b"\x00" * 4096, b"#!/bin/sh\n", b"PK junk"))
    draft.repack = lambda members: build(members, prefix=junk)


def gaps(draft: Draft) -> None:
    draft.repack = lambda members: build(members, gap=b"\x00" * 17)


def folders(draft: Draft) -> None:
    before = draft.repack
    extra = [Member("xl/", b""), Member("xl/worksheets/", b""), Member("empty/", b"")]
    draft.repack = lambda members: before([*extra, *members])


def foreign_members(draft: Draft) -> None:
    draft.parts |= {
        "xl/media/image1.png": b"\x89PNG" * 20,
        "docProps/thumbnail.jpeg": b"",
        "customXml/item1.xml": b"<x/>",
        "[trash]/0000.dat": b"\xff" * 64,
    }


def local_names(draft: Draft) -> None:
    """The name in front of the data differs from the one in the directory, which is the one that counts."""
    before = draft.repack
    draft.repack = lambda members: before([replace(m, local_name="x" + m.name[1:]) for m in members])
    _unsure(draft)


def sizes_lied(draft: Draft) -> None:
    name, lie = _name(draft), draft.dice.choice((0, 1, 10**6, 2**32 - 2))
    draft.repack = lambda members: build([replace(m, lied_size=lie) if m.name == name else m for m in members])
    _unsure(draft)


def checksum_wrong(draft: Draft) -> None:
    name = _name(draft)
    draft.repack = lambda members: build([replace(m, lied_crc=1) if m.name == name else m for m in members])
    _unsure(draft)


def types_wrong(draft: Draft) -> None:
    if TYPES not in draft.parts:
        raise Impossible
    xml = draft.parts[TYPES].decode(errors="surrogateescape")
    places = list(re.finditer(r'(?:ContentType|PartName|Extension)="([^"]*)"', xml))
    if not places:
        raise Impossible
    place = draft.dice.choice(places)
    new = draft.dice.choice(
        (
            "",
            "application/xml",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
            "/xl/x.xml",
        )
    )
    draft.parts[TYPES] = (xml[: place.start(1)] + new + xml[place.end(1) :]).encode(errors="surrogateescape")
    _unsure(draft)


def properties_dropped(draft: Draft) -> None:
    """Programs that do not know them drop the custom properties."""
    draft.parts.pop("docProps/custom.xml", None)
    draft.claim.noted |= {"XPF318"}


def seal_dropped(draft: Draft) -> None:
    draft.parts.pop("docProps/custom.xml", None)
    sheet = draft.sheet("seal")
    draft.edit(WORKBOOK, rf'<sheet [^>]*name="{sheet.title}"[^>]*/>', "")
    _unsure(draft)


# --- bytes -----------------------------------------------------------------------------------------------------------


def _flip(draft: Draft, data: bytearray) -> None:
    for _ in range(draft.dice.choice((1, 1, 1, 2, 8))):
        data[draft.dice.randrange(len(data))] ^= 1 << draft.dice.randrange(8)


def _delete(draft: Draft, data: bytearray) -> None:
    at = draft.dice.randrange(len(data))
    del data[at : at + draft.dice.choice((1, 1, 2, 16, 512))]


def _insert(draft: Draft, data: bytearray) -> None:
    at = draft.dice.randrange(len(data) + 1)
    data[at:at] = draft.dice.choice(
        (b"\x00", b"0", b"9", b"<", b">", b'"', b"&", b" ", b"\xff", b"\xe4\xb8\xad", b"<v>9</v>", bytes(64))
    )


def _truncate(draft: Draft, data: bytearray) -> None:
    del data[draft.dice.randrange(len(data)) :]


def _splice(draft: Draft, data: bytearray) -> None:
    size = draft.dice.choice((1, 4, 32, 512))
    source, target = draft.dice.randrange(len(data)), draft.dice.randrange(len(data))
    data[target : target + size] = data[source : source + size]


def _swap(draft: Draft, data: bytearray) -> None:
    size = draft.dice.choice((1, 4, 32, 512))
    if len(data) < 4 * size:
        raise Impossible
    one, other = sorted(draft.dice.sample(range(len(data) - size), 2))
    if other - one < size:
        raise Impossible
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def _digit(draft: Draft, data: bytearray) -> None:
    places = [m.start() for m in re.finditer(rb"\d", bytes(data))]
    if not places:
        raise Impossible
    data[draft.dice.choice(places)] = draft.dice.choice(b"0123456789")


WAYS = {
    "flip": _flip,
    "delete": _delete,
    "insert": _insert,
    "truncate": _truncate,
    "splice": _splice,
    "swap": _swap,
    "digit": _digit,
}


def _in_file(draft: Draft, way: str) -> None:
    def change(content: bytes) -> bytes:
        data = bytearray(content)
        if not data:
            raise Impossible
        WAYS[way](draft, data)
        return bytes(data)

    draft.after.append(change)
    draft.deflated = draft.dice.random() < 0.5
    _unsure(draft)


def _in_part(draft: Draft, way: str) -> None:
    """The same inside a part, whose checksum is then written anew: otherwise that would catch everything."""
    sheets = [s.part for s in draft.original.sheets if s.part in draft.parts]
    name = draft.dice.choice(sheets) if sheets and draft.dice.random() < 0.6 else _name(draft)
    data = bytearray(draft.parts[name])
    if not data:
        raise Impossible
    WAYS[way](draft, data)
    draft.parts[name] = bytes(data)
    _unsure(draft)


def file_flipped(draft: Draft) -> None:
    _in_file(draft, "flip")


def file_shortened(draft: Draft) -> None:
    _in_file(draft, "delete")


def file_lengthened(draft: Draft) -> None:
    _in_file(draft, "insert")


def file_truncated(draft: Draft) -> None:
    _in_file(draft, "truncate")


def file_spliced(draft: Draft) -> None:
    _in_file(draft, "splice")


def file_swapped(draft: Draft) -> None:
    _in_file(draft, "swap")


def part_flipped(draft: Draft) -> None:
    _in_part(draft, "flip")


def part_shortened(draft: Draft) -> None:
    _in_part(draft, "delete")


def part_lengthened(draft: Draft) -> None:
    _in_part(draft, "insert")


def part_truncated(draft: Draft) -> None:
    _in_part(draft, "truncate")


def part_spliced(draft: Draft) -> None:
    _in_part(draft, "splice")


def part_swapped(draft: Draft) -> None:
    _in_part(draft, "swap")


def part_digit(draft: Draft) -> None:
    _in_part(draft, "digit")


MEMBERS = (
    member_dropped, member_emptied, member_replaced, member_renamed, members_doubled, case_changed, slashes,
    order_changed, deflated, some_deflated, zip64, descriptors, commented, prefixed, gaps, folders,
    foreign_members, local_names, sizes_lied, checksum_wrong, types_wrong, properties_dropped, seal_dropped,
)  # fmt: skip
BYTES = (
    file_flipped, file_shortened, file_lengthened, file_truncated, file_spliced, file_swapped, part_flipped,
    part_shortened, part_lengthened, part_truncated, part_spliced, part_swapped, part_digit,
)  # fmt: skip
