"""Makes the sample quarters of `workbooks/red-blue`: issues the forms, types the stories into them with LibreOffice, saves them.

Usage: `python tests/sample/fill.py [WORKSPACE [PERIOD …]]` (default: this checkout, all quarters). Needs LibreOffice with python3-uno. A
quarter is run before the next one is issued, because the next quarter's forms print the problems that it left open. Run twice, it types
the same; only the clock inside the saved files differs.

The fourth quarter is in the middle of its collection: units without a story have not returned anything, one has returned two versions
(`再报`), one made four mistakes and its corrected workbook (`更正`) waits beside the tests.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

# Run as a program, it finds `makers` where pytest finds it.
sys.path.insert(0, str(Path(__file__).parents[1]))

from kaohe.forms.form import CLAIMS, COUNTS, COVER, DEDUCTIONS, RECTIFICATION, SCORES, WORDS, Form
from kaohe.forms.group.copies import copies_of, group_kinds
from kaohe.forms.group.openings import NAME as OPENING
from kaohe.forms.group.plan import plan as group_plan
from kaohe.records.people import Roster
from kaohe.records.scheme import Scheme
from kaohe.stages.issue import issue, ledger_before, plans, register_of, rules
from kaohe.stages.workspace import Place, place
from makers.office import Cell, type_all

HERE = Path(__file__).parent
ASSESSMENT = "red-blue"
PERIODS = ("2026Q2", "2026Q3", "2026Q4")
#: where corrected workbooks wait
MENDED = HERE / "更正"
#: one unit returns the old format, one renames its file
ODD = {"2026Q3": {"U204": ("{name}.xls", "xls"), "U107": ("三季度考核表（最终版）.xlsx", "xlsx")}}

OPENING_COLUMNS = (
    "单位", "指标", "问题", "问题类别", "严重程度", "提出期次", "提出日期", "整改时限", "责任人", "整改状态", "销号日期",
)  # fmt: skip


def story(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def typed(sheet: str, address: str, value: Any, column: str) -> Cell | None:
    """A value as it is typed: a date as a date, a number as a number, everything else as text."""
    if value is None or value == "":
        return None
    if column.endswith(("日期", "时限")):
        return sheet, address, "date", float((date.fromisoformat(value) - date(1899, 12, 30)).days)
    if isinstance(value, int | float):
        return sheet, address, "number", value
    return sheet, address, "text", str(value)


def cells(form: Form, told: dict[str, Any], problems: tuple[str, ...]) -> Iterator[Cell | None]:
    """Everything that a unit and its inspectors type into one workbook. `problems`: the ids printed on 整改情况, in order."""
    cover = form.layout(COVER)
    for field, value in {**told["filler"], **told["team"]}.items():
        yield typed(COVER, cover.address(field, "内容"), value, field)
    yield from _scores(form, told.get("scores", {}))
    labels = {line.code: line.label for line in form.lines}
    for sheet, key in ((DEDUCTIONS, "deductions"), (COUNTS, "counts"), (CLAIMS, "claims")):
        if told.get(key):
            yield from _rows(form, sheet, told[key], labels)
    if told.get("reports"):
        yield from _reports(form, told["reports"], problems)
    if WORDS in form.grids:
        layout = form.layout(WORDS)
        for field, value in told.get("words", {}).items():
            yield typed(WORDS, layout.address(field, "内容"), value, field)


def instead(form: Form, changes: dict[str, Any]) -> Iterator[Cell | None]:
    """What another version of a workbook says instead, by `sheet code column`."""
    for at, value in changes.items():
        sheet, code, column = at.split(" ")
        yield typed(sheet, form.layout(sheet).address(code, column), value, code if column == "内容" else column)


def _scores(form: Form, told: dict[str, dict[str, Any]]) -> Iterator[Cell | None]:
    layout = form.layout(SCORES)
    for leaf in form.leaves:
        values = dict(told.get(leaf.code, {}))
        if leaf.needs_checked:
            values.setdefault("核查", "已查")
        for column, value in values.items():
            scaled = value / 100 if column in ("完成值", "目标值") and leaf.scale != 1 else value
            yield typed(SCORES, layout.address(leaf.code, column), scaled, column)


def _rows(form: Form, sheet: str, rows: list[dict[str, Any]], labels: dict[str, str]) -> Iterator[Cell | None]:
    layout = form.layout(sheet)
    items = {item.code: item.label for item in form.items}
    for number, row in enumerate(rows):
        code = layout.codes[number]
        for column, value in row.items():
            shown = (
                labels.get(value, value) if column == "指标" else items.get(value, value) if column == "项目" else value
            )
            yield typed(sheet, layout.address(code, column), shown, column)


def _reports(form: Form, rows: list[dict[str, Any]], problems: tuple[str, ...]) -> Iterator[Cell | None]:
    from kaohe.records.layouts import SheetLayout

    planned = form.layout(RECTIFICATION)
    layout: SheetLayout = type(planned)(planned.name, planned.key, planned.columns, problems)
    for row in rows:
        for column, value in row.items():
            if column != "问题编号":
                yield typed(RECTIFICATION, layout.address(row["问题编号"], column), value, column)


def openings(rows: list[dict[str, Any]], scheme: Scheme, roster: Roster, at: Place) -> Iterator[Cell | None]:
    """The form 期初问题: units, indicators and kinds are chosen from its lists."""
    kind = next(each for each in group_kinds(scheme, at.when) if OPENING in each.content)
    planned = group_plan(scheme, roster, at.when, kind, copies_of(scheme, roster, at.when, kind)[0])
    assert planned is not None
    layout = planned.form.layout(OPENING)
    lines = {line.code: f"{line.code} {line.name}" for line in scheme.indicators}
    kinds = {kind.code: f"{kind.code} {kind.name}" for kind in scheme.kinds}
    units = {unit.code: f"{unit.code} {unit.name}" for unit in roster.units}
    for number, row in enumerate(rows):
        values = {
            **row,
            "单位": units[row["单位"]],
            "指标": lines[row["指标"]],
            "问题类别": kinds[row["问题类别"]],
            "整改时限": row["时限"],
            "整改状态": row["状态"],
        }
        for column in OPENING_COLUMNS:
            yield typed(OPENING, layout.address(layout.codes[number], column), values[column], column)


def jobs(at: Place) -> Iterator[dict[str, Any]]:
    """What the typist has to do: a workbook for each story of the period. `U105 更正` and `U206 再报` are further versions."""
    scheme, roster, _ = rules(at)
    forms = plans(scheme, at.when)
    register = register_of(at)
    assert register is not None
    ledger = ledger_before(at)
    told = story(f"typed_{at.period}.json")
    for entry in register.forms:
        source = at.issued / entry.file
        pattern, kind = ODD.get(at.period, {}).get(entry.object_code, ("{name}.xlsx", "xlsx"))
        usual = at.returned / pattern.format(name=source.stem)
        if source.stem == OPENING:
            yield job(source, usual, kind, openings(story("typed_opening.json"), scheme, roster, at))
        if not entry.object_code:  # of the other forms of the whole group none is filled in
            continue
        unit = roster.unit(entry.object_code)
        assert unit is not None
        form = forms[entry.form_code, unit.unit_class]
        problems = tuple(each.problem_id for each in ledger.open_of(unit.code)) if ledger else ()
        for key in (key for key in told if key.split(" ")[0] == unit.code):
            version = told[key]
            first = told[version.get("like", key)]
            found = (*cells(form, first, problems), *instead(form, version.get("instead", {})))
            target = MENDED / usual.name if key.endswith(" 更正") else at.returned / version.get("file", usual.name)
            yield job(source, target, kind, found)


def job(source: Path, target: Path, kind: str, found: Iterable[Cell | None]) -> dict[str, Any]:
    """One workbook for the typist."""
    found = [cell for cell in found if cell is not None]
    return {"source": str(source), "target": str(target), "filter": kind, "cells": found}


def litter(at: Place) -> None:
    """What else lies in the folder in the middle of a collection: the owner file of a workbook that somebody has open, and a picture."""
    owner = "何文启"
    opened = next(at.returned.glob("U203 *"))
    narrow, wide = owner.encode("gbk"), owner.encode("utf-16-le")
    data = bytes([len(narrow)]) + narrow.ljust(54) + bytes([len(owner), 0]) + wide + b" \0" * (54 - len(owner))
    (at.returned / f"~${opened.name}").write_bytes(data)
    (at.returned / "U304 公开栏照片.png").write_bytes(picture(96, 64))


def picture(width: int, height: int) -> bytes:
    """A small picture: a board on a wall."""
    rows = []
    for y in range(height):
        on_board = [8 < x < width - 8 and 8 < y < height - 8 for x in range(width)]
        rows.append(b"\0" + b"".join(bytes((188, 36, 40) if here else (226, 222, 214)) for here in on_board))
    parts = (
        (b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    made = (
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def main() -> None:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent).resolve()
    wanted = sys.argv[2:] or PERIODS
    for period in PERIODS[: PERIODS.index(max(wanted)) + 1]:
        at = place(root, ASSESSMENT, period)
        if period in wanted:
            shutil.rmtree(at.folder, ignore_errors=True)
            shutil.rmtree(at.report, ignore_errors=True)
            issue(at)
            MENDED.mkdir(exist_ok=True)
            type_all(list(jobs(at)))
            if period == PERIODS[-1]:
                litter(at)
            print(period, sum(1 for _ in at.returned.iterdir()), "files")
        if period != max(wanted):
            command = [sys.executable, "-m", "kaohe.cli", "run", ASSESSMENT, period, "--workspace", str(root)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
