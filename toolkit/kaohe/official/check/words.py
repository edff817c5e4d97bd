"""What the words say: leftovers of templates, punctuation, dates, and the content that a kind of document must have."""

from __future__ import annotations

import re
from datetime import date

from kaohe.official.check.anatomy import Anatomy, Piece
from kaohe.official.check.findings import Findings

_LEFT = re.compile(
    r"\{\{|\}\}|\{%|%\}|｛｛|｝｝|\bNone\b|\bnan\b|\bNaN\b|\bundefined\b|#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL)[!?]?|×××|某某"
)
_BLANK = re.compile(r"_{2,}|＿{2,}")
_HANZI = r"[\u4e00-\u9fff]"
_MARKS = (
    (re.compile(rf"(?<={_HANZI})[\"'(),;:!?](?={_HANZI})"), "半角标点，应为全角"),
    (re.compile(r"([，。；：、！？])\1|[，；：、][。，；：、]|。[，；：、]"), "标点重复"),
    (re.compile(r"[０-９]+"), "全角数字，应为半角"),
    (re.compile(r"(?<![\d.])20\d\d[.．/]\d{1,2}[.．/]\d{1,2}(?![\d.])"), "日期应写年月日"),
    (re.compile(r"(?:20\d\d年0\d月|(?<!\d)0\d月\d+日|月0\d日)"), "月、日不编虚位"),
    (re.compile(rf"{_HANZI}[\[［(（]20\d\d[\]］)）]第?\d+号"), "年份应用六角括号"),
)
_WEEKDAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日（星期([一二三四五六日天])）")
_WEEK = "一二三四五六日"
#: kind, as the title names it → what must be found: name, pattern
CONTENT: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "反馈通知书",
        (
            ("年度", r"20\d\d年"),
            ("依据", r"根据《[^》]+》"),
            ("考核时间", r"\d+月\d+日[^。]{0,40}考核"),
            ("得分", r"(总分|得分)\d+(\.\d+)?分"),
            ("等次", r"等次"),
            ("问题（或写明未发现突出问题）", r"（一）|发现问题|未发现突出问题"),
            ("整改方案的期限", r"日[^。]{0,40}整改方案|未发现突出问题|没有问题"),
            ("完成整改的期限", r"完成整改|按原定时限|立即整改|未发现突出问题|没有问题"),
        ),
    ),
    (
        "整改通知书",
        (
            ("存在的问题", r"存在的问题"),
            ("整改要求", r"整改要求"),
            ("整改方案的期限", r"日[^。]{0,40}整改方案"),
            ("结果运用", r"结果运用"),
            ("附件：问题整改清单", r"附件：.*清单"),
        ),
    ),
    ("表彰", (("表彰对象", r"表彰对象"), ("表彰的依据", r"根据《[^》]+》"))),
    (
        "考核结果的通报",
        (
            ("参评单位数", r"\d+个单位|参评单位\d+个"),
            ("平均分", r"平均\d+(\.\d+)?分"),
            ("名次、单位、总分、等次各栏", r"名次\n单位[\s\S]*总分\n等次"),
            ("共性问题", r"共性问题"),
            ("有关要求", r"要求"),
        ),
    ),
    ("约谈通知书", tuple((name, name) for name in ("约谈对象", "约谈人", "约谈时间", "约谈地点", "约谈事由", "有关要求"))),
    ("整改清单", (("填报单位", r"填报单位"), ("填报日期", r"填报日期：\S"))),
    ("工作提示", (("工作要求", r"要求"), ("期限", r"\d+个(工作|自然)日|\d+月\d+日前"))),
    (
        "现场反馈表",
        tuple((name, name) for name in ("被考核单位", "考核时间", "考核组", "考核地点", "考核内容", "问题", "整改建议", "意见", "签")),
    ),
)  # fmt: skip


def check_words(made: Anatomy, found: Findings, draft: bool = False) -> None:
    """LAYOUT-040 leftovers, 041 punctuation and digits, 042 weekdays, 043 required content."""
    for each in made.pieces:
        _left(made, each, found)
        if each not in (made.number, made.date):  # these have their own rules
            _punctuated(each, found)
    _content(made, found, draft)


def _left(made: Anatomy, piece: Piece, found: Findings) -> None:
    match = _LEFT.search(piece.text) or (
        _BLANK.search(piece.text) if piece.table is None or made.form != "无" else None
    )
    if match:
        found.add("LAYOUT-040", piece.spot, piece.text[max(match.start() - 8, 0) :][:30], what=match[0])


def _punctuated(piece: Piece, found: Findings) -> None:
    for pattern, what in _MARKS:
        match = pattern.search(piece.text)
        if match:
            found.add("LAYOUT-041", piece.spot, piece.text[max(match.start() - 8, 0) :][:24], what=what)
    for match in _WEEKDAY.finditer(piece.text):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            found.add("LAYOUT-042", piece.spot, match[0], "有这一天的日期")
            continue
        real = _WEEK[day.weekday()]
        if real != match[4].replace("天", "日"):
            found.add("LAYOUT-042", piece.spot, match[0], f"星期{real}")


def _content(made: Anatomy, found: Findings, draft: bool) -> None:
    """Required content of the kind that the title names; a provisional document may say that ranks and grades are pending."""
    text = "\n".join(each.text for each in made.pieces)
    for kind, wanted in CONTENT:
        if kind in made.title:
            for name, pattern in wanted:
                if not re.search(pattern, text) and not (draft and name in ("平均分", "考核时间")):
                    found.add("LAYOUT-043", "正文", "没有找到", name, what=kind)
            return
