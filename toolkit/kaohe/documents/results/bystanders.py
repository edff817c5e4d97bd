"""The sheet 资格: objects whose class has no score, that only ratings and rules speak of (secretaries, members); no formulas.

Their eligibility, what follows from the rules, and the reasons stand here, their ratings in full on the sheet 评价.
"""

from __future__ import annotations

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.board.rules import consequence_words
from kaohe.documents.printed import marks
from kaohe.documents.results.grid import FIRST_ROW, HEAD_ROW
from kaohe.documents.results.model import Frame
from kaohe.documents.results.paper import footer
from kaohe.records.books import Cell, Conditional, Print, Sheet, Style, Value
from kaohe.records.rated import RatingResult
from kaohe.records.results import ObjectResult

ELIGIBILITY = "资格"
_TITLES = ("编码", "分类", "对象", "所在单位", "职务", "状态", "评价结果", "可评优", "结果运用", "理由")
_WIDTHS = (8, 14, 10, 18, 20, 7, 38, 7, 32, 52)
_ELIGIBLE = 8


def bystanders_sheet(frame: Frame) -> Sheet:
    """The sheet 资格: one row an object."""
    styles = [looks.WRAP] * len(_TITLES)
    styles[0] = styles[5] = styles[_ELIGIBLE - 1] = looks.CENTRE
    note = "这些对象所在的分类不计总分、不排名、不评等次，只有评价结果和规则；“可评优”由否优、封顶等规则判定。评价的票数和均值见“评价”。"
    rows = [_row(frame, each) for each in frame.bystanders]
    title = f"资格　{frame.edition.when.title}　不计总分的对象"
    cells: list[Cell] = [*looks.heading(title, note), *looks.head_row(HEAD_ROW, _TITLES)]
    cells += looks.rows_of(FIRST_ROW, rows, styles)
    heights = {1: 26.0, HEAD_ROW: 32.0}
    heights |= {FIRST_ROW + n: looks.height_of(row, _WIDTHS) for n, row in enumerate(rows)}
    last, column = max(FIRST_ROW, FIRST_ROW + len(rows) - 1), letters(_ELIGIBLE)
    area = f"{column}{FIRST_ROW}:{column}{last}"
    return Sheet(
        ELIGIBILITY,
        tuple(cells),
        widths=dict(enumerate(map(float, _WIDTHS), 1)),
        heights=heights,
        freeze=(FIRST_ROW, 4),
        filter=f"A{HEAD_ROW}:{letters(len(_TITLES))}{last}",
        tab=looks.HEAD_FILL,
        conditionals=(
            Conditional(area, f'={column}{FIRST_ROW}="否"', Style(bold=True, border=looks.SECONDARY)),
            Conditional(area, f'={column}{FIRST_ROW}="待定"', Style(italic=True, underline=True)),
        ),
        print=Print(rows=(HEAD_ROW, HEAD_ROW), footer=footer(frame)),
    )


def _row(frame: Frame, each: ObjectResult) -> tuple[Value, ...]:
    roster = frame.edition.roster
    person, unit_class = roster.person(each.code), frame.scheme.class_of(each.unit_class)
    home = roster.unit(roster.home_of(each.code)) if person is not None else None
    told = [consequence_words(one) + ("（暂定）" if one.provisional else "") for one in each.consequences]
    reasons = dict.fromkeys((*each.reasons, *(one.reason for one in each.consequences if one.reason)))
    return (
        each.code,
        unit_class.name if unit_class is not None else each.unit_class,
        each.short or each.name,
        (home.short or home.name) if home is not None else "",
        person.post if person is not None else "",
        each.status,
        "；".join(_rating(one, frame.places) for one in each.ratings),
        each.eligible,
        "；".join(dict.fromkeys(told)),
        "；".join(reasons),
    )


def _rating(one: RatingResult, places: int) -> str:
    """书记测评 92.31，好（交回34/36）; without a score the reason."""
    counts = f"（交回{one.returned}/{one.due}）" if one.due else ""
    if one.score is None:
        return f"{one.name}：{one.why or '无结果'}{counts}"
    return f"{one.name} {marks(one.score, places)}{f'，{one.grade}' if one.grade else ''}{counts}"
