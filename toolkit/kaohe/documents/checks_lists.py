"""Cross-checks of the documents about problems and of the lists (official-documents.md, 5.3–5.6): ids are those of the ledger and stand once,
counts are the rows, what is closed has evidence, what is overdue is past its deadline, sums are those of their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from kaohe.core.exact import ZERO
from kaohe.documents.breach import Breach, Values, breach, count, figure, rows
from kaohe.documents.deadlines import due_text
from kaohe.documents.rectification import CLOSED, OPEN
from kaohe.records.edition import Edition

_LISTS = ("问题清单", "清单", "销号", "逾期")
_DONE = "已完成"


def problem_ids(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """Every problem that a list names is one of the unit's in the ledger and stands once; the fact is the ledger's."""
    home = edition.roster.home_of(code)
    mine = {each.problem_id: each for each in edition.ledger.of_unit(home)}
    for name in (*_LISTS, "问题"):
        listed = [row for row in rows(values, name) if row.get("编号")]
        if not listed:
            continue
        for number, times in Counter(row["编号"] for row in listed).items():
            if number not in mine:
                yield breach("WRITE-007", number, what="不是这个单位台账里的问题")
            elif times > 1:
                yield breach("WRITE-007", number, what=f"出现 {times} 次")
        for row in listed:
            fact = row.get("问题", row.get("事实", ""))
            if row["编号"] in mine and fact.rstrip("。；") != mine[row["编号"]].fact.rstrip("。；"):
                yield breach("WRITE-007", row["编号"], what="的事实与台账不同")


def numbered(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """An interview's papers: the count in the text is the rows of the list."""
    yield from count("尚未销号的问题", values["问题数"], len(rows(values, "问题")))
    yield from _in_order("问题", values)
    yield from _in_order("事由", values)


def demanded(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """问题整改通知书: new and old problems make the list, each new one stands in the text and in the list."""
    listed = rows(values, "清单")
    yield from count("清单的行数", len(listed), int(values["问题数"]) + int(values["遗留数"]))
    yield from count("清单的合计", values["合计数"], len(listed))
    yield from count("正文里的问题", len(rows(values, "问题")), values["问题数"])
    yield from count("已逾期的问题", sum(row["情况"] == "已逾期" for row in listed), values["逾期数"])
    missing = {row["编号"] for row in rows(values, "问题")} - {row["编号"] for row in listed}
    for number in sorted(missing):
        yield breach("WRITE-007", number, what="在正文里，不在清单里")
    yield from _in_order("清单", values)


def rectification(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """整改清单: what is closed is done and has evidence in the ledger; nothing else says 已销号; every open problem is listed."""
    listed = rows(values, "清单")
    known = {each.problem_id: each for each in edition.ledger.of_unit(code)}
    for row in listed:
        each = known.get(row["编号"])
        if row["销号"] not in (CLOSED, OPEN):
            yield breach("WRITE-007", row["编号"], what=f"的销号写成“{row['销号']}”")
        if row["销号"] == CLOSED and (row["整改情况"] != _DONE or each is None or each.state != CLOSED):
            yield breach("WRITE-007", row["编号"], what="写成已销号，但没有完成或台账没有销号")
    open_ids = {number for number, each in known.items() if each.state != CLOSED}
    for number in sorted(open_ids - {row["编号"] for row in listed}):
        yield breach("WRITE-007", number, what="没有销号，也没有列出")
    yield from _in_order("清单", values)


def onsite(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """现场反馈表: what is listed and what is only counted make all; the ids begin with the form's number."""
    listed = rows(values, "问题")
    yield from count("现场发现的问题", values["问题数"], len(listed) + int(values["其余数"]))
    for row in listed:
        if not row["编号"].startswith(f"{values['反馈编号']}-"):
            yield breach("WRITE-007", row["编号"], what=f"不以反馈编号{values['反馈编号']}开头")


def closed(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """销号通知: what is closed has completion, evidence and a date; nothing is closed and refused at once."""
    known = {each.problem_id: each for each in edition.ledger.of_unit(code)}
    for row in rows(values, "销号"):
        lacking = [name for name in ("完成日期", "佐证", "销号日期") if not row[name]]
        if lacking:
            yield breach("WRITE-007", row["编号"], what=f"予以销号，但没有{'、'.join(lacking)}")
        elif row["编号"] in known and known[row["编号"]].state != CLOSED:
            yield breach("WRITE-007", row["编号"], what="在台账里没有销号")
    both = {row["编号"] for row in rows(values, "销号")} & {row["编号"] for row in rows(values, "未销号")}
    for number in sorted(both):
        yield breach("WRITE-007", number, what="既销号又未销号")
    yield from count("销号的问题", values["销号数"], len(rows(values, "销号")))
    yield from count("未销号的问题", values["未销号数"], len(rows(values, "未销号")))


def overdue(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """逾期提醒: every problem is past its deadline at the reference date and not closed."""
    today = edition.row.reference_date
    known = {each.problem_id: each for each in edition.ledger.of_unit(code)}
    for row in rows(values, "逾期"):
        each = known.get(row["编号"])
        if each is not None and (each.state == CLOSED or not each.deadline or each.deadline >= today):
            yield breach("WRITE-007", row["编号"], what="没有逾期")
        elif each is not None and row["时限"] != due_text(each):
            yield breach("WRITE-007", row["编号"], what="的时限与台账不同")
    yield from count("逾期的问题", values["逾期数"], len(rows(values, "逾期")))


def points(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """绩效联动清单: the sums are those of the rows, by 去向 and month."""
    made: dict[tuple[str, str, str], Fraction] = {}
    for row in rows(values, "清单"):
        amount = figure(str(row["分值"]).rpartition("＝")[2])
        if amount is not None:
            key = (row["类别"], row["去向"], row["月份"])
            made[key] = made.get(key, ZERO) + amount
    told = {(row["类别"], row["去向"], row["月份"]): figure(row["分值"]) for row in rows(values, "合计")}
    for key in made.keys() | told.keys():
        if made.get(key) != told.get(key):
            yield breach(
                "WRITE-002",
                str(float(told.get(key) or ZERO)),
                what="、".join(key),
                expected=str(float(made.get(key, ZERO))),
            )
    yield from _in_order("清单", values)


def _in_order(name: str, values: Values) -> Iterator[Breach]:
    numbers = [row["序号"] for row in rows(values, name)]
    yield from count(f"{name}的序号", numbers, list(range(1, len(numbers) + 1)))


def in_order(edition: Edition, code: str, values: Values) -> Iterator[Breach]:
    """The rows of a list are numbered from 1 without a gap."""
    yield from _in_order("清单", values)
