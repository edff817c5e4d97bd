"""The figures of the layout as data: GB/T 9704-2012 as default, a house profile may differ. Lengths in twips (1 mm = 56.693), sizes in
half-points, as WordprocessingML wants them."""

from __future__ import annotations

import msgspec


class Fonts(msgspec.Struct, frozen=True):
    """Font of each role, the one configuration table; `also` are names accepted as equal on the user's machine."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    second: str = "楷体_GB2312"
    first: str = "黑体"
    page: str = "宋体"
    also: tuple[tuple[str, str], ...] = (
        ("方正小标宋简体", "方正小标宋_GBK"),
        ("仿宋_GB2312", "仿宋"),
        ("楷体_GB2312", "楷体"),
        ("黑体", "方正黑体_GBK"),
        ("宋体", "方正书宋_GBK"),
    )


class Profile(msgspec.Struct, frozen=True):
    """Page and text. The text area 156 × 225 mm holds 22 lines of 28 characters: pitch 28.95 pt, −0.25 pt a character."""

    width: int = 11906
    height: int = 16838
    top: int = 2098  # 37 mm
    right: int = 1474  # 26 mm
    bottom: int = 1984  # 35 mm
    left: int = 1588  # 28 mm
    footer: int = 1434  # the dash of the page number 7 mm below the text area
    pitch: int = 579
    spacing: int = -5
    size: int = 32  # 3号
    title_size: int = 44  # 2号
    title_line: int = 720
    small: int = 28  # 4号
    mark_size: int = 72  # 36 pt
    red: str = "FF0000"
    fonts: Fonts = Fonts()

    @property
    def text_width(self) -> int:
        """Width of the text area: 8844 twips = 156 mm."""
        return self.width - self.left - self.right

    def mark_scale(self, characters: int, points: int = 442) -> int:
        """Character scale (w:w, per cent) that keeps a mark on one line: 442 pt wide in a 文件, 482 in a 信函."""
        return min(100, 100 * points // (self.mark_size // 2 * max(characters, 1)))


NATIONAL = Profile()
