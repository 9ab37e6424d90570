"""PDF documents: what is refused, and with which sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.document import pdf, read_document
from xlperf.model import UnreadableInput

OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
)


def blank() -> bytes:
    """A PDF of one page that shows nothing."""
    content, places = b"%PDF-1.4\n", []
    for number, held in enumerate(OBJECTS, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, held)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"xref\n0 4\n%strailer<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF" % (table, len(content))


BLANK = blank()


def key(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as refused:
        read_document(path)
    assert all(refused.value.text(lang) for lang in ("zh", "en"))
    return refused.value.key


def test_what_is_no_document(tmp_path):
    assert key(tmp_path / "扫描.pdf", BLANK) == "source_scanned"
    assert key(tmp_path / "截断.pdf", BLANK[:20]) == "source_damaged"


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "_LIBRARY", "no_such_library")

    assert key(tmp_path / "文本.pdf", BLANK) == "source_needs_pdf"


@pytest.mark.parametrize("text", ["5", "- 5 -", "第 5 页", "第5页 共12页", "5/12", "— 5 —"])
def test_page_numbers_are_left_out(text):
    assert pdf._without_number([text, "甲", ["5"], text]) == ["甲", ["5"]]
