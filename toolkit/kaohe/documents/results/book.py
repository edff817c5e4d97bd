"""考核结果.xlsx: numbers that any office program recomputes (design of the results workbook, 1–4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kaohe.documents.ledger.followup import appeals_sheet
from kaohe.documents.results.about import about_sheet, has_appeals
from kaohe.documents.results.board import board_sheet
from kaohe.documents.results.board_cells import used_names
from kaohe.documents.results.boundaries import boundaries_of
from kaohe.documents.results.boundary_sheet import boundary_sheet
from kaohe.documents.results.bystanders import bystanders_sheet
from kaohe.documents.results.check import checks_grid, checks_sheet
from kaohe.documents.results.claims import claim_rows, claims_sheet
from kaohe.documents.results.daily import daily_sheet, has_entries
from kaohe.documents.results.data import data_grid, data_sheet
from kaohe.documents.results.decisions import decision_rows, decisions_sheet, first_rows
from kaohe.documents.results.frame import frame_of
from kaohe.documents.results.grid import Refs
from kaohe.documents.results.hindsight import facts_of
from kaohe.documents.results.losses import losses_areas, losses_sheet, lost_rows
from kaohe.documents.results.paper import footer, new_fields
from kaohe.documents.results.parameters import parameters
from kaohe.documents.results.quotas import grading_of
from kaohe.documents.results.rating_sheet import has_ratings, rating_sheet
from kaohe.documents.results.sheet import results_grid, results_sheet
from kaohe.documents.results.task_sheet import has_tasks, task_sheet
from kaohe.documents.results.values import standings
from kaohe.documents.results.votes import has_votes, votes_sheet
from kaohe.records.books import Book, Sheet, Sheets
from kaohe.records.edition import Edition


def book(edition: Edition) -> Book:
    """The results workbook: board, 结果, (资格,) 决定, (临界,) 数据, (评价, 得票, 日常积分, 任务清单, 加减分,) 扣分, (申诉,) 参数, 核对, 说明;
    those in brackets where there is such. Each is made when it is asked for: at thousands of objects they are not to stand side by side.

    Formulas run from the leaf points in 数据 and the constants in 参数 to totals, ranks, grades and boards; every formula cell carries
    the program's value. Withheld objects have blank points. Above 10,000 objects it holds values only and says so.
    """
    frame = frame_of(edition)
    found = standings(frame)
    lost = lost_rows(frame)
    facts = facts_of(edition)
    grading = grading_of(edition, facts)
    told = decision_rows(frame, grading)
    decided = first_rows(told)
    results = results_grid(frame, found, decided)
    refs = Refs(data_grid(frame, found, decided), results, checks_grid(frame, results, losses_areas(len(lost))))
    given = parameters(frame, found.levels)
    breaks = new_fields(frame.objects)
    sheets: tuple[Callable[[], Sheet], ...] = (
        partial(board_sheet, frame, refs, found),
        partial(results_sheet, frame, refs, breaks),
        *([partial(bystanders_sheet, frame)] if frame.bystanders else []),
        partial(decisions_sheet, frame, grading, told),
        *([partial(boundary_sheet, frame, boundaries_of(edition, facts, grading))] if frame.counted else []),
        partial(data_sheet, frame, refs, breaks),
        *([partial(rating_sheet, frame)] if has_ratings(frame) else []),
        *([partial(votes_sheet, frame)] if has_votes(frame) else []),
        *([partial(daily_sheet, frame)] if has_entries(frame) else []),
        *([partial(task_sheet, frame)] if has_tasks(frame) else []),
        *([partial(claims_sheet, frame)] if claim_rows(frame) else []),
        partial(losses_sheet, frame, lost),
        *([partial(appeals_sheet, edition, footer(frame), edition.period)] if has_appeals(frame) else []),
        lambda: given.sheet,
        partial(checks_sheet, frame, refs, breaks),
        partial(about_sheet, frame, found.levels),
    )
    return Book(
        title=f"{edition.scheme.name}考核结果（{edition.when.title}）",
        sheets=Sheets(sheets),
        names=dict(sorted({**given.names, **used_names(refs, frame)}.items())),
        created=edition.outcome.as_of or edition.row.end,
        author=edition.scheme.info.get("组织名称", ""),
        subject=f"输入标记 {edition.mark}",
    )
