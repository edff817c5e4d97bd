"""整改清单: a unit's open problems and those closed in this period, eight columns (official documents 5.4)."""

from __future__ import annotations

from kaohe.core.periods import chinese_date
from kaohe.documents.wording import COMMON, common
from kaohe.records.edition import Edition
from kaohe.records.problems import Problem

FIELDS: dict[str, str] = {
    **COMMON,
    "单位名称": "单位的规范全称",
    "填报日期": "基准日",
    "清单": "行：序号、问题、整改措施、责任人、责任单位、完成时限、整改情况、销号",
    "清单注": "清单下的注",
}
CLOSED = "已销号"


def fields(edition: Edition, unit_code: str, number: str = "") -> dict[str, object]:
    """The fields of a unit's list. Rows stand in the order of the problems' ids."""
    unit = edition.roster.unit(unit_code)
    name = unit.name if unit else unit_code
    rows = problems(edition, unit_code)
    provisional = False  # the list reads only the unit's own form
    late = [each for each in rows if each.overdue(edition.row.reference_date)]
    note = f"注：共{len(rows)}项，已销号{sum(each.state == CLOSED for each in rows)}项"
    note += f"，逾期{len(late)}项（完成时限后注明）" if late else ""
    return {
        **common(edition, f"{name}{edition.when.title}考核问题整改清单", number, provisional),
        "单位名称": name,
        "填报日期": chinese_date(edition.row.reference_date),
        "清单": [_row(edition, index, each, name) for index, each in enumerate(rows, 1)],
        "清单注": f"{note}。问题编号：{'、'.join(each.problem_id for each in rows)}。",
    }


def problems(edition: Edition, unit: str) -> tuple[Problem, ...]:
    """All open problems of a unit, and those that were closed in this period."""
    return tuple(
        each
        for each in edition.ledger.of_unit(unit)
        if each.state != CLOSED
        or (each.closed_in == edition.period and each.events[-1:] and each.events[-1].period == edition.period)
    )


def has_rows(edition: Edition, unit: str) -> bool:
    """Whether a unit gets a list."""
    return bool(problems(edition, unit))


def _row(edition: Edition, index: int, each: Problem, unit: str) -> dict[str, object]:
    overdue = "（已逾期）" if each.overdue(edition.row.reference_date) else ""
    return {
        "序号": index,
        "问题": each.fact,
        "整改措施": each.measures or "待报整改方案",
        "责任人": each.owner or "待明确",
        "责任单位": unit,
        "完成时限": f"{chinese_date(each.deadline)}{overdue}" if each.deadline else "立行立改",
        "整改情况": state_text(each),
        "销号": CLOSED if each.state == CLOSED else "未销号",
    }


def state_text(each: Problem) -> str:
    """未启动, 推进中, 已完成, or 未完成; what waits for verification prints as 已完成."""
    if each.state in ("已完成待核验", CLOSED):
        return "已完成"
    return "未完成" if each.reported == "未完成" else each.state
