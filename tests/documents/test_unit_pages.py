"""The page of one unit within the board's file, on the invented quarter of 31 units.

1. The head says rank, total, what it is made of and what follows, each with its base.
2. Aspects stand by loss; their losses are those of the lines; mean and best are those of the class.
3. Every lost mark stands with clause, evidence and source cell, and the lines close to the total.
4. The way to the next rank is in own items: equal is not enough, one step more.
5. Open problems stand on one time line, overdue ones first, relapses named.
6. What the office does not publish is nowhere in the file; with too many units single lines are left to the workbook, and that is said.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kaohe.core.exact import exact
from kaohe.documents.board import detail
from kaohe.documents.board.page import fields
from kaohe.documents.board.units import UnitPage
from kaohe.files.html import page, templates_in
from kaohe.records.edition import Edition
from kaohe.records.problems import Ledger, Problem
from makers import board as maker

TEMPLATES = templates_in(Path(__file__).parents[2] / "templates" / "html")
LAST = "石桥公司党总支"


@cache
def quarter() -> Edition:
    return maker.edition()


def pages(edition: Edition) -> dict[str, UnitPage]:
    groups: Any = fields(edition)["units"]
    return {each.name: each for group in groups for each in group.units}


@cache
def shown() -> dict[str, UnitPage]:
    return pages(quarter())


def value(text: str) -> Fraction:
    return exact(text.replace("−", "-").strip("+±")) if text else Fraction(0)


def setting(edition: Edition, **words: str) -> Edition:
    return replace(edition, scheme=replace(edition.scheme, settings=replace(edition.scheme.settings, **words)))


def test_the_head_says_rank_total_and_what_follows_with_their_bases() -> None:
    last = shown()[LAST]
    assert [(each.label, each.value, each.note) for each in last.figures] == [
        ("Ⅰ类名次", "10 / 10", "上季第1，▼9"),
        ("总分", "97.05", "比上季−2.50"),
        ("基础分＋加分", "96.85＋0.20", "失3.15分，9项"),
        ("结果运用", "绩效−1.5", "约谈"),
    ]
    assert (last.place, [tag.name for tag in last.tags], last.above, last.below) == (
        "末位", ["蓝榜"], ("u-U09", "第9名 柳河公司"), None,
    )  # fmt: skip
    assert last.lead.startswith("本季失3.15分，") and last.lead.endswith("；距第9名0.45分。")


def test_aspects_stand_by_loss_beside_mean_and_best_of_the_class() -> None:
    for name, each in shown().items():
        assert each.aspects is not None
        losses = [-value(row.lost) for row in each.aspects.rows]
        result = next(one for one in quarter().outcome.objects if one.name == name)
        assert losses == sorted(losses, reverse=True) and sum(losses) == 100 - (result.base or 0)
        for row in each.aspects.rows:
            peers = [
                -value(other.lost)
                for one in shown().values()
                if one.aspects and one.ranks and each.ranks and one.ranks.peers == each.ranks.peers
                for other in one.aspects.rows
                if other.name == row.name
            ]
            over = -value(row.lost) - sum(peers) / len(peers)
            assert abs(over + value(row.against)) <= Fraction(1, 200)
            assert row.bold == (over >= Fraction(1, 5))
            longest = max(other.bar for other in each.aspects.rows)
            assert not losses[0] or abs(row.bar / longest + float(value(row.lost) / losses[0])) < 0.01
            assert row.best is not None and row.mean is not None and row.best <= min(row.mean, row.bar) + 0.1


def test_every_lost_mark_has_its_clause_evidence_and_cell() -> None:
    counted = [line for line in shown()[LAST].lines if not line.outside and line.marks.startswith("−")]
    assert sum(value(line.marks) for line in counted) == exact("-3.15")
    for line in counted:
        assert line.clause.startswith("评价标准") and line.evidence == "现场查看、调阅记录"
        assert line.file == "石桥公司.xlsx" and re.fullmatch(r"扣分与问题!C\d+", line.cell)


def test_the_way_ahead_needs_a_step_more_than_the_gap() -> None:
    ahead = shown()[LAST].forward
    assert ahead is not None and ahead.rule == "追平仍是并列，须多得0.01分；按其他单位得分不变计算"
    ninth, eighth = ahead.steps[:2]
    assert (ninth.rank, ninth.names, ninth.total, ninth.needed) == ("第9名", "柳河公司", "97.50", "+0.46")
    assert (eighth.rank, eighth.names, eighth.needed) == ("第8名", "岚东公司", "+1.56")
    lost = sorted(
        (-value(line.marks) for line in shown()[LAST].lines if line.marks[0] == "−" and not line.outside), reverse=True
    )
    told = ninth.how
    if lost[0] >= exact("0.46"):
        assert told.startswith("少失") and f"（{float(lost[0]):.2f}）" in told
    else:
        most = next(n for n in range(1, 12) if sum(lost[:n]) >= exact("0.46"))
        assert told.startswith(f"至少{most}项，如") and told.endswith(f"合{float(sum(lost[:most])):.2f}")
    assert shown()["长坪公司党总支"].forward is None, "the first has nobody before it"


def test_an_open_field_tells_no_way_ahead() -> None:
    assert pages(maker.edition({"U03": "存疑"}))[LAST].forward is None


def test_ranks_of_four_quarters_are_one_line_among_those_of_the_class() -> None:
    ranks = shown()[LAST].ranks
    assert ranks is not None and ranks.title == "四个季度的名次" and ranks.last == 10
    assert [each.title for each in ranks.past] == ["25年四季度", "26年一季度", "26年二季度", "26年三季度"]
    assert (ranks.past[-1].rank, ranks.past[-1].total) == ("10", "97.05")
    assert [name.text for name in ranks.names if name.own] == ["石桥公司"]
    heights = [spot.y for spot in sorted(ranks.spots, key=lambda spot: int(spot.rank))]
    assert heights == sorted(heights), "rank 1 is on top"
    assert pages(maker.edition(periods=("2026Q3",)))[LAST].ranks is None


def test_open_problems_stand_on_one_time_line() -> None:
    def problem(number: str, opened: str, deadline: str, **more: str) -> Problem:
        return Problem(
            f"2026Q3-U10-{number}", "U10", "3.1", "3.1", "一般", "记录缺签字", "会议记录本", "陆文棠", "2026Q3", opened, deadline,
            deadline, **more,
        )  # fmt: skip

    old = problem("00", "2026-07-02", "2026-08-01", state="已销号", closed="2026-08-20", closed_in="2026Q3")
    rows = (
        old,
        problem("01", "2026-09-14", "2026-11-15"),
        problem("02", "2026-09-14", "2026-10-31", relapse_of=old.problem_id),
        problem("03", "2026-07-02", "2026-09-20", state="推进中"),
    )
    open_ = replace(quarter(), ledger=Ledger("2026Q3", "2026-09-30", rows))
    named = pages(setting(open_, person_detail="全部"))[LAST].items
    assert named is not None and named.has_names and named.rows[0].owner == "陆文棠"
    items = pages(open_)[LAST].items
    assert items is not None and items.title == "未销号的整改事项3项：逾期1，复发1"
    assert not items.has_names and {row.owner for row in items.rows} == {""}, (
        "names of persons are not published unasked"
    )
    assert [(row.state, row.note) for row in items.rows] == [
        ("逾期10天", "推进中"),
        ("复发", "8月20日销号，又复发，未启动，余31天"),
        ("未启动", "余46天"),
    ]
    late, again, _ = (row.bar for row in items.rows)
    assert late.start == 0 and late.end < (late.late or 0) == items.now and again.before is not None
    assert "本期已销号1项" in items.note and [text for _, text in items.months] == ["8月", "9月", "10月", "11月"]


def test_facts_and_names_that_are_not_published_are_nowhere_in_the_file() -> None:
    def text(**words: str) -> str:
        return page(TEMPLATES, "board.html.j2", fields(setting(quarter(), **words))).decode()

    everything, marks, ranks = text(), text(unit_detail="得分"), text(unit_detail="名次")
    assert all(word in everything for word in ("现场查看、调阅记录", "检查发现", "石桥公司.xlsx"))
    assert not any(word in marks for word in ("现场查看、调阅记录", "检查发现", "石桥公司.xlsx"))
    assert "每一分失在哪" in marks and "本页不列事实和佐证" in marks
    assert "每一分失在哪" not in ranks and "失分9项" not in ranks and 'class="sheet' not in ranks
    assert "97.05" in ranks and "本页公布名次和总分" in ranks


def test_persons_stand_with_their_grades_only_unless_the_office_says_more() -> None:
    found: Any = fields(maker.with_persons())
    third = found["tables"][2]
    assert third.rows == () and [(row.grade, row.count) for row in third.grades] == [("优秀", "11名"), ("合格", "1名")]
    assert "工程建设部党支部" in third.grades[1].names and [strip.label for strip in found["strips"]] == ["Ⅰ类", "Ⅱ类"]
    assert not any(group.label == "Ⅲ类" for group in found["units"]) and "人员只公布等次。" in found["told"]
    text = page(TEMPLATES, "board.html.j2", found).decode()
    assert "97.90" not in text, "the base score that a rule found too low"


def test_with_too_many_units_single_lines_are_left_to_the_workbook(monkeypatch: Any) -> None:
    monkeypatch.setattr(detail, "MOST_PAGES", 30)
    found: Any = fields(quarter())
    text = page(TEMPLATES, "board.html.j2", found).decode()
    assert 'class="sheet' not in text and "参评31个，本页不逐个列失分，见考核结果.xlsx" in text
    assert sum(len(table.rows) for table in found["tables"]) == 31
    assert not re.search(r'href="#u-', text)


def test_dots_of_a_very_large_field_stand_for_several_units(monkeypatch: Any) -> None:
    from kaohe.documents.board import strips

    monkeypatch.setattr(strips, "MOST_DOTS", 4)
    found: Any = fields(quarter())
    assert found["dot_words"] == "一点约3个单位"
    assert all(4 <= len(strip.drawing.dots) <= 7 for strip in found["strips"])
    assert {dot.mark for dot in found["strips"][0].drawing.dots} >= {"front", "back"}


def test_a_code_that_is_no_plain_word_still_has_an_address() -> None:
    outcome = quarter().outcome
    objects = tuple(replace(each, code="甲 1") if each.code == "U01" else each for each in outcome.objects)
    text = page(
        TEMPLATES, "board.html.j2", fields(replace(quarter(), outcome=replace(outcome, objects=objects)))
    ).decode()
    address = f"u-.{'甲 1'.encode().hex()}"
    assert f'id="{address}"' in text and f'href="#{address}"' in text
