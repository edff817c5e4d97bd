"""The shared strings of a workbook, where they are written in the manner of office programs: plain, or in runs with their fonts, perhaps
with phonetic guides, which are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaohe.files.limits import Limits
from kaohe.files.values import spelled

_NO_CHARACTER = bytes(n for n in range(32) if n not in b"\t\n\r")
#: a reference to a character is rare, and may stand for one that XML forbids
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
_NO_LETTER = re.compile(b"\xef\xbf[\xbe\xbf]")
_BREAK = re.compile("\r\n?")
_EDGES = " \t\r\n"

_ATTRIBUTES = '(?: [a-zA-Z:]{1,40}+="[^"<&]*+")*+'
_WORDS = '<t(?: xml:space="preserve")?>[^<]*+</t>'
_RUN = f"<r>(?:<rPr>(?:<[a-zA-Z]{{1,40}}+{_ATTRIBUTES}/>)*+</rPr>)?{_WORDS}</r>"
_GUIDE = f"<rPh{_ATTRIBUTES}>{_WORDS}</rPh>"
_START = re.compile(rf"(?:<\?xml[^>]*\?>)?\s*<sst{_ATTRIBUTES}>\s*+")
_PLAIN = re.compile('<si><t( xml:space="preserve")?>([^<]*+)</t></si>\\s*+')
_RICH = re.compile(rf"<si>((?:{_WORDS}|(?:{_RUN})++)(?:{_GUIDE})*+(?:<phoneticPr{_ATTRIBUTES}/>)?)</si>\s*+")
_GUIDES = re.compile(_GUIDE)
_TEXT = re.compile('<t( xml:space="preserve")?>([^<]*+)</t>')


def shared(xml: bytes, limits: Limits) -> list[str] | None:
    """The shared strings, where all are written in the manner of office programs and none may be over the limit; None where the second look
    is needed. `xml` is UTF-8, perhaps not well-formed."""
    if not is_text(xml):
        return None
    whole = xml.decode()
    start = _START.match(whole)
    end = whole.rfind("</sst>")
    if start is None or end < start.end() or whole[end + len("</sst>") :].strip(_EDGES):
        return None
    body = whole[start.end() : end]
    parts = _PLAIN.split(body)
    if not any(parts[0::3]):
        found = [text if kept else text.strip(_EDGES) for kept, text in zip(parts[1::3], parts[2::3], strict=True)]
    else:
        parts = _RICH.split(body)
        if any(parts[0::2]):
            return None
        found = [_whole(item) if item.count("<") == 2 else "".join(_pieces(item)) for item in parts[1::2]]
    if max(map(len, found), default=0) > limits.text:
        return None
    return [spoken(text) for text in found] if "&" in body or "_x" in body or "\r" in body else found


_indexes: list[bytes] = []


def indexed(strings: Sequence[str]) -> dict[bytes, str | None]:
    """The strings by their index as cells write it; None for one without a character."""
    if len(_indexes) < len(strings):
        _indexes.extend([b"%d" % n for n in range(len(_indexes), len(strings))])
    found: dict[bytes, str | None] = dict(zip(_indexes, strings, strict=False))
    if "" in strings:
        found.update((index, None) for index, text in list(found.items()) if not text)
    return found


def inline(item: str) -> str:
    """The text of `<t>…</t>`, spaces around it only where it says that they are to be kept."""
    return spoken("".join(_pieces(item)))


def _whole(item: str) -> str:
    """The text of a single `<t>…</t>`."""
    tag, _, rest = item.partition(">")
    text = rest[: -len("</t>")]
    return text if "preserve" in tag else text.strip(_EDGES)


def _pieces(item: str) -> list[str]:
    item = _GUIDES.sub("", item) if "<rPh" in item else item
    return [text if kept else text.strip(_EDGES) for kept, text in _TEXT.findall(item)]


def spoken(words: str) -> str:
    """What stands between two tags as text: line breaks as XML has them, references and spellings put in."""
    if "\r" in words:
        words = _BREAK.sub("\n", words)
    if "&" in words:
        for reference, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
            words = words.replace(reference, sign)
    return spelled(words)


def is_text(xml: bytes) -> bool:
    """Whether bytes are characters of XML in UTF-8, with no references but the five named ones."""
    if len(xml.translate(None, _NO_CHARACTER)) != len(xml) or _REFERENCE.search(xml):
        return False
    if xml.isascii():
        return True
    try:
        xml.decode()
    except UnicodeDecodeError:
        return False
    return not _NO_LETTER.search(xml)
