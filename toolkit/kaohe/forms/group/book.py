"""A group-wide workbook as it goes out, and the function that gives all of a period's for `kaohe issue`."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.core.periods import Period, chinese_date
from kaohe.forms import looks, table_page, tables
from kaohe.forms.calculate import calculate
from kaohe.forms.frame import Fill
from kaohe.forms.group import appeals, decisions, exports, openings
from kaohe.forms.group.content import Computed
from kaohe.forms.group.contents import split
from kaohe.forms.group.copies import GROUP, copies_of, group_kinds
from kaohe.forms.group.plan import GroupPlan, plan
from kaohe.forms.instructions import taught
from kaohe.forms.lists import meta
from kaohe.forms.prefill import Issued
from kaohe.records.books import Book, Style
from kaohe.records.followup import Interview
from kaohe.records.people import Roster
from kaohe.records.scheme import Scheme

_FIRST_SHEET = 1  # the first table is shown on opening, behind 填报说明
#: contents that `issue` does not send out: 等次决定 is made by `run`
LATER = frozenset((decisions.NAME, exports.NAME))
#: contents that only the first period has
FIRST_ONLY = frozenset((openings.NAME,))
#: contents that come only where something has happened: nobody waits for them
NEVER_DUE = frozenset((appeals.NAME,))


def group_forms(
    scheme: Scheme, roster: Roster, period: Period, first: bool, awaited: tuple[Interview, ...] = ()
) -> Iterator[tuple[Issued, Book]]:
    """Every group-wide workbook that goes out in a period, with its entry of the register. `first`: there is no ledger yet, so 期初问题
    goes out too. `awaited`: interviews whose result is asked for (约谈结果). Raises KeyError where the scheme has no such period."""
    for kind in group_kinds(scheme, period):
        contents = {split(word)[0] for word in kind.content}
        if contents & LATER or (not first and contents & FIRST_ONLY):
            continue
        for copy in copies_of(scheme, roster, period, kind):
            planned = plan(scheme, roster, period, kind, copy, awaited=awaited)
            if planned is not None:
                yield entry(planned), book(planned)


def decision_forms(
    scheme: Scheme, roster: Roster, period: Period, computed: tuple[Computed, ...]
) -> Iterator[tuple[Issued, Book]]:
    """The workbooks 等次决定 that `run` writes: one row for each computed result, in its order; none where there is no result."""
    for kind in group_kinds(scheme, period):
        if decisions.NAME in {split(word)[0] for word in kind.content}:
            for copy in copies_of(scheme, roster, period, kind):
                planned = plan(scheme, roster, period, kind, copy, computed)
                if planned is not None:
                    yield entry(planned), book(planned)


def entry(planned: GroupPlan) -> Issued:
    """The record in 发放.json: the copy stands in the object's place."""
    form, copy = planned.form, planned.copy
    return Issued(form.code, copy.key, copy.label if copy.key else "", "", copy.file, form.version, form.fingerprint)


def book(planned: GroupPlan, fill: Fill | None = None) -> Book:
    """The workbook of one copy; with `fill`, typed values and notes put back (marked copy). Equal arguments give equal books."""
    form, copy, fill = planned.form, planned.copy, fill or Fill()
    lists = tables.Lists.of(planned.tables)
    names = tuple(table.name for table in planned.tables)
    shown = [
        taught(form, copy.slot, planned.label, _lines(planned), _legend(planned), _closing(planned), names),
        *(table_page.sheet(form, table, copy.slot, fill, lists) for table in planned.tables),
    ]
    rows = {table.name: len(table.codes) for table in planned.tables}
    made = Book(
        title=f"{form.name} {form.period} {copy.key}".strip(),
        sheets=(*shown, lists.sheet, meta(form, copy.key, copy.label if copy.key else GROUP, form.start, rows)),
        names=lists.defined,
        created=form.start,
        author=form.organisation,
        subject=f"{form.scheme}/{form.period}/{copy.slot}/{form.code}",
        first=_FIRST_SHEET,
        shares=True,
    )
    return calculate(made)


def _lines(planned: GroupPlan) -> tuple[str, ...]:
    """What to do, in order."""
    setting = planned.setting
    head = f"本表由{setting.filler}填写，填好把本文件发回。每张表第 3 行随时写明填了多少、还差几格、哪里有误；“状态”列逐行写明。"
    return (
        head,
        *planned.taught,
        f"{_typing(planned)}不要插入、删除、合并行列，不要改工作表名。",
        "填完保存，把本文件发回，.xlsx、.xls、.et、.ods 都可以；退回时按“校验提示”改好，删去提示再报。",
    )


def _typing(planned: GroupPlan) -> str:
    """How dates and numbers are typed, as far as the workbook asks for any."""
    kinds = {field.column.kind for table in planned.tables for field in table.fields}
    said = ["日期如 2026-09-30"] if "日期" in kinds else []
    said += ["分数只填数字，不带“分”“约”等字"] if "数" in kinds else []
    return f"{'；'.join(said)}。" if said else ""


def _legend(planned: GroupPlan) -> tuple[tuple[str, Style], ...]:
    line, who = looks.LINE, planned.setting.filler
    unit = Style(size=10, fill=looks.UNIT_FILL, colour=looks.UNIT_INK, border=line)
    wrong = Style(size=10, bold=True, fill=looks.ERROR_FILL, colour=looks.ERROR_INK, border=line)
    return (
        (f"浅黄底、蓝字：{who}填（更浅的是选填或还没有用到的行）", unit),
        ("灰底：自动计算，不用填", Style(size=10, fill=looks.COMPUTED_FILL, border=line)),
        ("白底、浅蓝底：已印好，不能改", Style(size=10, border=line)),
        ("红底、×：有误，请按“状态”和“校验提示”修改", wrong),
    )


def _closing(planned: GroupPlan) -> tuple[str, ...]:
    form = planned.form
    said = []
    if form.due:
        said.append(f"报送截止：{chinese_date(form.due)}。")
    if form.contact:
        said.append(f"联系：{'　'.join(form.contact)}")
    return tuple(said)
