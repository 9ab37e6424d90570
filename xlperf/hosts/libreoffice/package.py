"""The extension as a file: which parts it has, and how they lie in the archive."""

from __future__ import annotations

from importlib.resources import files

import xlperf
from xlperf.hosts.libreoffice.interface import interface_text
from xlperf.ooxml.serialise import escape
from xlperf.ooxml.zip_out import pack

IDENTIFIER = "org.xlperf.calc"
OLDEST_OFFICE = "25.2"  # older ones do not find XLPERF_RATE in an .xlsx
INTERFACE, COMPONENT = "xlperf.idl", "xlperf_calc.py"
MODULES = "pythonpath"  # LibreOffice puts this folder beside a component on its Python's path

NAMES = (("en", "Performance functions XLPERF"), ("zh-CN", "绩效函数 XLPERF"))
DESCRIPTIONS = (
    (
        "en",
        "Worksheet functions XLPERF_RATE, XLPERF_LIGHT, XLPERF_SCORE and others for the budget performance workbooks "
        "of xlperf: spend progress, compliance and scores while you type.\n",
    ),
    (
        "zh-CN",
        "部门预算绩效填报表使用的函数 XLPERF_RATE、XLPERF_LIGHT、XLPERF_SCORE 等：边填边算支出进度、指标状态和得分。\n",
    ),
)

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of the zip format: the same parts give the same bytes

_MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:full-path="{interface}"
  manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
 <manifest:file-entry manifest:full-path="{component}"
  manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
</manifest:manifest>
"""

_DESCRIPTION = """\
<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:l="http://libreoffice.org/extensions/description/2011">
 <identifier value="{identifier}"/>
 <version value="{version}"/>
 <dependencies>
  <l:LibreOffice-minimal-version value="{oldest}" name="LibreOffice {oldest}"/>
 </dependencies>
 <display-name>
{names}
 </display-name>
 <extension-description>
{descriptions}
 </extension-description>
</description>
"""


def sources() -> dict[str, str]:
    """The parts a person may want to read, by path: everything but the embedded `xlperf.measure`."""
    return {
        "META-INF/manifest.xml": _MANIFEST.format(interface=INTERFACE, component=COMPONENT),
        "description.xml": _description(),
        **{f"description/{language}.txt": text for language, text in DESCRIPTIONS},
        INTERFACE: interface_text(),
        COMPONENT: _embedded(COMPONENT),
        **{f"{MODULES}/{name}": _embedded(name) for name in ("xlperf_handing.py", "xlperf_texts.py")},
    }


def parts() -> dict[str, bytes]:
    """All parts of the extension by path; `xlperf.measure` is in it unchanged."""
    measure = files("xlperf.measure")
    modules = sorted(part.name for part in measure.iterdir() if part.name.endswith(".py"))
    return {
        **{path: text.encode() for path, text in sources().items()},
        f"{MODULES}/xlperf/__init__.py": files("xlperf").joinpath("__init__.py").read_bytes(),
        **{f"{MODULES}/xlperf/measure/{name}": measure.joinpath(name).read_bytes() for name in modules},
    }


def build_oxt() -> bytes:
    """The extension file; the same version of xlperf gives the same bytes."""
    return pack(dict(sorted(parts().items())), _FIRST_DATE)


def _embedded(name: str) -> str:
    return files("xlperf.hosts.libreoffice").joinpath("embedded", name).read_text(encoding="utf-8")


def _description() -> str:
    names = (f'  <name lang="{language}">{escape(name)}</name>' for language, name in NAMES)
    descriptions = (
        f'  <src lang="{language}" xlink:href="description/{language}.txt"/>' for language, _ in DESCRIPTIONS
    )
    return _DESCRIPTION.format(
        identifier=IDENTIFIER,
        version=xlperf.__version__,
        oldest=OLDEST_OFFICE,
        names="\n".join(names),
        descriptions="\n".join(descriptions),
    )
