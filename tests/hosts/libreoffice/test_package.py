"""The .oxt file: its parts and its bytes."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import xlperf
from xlperf.hosts.libreoffice import IDENTIFIER, build_oxt, sources
from xlperf.hosts.libreoffice.embedded import xlperf_texts as texts
from xlperf.measure import CATALOG

PACKAGE = Path(xlperf.__file__).parent

DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"
LIBREOFFICE = "{http://libreoffice.org/extensions/description/2011}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
XLINK = "{http://www.w3.org/1999/xlink}"

FUNCTIONS = pytest.mark.parametrize("function", CATALOG.values(), ids=CATALOG)


@pytest.fixture(scope="module")
def package() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build_oxt()))


def test_same_version_same_bytes_in_another_process() -> None:
    code = "import hashlib; from xlperf.hosts.libreoffice import build_oxt as b; print(hashlib.sha256(b()).hexdigest())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert hashlib.sha256(build_oxt()).hexdigest() == other


def test_measure_is_embedded_unchanged(package: zipfile.ZipFile) -> None:
    embedded = {name: package.read(name) for name in package.namelist() if name.startswith("pythonpath/xlperf/")}

    modules = [PACKAGE / "__init__.py", *(PACKAGE / "measure").glob("*.py")]
    assert embedded == {
        f"pythonpath/xlperf/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes() for path in modules
    }


def test_every_part_of_the_manifest_is_there(package: zipfile.ZipFile) -> None:
    entries = ElementTree.fromstring(package.read("META-INF/manifest.xml"))

    assert {entry.get(f"{MANIFEST}full-path") for entry in entries} == {"xlperf.idl", "xlperf_calc.py"}
    assert {"xlperf.idl", "xlperf_calc.py"} <= set(package.namelist())


def test_the_description_says_who_and_for_which_office(package: zipfile.ZipFile) -> None:
    description = ElementTree.fromstring(package.read("description.xml"))

    def value(path: str) -> str | None:
        element = description.find(path)
        return None if element is None else element.get("value")

    assert value(f"{DESCRIPTION}identifier") == IDENTIFIER == "org.xlperf.calc"
    assert value(f"{DESCRIPTION}version") == xlperf.__version__
    assert value(f"{DESCRIPTION}dependencies/{LIBREOFFICE}LibreOffice-minimal-version") == "25.2"
    assert description.find(f"{DESCRIPTION}publisher") is None
    languages = [name.get("lang") for name in description.iter(f"{DESCRIPTION}name")]
    assert languages == [source.get("lang") for source in description.iter(f"{DESCRIPTION}src")] == ["en", "zh-CN"]
    for source in description.iter(f"{DESCRIPTION}src"):
        assert package.read(str(source.get(f"{XLINK}href"))).strip()


def test_the_interface_has_every_function_and_no_underscore() -> None:
    text = sources()["xlperf.idl"]
    body = text.split("interface XFunctions")[1]

    assert re.findall(r"> > ([A-Z]+)\(", body) == list(CATALOG)
    assert [signature.count("[in]") for signature in body.split(");")[:-1]] == [len(f.params) for f in CATALOG.values()]
    assert "_" not in body
    assert text.isascii()


def test_words_come_as_strings_and_numbers_among_anything() -> None:
    assert set(re.findall(r"string > > ([A-Z]+)\(", sources()["xlperf.idl"])) == {
        "LIGHT",
        "MONEYLIGHT",
        "MONEYREASON",
        "SIGN",
        "MEETS",
        "STATE",
        "STANDING",
        "TARGETLIGHT",
        "WORSTLIGHT",
        "MONITORREASON",
        "EVALREASON",
        "GRADE",
        "FINALGRADE",
        "ALERT",
        "SPENT",
        "PLANCLAUSE",
        "TIMECLAUSE",
        "SENTENCE",
        "CODE",
        "COMPLIANCE",
        "EXPLAIN",
    }


@FUNCTIONS
def test_every_function_and_argument_has_its_texts_in_both_languages(function) -> None:
    chinese = [texts.function_text(function, True), *(texts.argument_text(param, True) for param in function.params)]
    english = [texts.function_text(function, False), *(texts.argument_text(param, False) for param in function.params)]

    assert all(re.search("[一-鿿]", text) for text in chinese)
    operators = re.compile("[≥≤]")
    assert [text for text in english if not operators.sub("", text).isascii()] == []


@FUNCTIONS
def test_argument_names_tell_the_arguments_apart(function) -> None:
    for chinese in (True, False):
        names = [texts.argument_name(param, chinese) for param in function.params]
        assert len(set(names)) == len(names)
        assert all(names)
