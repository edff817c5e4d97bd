"""House rules of the document layout: what an office may set in the sheet 基本信息; what it does not set is the national standard's.

GB/T 9704-2012 binds Party and government organs; others may follow it, so enterprises keep rules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec


class House(msgspec.Struct, frozen=True):
    """`lines` of a page and `characters` of a line in the text area of 225 × 156 mm; fonts of body, title and page number; `digits` is
    the font of Arabic digits and Latin letters, "" = that of the text around them."""

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    lines: int = 22
    characters: int = 28
    page: str = "宋体"
    digits: str = ""


class Word(NamedTuple):
    """A setting: its field of `House`, what it means, and for numbers the least and the most."""

    field: str
    note: str
    least: int = 0
    most: int = 0

    @property
    def limit(self) -> str:
        """What a value has to be, for messages."""
        return f"为 {self.least} 至 {self.most} 的整数" if self.most else "为 31 个字以内的字体名称"


HOUSE: dict[str, Word] = {
    "正文字体": Word("body", "文书正文的字体；缺省 仿宋_GB2312"),
    "标题字体": Word("title", "文书标题和发文机关标志的字体；缺省 方正小标宋简体"),
    "每页行数": Word("lines", "文书每页的行数；缺省 22", 18, 28),
    "每行字数": Word("characters", "文书每行的字数；缺省 28", 24, 32),
    "页码字体": Word("page", "文书页码的字体；缺省 宋体"),
    "数字字体": Word("digits", "文书里数字和字母的字体，如 Times New Roman；缺省与所在文字相同"),
}


def house_of(info: Mapping[str, str]) -> House:
    """The house rules among the texts of 基本信息; one that cannot be used (see `wrong`) has its default."""
    bad = wrong(info)
    given = {name: info[name].strip() for name in HOUSE if info.get(name, "").strip() and name not in bad}
    made = {HOUSE[name].field: int(text) if HOUSE[name].most else text for name, text in given.items()}
    return msgspec.convert(made, House)


def wrong(info: Mapping[str, str]) -> tuple[str, ...]:
    """The settings whose value cannot be used."""
    return tuple(
        name for name, word in HOUSE.items() if info.get(name, "").strip() and not _fits(word, info[name].strip())
    )


def _fits(word: Word, text: str) -> bool:
    if word.most:
        return text.isascii() and text.isdecimal() and word.least <= int(text) <= word.most
    return len(text) < 32 and text.isprintable() and not set(text) & set("<>&\"';,，；")
