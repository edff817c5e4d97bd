"""The frame that all sheets of a form share: rows 1–5, cells by column title, checks, colours by state, protection and print set-up."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from fractions import Fraction

import msgspec

from kaohe.core.cells import a1, letters
from kaohe.core.exact import exact
from kaohe.forms import looks
from kaohe.forms.form import Form, Value
from kaohe.records.books import Cell, Conditional, Print, Sheet, Style, Validation
from kaohe.records.books import Value as CellContent
from kaohe.records.layouts import NOTE, Column, SheetLayout
from kaohe.records.tables import CellValue

_PLACE = re.compile(r"\{([^{}:]+)(:?)\}")
_NOTE_TITLE = "系统写"
FAULTY, UNIT_LACKS, TEAM_LACKS, UNIT_ASKED, TEAM_ASKED = "错项", "缺单位", "缺检查", "应填单位", "应填检查"
WORKINGS = (FAULTY, UNIT_LACKS, TEAM_LACKS, UNIT_ASKED, TEAM_ASKED)
_TOTALS_ROW = 3  # totals of the helping columns stand hidden in the live line's row


class Fill(msgspec.Struct, frozen=True):
    """What a marked copy puts back: typed values by (sheet, code, title), notes for 校验提示 by (sheet, code)."""

    typed: dict[tuple[str, str, str], CellValue] = {}
    notes: dict[tuple[str, str], str] = {}


def working(title: str) -> Column:
    """A hidden column of helping formulas."""
    return Column(title, "自动", width=8, hidden=True)


def note_column() -> Column:
    """The column into which programs write on a protected sheet; people may only delete."""
    return Column(NOTE, "系统写", width=44)


def number(value: Fraction | None) -> int | float | None:
    """A fraction as the number of a cell."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def content(value: CellValue | Value) -> CellContent:
    """A value put back into a cell: times of day and durations, which no field takes, as text."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, str | bool | int | float | date):
        return value
    return str(value)


def day(text: str) -> date | None:
    """An ISO date as a date, None for a blank."""
    return date.fromisoformat(text) if text else None


class Page:
    """One sheet being drawn. Rows by number, columns by title; `formula` fills `{title}` with this row's cell, `{title:}` with the
    column's whole range."""

    def __init__(self, form: Form, layout: SheetLayout, object_code: str, fill: Fill) -> None:
        self.form, self.layout, self.object_code, self.fill = form, layout, object_code, fill
        self.cells: list[Cell] = []
        self.heights: dict[int, float] = {1: 13, 2: 27, 3: 22, 4: 16, 5: 25}
        self.validations: list[Validation] = []
        self.conditionals: list[Conditional] = []
        self._columns = {column.title: (index, column) for index, column in enumerate(layout.columns, 1)}
        self._letters = {title: letters(index) for title, (index, _) in self._columns.items()}
        self._first, self._last = layout.first_row, max(layout.last_row, layout.first_row)
        self._visible = [index for index, column in self._columns.values() if not column.hidden]
        self._styles: dict[tuple[str, bool, bool], Style] = {}

    # places
    def column(self, title: str) -> Column:
        """The column of a title."""
        return self._columns[title][1]

    def letter(self, title: str) -> str:
        """The letters of a title's column."""
        return self._letters[title]

    def span(self, title: str) -> str:
        """A title's whole range, absolute."""
        letter = self._letters[title]
        return f"${letter}${self._first}:${letter}${self._last}"

    def formula(self, template: str, row: int) -> str:
        """A formula for one row."""

        def place(match: re.Match[str]) -> str:
            title, whole = match[1], match[2]
            return self.span(title) if whole else f"${self._letters[title]}{row}"

        return _PLACE.sub(place, template)

    def total(self, title: str) -> str:
        """The hidden cell that holds a helping column's total: `$Q$3`."""
        return f"${self._letters[title]}${_TOTALS_ROW}"

    # cells
    def put(
        self, row: int, title: str, value: CellContent = None, style: Style | None = None, comment: str = ""
    ) -> None:
        """A plain cell."""
        index, column = self._columns[title]
        self.cells.append(Cell(row, index, value, style or self.style(column), comment=comment))

    def compute(self, row: int, title: str, template: str, style: Style | None = None) -> None:
        """A formula cell."""
        index, column = self._columns[title]
        self.cells.append(Cell(row, index, None, style or self.style(column), formula=self.formula(template, row)))

    def style(self, column: Column, spare: bool = False, open_: bool = True) -> Style:
        """The style of a column's data cells."""
        key = (column.title, spare, open_)
        if key not in self._styles:
            style = looks.cell_style(column, spare, open_)
            self._styles[key] = looks.HIDDEN if column.hidden else style
        return self._styles[key]

    def typed(self, code: str, title: str) -> CellValue:
        """What stood in an input cell of the workbook that came back; None for a blank form."""
        return self.fill.typed.get((self.layout.name, code, title))

    def answer(self, row: int, code: str, title: str, spare: bool = False, style: Style | None = None) -> None:
        """An input cell, with what was typed put back."""
        index, column = self._columns[title]
        self.cells.append(Cell(row, index, content(self.typed(code, title)), style or self.style(column, spare)))

    def answer_text_height(self, code: str, titles: tuple[str, ...]) -> float:
        """The height that a row needs for what was typed into these columns; 0 when nothing was."""
        texts = {self.column(t).width: str(v) for t in titles if (v := self.typed(code, t)) is not None}
        return looks.height_for(texts) if texts else 0

    def closed(self, row: int, title: str, mark: str = "") -> None:
        """A cell of an input column where nothing is to be typed in this row."""
        style = msgspec.structs.replace(looks.PRINTED, align="center", colour=looks.SMALL_INK)
        self.put(row, title, mark or None, style)

    def note(self, row: int, code: str) -> None:
        """The cell of 校验提示."""
        self.put(row, NOTE, self.fill.notes.get((self.layout.name, code)))

    # frame
    def head(self, title: str, live: str, who: dict[str, str] | None = None) -> None:
        """Rows 1–5: identity, title, live line (a formula), who fills, headers."""
        self.cells.append(Cell(1, 1, self.form.identity(self.object_code), looks.IDENTITY))
        self.cells.append(Cell(2, 1, title, looks.TITLE))
        width = self._columns[NOTE][0] - 1 if NOTE in self._columns else self._visible[-1]
        self.cells.append(Cell(3, 1, None, looks.LIVE, formula=live))
        self.cells.extend(Cell(3, index, None, looks.LIVE) for index in range(2, width + 1))
        area = f"A3:{letters(width)}3"
        for word, style in (("有误", looks.ERROR), ("可以报送", looks.OK_LINE), ("待", looks.WAIT_LINE)):
            self.conditionals.append(Conditional(area, f'=ISNUMBER(FIND("{word}",$A$3))', style))
        for column_title, (index, column) in self._columns.items():
            if column.hidden:
                self.cells.append(Cell(5, index, column_title, looks.HIDDEN))
                continue
            said = (who or {}).get(column_title, column.role)
            self.cells.append(Cell(4, index, said, looks.who_style(column.role)))
            self.cells.append(Cell(5, index, column_title, looks.HEADER))

    def totals(self) -> None:
        """The totals of the helping columns that the sheet has, hidden in the live line's row: faulty rows, cells lacking and asked for by role."""
        faulty = f"=SUMPRODUCT(((LEN({self.span(FAULTY)})+LEN({self.span(NOTE)}))>0)*1)"
        self._total(FAULTY, faulty)
        for title in (UNIT_LACKS, TEAM_LACKS):
            if title in self._columns:
                span = self.span(title)
                self._total(title, f'=SUMPRODUCT(LEN({span})-LEN(SUBSTITUTE({span},"/","")))')
        for title in (UNIT_ASKED, TEAM_ASKED):
            if title in self._columns:
                self._total(title, f"=SUM({self.span(title)})")

    def _total(self, title: str, formula: str) -> None:
        self.cells.append(Cell(_TOTALS_ROW, self._columns[title][0], None, looks.HIDDEN, formula=formula))

    def colour_states(self, tint: str = "", state: str = "状态") -> None:
        """Conditional formats of the table: the cell that a note or 错项 names, the words of 状态, and (`tint`, a formula for row
        `first_row`) the full tint of started rows."""
        first, last = self._first, self._last
        end = letters(self._columns[NOTE][0] - 1)
        faulty = f'FIND("/"&A$5&"/",${self._letters[FAULTY]}{first}&"/")'
        noted = f'FIND("〔"&A$5&"〕",${self._letters[NOTE]}{first})'
        error = f"=OR(ISNUMBER({noted}),ISNUMBER({faulty}))"
        self.conditionals.append(Conditional(f"A{first}:{end}{last}", error, looks.ERROR))
        if state in self._columns:
            letter = self._letters[state]
            area, cell = f"{letter}{first}:{letter}{last}", f"${letter}{first}"
            self.conditionals.append(Conditional(area, f'=OR(LEFT({cell},1)="×",LEFT({cell},1)="缺")', looks.ERROR))
            self.conditionals.append(Conditional(area, f'=LEFT({cell},1)="√"', looks.OK))
        if tint:
            for title, (_, column) in self._columns.items():
                if column.is_input and not column.role.endswith("选填"):
                    letter = self._letters[title]
                    rule = self.formula(tint, first)
                    self.conditionals.append(
                        Conditional(f"{letter}{first}:{letter}{last}", rule, looks.full_tint(column))
                    )

    # checks
    def check(self, ranges: tuple[str, ...] | str, kind: str, **options: object) -> None:
        """A validation over ranges."""
        areas = (ranges,) if isinstance(ranges, str) else ranges
        if areas:
            self.validations.append(Validation(areas, kind, **options))  # type: ignore[arg-type]

    def area(self, title: str) -> str:
        """A title's whole range, for a validation."""
        return self.span(title).replace("$", "")

    def check_note(self) -> None:
        """校验提示 may only be deleted."""
        self.check(
            self.area(NOTE), "custom", source="=FALSE", error_title="本列由系统填写",
            error_text="此处只能删除，不能填写。改好后删去该提示。",
            input_title="校验提示", input_text="退回修改时，系统在这里写明哪一格有误；改好后删去该提示。" if self.fill.notes else "",
        )  # fmt: skip

    def check_text(self, title: str, most: int = 200) -> None:
        """Text of at most `most` characters."""
        self.check(
            self.area(title), "length", minimum=0, maximum=most, error_title="文字过长",
            error_text=f"“{title}”请控制在 {most} 字以内。",
        )  # fmt: skip

    def check_day(self, ranges: tuple[str, ...] | str, title: str, first: str, last: str) -> None:
        """A date between two ISO days (a blank bound is open on that side)."""
        low, high = day(first), day(last)
        between = f"{first} 至 {last}" if first and last else f"不早于 {first}" if first else f"不晚于 {last}"
        self.check(
            ranges, "date", minimum=low or date(2000, 1, 1), maximum=high or date(2099, 12, 31), error_title="日期有误",
            error_text=f"“{title}”请填日期（{between}），如 {last or first}。",
            input_title=title, input_text=f"填日期，如 {last or first}。",
        )  # fmt: skip

    def page(self, tab: str, freeze_after: str, titles: tuple[int, int] = (5, 5), landscape: bool = True) -> Sheet:
        """The finished sheet. `freeze_after`: the last column that stays in sight."""
        visible_end = self._columns[NOTE][0] - 1 if NOTE in self._columns else self._visible[-1]
        last = max(cell.row for cell in self.cells)
        for (name, code), text in self.fill.notes.items():
            if name == self.layout.name:
                row = self.layout.row(code)
                self.heights[row] = max(self.heights.get(row, 0), looks.height_for({self.column(NOTE).width: text}, 9))
        identity = self.form.identity(self.object_code).replace("&", "&&")
        return Sheet(
            name=self.layout.name,
            cells=tuple(self.cells),
            widths={index: column.width for index, column in self._columns.values()},
            heights=self.heights,
            freeze=(self._first, self._columns[freeze_after][0] + 1),
            tab=tab,
            protected=True,
            validations=tuple(self.validations),
            conditionals=tuple(self.conditionals),
            print=Print(
                landscape=landscape,
                rows=titles,
                area=f"A1:{letters(visible_end)}{last}",
                footer=f"&L&8{identity}&R&8第 &P 页 共 &N 页",
                margins=(0.4, 0.4, 0.5, 0.7),
            ),
            hidden_columns=tuple(index for index, column in self._columns.values() if column.hidden),
            active=a1(self._first, next((i for i, c in self._columns.values() if c.is_input), 1)),
        )


def title_line(sheet: str, unit_name: str, form: Form) -> str:
    """Row 2: `评分　石桥公司党总支（Ⅰ类）　2026年第三季度`."""
    suffix = "" if form.unit_class.endswith("类") else "类"
    return f"{sheet}　{unit_name}（{form.unit_class}{suffix}）　{form.period.title}"


def scaled(value: Fraction | None, scale: Fraction) -> int | float | None:
    """A number of the scheme as the number of a cell (per cent fields hold the ratio)."""
    return number(None if value is None else exact(value) / scale)
