"""Writes a VBA project from source (MS-OVBA); its version 0xFFFF makes Excel compile it on opening.

Knows how a project lists modules, not what is in them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xlperf.hosts.excel import compound
from xlperf.hosts.excel.compression import compress

CODE_PAGE, CODEC = 936, "gbk"  # the code page in which VBA on Chinese Windows keeps source
LONGEST_LINE = 1023
# _VBA_PROJECT of a project without compiled code. Readers ignore the last word; it is that of xlwings' templates.
NO_CACHE = bytes.fromhex("CC61FFFF000100")

_NAME = "VBAProject"
_VERSION = (0x5FA1A7B5, 1)
# The protection state is encrypted with the project id. These are the values MS-OVBA §3.1.6 prints for a project
# that is neither locked nor hidden.
_ID = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
_PROTECTION = (
    'CMG="0705D8E3D8EDDBF1DBF1DBF1DBF1"',
    'DPB="0E0CD1ECDFF4E7F5E7F5E7"',
    'GC="1517CAF1D6F9D7F9D706"',
)
_HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_SYSTEM, _COMMON = "C:\\Windows\\System32\\", "C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\"
_REFERENCES = (
    ("stdole", f"*\\G{{00020430-0000-0000-C000-000000000046}}#2.0#0#{_SYSTEM}stdole2.tlb#OLE Automation"),
    (
        "Office",
        f"*\\G{{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}}#2.0#0#{_COMMON}MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)
_WORKBOOK, _WORKSHEET = "00020819-0000-0000-C000-000000000046", "00020820-0000-0000-C000-000000000046"
_DOCUMENT_ATTRIBUTES = """\
Attribute VB_Base = "0{{{base}}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""


class ModuleKind(StrEnum):
    """The kind of a module, as the list of modules writes it."""

    STANDARD = "Module"
    DOCUMENT = "Document"


@dataclass(frozen=True)
class Module:
    """A module and its source with attributes; lines end with CRLF."""

    name: str
    source: str
    kind: ModuleKind = ModuleKind.STANDARD


def standard_module(name: str, code: str) -> Module:
    """A standard module with this code (line ends of any kind)."""
    return Module(name, _source(f'Attribute VB_Name = "{name}"\n{code}'))


def workbook_module(code: str = "") -> Module:
    """The module behind the workbook."""
    return _document("ThisWorkbook", _WORKBOOK, code)


def sheet_module(code_name: str) -> Module:
    """The empty module behind a sheet."""
    return _document(code_name, _WORKSHEET, "")


def _document(name: str, base: str, code: str) -> Module:
    attributes = _DOCUMENT_ATTRIBUTES.format(base=base)
    return Module(name, _source(f'Attribute VB_Name = "{name}"\n{attributes}{code}'), ModuleKind.DOCUMENT)


def _source(text: str) -> str:
    lines = text.splitlines()
    for line in lines:
        if len(line.encode(CODEC)) > LONGEST_LINE:
            raise ValueError(f"VBA takes no line this long: {line[:60]}…")
    return "".join(f"{line}\r\n" for line in lines)


def write_project(modules: Sequence[Module]) -> bytes:
    """vbaProject.bin with these modules, always the same bytes."""
    streams = {
        "PROJECT": _project_stream(modules),
        "PROJECTwm": b"".join(encoded(m.name) + b"\0" + _wide(m.name) + b"\0\0" for m in modules) + b"\0\0",
        "VBA/_VBA_PROJECT": NO_CACHE,
        "VBA/dir": compress(_dir_stream(modules)),
        **{f"VBA/{module.name}": compress(encoded(module.source)) for module in modules},
    }
    return compound.write(streams)


def encoded(text: str) -> bytes:
    """Text in the project's code page."""
    return text.encode(CODEC)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _number(number: int, value: int, size: str = "I") -> bytes:
    return _record(number, struct.pack(f"<{size}", value))


def _both(number: int, wide_number: int, text: str) -> bytes:
    """A text in the code page and again in UTF-16."""
    return _record(number, encoded(text)) + _record(wide_number, _wide(text))


def _dir_stream(modules: Sequence[Module]) -> bytes:
    """Project facts, references and the list of modules (MS-OVBA 2.3.4.2)."""
    out = _number(0x01, 1)  # 32-bit Windows; 64-bit Excel writes 3, each reads both
    out += _number(0x02, 0x0409) + _number(0x14, 0x0409) + _number(0x03, CODE_PAGE, "H")
    out += _record(0x04, encoded(_NAME)) + _both(0x05, 0x40, "") + _both(0x06, 0x3D, "")
    out += _number(0x07, 0) + _number(0x08, 0)
    out += struct.pack("<HIIH", 0x09, 4, *_VERSION)
    out += _both(0x0C, 0x3C, "")
    for name, library in _REFERENCES:
        identifier = encoded(library)
        out += _both(0x16, 0x3E, name)
        out += _record(0x0D, struct.pack("<I", len(identifier)) + identifier + bytes(6))
    out += _number(0x0F, len(modules), "H") + _number(0x13, 0xFFFF, "H")
    for module in modules:
        out += _record(0x19, encoded(module.name)) + _record(0x47, _wide(module.name))
        out += _both(0x1A, 0x32, module.name) + _both(0x1C, 0x48, "")
        out += _number(0x31, 0) + _number(0x1E, 0) + _number(0x2C, 0xFFFF, "H")
        out += _record(0x21 if module.kind is ModuleKind.STANDARD else 0x22) + _record(0x2B)
    return out + _record(0x10)


def _project_stream(modules: Sequence[Module]) -> bytes:
    """The readable list of modules (MS-OVBA 2.3.1)."""
    listed = [f"{m.kind}={m.name}" + ("/&H00000000" if m.kind is ModuleKind.DOCUMENT else "") for m in modules]
    lines = [
        f'ID="{_ID}"',
        *listed,
        f'Name="{_NAME}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        *_PROTECTION,
        "",
        "[Host Extender Info]",
        _HOST,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return encoded("\r\n".join(lines))
