"""Group-wide workbooks in a real office program: every formula recalculates to our value, and what was typed comes back from any format."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from kaohe.files.reader import read
from kaohe.files.xlsx import write
from kaohe.forms.frame import Fill
from kaohe.forms.group.book import book, decision_forms
from kaohe.forms.group.content import Computed
from kaohe.forms.group.plan import GroupPlan
from kaohe.forms.receive import Received
from kaohe.records.books import Book
from kaohe.records.returns import Shared
from kaohe.records.store import lines
from kaohe.records.tables import Reading
from makers.group import BY_GROUP, DAILY, EVENTS, FACTS, Rows, planned, received, roster, said, scheme
from makers.recalculation import differences, recalculated, spoilt
from makers.scheme_red import Q3, F

pytestmark = pytest.mark.office

FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
ENTRIES: Rows = {
    "01": {"对象": "U107 云口公司党总支", "日期": date(2026, 8, 3), "分值": 2, "事由": "承办公司级党建现场会", "条款": "第九条"},
    "02": {
        "对象": "U106 石桥公司党总支", "日期": date(2026, 7, 31), "分值": -0.35, "事由": "信息迟报2日", "条款": "第十条",
        "问题类别": "W02 台账记录", "严重程度": "一般", "佐证": "报送登记",
    },
    "60": {"对象": "U106 石桥公司党总支", "日期": date(2026, 9, 30), "分值": -1, "事由": "缺次数", "条款": "3.10",
           "问题类别": "W01 组织生活", "严重程度": "较重"},
}  # fmt: skip
MARKS: Rows = {
    "R01/U106": {"履责实绩": 92, "问题剖析": 88},
    "R01/U301": {"履责实绩": 0, "问题剖析": 100},
    "R02/U107": {"履责实绩": 79},
}
WRONG: Rows = {
    "01": {"对象": "U999 谁", "日期": "上周", "分值": "约1"},
    "03": {"事由": "只有事由"},
    "04": {**ENTRIES["02"], "问题类别": None},
}


def _filled(made: GroupPlan, rows: Rows) -> Book:
    name = made.tables[0].name
    typed = {(name, code, title): value for code, titles in rows.items() for title, value in titles.items()}
    return book(made, Fill({place: value for place, value in typed.items() if value is not None}))


def test_every_formula_has_the_value_that_the_office_program_computes(tmp_path: Path) -> None:
    results = (Computed("U106", "优秀", F("96.4"), 1), Computed("U301", "一般", None, None, ("暂定",)))
    daily, ballots = planned(DAILY, "组织部"), planned(BY_GROUP, "LD")
    books = {
        "blank daily": book(daily),
        "daily": _filled(daily, ENTRIES),
        "wrong daily": _filled(daily, WRONG),
        "blank ballots": book(ballots),
        "ballots": _filled(ballots, {**MARKS, "R02/U106": {"履责实绩": 101, "问题剖析": "优"}}),
        "events": _filled(planned(EVENTS), {"01": {"对象": "U106 石桥公司党总支", "核定": "已确认"}}),
        "facts": _filled(planned(FACTS), {"U106/MB": {"取值": "32"}}),
        "decisions": next(made for _, made in decision_forms(scheme(), roster(), Q3, results)),
    }
    after = recalculated({name: spoilt(write(made)) for name, made in books.items()}, tmp_path)
    assert {name: differences(made, after[name]) for name, made in books.items()} == {name: [] for name in books}


@pytest.mark.parametrize(
    ("made", "rows", "file", "faults"),
    [
        (planned(DAILY, "组织部"), ENTRIES, "日常积分表 组织部.xlsx", []),
        (planned(BY_GROUP, "LD"), MARKS, "书记述职评议评分表 公司领导.xlsx", ["ROW-061"]),
    ],
    ids=["日常积分", "评价打分"],
)
def test_a_workbook_saved_in_any_format_brings_the_same(
    made: GroupPlan, rows: Rows, file: str, faults: list[str], tmp_path: Path
) -> None:
    issued = tmp_path / file
    issued.write_bytes(write(_filled(made, rows)))
    wanted = _words(_received(issued))
    for kind, notes in (("xlsx", []), ("xls", ["FORM-012"]), ("ods", ["FORM-012"])):
        saved = _saved(issued, kind, tmp_path / kind)
        found = _received(saved)
        assert [each[0] for each in said(found)] == [*notes, *faults], kind
        assert _words(found).replace(saved.name.encode(), b"FILE") == wanted.replace(file.encode(), b"FILE"), kind


def _saved(file: Path, kind: str, folder: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    profile = file.parent / "profile"
    place = f"-env:UserInstallation={profile.as_uri()}"
    command = ["soffice", place, "--headless", "--convert-to", FILTERS[kind], "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"


def _received(path: Path) -> Received:
    reading = read(path.read_bytes())
    assert isinstance(reading, Reading)
    return received(reading, path.name)


def _words(found: Received) -> bytes:
    assert isinstance(found.shared, Shared)
    return lines([found.shared])
