"""Each foreign kind of file is known by its content, whatever it is called, and answered with the step that helps."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from workbook.returning import CONTENT, read_back
from zipped import packed

from xlperf.checks import finding, message
from xlperf.document import read_document
from xlperf.document.project_list import read_project_list
from xlperf.files import Refused, office, unpack
from xlperf.model import UnreadableInput

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOISE = bytes(range(255, -1, -1)) * 9
TYPES = "[Content_Types].xml"
LINK = bytes.fromhex("4C0000000114020000000000C000000000000046") + NOISE
XML_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>1</td></tr></table></body></html>'
MHT = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b"
FLAT = '<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument">'
LOGIN = "<!DOCTYPE html>\n<html><head><title>统一认证</title></head><body>请登录</body></html>"


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.cn", "c@d.cn", "填报表"
    made.set_content("见附件")
    made.add_attachment(CONTENT, maintype="application", subtype="octet-stream", filename="填报表.xlsx")
    return made.as_bytes()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("填报表.xlsx")
        entry.size = len(CONTENT)
        archive.addfile(entry, io.BytesIO(CONTENT))
    return out.getvalue()


def ole(*names: str) -> bytes:
    """The header of an OLE file, its directory in the second sector, and names of the streams in that order."""
    header = bytearray(512)
    header[:8], header[30], header[48] = OLE, 9, 1
    entries = b"".join(utf16(name).ljust(128, b"\x00") for name in ("Root Entry", *names))
    return bytes(header) + utf16("WordDocument Workbook").ljust(512, b"\x00") + entries  # words in the text itself


def opendocument(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


KINDS: dict[str, tuple[bytes, str, str]] = {
    "ods": (opendocument("spreadsheet"), "XPF229", "OpenDocument (.ods)"),
    "ots": (opendocument("spreadsheet-template"), "XPF229", "OpenDocument (.ods)"),
    "ods without mimetype": (
        packed({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}),
        "XPF229",
        "OpenDocument (.ods)",
    ),
    "fods": (FLAT.encode(), "XPF229", "OpenDocument (.fods)"),
    "XML 2003": (XML_2003.encode(), "XPF229", "XML Spreadsheet 2003"),
    "XML 2003 in UTF-16": (XML_2003.encode("utf-16"), "XPF229", "XML Spreadsheet 2003"),
    "HTML": (HTML.encode("gb18030"), "XPF229", "HTML"),
    "HTML with a mark": (HTML.encode("utf-8-sig"), "XPF229", "HTML"),
    "MHT": (MHT.encode(), "XPF229", "MHT"),
    "Numbers": (packed({"Index/Document.iwa": b"\x00", "preview.jpg": b"\xff\xd8\xff"}), "XPF230", ""),
    "xls": (OLE + utf16("Workbook"), "XPF207", ""),
    "xls or et": (ole("Workbook", "MBD0001", "WordDocument"), "XPF207", ""),
    "xls of Excel 5": (OLE + utf16("Book"), "XPF207", ""),
    "xls of Excel 4": (bytes.fromhex("0904060000001000"), "XPF207", ""),
    "xlsb": (packed({TYPES: b"<Types/>", "xl/workbook.bin": b"\x83\x01"}), "XPF214", ""),
    "password": (OLE + utf16("EncryptedPackage"), "XPF203", ""),
    "password and rights": (OLE + utf16("DRMEncryptedDataSpace") + utf16("EncryptedPackage"), "XPF232", ""),
    "rights in an old format": (OLE + utf16("\tDRMDataSpace") + utf16("Workbook"), "XPF232", ""),
    "E-SafeNet": (bytes.fromhex("62142365010000000B30557A") + NOISE, "XPF232", ""),
    "E-SafeNet by name": (b"\x01\x02E-SafeNet\x00LOCK" + NOISE, "XPF232", ""),
    "TSD": (b"%TSD-Header-###%" + NOISE, "XPF232", ""),
    "NASCA": (b"<## NASCA DRM FILE - VER1.00 ##>" + NOISE, "XPF232", ""),
    "SoftCamp": (b"SCDSA002" + NOISE, "XPF232", ""),
    "Fasoo": (b"\x9b DRMONE  This Document is encrypted" + NOISE, "XPF232", ""),
    "zip": (packed({"甲/填报表.xlsx": CONTENT, "乙/填报表.xlsx": CONTENT}), "XPF231", "ZIP"),
    "zip, second volume": (b"PK\x07\x08" + NOISE, "XPF231", "ZIP"),
    "rar 4": (b"Rar!\x1a\x07\x00" + NOISE, "XPF231", "RAR"),
    "rar 5": (b"Rar!\x1a\x07\x01\x00" + NOISE, "XPF231", "RAR"),
    "rar that holds a workbook as it is": (b"Rar!\x1a\x07\x01\x00" + CONTENT, "XPF231", "RAR"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + NOISE, "XPF231", "7z"),
    "gz": (gzip.compress(CONTENT), "XPF231", "gz"),
    "bz2": (bz2.compress(CONTENT), "XPF231", "bz2"),
    "xz": (lzma.compress(CONTENT), "XPF231", "xz"),
    "tar": (tar(), "XPF231", "tar"),
    "half a workbook": (CONTENT[: len(CONTENT) // 2], "XPF233", ""),
    "the room of a download": (bytes(9_000), "XPF233", ""),
    "the beginning of a download in its room": (CONTENT[:9_000] + bytes(90_000), "XPF233", ""),
    "two bytes": (b"PK", "XPF233", ""),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "XPF234", "PDF"),
    "docx": (packed({TYPES: b"<Types/>", "word/document.xml": b"<x/>"}), "XPF234", "Word (.docx)"),
    "doc": (ole("1Table", "WordDocument", "ObjectPool", "Workbook"), "XPF234", "Word (.doc)"),
    "ppt": (ole("PowerPoint Document"), "XPF234", "PowerPoint"),
    "odt": (opendocument("text"), "XPF234", "OpenDocument (.odt)"),
    "rtf": (b"{\\rtf1\\ansi", "XPF234", "RTF"),
    "ofd": (packed({"OFD.xml": b"<x/>", "Doc_0/Document.xml": b"<x/>"}), "XPF234", "OFD"),
    "the page of a login": (LOGIN.encode(), "XPF234", "HTML"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + NOISE, "XPF235", "JPEG"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "XPF235", "PNG"),
    "WebP": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "XPF235", "WebP"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "XPF235", "HEIC"),
    "BMP": (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00", "XPF235", "BMP"),
    "shortcut": (LINK, "XPF236", ""),
    "shortcut to the web": (b"[InternetShortcut]\r\nURL=https://example.cn/\r\n", "XPF236", ""),
    "mail": (mail(), "XPF237", ".eml"),
    "mail of Outlook": (ole("__substg1.0_001A001F", "Workbook"), "XPF237", ".msg"),
    "CSV": ("项目编码,项目名称,预算数\n".encode("gb18030") * 3_000, "XPF238", ""),
    "text in UTF-16": ("项目编码\t项目名称".encode("utf-16"), "XPF238", ""),
    "nothing known": (NOISE, "XPF202", ""),
    "a package of nobody": (packed({TYPES: b"<Types/>", "x.xml": b"<x/>"}), "XPF202", ""),
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("called", ["填报表.xlsx", "填报表.crdownload"])
def test_a_file_is_known_by_its_content(name: str, called: str, tmp_path: Path) -> None:
    content, code, what = KINDS[name]

    refused = read_back(content, tmp_path, called).refused

    assert refused is not None
    assert (refused.code, dict(refused.values).get("what", "")) == (code, what)
    for lang in ("zh", "en"):
        assert what in message(refused, lang)


def test_the_sentences_say_what_helps() -> None:
    def said(name: str, lang: str = "zh") -> str:
        _, code, what = KINDS[name]
        return message(finding(code, what=what), lang)

    assert said("ods") == (
        "这是 OpenDocument (.ods) 表格，不是 .xlsx 工作簿：请用 Excel 或 WPS 打开，另存为 .xlsx 后提交"
    )
    assert said("zip") == "这是压缩包（ZIP），里面的文件没有读取：请先解压，再提交里面的文件"
    assert said("E-SafeNet") == (
        "文件被文档加密软件加密，读不出内容：请在装有该软件的电脑上解密（或申请解密外发）后提交"
    )
    assert said("two bytes") == ("文件没有下载或传输完整，缺少后面的内容：请重新下载，或请对方重新发送后提交")
    assert said("zip", "en") == ("This is an archive (ZIP); nothing in it was read: unpack it and hand in the files")


def test_a_whole_workbook_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    for called in ("填报表.et", "填报表.xlsx.crdownload", "填报表"):
        assert read_back(CONTENT, tmp_path, called).refused is None


def test_what_excel_adds_in_front_or_behind_is_no_reason(tmp_path: Path) -> None:
    assert read_back(CONTENT + b"\x00" * 100, tmp_path).refused is None
    assert dict(unpack(NOISE + CONTENT)) == dict(unpack(CONTENT))


DOCUMENTS = {
    "JPEG": "这是 JPEG 文件，读不了里面的文字：X。请用 Word 或 WPS 打开，另存为 .docx；扫描件、图片请索取原件。",
    "MHT": "文件已损坏：X。请用 Word 或 WPS 打开并另存为新的 .docx。",
    "doc": (
        "Word (.doc) 格式，本机没有安装 LibreOffice，读不了：X。"
        "请在 Word 或 WPS 中另存为 .docx，或安装 LibreOffice 后重试。"
    ),
    "ppt": ("这是 PowerPoint 文件，读不了里面的文字：X。请用 Word 或 WPS 打开，另存为 .docx；扫描件、图片请索取原件。"),
    "password": "文件有密码或已加密：X。请去掉密码后重试。",
    "xls": "无法读取 X：旧的 .xls（或 WPS 的 .et）格式，请另存为 .xlsx 后提交。",
    "zip": "无法读取 X：这是压缩包（ZIP），里面的文件没有读取：请先解压，再提交里面的文件。",
    "rar 5": "无法读取 X：这是压缩包（RAR），里面的文件没有读取：请先解压，再提交里面的文件。",
    "Numbers": ("无法读取 X：这是苹果的 Numbers 表格：请在 Numbers 里用“文件－导出为－Excel”存成 .xlsx 后提交。"),
    "two bytes": ("无法读取 X：文件没有下载或传输完整，缺少后面的内容：请重新下载，或请对方重新发送后提交。"),
    "TSD": ("无法读取 X：文件被文档加密软件加密，读不出内容：请在装有该软件的电脑上解密（或申请解密外发）后提交。"),
    "nothing known": "无法识别的文件：X。请提供 .docx 或文本格式的部门预算绩效文本。",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_source_of_another_kind_stops_with_the_step_that_helps(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_folders", lambda _: iter([tmp_path / "none"]))
    path = tmp_path / "部门文本.docx"
    path.write_bytes(KINDS[name][0])

    with pytest.raises(UnreadableInput) as error:
        read_document(path)

    assert error.value.text().replace(str(path), "X") == DOCUMENTS[name]


def test_a_list_of_projects_of_another_kind_too_and_in_english(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(KINDS["ods"][0])

    with pytest.raises(UnreadableInput) as error:
        read_project_list(path)

    assert error.value.text("en").replace(str(path), "X") == (
        "Cannot read X: This is a table in the format OpenDocument (.ods), no .xlsx workbook: "
        "open it in Excel or WPS and save it as .xlsx."
    )


def test_every_beginning_of_a_workbook_is_unfinished() -> None:
    for kept in (*range(2, len(CONTENT), len(CONTENT) // 30), len(CONTENT) - 1):
        with pytest.raises(Refused, match="XPF233"):
            unpack(CONTENT[:kept])
