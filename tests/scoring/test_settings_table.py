"""Every setting of the rule language is in force (scheme model 3): setting → example → what it gives with each word.

The words are read from a sheet 基本信息, as people write them; the first of each row is the default, also where the sheet does not say it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from kaohe.documents import comparison
from kaohe.documents.board import page as board_page
from kaohe.documents.common_problems import fewest_units
from kaohe.records.ballots import Cast
from kaohe.records.edition import Edition
from kaohe.records.people import Fact, Roster, Team
from kaohe.records.problems import Ledger
from kaohe.records.returns import Shared
from kaohe.records.rules import Adjustment
from kaohe.records.scheme import DocumentKind
from kaohe.records.settings import Settings
from kaohe.records.tables import Reading, Table
from kaohe.scheme.draw import Wish
from kaohe.scheme.rows import Rows
from kaohe.scheme.settings import SETTINGS, read_settings
from kaohe.scheme.sheets import SHEETS
from kaohe.scheme.wishes import wish_of
from kaohe.scoring.evaluate import evaluate
from makers import board as board_maker
from makers import polls
from makers.scoring import (
    GRADES,
    PARTY,
    ROW,
    F,
    away,
    by_code,
    claim,
    deducted,
    form,
    inspected,
    line,
    outcome,
    points,
    reached,
    result,
    rule,
    scheme,
    unit,
)

Example = Callable[[Settings], Any]


def written(**words: str) -> Settings:
    """The settings of a sheet 基本信息 with these rows."""
    rows = [("名称", "取值", "说明"), *((name, word, None) for name, word in words.items())]
    book = Rows(Reading("xlsx", (Table("基本信息", tuple(rows)),)), "方案.xlsx", SHEETS)
    settings = read_settings({row.text("名称"): row for row in book.of("基本信息")})
    assert [each for each in book.faults if each.source.sheet == "基本信息"] == []
    return settings


# One example a setting: what it gives under these settings

BONUS, PENALTY, INTO = (
    Adjustment("JF", "加分", "加分"), Adjustment("KF", "减分", "减分"), Adjustment("JG", "加分", "加分", into="构成:DJ"),
)  # fmt: skip
LIMITED = (replace(GRADES[0], share=F(30)), *GRADES[1:])


def total(settings: Settings, *rows: Any) -> Any:
    rules = scheme(settings=settings, adjustments=(BONUS, PENALTY, INTO))
    return result(rules, points("1", "90.126"), *rows).total


def thirds(settings: Settings) -> Any:
    lines = (line("1", "完成率", 1, target=F(3)), line("2", "完成率", 2, target=F(3)))
    return result(scheme(*lines, settings=settings), reached("1", 2), reached("2", 1)).total


def near_80(settings: Settings) -> Any:
    return result(scheme(settings=settings), points("1", "79.995")).grade


def one_away(settings: Settings) -> Any:
    lines = (line("1", "直接打分", 40), line("2", "直接打分", 60))
    forms = {
        "甲": (away("1"), points("2", 30)),
        "乙": (points("1", 40), points("2", 60)),
        "丙": (points("1", 20), points("2", 60)),
    }
    return by_code(outcome(scheme(*lines, settings=settings), forms), "total")["甲"]


def nested_away(settings: Settings) -> Any:
    lines = (line("1", full=10), line("1.1", "直接打分", 4), line("1.2", "直接打分", 6), line("2", "直接打分", 10))
    return result(scheme(*lines, settings=settings), away("1.1"), points("1.2", 3), points("2", 10)).total


def same_total(settings: Settings) -> Any:
    rules = scheme(adjustments=(BONUS,), settings=settings)
    forms = {"甲": form("甲", points("1", 90)), "乙": form("乙", points("1", 88), claim("01", "JF", "2"))}
    return list(by_code(outcome(rules, forms), "rank").values())


def twice_punished(settings: Settings) -> Any:
    rules = scheme(line("1", "扣分", 100), adjustments=(PENALTY,), settings=settings)
    rows = (inspected("1"), deducted("01", "1", "只列问题，不扣分"), claim("02", "KF", "1", reference="会议记录"))
    return result(rules, *rows).adjustments[0].why


def boards(settings: Settings, *scores: str) -> Any:
    ends = (
        rule("R1", "上榜", ("名次", "=", "1"), parameter="红榜"),
        rule("R2", "上榜", ("倒数名次", "=", "1"), parameter="蓝榜"),
    )
    found = outcome(scheme(rules=ends, settings=settings), dict(zip("甲乙丙", scores, strict=False)))
    return ["".join(each.boards) for each in found.objects]


def excellent(
    settings: Settings, *, classes: str = "Ⅰ" * 8, scores: tuple[str, ...] = (), grades: Any = LIMITED, **more: Any
) -> Any:
    """Numbers of the objects that are 优秀; eight with 99, 98, … unless told otherwise."""
    marks = scores or tuple(str(99 - n) for n in range(len(classes)))
    who = tuple(unit(f"U{n}", unit_class) for n, unit_class in enumerate(classes))
    forms = {each.code: score for each, score in zip(who, marks, strict=True)}
    rules = scheme(classes="".join(dict.fromkeys(classes)), grades=grades, settings=settings, **more.pop("scheme", {}))
    return [n for n, each in enumerate(outcome(rules, forms, units=who, **more).objects) if each.grade == "优秀"]


def lowered(settings: Settings, *steps: int) -> Any:
    """The grade of an object that is 优秀 by score and has no place."""
    rules = tuple(rule(f"R{n}", "降档", ("资料:X", "=", "是"), parameter=str(step)) for n, step in enumerate(steps))
    facts = (Fact("甲", "X", "否"), Fact("乙", "X", "是"))
    found = outcome(scheme(grades=LIMITED, rules=rules, settings=settings), {"甲": "99", "乙": "98"}, facts=facts).of(
        "乙"
    )
    assert found is not None
    return found.grade


def minimum(settings: Settings) -> Any:
    """How many of four are proposed for 一般 or lower, of which there should be 10 %."""
    grades = (*GRADES[:2], replace(GRADES[2], floor_share=F(10)), GRADES[3])
    found = outcome(
        scheme(grades=grades, settings=settings), {code: "95" if code == "甲" else "91" for code in "甲乙丙丁"}
    )
    return [each.code for each in found.objects if each.consequences]


def last_period(settings: Settings) -> Any:
    """The grade of the period before, which is not sealed, as a rule reads it."""
    rules = scheme(rules=(rule("R1", "提示", ("上期等次", "=", "良好"), reason="上期{值}"),), settings=settings)
    before = replace(outcome(rules, {"甲": "85"}), period="2026Q2")
    found = outcome(rules, {"甲": "95"}, earlier=(before,)).of("甲")
    sealed = outcome(rules, {"甲": "95"}, earlier=(replace(before, sealed=True),)).of("甲")
    assert found is not None and sealed is not None
    return found.reasons, found.previous_total, sealed.reasons


def wished(settings: Settings) -> Wish:
    """What is drawn for a roster with two teams."""
    return wish_of(scheme(settings=settings), Roster(teams=(Team("一组", "", (), ()), Team("二组", "", (), ()))))


def ends(settings: Settings, which: str) -> list[str]:
    """Who stands in the front or the back of the quarterly comparison of ten units with 100, 99 … 91 points."""
    units = dict(zip("甲乙丙丁戊己庚辛壬癸", range(100, 90, -1), strict=True))
    made = outcome(scheme(settings=settings), {code: str(total) for code, total in units.items()})
    kind = DocumentKind("BJ", "季度比较", "季度比较.docx")
    told = Edition("s", "2026Q3", ROW, scheme(settings=settings), Roster(), made, Ledger("2026Q3", ROW.as_of))
    (group,) = comparison.fields(told, kind, "", "", False)["分组"]
    return [row["单位"][0] for row in group[which]]


def shown_alone(settings: Settings) -> list[tuple[str, bool]]:
    """The rows of two rater groups, of four and of two valid ballots, and whether their votes are shown."""
    rules = replace(polls.scheme(), settings=settings)
    casts = tuple(
        Cast("MZ", (word,), choices=tuple((u, d, "A") for u in ("U1", "U2") for d in ("ZZ", "ZF")))
        for word in ("中层干部",) * 4 + ("职工代表",) * 2
    )
    row = rules.period_row("2026")
    assert row is not None and polls.YEAR is not None
    found = evaluate(rules, polls.roster(), (), (), Ledger("2026", ""), polls.YEAR, row, {}, Shared(casts=casts)).of(
        "U1"
    )
    assert found is not None
    return [(group.name, bool(group.votes)) for group in found.ratings[0].groups]


def on_the_board(settings: Settings, edition: Edition, kind: str) -> tuple[bool, bool, bool]:
    """Whether the board tells totals, lost marks or scores, and facts of one object of a kind (单位, 人员)."""
    told = replace(edition, scheme=replace(edition.scheme, settings=settings))
    found = board_page.fields(told)
    shown = {each.name: each for each in told.outcome.objects}
    tables: Any = [table for table in found["tables"] if any(row.total for row in table.rows)]  # type: ignore[attr-defined]
    rows = [row for table in tables for row in table.rows if shown[row.full_name].object == kind]
    pages: Any = [each for group in found["units"] for each in group.units if shown[each.name].object == kind]  # type: ignore[attr-defined]
    lines = [line for each in pages for line in each.lines]
    return (
        bool(rows),
        any(each.anchor and each.figures for each in pages),
        any(line.evidence for line in lines) or any(each.items and each.items.has_measures for each in pages),
    )


TWENTY_UP, HUNDRED_DOWN = claim("01", "JF", "20"), claim("02", "KF", "100")
#: setting → example → (word in the sheet, what comes out), the default first
TABLE: dict[str, tuple[Example, tuple[tuple[str, Any], ...]]] = {
    "总分满分": (total, (("100", F("90.13")), ("50", F("45.06")))),
    "小数位": (total, (("2", F("90.13")), ("1", F("90.1")))),
    "舍入": (thirds, (("一次", F("44.44")), ("逐级", F("44.67")))),
    "比较口径": (near_80, (("舍入值", "良好"), ("精确值", "一般"))),
    "不适用": (one_away, (("折算", F(50)), ("均值", F(60)))),
    "折算层级": (nested_away, (("构成", F("81.25")), ("直接上级", F(75)))),
    "加分总上限": (lambda s: total(s, TWENTY_UP), (("", F("110.13")), ("3", F("93.13")))),
    "总分下限": (lambda s: total(s, HUNDRED_DOWN), (("", F("-9.87")), ("0", F(0)))),
    "总分上限": (lambda s: total(s, TWENTY_UP), (("", F("110.13")), ("100", F(100)))),
    "构成截断": (lambda s: total(s, claim("01", "JG", "20")), (("是", F(100)), ("否", F("110.13")))),
    "同分排序1": (same_total, (("", [1, 1]), ("加分合计 高", [2, 1]), ("加分合计 低", [1, 2]))),
    "一事两罚": (twice_punished, (("提示", "与扣分第01条依据相同，请核对是否一事两罚"), ("允许", ""))),
    "最小排名家数": (lambda s: boards(s, "99", "98"), (("2", ["红榜", "蓝榜"]), ("3", ["", ""]))),
    "首末并列": (lambda s: boards(s, "99", "98", "98"), (("都算", ["红榜", "蓝榜", "蓝榜"]), ("报批", ["红榜", "", ""]))),
    "比例范围": (lambda s: excellent(s, classes="ⅠⅠⅠⅠⅡⅡⅡⅡ"), (("排名组", [0, 4]), ("全体", [0, 1]))),
    "边界并列": (lambda s: excellent(s, scores=("99", "98", "98", *"12345")), (("全部不进", [0]), ("全部进", [0, 1, 2]))),
    "不足一名": (lambda s: excellent(s, classes="ⅠⅠⅡⅡ"), (("0", []), ("1", [0, 2]), ("并入全体", [0]))),
    "降档基准": (lambda s: lowered(s, 1), (("分数等次", "良好"), ("名额后等次", "一般"))),
    "降档合并": (lambda s: lowered(s, 1, 2), (("累加", "较差"), ("取最重", "一般"))),
    "下限起算家数": (minimum, (("1/p", []), ("4", ["乙", "丙", "丁"]))),
    "检查组数": (lambda s: wished(s).teams, (("按名册", 2), ("6", 6))),
    "每组人数": (lambda s: wished(s).members, (("4", 4), ("3", 3))),
    "每组家数": (lambda s: wished(s).most, (("均分", None), ("7", 7))),
    "重叠家数": (lambda s: wished(s).shared, (("连通", 1), ("0", 0))),
    "通报前列": (lambda s: ends(s, "前列"), (("5", ["甲", "乙", "丙", "丁", "戊"]), ("2", ["甲", "乙"]))),
    "通报后列": (lambda s: ends(s, "后列"), (("5", ["己", "庚", "辛", "壬", "癸"]), ("1", ["癸"]))),
    "榜页明细": (
        lambda s: on_the_board(s, board_maker.edition(), "单位"),
        (("全部", (True, True, True)), ("得分", (True, True, False)), ("名次", (True, False, False))),
    ),
    "榜页人员": (
        lambda s: on_the_board(s, board_maker.with_persons(), "人员"),
        (
            ("等次", (False, False, False)), ("名次", (True, False, False)), ("得分", (True, True, False)),
            ("全部", (True, True, True)),
        ),
    ),
    "共性问题比例": (lambda s: fewest_units(replace(scheme(), settings=s), 31), (("20", 6), ("50", 15))),
    "共性问题最少单位": (lambda s: fewest_units(replace(scheme(), settings=s), 5), (("2", 2), ("3", 3))),
    "最少列示票数": (
        shown_alone,
        (("3", [("中层干部、职工代表（合并）", False)]), ("2", [("中层干部", True), ("职工代表", True)])),
    ),
    "上期未归档": (last_period, (("注明", (("上期良好",), F(85), ("上期良好",))), ("不用", ((), None, ("上期良好",))))),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "word", "expected"),
    [(name, word, expected) for name, (_, rows) in TABLE.items() for word, expected in rows],
)
def test_a_setting_gives_what_its_word_says(name: str, word: str, expected: Any) -> None:
    assert TABLE[name][0](written(**{name: word})) == expected


@pytest.mark.parametrize("name", TABLE)
def test_another_word_changes_the_result_and_the_first_word_is_the_default(name: str) -> None:
    example, rows = TABLE[name]
    assert example(Settings()) == rows[0][1]
    assert all(expected != rows[0][1] for _, expected in rows[1:])


def test_every_setting_and_every_word_of_it_stands_in_the_table() -> None:
    assert set(TABLE) == {*SETTINGS, "同分排序1"}
    for name, setting in SETTINGS.items():
        assert set(setting.values) <= {word for word, _ in TABLE[name][1]}, name


def test_同分排序_acts_in_the_order_of_its_numbers() -> None:
    """Equal totals, then equal bonuses, then the second line decides."""
    rules = scheme(
        line("1", "直接打分", 60), line("2", "直接打分", 40), components=(PARTY,),
        settings=written(同分排序2="指标:2 高", 同分排序1="加分合计 高"),
    )  # fmt: skip
    forms = {code: (points("1", one), points("2", two)) for code, one, two in (("甲", 55, 35), ("乙", 52, 38))}
    assert by_code(outcome(rules, forms, shared=Shared()), "rank") == {"甲": 2, "乙": 1}
