"""Drawn parts are spelled the same whatever else is installed, as popular readers expect them."""

from __future__ import annotations

import io
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import pytest
from departments import SETTINGS, small_department

from xlperf.ooxml.serialise import respelled, serialise
from xlperf.workbook.write.department import department_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOTS = {
    "xl/worksheets/sheet4.xml": f'<worksheet xmlns="{MAIN}"',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"',
    "xl/theme/theme1.xml": '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
    "xl/drawings/drawing4.xml": '<xdr:wsDr xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
    "xl/charts/chart4.xml": '<c:chartSpace xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
}


@pytest.mark.parametrize("part", ROOTS)
def test_parts_have_the_usual_prefixes(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(department_bytes(small_department(), SETTINGS))) as package:
        text = package.read(part).decode()

    assert text.partition("?>\n")[2].startswith(ROOTS[part])


def test_prefixes_of_others_do_not_matter() -> None:
    foreign = f'<s:c xmlns:s="{MAIN}" r="A1"><s:v a="&lt;&quot;">1 &amp; 2</s:v>\n<s:f/></s:c>'

    assert (
        respelled(foreign.encode())
        == '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        + f'<c xmlns="{MAIN}" r="A1"><v a="&lt;&quot;">1 &amp; 2</v>\n<f/></c>'
    )


def test_a_namespace_of_no_part_of_ours_is_a_bug() -> None:
    with pytest.raises(KeyError, match="urn:other"):
        serialise(ET.fromstring('<a xmlns="urn:other"/>'))


@pytest.mark.parametrize("package", ["lxml", "xlwings"])
def test_bytes_do_not_depend_on_other_packages(package: str) -> None:
    write = (
        f"import sys, hashlib; sys.modules[sys.argv[1]] = None; sys.path[:] = {sys.path}\n"
        "from departments import SETTINGS, small_department\n"
        "from xlperf.workbook.write.department import department_bytes\n"
        "print(hashlib.sha256(department_bytes(small_department(), SETTINGS)).hexdigest())"
    )

    def digest(blocked: str) -> str:
        done = subprocess.run([sys.executable, "-c", write, blocked], capture_output=True, check=True)
        return done.stdout.decode()

    assert digest(package) == digest("nothing")
