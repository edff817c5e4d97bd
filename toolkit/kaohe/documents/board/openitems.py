"""The open problems of one object on one time line: from the day they were opened to their deadline; overdue ones and relapses named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from kaohe.documents.board.detail import person_tells, tells
from kaohe.documents.printed import month_day
from kaohe.records.edition import Edition
from kaohe.records.problems import Problem
from kaohe.records.results import ObjectResult

MOST_MONTHS = 6


class Bar(msgspec.Struct, frozen=True):
    """Places in per cent of the line: opened to deadline; overdue from the deadline on; the closed problem that came back."""

    start: float
    end: float
    late: float | None
    before: tuple[float, float] | None


class Item(msgspec.Struct, frozen=True):
    """One open problem. `state` is its word, `kind` its form: late, again or plain."""

    id: str
    name: str
    measures: str
    owner: str
    deadline: str
    bar: Bar
    state: str
    kind: str
    note: str
    words: str


class OpenItems(msgspec.Struct, frozen=True):
    """All open problems of an object with the months of their line and the reference date; Names of those responsible are persons' affairs:
    they stand only where persons are told wholly."""

    title: str
    rows: tuple[Item, ...]
    months: tuple[tuple[float, str], ...]
    now: float
    note: str
    has_measures: bool
    has_names: bool


def open_items(result: ObjectResult, edition: Edition) -> OpenItems | None:
    """The open problems, overdue ones first, then relapses, then by deadline; None without any."""
    as_of, ledger = edition.ledger.as_of or edition.row.reference_date, edition.ledger
    found = [each for each in ledger.open_of(result.code) if _may_stand(each, result, edition)]
    if not found or not as_of:
        return None
    found.sort(key=lambda each: (not each.overdue(as_of), not each.relapse_of, each.deadline or "9", each.problem_id))
    relapsed = {each.problem_id: ledger.get(each.relapse_of) for each in found if each.relapse_of}
    days = [day for each in found for day in (each.opened, each.deadline) if day] + [as_of]
    days += [old.opened for old in relapsed.values() if old is not None and old.opened]
    axis = _Axis(min(days), max(days))
    full = tells(edition, result, "全部")
    rows = tuple(_item(each, relapsed.get(each.problem_id), axis, as_of, full, edition) for each in found)
    late, again = (sum(row.kind == kind for row in rows) for kind in ("late", "again"))
    counts = "，".join(f"{word}{count}" for word, count in (("逾期", late), ("复发", again)) if count)
    done = sum(each.closed_in == edition.period for each in ledger.of_unit(result.code))
    note = f"长竖线为基准日{month_day(as_of)}，短竖线为时限" + (
        "，○为曾销号" if any(row.bar.before for row in rows) else ""
    )
    note += f"；本期已销号{done}项" if done else ""
    return OpenItems(
        f"未销号的整改事项{len(rows)}项" + (f"：{counts}" if counts else ""),
        rows,
        axis.months,
        axis.at(as_of),
        note,
        full,
        full and person_tells(edition, "全部"),
    )


def _may_stand(each: Problem, result: ObjectResult, edition: Edition) -> bool:
    """A problem of a person of the unit stands on the unit's page only where persons are told wholly."""
    return each.unit_code == result.code or person_tells(edition, "全部")


class _Axis:
    def __init__(self, first: str, last: str) -> None:
        self._first = date.fromisoformat(first)
        self._days = max(1, (date.fromisoformat(last) - self._first).days)

    def at(self, day: str) -> float:
        """Place of a day in per cent."""
        return round(100 * (date.fromisoformat(day) - self._first).days / self._days, 1)

    @property
    def months(self) -> tuple[tuple[float, str], ...]:
        """First days of months within, few enough to be read."""
        year, month = self._first.year, self._first.month
        found: list[tuple[float, str]] = []
        while True:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            place = self.at(f"{year}-{month:02d}-01")
            if place > 100:
                break
            found.append((place, f"{month}月"))
        each = -(-len(found) // MOST_MONTHS) if found else 1
        return tuple(found[::each])


def _item(each: Problem, old: Problem | None, axis: _Axis, as_of: str, full: bool, edition: Edition) -> Item:
    days = (date.fromisoformat(each.deadline) - date.fromisoformat(as_of)).days if each.deadline else 0
    late = each.overdue(as_of)
    kind = "late" if late else "again" if each.relapse_of else "plain"
    state = f"逾期{-days}天" if late else "复发" if each.relapse_of else each.state
    left = "" if late or not each.deadline else "今天到期" if not days else f"余{days}天"
    back = (
        f"{month_day(old.closed)}销号，{'又' if each.period == edition.period else ''}复发"
        if old and old.closed
        else ""
    )
    told = [back, each.state if state != each.state else "", left, "长期坚持" if each.term == "长期坚持" else ""]
    end = each.deadline or as_of
    name = edition.scheme.kind_name(each.kind) if each.kind else each.indicator
    title = f"{each.indicator} {name}".strip() if name != each.indicator else name
    return Item(
        id=each.problem_id,
        name=title,
        measures=(each.measures or each.fact) if full else "",
        owner=each.owner if full and person_tells(edition, "全部") else "",
        deadline=month_day(each.deadline) if each.deadline else "—",
        bar=Bar(
            axis.at(each.opened or as_of),
            axis.at(end),
            axis.at(as_of) if late else None,
            (axis.at(old.opened), axis.at(old.closed)) if old and old.opened and old.closed else None,
        ),
        state=state,
        kind=kind,
        note="，".join(word for word in told if word),
        words=_spoken(each, state),
    )


def _spoken(each: Problem, state: str) -> str:
    opened = f"{month_day(each.opened)}提出，" if each.opened else ""
    return f"{opened}时限{month_day(each.deadline) if each.deadline else '未定'}，{state}。"


def repeated_kinds(result: ObjectResult, edition: Edition, kinds: Sequence[str]) -> set[str]:
    """Those of these kinds that the object lost marks or had problems on in the last period as well."""
    before = edition.before.of(result.code) if edition.before else None
    had = {loss.kind for loss in before.losses if loss.kind} if before else set()
    return had & set(kinds)
