"""考核结果.xlsx: numbers that any office program recomputes (design of the results workbook, 1–4)."""

from __future__ import annotations

from kaohe.documents.results_about import about_sheet
from kaohe.documents.results_board import board_sheet, used_names
from kaohe.documents.results_check import checks_grid, checks_sheet
from kaohe.documents.results_data import data_grid, data_sheet
from kaohe.documents.results_decisions import decisions_sheet
from kaohe.documents.results_frame import frame_of
from kaohe.documents.results_grid import FIRST_ROW, Refs
from kaohe.documents.results_losses import losses_areas, losses_sheet, lost_rows
from kaohe.documents.results_model import Frame
from kaohe.documents.results_parameters import parameters
from kaohe.documents.results_sheet import results_grid, results_sheet
from kaohe.documents.results_values import standings
from kaohe.records.books import Book
from kaohe.records.edition import Edition


def book(edition: Edition) -> Book:
    """The results workbook: board, 结果, 决定, 数据, 扣分, 参数, 核对, 说明.

    Formulas run from the leaf points in 数据 and the constants in 参数 to totals, ranks, grades and boards; every formula cell carries
    the program's value. Withheld objects have blank points. Above 10,000 objects it holds values only and says so.
    """
    frame = frame_of(edition)
    found = standings(frame)
    lost = lost_rows(frame)
    results = results_grid(frame, found)
    refs = Refs(data_grid(frame), results, checks_grid(frame, results, losses_areas(len(lost))))
    given = parameters(frame)
    breaks = _breaks(frame)
    sheets = (
        board_sheet(frame, refs, found),
        results_sheet(frame, refs, breaks),
        decisions_sheet(frame),
        data_sheet(frame, refs, breaks),
        losses_sheet(frame, lost),
        given.sheet,
        checks_sheet(frame, refs, breaks),
        about_sheet(frame),
    )
    return Book(
        title=f"{edition.scheme.name}考核结果（{edition.when.title}）",
        sheets=sheets,
        names=dict(sorted({**given.names, **used_names(refs, frame)}.items())),
        created=edition.outcome.as_of or edition.row.end,
        author=edition.scheme.info.get("组织名称", ""),
        subject=f"输入标记 {edition.mark}",
    )


def _breaks(frame: Frame) -> set[int]:
    """Rows of the object sheets that begin another field."""
    pairs = zip(frame.objects, frame.objects[1:], strict=False)
    return {
        FIRST_ROW + n
        for n, (one, other) in enumerate(pairs, 1)
        if (one.field or one.unit_class) != (other.field or other.unit_class)
    }
