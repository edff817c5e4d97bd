"""Ballots from the folder 回收 to what is kept: exports wait for their mapping, are counted, and leave nothing that tells a voter."""

from __future__ import annotations

import io
import itertools
import json
from datetime import datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest

from kaohe.files.xlsx import write
from kaohe.forms.frame import Fill
from kaohe.forms.group.book import book
from kaohe.forms.group.content import Seen
from kaohe.forms.receive import Receiver
from kaohe.records.run import Context
from kaohe.records.tables import Reading, Table
from kaohe.stages import collect as stage
from kaohe.stages.ballots import shared_kept
from kaohe.stages.collection import Collection
from kaohe.stages.exporting import polled, read_text
from kaohe.stages.workspace import Place
from makers.polls import YEAR, roster, scheme

HEADER = ("序号", "提交时间", "姓名", "手机", "来自IP", "您的身份", "石桥公司 政治素质", "石桥公司 工作作风", "云口公司 政治素质",
          "云口公司 工作作风", "推荐后备", "意见")  # fmt: skip
PEOPLE = ("赵启明", "钱若云", "孙望川", "李书言", "周见微", "吴听澜", "郑怀瑾", "王知行")
CHOICES = ("优秀", "称职", "不称职")
ASKED = Seen(tuple((header, "") for header in HEADER[5:]))


