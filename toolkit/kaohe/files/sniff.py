"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import codecs
import re

from kaohe.files.limits import Refused

ZIP, OLE = "zip", "ole"
XLSX = "xlsx"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_TEMPLATE = ODS + "-template"

_PICTURE = "图片"
_ARCHIVES = ((b"Rar!", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"))
_MAGIC = (
    (b"%PDF", "PDF 文档"),
    (b"\xff\xd8", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"{\\rtf", "RTF 文档"),
)
_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta|div)\b", re.I | re.S
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_ENOUGH = 65_536


def sniff(data: bytes) -> str:
    """ZIP or OLE. Raises Refused for everything else, naming what it is as well as can be told."""
    if not data:
        raise Refused("FILE-001")
    if data[:4] in (b"PK\3\4", b"PK\5\6"):
        return ZIP
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return OLE
    for magic, name in _ARCHIVES:
        if data.startswith(magic):
            raise Refused("FILE-005", name)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Refused("FILE-003", name)
    text = _text(data[:_ENOUGH])
    if text is None or not text.strip():
        raise Refused("FILE-004")
    start = text.lstrip("\ufeff \t\r\n")
    if "urn:schemas-microsoft-com:office:spreadsheet" in start[:4096]:
        raise Refused("FILE-003", "XML 表格（2003）")
    if _PAGE.match(start) or start.startswith("MIME-Version:"):
        raise Refused("FILE-003", "网页")
    first = start.splitlines()[0]
    raise Refused("FILE-003", "文本（CSV）" if any(mark in first for mark in ",\t;，") else "文本")


def _text(data: bytes) -> str | None:
    """The bytes as text in an encoding that people use here, None if they are none."""
    names = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            # Incremental, because the end of the piece may cut a character.
            text = codecs.getincrementaldecoder(name)().decode(data)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
