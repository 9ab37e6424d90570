"""Documents that are read through LibreOffice: .doc, .wps, .rtf, .odt."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from document import papers
from docx import Document
from required import require

from xlperf.document import office, read_document
from xlperf.files import office as programs
from xlperf.jobs.example import document_text
from xlperf.model import Department, UnreadableInput

RTF = b"{\\rtf1\\ansi ...}"


def without_writer() -> str | None:
    """Why documents cannot be converted here, or None."""
    program = programs.office_program("soffice")
    if program is None:
        return "LibreOffice is not installed"
    names = os.listdir(program.resolve().parent)
    return None if any("swlo" in name for name in names) else "LibreOffice has no Writer here"


@pytest.fixture
def department(tmp_path: Path) -> Department:
    path = tmp_path / "原文.txt"
    path.write_text(document_text(), "utf-8")
    return read_document(path).department


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """LibreOffice replaced by a script, which finds the document to be made in $docx and $out where it belongs."""
    folder = tmp_path / "program"
    monkeypatch.setattr(programs, "_folders", lambda _: iter([folder]))

    def installed(script: str) -> None:
        folder.mkdir()
        find = 'while [ "$1" != --outdir ]; do shift; done; out="$2"; source="$3"\n'
        (folder / "soffice").write_text(f"#!/bin/sh\n{find}{script}\n", "utf-8")
        (folder / "soffice").chmod(0o755)

    return installed


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX: a script as a program")


@posix
def test_what_it_makes_is_read_and_the_source_is_left_alone(tmp_path, soffice, department):
    docx = papers.word(department, tmp_path / "答案.docx")
    soffice(f'grep -q rtf1 "$source" && echo changed >> "$source" && mkdir "$out" && cp "{docx}" "$out/source.docx"')
    path = tmp_path / "绩效文本.doc"
    path.write_bytes(RTF)

    assert read_document(path).department.projects == department.projects
    assert path.read_bytes() == RTF
    assert sorted(each.name for each in tmp_path.iterdir()) == ["program", "原文.txt", "答案.docx", "绩效文本.doc"]


@posix
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "sleep 60 & sleep 60"])
def test_where_it_fails_or_hangs_the_sentence_says_what_to_do(tmp_path, soffice, monkeypatch, script):
    monkeypatch.setattr(office, "SECONDS", 1)
    soffice(script)
    path = tmp_path / "绩效文本.rtf"
    path.write_bytes(RTF)

    with pytest.raises(UnreadableInput) as refused:
        read_document(path)

    assert refused.value.text().replace(str(path), "X") == (
        "LibreOffice（须有 Writer）没有打开这个 RTF 文件，或超过1秒：X。"
        "请在 Word 或 WPS 中打开，去掉密码，另存为 .docx。"
    )


@posix
def test_where_a_table_became_text_nothing_is_read(tmp_path, soffice, department):
    docx = papers.word(department, tmp_path / "答案.docx")
    word = Document(str(docx))
    word.add_paragraph("366001某某法院单位：万元项目编码项目名称预算数一级指标二级指标")
    word.save(str(docx))
    soffice(f'mkdir "$out" && cp "{docx}" "$out/source.docx"')
    path = tmp_path / "绩效文本.doc"
    path.write_bytes(RTF)

    with pytest.raises(UnreadableInput) as refused:
        read_document(path)

    assert refused.value.key == "source_tables_lost"


@posix
def test_what_it_leaves_running_is_ended(tmp_path, soffice):
    soffice(f'sleep 60 & echo $! > "{tmp_path}/pid"')
    path = tmp_path / "绩效文本.rtf"
    path.write_bytes(RTF)

    with pytest.raises(UnreadableInput):
        read_document(path)

    left = int((tmp_path / "pid").read_text())
    state = Path(f"/proc/{left}/stat")
    for _ in range(100):  # a busy machine takes a while to end what was killed
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("what the program left is still running")


@pytest.mark.office
@pytest.mark.parametrize("ending", ["doc", "rtf", "odt", "html"])
def test_a_document_saved_by_libreoffice_is_what_it_was(tmp_path, department, ending):
    require(without_writer())
    source = papers.word(department, tmp_path / "绩效文本.docx")
    ended = Document(str(source))
    ended.add_paragraph("")  # Word has a paragraph behind every table; without one LibreOffice loses it in .doc
    ended.save(str(source))
    expected = read_document(source, year=2026).department
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, timeout=120, env=programs.office_environment())

    assert read_document(source.with_suffix(f".{ending}"), year=2026).department == expected
