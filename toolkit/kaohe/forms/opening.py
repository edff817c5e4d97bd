"""The group-wide form 期初问题 (first period only): problems brought along from before, with owners, deadlines and states."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from kaohe.core.cells import Source, letters
from kaohe.core.faults import Fault
from kaohe.core.periods import Period, parse_period
from kaohe.core.sentences import fault
from kaohe.forms import looks
from kaohe.forms.calculate import calculate
from kaohe.forms.deductions import numbers
from kaohe.forms.form import Form, Grid, Value, sample_words
from kaohe.forms.formulas import lacking, live_line, state
from kaohe.forms.frame import (
    FAULTY,
    TEAM_ASKED,
    TEAM_LACKS,
    UNIT_ASKED,
    UNIT_LACKS,
    WORKINGS,
    Fill,
    Page,
    note_column,
    working,
)
from kaohe.forms.identity import GROUP
from kaohe.forms.lists import meta
from kaohe.forms.parse_rows import begun, code_of
from kaohe.forms.plan import fingerprint
from kaohe.forms.returned import Returned
from kaohe.records.books import Book, Cell, Sheet
from kaohe.records.layouts import Column, SheetLayout, locate
from kaohe.records.people import Roster
from kaohe.records.problems import STATES
from kaohe.records.returns import Entry, Opening
from kaohe.records.scheme import FormKind, Scheme
from kaohe.records.tables import Reading

OPENING = "期初问题"
ROWS = 120
_LISTS = {"单位": "单位表", "指标": "指标表", "问题类别": "类别表", "严重程度": "严重程度表", "整改状态": "状态表"}
_WHO = "主办部门填"
_REQUIRED = ("单位", "指标", "问题", "问题类别", "严重程度", "提出期次", "提出日期", "整改时限", "责任人", "整改状态")
_STARTED = '{单位}&{指标}&{问题}&{问题类别}&{提出日期}&{整改时限}<>""'
_CLOSED = STATES[-1]


def layout_of() -> SheetLayout:
    """The layout of 期初问题: the same for every scheme."""
    columns = (
        Column("序号", "已印好", width=6, align="center"),
        Column("单位", "单位填", "选项", width=26),
        Column("指标", "单位填", "选项", width=24),
        Column("问题", "单位填", width=38),
        Column("问题类别", "单位填", "选项", width=18),
        Column("严重程度", "单位填", "选项", width=10, align="center"),
        Column("提出期次", "单位填", width=10, align="center"),
        Column("提出日期", "单位填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("整改时限", "单位填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("责任人", "单位填", width=10, align="center"),
        Column("整改状态", "单位填", "选项", width=14, align="center"),
        Column("销号日期", "单位填", "日期", width=12, align="center", format="yyyy-mm-dd"),
        Column("状态", "自动", width=14, align="center"),
        note_column(),
        *(working(title) for title in WORKINGS),
    )
    return SheetLayout(OPENING, "序号", columns, numbers(ROWS))


def plan_opening(scheme: Scheme, period: Period, kind: FormKind) -> Form:
    """The form of a period. Raises KeyError where the scheme has no such period."""
    row = scheme.period_row(str(period))
    if row is None:
        raise KeyError(f"{scheme.code}: no period {period}")
    layout = layout_of()
    printed: dict[tuple[str, str], Value] = {(code, "序号"): code for code in layout.codes}
    form = Form(
        scheme=scheme.code,
        scheme_name=scheme.name,
        organisation=scheme.info.get("组织名称", ""),
        period=period,
        start=row.start,
        end=row.end,
        due=kind.due or row.due,
        as_of=row.reference_date,
        unit_class="",
        class_name="",
        code=kind.code,
        name=kind.name,
        copies=kind.copies,
        places=scheme.settings.places,
        full_scale=Fraction(100),
        lines=(),
        cases=(),
        items=(),
        parts=(),
        severities=tuple(each.name for each in scheme.severities),
        contact=(),
        grids={OPENING: Grid(layout, printed)},
        sample=scheme.info.get("示例数据") == "是",
        labels={
            "指标": tuple(f"{each.code} {each.name}" for each in scheme.indicators if each.is_leaf),
            "问题类别": tuple(f"{each.code} {each.name}" for each in scheme.kinds),
        },
    )
    return msgspec.structs.replace(form, fingerprint=fingerprint(form))


def book(scheme: Scheme, roster: Roster, period: Period, kind: FormKind) -> Book:
    """The workbook that the organising department gets in the first period."""
    form = plan_opening(scheme, period, kind)
    return _book(form, roster, Fill())


def filled_opening(form: Form, roster: Roster, fill: Fill) -> Book:
    """The same with typed values and notes put in (marked copy)."""
    return _book(form, roster, fill)


def _lists(form: Form, roster: Roster) -> dict[str, tuple[str, ...]]:
    return {
        "单位": tuple(f"{unit.code} {unit.name}" for unit in roster.assessed),
        "指标": form.labels["指标"],
        "问题类别": form.labels["问题类别"],
        "严重程度": form.severities,
        "整改状态": STATES,
    }


def _book(form: Form, roster: Roster, fill: Fill) -> Book:
    page = Page(form, form.layout(OPENING), GROUP, fill)
    count = f"SUMPRODUCT(({page.span(UNIT_ASKED)}>0)*1)"
    opening = f'IF({count}=0,"没有期初问题　","已填 "&{count}&" 条　")'
    who = {column.title: _WHO for column in page.layout.columns if column.is_input}
    page.head(f"{form.name}　{form.period.title}{sample_words(form)}", live_line(page, opening), who)
    page.totals()
    for row, code in enumerate(page.layout.codes, page.layout.first_row):
        page.put(row, "序号", code)
        for column in page.layout.columns:
            if column.is_input:
                page.answer(row, code, column.title, spare=True)
        page.compute(row, "状态", state("TRUE", "TRUE", shown_if=_STARTED))
        page.note(row, code)
        page.compute(row, FAULTY, _faulty())
        lacks = [(f'AND({_STARTED},{{{title}}}="")', title) for title in _REQUIRED]
        lacks.append((f'AND({{整改状态}}="{_CLOSED}",{{销号日期}}="")', "销号日期"))
        page.compute(row, UNIT_LACKS, lacking(*lacks))
        page.compute(row, TEAM_LACKS, lacking())
        asked = f'{len(_REQUIRED)}+IF({{整改状态}}="{_CLOSED}",1,0)'
        page.compute(row, UNIT_ASKED, f"=IF({_STARTED},{asked},0)")
        page.compute(row, TEAM_ASKED, "=0")
    before = f"${page.letter('单位')}{page.layout.first_row - 1}"
    page.colour_states(tint=f'=OR({_STARTED},{before}<>"")')
    _checks(page)
    drawn = page.page(looks.TAB_UNIT, freeze_after="序号")
    lists = _lists(form, roster)
    made = Book(
        title=f"{form.name} {form.period}",
        sheets=(drawn, _lists_sheet(lists), meta(form, "", GROUP, form.start, {OPENING: ROWS})),
        names={_LISTS[title]: _place(index, len(words)) for index, (title, words) in enumerate(lists.items(), 1)},
        created=form.start,
        author=form.organisation,
        subject=f"{form.scheme}/{form.period}/{GROUP}/{form.code}",
    )
    return calculate(made)


def _place(index: int, size: int) -> str:
    letter = letters(index)
    return f"_lists!${letter}$2:${letter}${max(size, 1) + 1}"


def _lists_sheet(lists: dict[str, tuple[str, ...]]) -> Sheet:
    cells = []
    for index, (title, words) in enumerate(lists.items(), 1):
        cells.append(Cell(1, index, title, looks.HIDDEN))
        cells.extend(Cell(row, index, word, looks.HIDDEN) for row, word in enumerate(words, 2))
    return Sheet("_lists", tuple(cells), visibility="hidden", protected=True, grid=True)


def _faulty() -> str:
    listed = [(f'AND({{{title}}}<>"",ISNA(MATCH({{{title}}},{name},0)))', title) for title, name in _LISTS.items()]
    dates = [
        (f'AND({{{title}}}<>"",NOT(ISNUMBER({{{title}}})))', title) for title in ("提出日期", "整改时限", "销号日期")
    ]
    early = ("AND(ISNUMBER({整改时限}),ISNUMBER({提出日期}),N({整改时限})<N({提出日期}))", "整改时限")
    closed = (f'AND({{销号日期}}<>"",{{整改状态}}<>"{_CLOSED}")', "销号日期")
    return lacking(*listed, *dates, early, closed)


def _checks(page: Page) -> None:
    form = page.form
    for title, name in _LISTS.items():
        page.check(
            page.area(title), "list", source=f"={name}", error_title=title, error_text=f"请从下拉列表选择{title}。",
        )  # fmt: skip
    for title in ("提出日期", "销号日期"):
        page.check_day(page.area(title), title, "", form.last_day)
    page.check_day(page.area("整改时限"), "整改时限", "2000-01-01", "")
    for title in ("问题", "责任人", "提出期次"):
        page.check_text(title)
    page.check_note()


def parse_opening(
    form: Form, reading: Reading, file: str, roster: Roster
) -> tuple[tuple[Opening, ...], tuple[Fault, ...]]:
    """The problems brought along. A row that cannot be read is left out, with 存疑. Faults: FORM-020, VALUE-…, ROW-….

    A problem's id is period-unit-form code-序号; its `period` is the period in which it was raised, as typed.
    """
    table = reading.table(OPENING)
    if table is None:
        return (), (fault("FORM-020", Source(file, OPENING), sheet=OPENING),)
    layout = form.layout(OPENING)
    located = locate(layout, table)
    if located is None:
        return (), (fault("FORM-024", Source(file, OPENING), sheet=OPENING),)
    faults: list[Fault] = []
    entries: list[Entry] = []
    sheet = Returned(form, layout, table, located, file, reading.kind, "", faults, entries)
    sheet.check_structure(frozenset())
    units = {unit.code: unit.name for unit in roster.units}
    rows = [made for row in begun(sheet) if (made := _opening(sheet, form, row, units)) is not None]
    return tuple(rows), tuple(faults)


def _opening(sheet: Returned, form: Form, row: str, units: dict[str, str]) -> Opening | None:
    lines = {label.split(" ")[0]: label for label in form.labels["指标"]}
    kinds = {label.split(" ")[0]: label for label in form.labels["问题类别"]}
    unit = code_of(sheet, row, "单位", units)
    indicator, kind = code_of(sheet, row, "指标", lines), code_of(sheet, row, "问题类别", kinds)
    fact = sheet.text(row, "问题", True)
    severity = sheet.choice(row, "严重程度", form.severities, True)
    period = sheet.text(row, "提出期次", True)
    if period is not None and parse_period(period.value) is None:
        sheet.report("VALUE-056", row, "提出期次", period.value, field="提出期次")
        period = None
    opened, deadline = _day(sheet, row, "提出日期"), _day(sheet, row, "整改时限")
    owner = sheet.text(row, "责任人", False, soft=True)
    stand = sheet.choice(row, "整改状态", STATES, True)
    closed = sheet.day(row, "销号日期")
    if stand is not None and stand.value == _CLOSED and closed is None:
        sheet.report("VALUE-003", row, "销号日期", field="销号日期")
        return None
    if not (unit and indicator and kind and fact and severity and period and opened and deadline and stand):
        return None
    return Opening(
        problem_id=f"{form.period}-{unit}-{form.code}-{row}",
        unit_code=unit,
        indicator=indicator,
        fact=fact,
        kind=kind,
        severity=severity.value,
        period=period.value,
        opened=opened,
        deadline=deadline,
        owner=owner.value if owner is not None else "",
        state=stand.value,
        closed=closed.value if closed is not None and stand.value == _CLOSED else "",
        source=sheet.place(row, "问题"),
    )


def _day(sheet: Returned, row: str, title: str) -> str:
    """A required date; blank or unreadable withholds the row."""
    found = sheet.day(row, title)
    if found is None:
        sheet.report("VALUE-003" if not sheet.has(row, title) else "VALUE-057", row, title, field=title)
        return ""
    return found.value
