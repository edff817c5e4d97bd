"""Makes the sample quarters of `workbooks/red-blue`: issues the forms, types the stories into them with LibreOffice, saves them.

Usage: `python tests/sample/fill.py [WORKSPACE]` (default: this checkout). Needs LibreOffice with python3-uno. The second quarter is run
before the third is issued, because the third quarter's forms print the problems that the second left open. Run twice, it types the
same; only the clock inside the saved files differs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kaohe.forms.form import CLAIMS, COUNTS, COVER, DEDUCTIONS, RECTIFICATION, SCORES, WORDS, Form
from kaohe.forms.group.copies import copies_of, group_kinds
from kaohe.forms.group.openings import NAME as OPENING
from kaohe.forms.group.plan import plan as group_plan
from kaohe.records.people import Roster
from kaohe.records.scheme import Scheme
from kaohe.stages.issue import issue, ledger_before, plans, register_of, rules
from kaohe.stages.workspace import Place, place

HERE = Path(__file__).parent
ASSESSMENT = "red-blue"
PERIODS = ("2026Q2", "2026Q3")
#: one unit returns the old format, one renames its file
ODD = {"2026Q3": {"U204": ("{name}.xls", "xls"), "U107": ("三季度考核表（最终版）.xlsx", "xlsx")}}

OPENING_COLUMNS = (
    "单位", "指标", "问题", "问题类别", "严重程度", "提出期次", "提出日期", "整改时限", "责任人", "整改状态", "销号日期",
)  # fmt: skip

Cell = tuple[str, str, str, str | float]


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
    scheme, roster, _ = rules(at)
    forms = plans(scheme, at.when)
    register = register_of(at)
    assert register is not None
    ledger = ledger_before(at)
    told = story(f"typed_{at.period}.json")
    for entry in register.forms:
        source = at.issued / entry.file
        if entry.object_code:
            unit = roster.unit(entry.object_code)
            assert unit is not None
            problems = tuple(each.problem_id for each in ledger.open_of(unit.code)) if ledger else ()
            found = list(cells(forms[entry.form_code, unit.unit_class], told[unit.code], problems))
        else:
            found = list(openings(story("typed_opening.json"), scheme, roster, at))
        pattern, kind = ODD.get(at.period, {}).get(entry.object_code, ("{name}.xlsx", "xlsx"))
        yield {
            "source": str(source),
            "target": str(at.returned / pattern.format(name=source.stem)),
            "filter": kind,
            "cells": [cell for cell in found if cell is not None],
        }


def type_all(work: list[dict[str, Any]]) -> None:
    """One office for all workbooks, with a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"kaohe{uuid.uuid4().hex[:8]}"
        plan = Path(folder) / "jobs.json"
        plan.write_text(json.dumps(work, ensure_ascii=False), encoding="utf-8")
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            subprocess.run(["/usr/bin/python3", str(HERE / "typist.py"), pipe, str(plan)], check=True)
        finally:
            office.terminate()
            office.wait(30)


def main() -> None:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent).resolve()
    for period in PERIODS:
        at = place(root, ASSESSMENT, period)
        shutil.rmtree(at.folder, ignore_errors=True)
        shutil.rmtree(at.report, ignore_errors=True)
        issue(at)
        type_all(list(jobs(at)))
        print(period, sum(1 for _ in at.returned.iterdir()), "workbooks")
        if period != PERIODS[-1]:
            command = [sys.executable, "-m", "kaohe.cli", "run", ASSESSMENT, period, "--workspace", str(root)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