def ballot(number: int) -> tuple[object, ...]:
    """Every voter another ballot: 中层干部 four, 职工代表 four."""
    words = [CHOICES[(number // 3**place) % 3] for place in range(4)]
    who = (number, datetime(2026, 12, 20, 9, number), PEOPLE[number], f"1390000000{number}", f"10.0.0.{number}")
    return (
        *who,
        "中层干部" if number < 4 else "职工代表",
        *words,
        ("顾清", "白林", "顾清┋白林")[number % 3],
        f"意见{number}",
    )


ROWS = [ballot(number) for number in range(len(PEOPLE))]


def exported(rows: list[tuple[object, ...]] = ROWS) -> bytes:
    made = openpyxl.Workbook()
    for row in (HEADER, *rows):
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_text(encoding: str = "utf-8-sig") -> bytes:
    return "\n".join(",".join(str(cell) for cell in row) for row in (HEADER, *ROWS)).encode(encoding)


def mapping(confirmed: str = "是") -> bytes:
    receiver = Receiver(scheme(), roster(), YEAR, {})  # type: ignore[arg-type]
    planned = receiver.group_plan("DC", next(iter(receiver.copies["DC"])), asked=ASKED)
    assert planned is not None
    typed = {
        ("题目对照", "全部", "确认"): confirmed,
        ("题目对照", "001", "用途"): "评价主体",
        ("题目对照", "007", "用途"): "不用",
    }
    pairs = itertools.product(("U1 石桥公司", "U2 云口公司"), ("政治素质", "工作作风"))
    for row, (unit, dimension) in enumerate(pairs, 2):
        values = {"用途": "评价", "评价表": "MZ 民主测评", "对象": unit, "维度": dimension}
        typed |= {("题目对照", f"00{row}", title): value for title, value in values.items()}
    values = {"用途": "推荐", "评价表": "TJ 后备推荐", "对象": "按答案里的姓名"}
    typed |= {("题目对照", "006", title): value for title, value in values.items()}
    return write(book(planned, Fill(typed)))  # type: ignore[arg-type]


def collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> tuple[Place, Collection]:
    """The stage over real files in 回收/测评导出."""
    rules, people = scheme(), roster()
    row = rules.period_row("2026")
    assert row is not None
    monkeypatch.setattr(stage, "frozen", lambda at: None)
    monkeypatch.setattr(stage, "rules", lambda at: (rules, people, ()))
    monkeypatch.setattr(stage, "make_context", lambda *given: Context("P", "2026", row, {}, {}, (), "0", "0" * 12))
    monkeypatch.setattr(stage, "register_of", lambda at: None)
    at = Place(tmp_path, "P", "2026")
    for name, data in files.items():
        path = at.returned / "测评导出" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return at, stage.collect(at)


def test_an_export_waits_for_its_mapping_which_is_written_with_suggestions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, found = collected(tmp_path, monkeypatch, {"导出.xlsx": exported()})
    assert [(f.code, f.effect) for f in found.faults if f.code.startswith("EXPORT")] == [
        ("EXPORT-012", "提示"),
        ("EXPORT-013", "存疑"),
    ]
    (row,) = found.files
    assert (row.verdict, row.unit_code) == ("存疑", "") and row.note.startswith("测评导出，8 张票。")
    assert found.shared.counted and not any(each.valid for each in found.shared.counted)
    written = openpyxl.load_workbook(at.staging / "退回件" / "测评导出对照表.xlsx")
    sheet = written["题目对照"]
    rows = {sheet.cell(n, 1).value: [sheet.cell(n, c).value for c in range(2, 9)] for n in range(6, sheet.max_row + 1)}
    assert rows["001"][2] == "评价主体" and rows["006"][2:4] == ["推荐", "TJ 后备推荐"]
    assert rows["004"] == ["云口公司 政治素质", rows["004"][1], "评价", "MZ 民主测评", "U2 云口公司", "政治素质", None]


def test_an_unconfirmed_mapping_counts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = collected(tmp_path, monkeypatch, {"导出.xlsx": exported(), "测评导出对照表.xlsx": mapping("")})
    assert {"EXPORT-001", "EXPORT-013"} <= {each.code for each in found.faults}
    assert not any(each.valid for each in found.shared.counted)


@pytest.mark.parametrize(
    ("name", "data"), [("导出.xlsx", exported()), ("导出.csv", as_text()), ("旧.csv", as_text("gb18030"))]
)
def test_a_confirmed_export_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    _, found = collected(tmp_path, monkeypatch, {name: data, "测评导出对照表.xlsx": mapping()})
    assert {row.file: row.verdict for row in found.files} == {
        f"测评导出/{name}": "提示",
        "测评导出/测评导出对照表.xlsx": "受理",
    }
    counted = {(each.instrument, each.object_code): each for each in found.shared.counted}
    unit = counted["MZ", "U1"]
    assert [(g.group, g.valid, [v for v in g.votes if v[0] == "ZZ"]) for g in unit.groups] == [
        ("ZC", 4, [("ZZ", "A", 2), ("ZZ", "B", 1), ("ZZ", "C", 1)]),
        ("ZG", 4, [("ZZ", "A", 1), ("ZZ", "B", 2), ("ZZ", "C", 1)]),
    ]
    # 后备推荐 is open to 职工代表 alone: 4 白林, 5 both, 6 顾清, 7 白林
    assert [counted["TJ", code].votes for code in ("P1", "P2", "P3")] == [
        (("评分", "推荐", 2),), (("评分", "推荐", 3),), (),
    ]  # fmt: skip


def test_the_same_ballots_exported_twice_are_not_counted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = exported([*ROWS, (9, datetime(2026, 12, 20, 10, 0), "何人", "13900000009", "10.0.0.9", *ROWS[0][5:])])
    _, found = collected(tmp_path, monkeypatch, {"一.xlsx": exported(), "二.xlsx": more, "表.xlsx": mapping()})
    assert "EXPORT-007" in {each.code for each in found.faults}


def test_a_copy_of_an_export_is_used_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = collected(
        tmp_path, monkeypatch, {"一.csv": as_text(), "一（副本）.csv": as_text(), "表.xlsx": mapping()}
    )
    assert [each.valid for each in found.shared.counted] == [8, 8, 4, 4, 4]


def test_nothing_that_is_kept_tells_a_voter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who holds the people of the export and everything that was kept: no name, number or moment stands there, no record is a
    ballot, no order of the people is an order of the records, and no other people would have left anything else."""
    at, _ = collected(tmp_path / "a", monkeypatch, {"导出.xlsx": exported(), "测评导出对照表.xlsx": mapping()})
    kept = {path: path.read_bytes() for path in sorted(at.staging.rglob("*")) if path.is_file()}
    texts = "".join(
        data.decode("utf-8", "replace") for path, data in kept.items() if path.suffix in (".jsonl", ".json", ".csv")
    )
    for path, data in kept.items():
        if path.suffix == ".xlsx":
            texts += "".join(
                str(c.value) for s in openpyxl.load_workbook(io.BytesIO(data)) for r in s.iter_rows() for c in r
            )
    for row in ROWS:
        assert not any(str(cell) in texts for cell in (row[2], row[3], row[4], row[11])), row[2]
        assert f"2026-12-20 09:0{row[0]}" not in texts and f"2026-12-20T09:0{row[0]}" not in texts
    shared = shared_kept(at.staging)
    assert (shared.ballots, shared.casts, shared.tallies, shared.entries) == ((), (), (), ())
    # the ballots themselves cannot be put together: other ballots with the same counts leave the very same bytes
    by_group = {word: [row for row in ROWS if row[5] == word] for word in ("中层干部", "职工代表")}
    mixed = []
    for mine in by_group.values():
        for n, row in enumerate(mine):
            cells = [mine[(n + shift) % len(mine)][6 + shift] for shift in range(4)]
            mixed.append((*row[:6], *cells, *row[10:]))
    assert [row[6:10] for row in mixed] != [row[6:10] for row in ROWS]
    strangers = [
        (row[0], datetime(2026, 12, 21, 8, 59 - n), f"某{n}", f"1380000000{n}", f"10.1.0.{n}", *row[5:])
        for n, row in enumerate(mixed[::-1])
    ]
    other, _ = collected(
        tmp_path / "b", monkeypatch, {"导出.xlsx": exported(strangers), "测评导出对照表.xlsx": mapping()}
    )
    name = "store/counted.jsonl"
    assert (at.staging / name).read_bytes() == (other.staging / name).read_bytes()
    assert json.loads((at.staging / name).read_text(encoding="utf-8").splitlines()[0])["object_code"] == "U1"


def test_a_text_table_of_another_kind_is_refused() -> None:
    assert read_text(b"\x00\x01\x02,\xff").code == "EXPORT-003"  # type: ignore[union-attr]


def test_what_cannot_be_read_whole_is_not_counted() -> None:
    """A workbook beyond the range that is kept, one that no form takes, and a person who voted twice."""
    receiver = Receiver(scheme(), roster(), YEAR, {})  # type: ignore[arg-type]
    table = Table("Sheet1", (HEADER, *ROWS))  # type: ignore[arg-type]
    wide = polled(receiver, [("宽.xlsx", Reading("xlsx", (table,), outside=("Sheet1!CW1",)))], [])
    assert [each.code for each in wide.faults["宽.xlsx"]] == ["EXPORT-015"]
    other = msgspec.structs.replace(
        receiver, scheme=scheme(填报表="| 代码 | 名称 | 内容 | 份数 |\n| JP | 计票 | 计票汇总:MZ | 一份 |")
    )
    homeless = polled(other, [("一.xlsx", Reading("xlsx", (table,)))], [])
    assert [each.code for each in homeless.faults["一.xlsx"]] == ["EXPORT-012", "EXPORT-014"] and not homeless.books
    twice = Table("Sheet1", (HEADER, *ROWS, (9, *ROWS[0][1:])))  # type: ignore[arg-type]
    found = polled(receiver, [("二.xlsx", Reading("xlsx", (twice,)))], [])
    assert {each.code: each.args for each in found.faults["二.xlsx"]}["EXPORT-008"] == {"count": "1"}


def test_a_text_table_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaohe.stages.exporting.MOST_CELLS", 50)
    assert read_text(as_text()).code == "EXPORT-016"  # type: ignore[union-attr]
