"""Mutators that spell a part differently and leave its meaning: what other programs do when they save."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, unescape

from fuzz.draft import WORKBOOK, Draft, Impossible

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TAG = re.compile(r"<([\w:]+)((?:\s+[\w:.]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+)(\s*/?)>")
_ATTRIBUTE = re.compile(r"([\w:.]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_TEXT = re.compile(r"(<(?:t|v)(?: [^<>]*)?>)([^<]+)(</(?:t|v)>)")
_STRING = re.compile(
    r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr"([^>]*)><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>'
)


def a_part(draft: Draft) -> str:
    """A part our reader looks into."""
    names = [s.part for s in draft.original.sheets if s.part in draft.parts]
    others = (
        "sharedStrings.xml",
        "workbook.xml",
        "styles.xml",
        "workbook.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
        "custom.xml",
    )
    names += [name for name in draft.parts if name.endswith(others)]
    if not names:
        raise Impossible
    return draft.dice.choice(names)


def sheet_part(draft: Draft) -> str:
    return draft.sheet().part


def _some(draft: Draft, share: float, change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """The change, made at some of the places only."""
    return lambda match: change(match) if draft.dice.random() < share else match[0]


def attribute_order(draft: Draft) -> None:
    def turned(match: re.Match[str]) -> str:
        found = [f"{key}={value}" for key, value in _ATTRIBUTE.findall(match[2])]
        draft.dice.shuffle(found)
        return f"<{match[1]} {' '.join(found)}{match[3]}>"

    draft.edit(a_part(draft), _TAG.pattern, _some(draft, 0.3, turned), 0)


def quotes(draft: Draft) -> None:
    def turned(match: re.Match[str]) -> str:
        said = _ATTRIBUTE.sub(lambda m: m[0] if "'" in m[2] else f"{m[1]}='{m[2][1:-1]}'", match[2])
        return f"<{match[1]}{said}{match[3]}>"

    draft.edit(a_part(draft), _TAG.pattern, _some(draft, 0.3, turned), 0)


def spaces_in_tags(draft: Draft) -> None:
    def spread(match: re.Match[str]) -> str:
        said = _ATTRIBUTE.sub(lambda m: f"{m[1]} =\n\t{m[2]}", match[2])
        return f"<{match[1]}{said} {match[3].strip()}>"

    draft.edit(a_part(draft), _TAG.pattern, _some(draft, 0.2, spread), 0)


def prefixes(draft: Draft) -> None:
    """Every element under a prefix, as some libraries write."""
    name = draft.dice.choice(
        [sheet_part(draft), WORKBOOK, *(n for n in draft.parts if n.endswith("sharedStrings.xml"))]
    )
    if name not in draft.parts:
        raise Impossible
    xml = draft.parts[name].decode()
    if f'xmlns="{SPREADSHEET}"' not in xml:
        raise Impossible
    xml = xml.replace(f'xmlns="{SPREADSHEET}"', f'xmlns:x="{SPREADSHEET}"', 1)
    draft.parts[name] = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", xml).encode()


def strict_namespace(draft: Draft) -> None:
    draft.edit(sheet_part(draft), re.escape(SPREADSHEET), STRICT)


def whitespace_between(draft: Draft) -> None:
    draft.edit(
        sheet_part(draft), r"(?<=>)(?=<(?:c|row|/row|/sheetData|f|v|/c)[ >])", _some(draft, 0.3, lambda _: "\r\n  "), 0
    )


def comments_between(draft: Draft) -> None:
    draft.edit(
        a_part(draft),
        r"(?<=>)(?=<(?:c|row|si|sheet|Override|Relationship|xf|property)[ >])",
        _some(draft, 0.1, lambda _: "<!-- <c r='A1'> -->"),
        0,
    )


def instructions_between(draft: Draft) -> None:
    draft.edit(
        a_part(draft), r"(?<=>)(?=<(?:c|row|si|sheet|Relationship)[ >])", _some(draft, 0.1, lambda _: "<?keep me?>"), 0
    )


def cdata(draft: Draft) -> None:
    draft.edit(
        _with_text(draft),
        _TEXT.pattern,
        _some(draft, 0.3, lambda m: f"{m[1]}<![CDATA[{unescape(m[2])}]]>{m[3]}" if "&" not in m[2] else m[0]),
        0,
    )


def comments_in_text(draft: Draft) -> None:
    draft.edit(
        _with_text(draft),
        _TEXT.pattern,
        _some(draft, 0.2, lambda m: f"{m[1]}{m[2][:1]}<!--x-->{m[2][1:]}{m[3]}" if "&" not in m[2] else m[0]),
        0,
    )


def character_references(draft: Draft) -> None:
    def spelled(match: re.Match[str]) -> str:
        if "&" in match[2] or "\r" in match[2]:
            return match[0]
        return (
            match[1]
            + "".join(draft.dice.choice((f"&#{ord(c)};", f"&#x{ord(c):X};", f"&#x000{ord(c):x};")) for c in match[2])
            + match[3]
        )

    draft.edit(_with_text(draft), _TEXT.pattern, _some(draft, 0.3, spelled), 0)


def _with_text(draft: Draft) -> str:
    return draft.dice.choice([sheet_part(draft), *(n for n in draft.parts if n.endswith("sharedStrings.xml"))])


def utf16(draft: Draft) -> None:
    name = a_part(draft)
    xml = re.sub(r"^\ufeff?(<\?xml[^>]*\?>)?", "", draft.parts[name].decode())
    draft.parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")


def byte_order_mark(draft: Draft) -> None:
    name = a_part(draft)
    if draft.parts[name].startswith((b"\xef\xbb\xbf", b"\xff\xfe")):
        raise Impossible
    draft.parts[name] = b"\xef\xbb\xbf" + draft.parts[name]


def declaration(draft: Draft) -> None:
    name = a_part(draft)
    xml = re.sub(r"^\ufeff?(<\?xml[^>]*\?>\s*)?", "", draft.parts[name].decode())
    new = draft.dice.choice(
        (
            "",
            '<?xml version="1.0"?>\n',
            "<?xml version='1.0' encoding='utf-8' standalone='no'?>",
            '<?xml version="1.0" encoding="UTF8"?>',
        )
    )
    if "UTF8" in new:
        new = '<?xml version="1.0" encoding="Utf-8" ?>'
    draft.parts[name] = (new + xml).encode()


def closed_long(draft: Draft) -> None:
    draft.edit(
        sheet_part(draft),
        r"<(c|row|mergeCell|f|v)((?: [^<>]*?)?)/>",
        _some(draft, 0.3, lambda m: f"<{m[1]}{m[2]}></{m[1]}>"),
        0,
    )


def rows_out_of_order(draft: Draft) -> None:
    _shuffled(draft, r'<row r="\d+"[^>]*?(?:/>|>.*?</row>)')


def cells_out_of_order(draft: Draft) -> None:
    name = sheet_part(draft)

    def turned(match: re.Match[str]) -> str:
        cells = re.findall(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', match[2], re.DOTALL)
        if "".join(cells) != match[2]:
            return match[0]
        draft.dice.shuffle(cells)
        return match[1] + "".join(cells) + match[3]

    draft.edit(name, r'(<row r="\d+"[^>]*?(?<!/)>)(.*?)(</row>)', turned, 0)


def _shuffled(draft: Draft, pattern: str) -> None:
    name = sheet_part(draft)
    xml = draft.parts[name].decode()
    start, end = xml.find("<sheetData>") + 11, xml.find("</sheetData>")
    rows = re.findall(pattern, xml[start:end], re.DOTALL)
    if start < 11 or "".join(rows) != xml[start:end]:
        raise Impossible
    draft.dice.shuffle(rows)
    draft.parts[name] = (xml[:start] + "".join(rows) + xml[end:]).encode()


def row_addresses_dropped(draft: Draft) -> None:
    """Cells keep their addresses; rows lose theirs where they follow the row above."""
    last = 0

    def dropped(match: re.Match[str]) -> str:
        nonlocal last
        above, last = last, int(match[1])
        return "<row" if last == above + 1 and draft.dice.random() < 0.5 else match[0]

    draft.edit(sheet_part(draft), r'<row r="(\d+)"', dropped, 0)


def inline_to_shared(draft: Draft) -> None:
    """Texts of a sheet into a table of shared strings."""
    if (
        any(name.lower().endswith("sharedstrings.xml") for name in draft.parts)
        or "xl/_rels/workbook.xml.rels" not in draft.parts
    ):
        raise Impossible
    items: list[str] = []

    def shared(match: re.Match[str]) -> str:
        items.append(match[3])
        return f'{match[1]} t="s"{match[2]}><v>{len(items) - 1}</v></c>'

    draft.edit(sheet_part(draft), _STRING.pattern, shared, 0)
    spelled = _rich if draft.dice.random() < 0.3 else _phonetic if draft.dice.random() < 0.3 else _plain
    count = f'count="{len(items)}" uniqueCount="{len(items)}"'
    table = f'<sst xmlns="{SPREADSHEET}" {count}>{"".join(map(spelled, items))}</sst>'
    draft.parts["xl/sharedStrings.xml"] = table.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    related = f'<Relationship Id="rId977" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    draft.edit("xl/_rels/workbook.xml.rels", "</Relationships>", related)


def _plain(text: str) -> str:
    return f'<si><t xml:space="preserve">{text}</t></si>'


def _rich(text: str) -> str:
    head, tail = (text[:1], text[1:]) if "&" not in text else (text, "")
    bold = f'<r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">{tail}</t></r>'
    return f'<si><r><t xml:space="preserve">{head}</t></r>{bold}</si>'


def _phonetic(text: str) -> str:
    return (
        f'<si><t xml:space="preserve">{text}</t><rPh sb="0" eb="1"><t>ピンイン</t></rPh><phoneticPr fontId="1"/></si>'
    )


def rich_inline(draft: Draft) -> None:
    def rich(match: re.Match[str]) -> str:
        inner = draft.dice.choice((_rich, _phonetic))(match[3]).removeprefix("<si>").removesuffix("</si>")
        return f'{match[1]} t="inlineStr"{match[2]}><is>{inner}</is></c>'

    draft.edit(sheet_part(draft), _STRING.pattern, _some(draft, 0.4, rich), 0)


def inline_as_formula_text(draft: Draft) -> None:
    """Texts as t="str", as some libraries write them."""

    def spelled(match: re.Match[str]) -> str:
        return f'{match[1]} t="str"{match[2]}><v>{match[3]}</v></c>' if match[3] else match[0]

    draft.edit(sheet_part(draft), _STRING.pattern, _some(draft, 0.4, spelled), 0)


def shared_to_inline(draft: Draft) -> None:
    name = next((n for n in draft.parts if n.endswith("sharedStrings.xml")), None)
    if name is None:
        raise Impossible
    items = re.findall(r"<si>(.*?)</si>|<si ?/>", draft.parts[name].decode(), re.DOTALL)

    def inline(match: re.Match[str]) -> str:
        if int(match[2]) >= len(items):
            raise Impossible  # another mutator was here before
        return f'{match[1]} t="inlineStr"><is>{items[int(match[2])]}</is></c>'

    draft.edit(
        sheet_part(draft), r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="s"><v>(\d+)</v></c>', _some(draft, 0.5, inline), 0
    )


def extensions(draft: Draft) -> None:
    """Elements of later editions, which whoever does not know them skips."""
    later = '<extLst><ext uri="{X}" xmlns:x14="y"><x14:sparklines><x14:f>A1</x14:f></x14:sparklines></ext></extLst>'
    draft.edit(sheet_part(draft), "</worksheet>", later + "</worksheet>")


def unknown_attributes(draft: Draft) -> None:
    draft.edit(sheet_part(draft), r'<c r="', _some(draft, 0.2, lambda _: '<c cm="1" r="'), 0)


def defined_names(draft: Draft) -> None:
    names = (
        '<definedName name="新名称">参数!$A$1</definedName>',
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">A1</definedName>',
    )
    draft.edit(WORKBOOK, "</definedNames>", draft.dice.choice(names) + "</definedNames>")


def names_removed(draft: Draft) -> None:
    draft.edit(WORKBOOK, "<definedNames>.*</definedNames>", "")


def formulas_removed(draft: Draft) -> None:
    """Values instead of formulas, as after pasting values."""
    draft.edit(sheet_part(draft), r"<f[^>]*?(?:/>|>[^<]*</f>)", "", 0)
    draft.claim.noted |= {"XPF323", "XPF326", "XPF331"}  # the last of originals whose formulas have no results


def results_removed(draft: Draft) -> None:
    """Formulas without results, as libraries save them."""
    draft.edit(sheet_part(draft), r"(<f[^>]*?(?:/>|>[^<]*</f>))<v>[^<]*</v>", r"\1", 0)


def dimension(draft: Draft) -> None:
    refs = ("A1:XFD1048576", "A1", "", "ZZZ9", "A1:A1:A1")
    draft.edit(sheet_part(draft), r'<dimension ref="[^"]*"', f'<dimension ref="{draft.dice.choice(refs)}"')


def empty_rows(draft: Draft) -> None:
    rows = "".join(f'<row r="{row}" ht="15"/>' for row in range(2_000, 2_000 + draft.dice.randrange(1, 300)))
    draft.edit(sheet_part(draft), "</sheetData>", rows + "</sheetData>")


def styled_blanks(draft: Draft) -> None:
    cells = "".join(f'<c r="{letters}3000" s="1"/>' for letters in ("A", "B", "XFD"))
    draft.edit(sheet_part(draft), "</sheetData>", f'<row r="3000">{cells}</row></sheetData>')


def hidden_sheet(draft: Draft) -> None:
    draft.edit(
        WORKBOOK,
        r"<sheet name=\"[^\"]*\" sheetId=\"\d+\"(?= r:id)",
        _some(draft, 0.5, lambda m: m[0] + ' state="veryHidden"'),
        0,
    )
    draft.claim.noted.add("XPF329")


def renamed_sheet(draft: Draft) -> None:
    sheet = draft.sheet()
    new = escape(draft.dice.choice(("新名称", "a" * 31, "A&B", "'x'", "_字典2", "Sheet1")), {'"': "&quot;"})
    draft.edit(
        WORKBOOK, rf'(<(?:\w+:)?sheet\b[^>]*name=")({re.escape(escape(sheet.title))})"', lambda m: f'{m[1]}{new}"'
    )
    draft.claim.forget()


MUTATORS = (
    attribute_order, quotes, spaces_in_tags, prefixes, strict_namespace, whitespace_between, comments_between,
    instructions_between, cdata, comments_in_text, character_references, utf16, byte_order_mark, declaration,
    closed_long, rows_out_of_order, cells_out_of_order, row_addresses_dropped, inline_to_shared, rich_inline,
    inline_as_formula_text, shared_to_inline, extensions, unknown_attributes, defined_names, names_removed,
    formulas_removed, results_removed, dimension, empty_rows, styled_blanks, hidden_sheet, renamed_sheet,
)  # fmt: skip
