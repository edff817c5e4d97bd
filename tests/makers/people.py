"""A year of four units, their heads and six candidates, evaluated from tallies of paper ballots: for documents about persons.

Unit = its people's ballot; head = own ballot 60 % + unit 40 %. Two rater groups, 骨干 (weight 60) and 职工 (40), each unit votes by itself.
U1: ten of 骨干 and twenty of 职工 gave its head 好 on 政治素质 20 times and 较好 10 times; the figures of the tests follow from COUNTS.
"""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.records.ballots import Tally, Votes
from kaohe.records.edition import Edition
from kaohe.records.people import Roster
from kaohe.records.problems import Ledger
from kaohe.records.returns import Debrief, Shared, Submission, Text
from kaohe.records.scheme import DocumentKind, PeriodRow, Scheme
from kaohe.scoring.evaluate import evaluate
from makers.polls import YEAR
from makers.sheets import roster as small_roster
from makers.sheets import scheme as small_scheme

ROW = PeriodRow(
    "2026", "2026-01-01", "2026-12-31", as_of="2027-01-15", document_date="2027-01-29", meeting="党委会第3次会议"
)
UNITS = ("U1", "U2", "U3", "U4")
#: of a head: 好, 较好, 一般 by group, on each of the two dimensions 政治素质 and 工作实绩
COUNTS = {
    "U1": {"GG": ((8, 2, 0), (5, 5, 0)), "ZG": ((12, 8, 0), (10, 10, 0))},
    "U2": {"GG": ((10, 0, 0), (10, 0, 0)), "ZG": ((20, 0, 0), (18, 2, 0))},
    "U3": {"GG": ((4, 4, 2), (6, 2, 2)), "ZG": ((10, 6, 4), (12, 4, 4))},
    "U4": {"GG": ((9, 1, 0), (9, 1, 0)), "ZG": ((19, 1, 0), (19, 1, 0))},
}
#: votes of the two candidates of a unit, by group; of U4 only two of 骨干 came
NOMINATED = {
    "U1": {"GG": (7, 3), "ZG": (15, 5)},
    "U2": {"GG": (5, 5), "ZG": (9, 11)},
    "U3": {"GG": (10, 0), "ZG": (20, 0)},
}


@cache
def scheme() -> Scheme:
    """The scheme with a row for each document about persons."""
    made = small_scheme(
        {
            "组织名称": "虚构公司",
            "发文机关": "中共虚构公司委员会",
            "审定机关": "公司党委",
            "办法名称": "虚构公司考核办法",
            "主办部门": "组织部",
        },
        分类="""
            | 代码 | 名称     | 对象 | 排名组 |
            | DW   | 基层单位 | 单位 |        |
            | ZZ   | 班子正职 | 人员 |        |
            | HB   | 后备人选 | 人员 | 不排名 |
        """,
        构成="""
            | 代码 | 名称         | 权重:DW | 权重:ZZ | 来源     | 取自 | 取值 |
            | BZ   | 班子测评     | 100     |         | 评价     | BZ   |      |
            | GR   | 个人测评     |         | 60      | 评价     | GR   |      |
            | DW   | 所在单位得分 |         | 40      | 关联对象 | 单位 | 总分 |
        """,
        评价表="""
            | 代码 | 名称         | 评谁 | 方式 | 每票最多推荐 | 空主体 |
            | BZ   | 班子民主测评 | DW   | 选项 |              | 重分   |
            | GR   | 个人民主测评 | ZZ   | 选项 |              | 重分   |
            | HB   | 后备干部推荐 | HB   | 推荐 | 1            |        |
        """,
        评价主体="""
            | 评价表 | 代码 | 名称 | 权重 | 关系   |
            | BZ     | GG   | 骨干 | 60   | 本单位 |
            | BZ     | ZG   | 职工 | 40   | 本单位 |
            | GR     | GG   | 骨干 | 60   | 本单位 |
            | GR     | ZG   | 职工 | 40   | 本单位 |
            | HB     | GG   | 骨干 |      | 本单位 |
            | HB     | ZG   | 职工 |      | 本单位 |
        """,
        评价项="".join(
            (
                "| 评价表 | 类   | 代码 | 名称     | 权重或系数 |\n",
                *(f"| {t} | 维度 | ZS | 政治素质 | 50 |\n| {t} | 维度 | SJ | 工作实绩 | 50 |\n" for t in ("BZ", "GR")),
                *(
                    f"| {t} | 选项 | A | 好 | 100 |\n| {t} | 选项 | B | 较好 | 80 |\n| {t} | 选项 | C | 一般 | 60 |\n"
                    for t in ("BZ", "GR")
                ),
            )
        ),
        等次="""
            | 用于    | 名称 | 最低分 |
            | 总评    | 优秀 | 90     |
            | 总评    | 称职 |        |
            | 评价:GR | 好   | 90     |
            | 评价:GR | 较好 |        |
        """,
        规则="""
            | 规则号 | 对象             | 比较 | 值   | 效果 | 参数         | 理由                 | 条款 | 刚性 |
            | R1     | 分类             | =    | ZZ   | 表彰 | 优秀领导人员 | 考核等次为优秀       | 第五条 | 硬 |
            | R1     | 等次             | =    | 优秀 |      |              |                      |      |      |
            | R2     | 得票率:HB:推荐   | ≥    | 60   | 提示 | 列入考察人选 | 推荐得票率{值}%      | 第六条 | 软 |
        """,
    )
    rows = (
        DocumentKind(
            "GR", "个人考核结果反馈函", "个人考核结果反馈函.docx", layout="信函", sealed=True, prefix="虚党考"
        ),
        DocumentKind("HX", "画像", "画像.docx", layout="无", circulation="限公司党委"),
        DocumentKind(
            "TJ", "推荐情况汇总", "推荐情况汇总.docx", layout="无", circulation="限公司党委", provisional_ok=False
        ),
    )
    return replace(made, documents=rows)


@cache
def roster() -> Roster:
    """U1 … U4, each with a head Zn and two candidates (U4 with none)."""
    people = [f"| Z{n} | 头{n} | U{n} | ZZ |" for n in range(1, 5)]
    people += [f"| H{n}{m} | 候{n}{m} | U{n} | HB |" for n in range(1, 4) for m in (1, 2)]
    made = small_roster(
        单位="| 代码 | 名称 | 简称 | 分类 |\n"
        + "\n".join(f"| U{n} | 第{n}分公司党支部 | {n}分公司 | DW |" for n in range(1, 5)),
        人员="| 代码 | 姓名 | 单位 | 分类 |\n" + "\n".join(people),
    )
    posts = {"ZZ": "书记", "HB": "主管"}
    return replace(made, persons=tuple(replace(each, post=posts[each.person_class]) for each in made.persons))


def tallies(voters: int = 0) -> tuple[Tally, ...]:
    """Of every box; `voters`: how many of U1's 骨干 nominated instead of ten, all of them the first candidate (0 = as in NOMINATED)."""
    found = []
    for unit in UNITS:
        for instrument, who in (("BZ", unit), ("GR", f"Z{unit[1:]}")):
            for group, sides in COUNTS[unit].items():
                votes = [
                    Votes(who, dimension, option, count)
                    for dimension, counts in zip(("ZS", "SJ"), sides, strict=True)
                    for option, count in zip("ABC", counts, strict=True)
                ]
                found.append(_box(instrument, group, unit, sum(sides[0]), votes))
        for group, counts in NOMINATED.get(unit, {}).items():
            few = voters and unit == "U1" and group == "GG"
            given = (voters, 0) if few else counts
            votes = [Votes(f"H{unit[1:]}{n}", "推荐", "推荐", count) for n, count in enumerate(given, 1)]
            found.append(_box("HB", group, unit, sum(given), votes))
    return tuple(found)


def _box(instrument: str, group: str, unit: str, valid: int, votes: list[Votes]) -> Tally:
    return Tally(
        instrument,
        group,
        valid,
        valid,
        valid,
        valid,
        valid,
        0,
        tuple(votes),
        (),
        Source("计票.xlsx", "票数", "G6"),
        unit,
    )


def edition(voters: int = 0) -> Edition:
    """The edition of the year; the head of U1 has debriefed."""
    said = Debrief(
        shortcomings=Text("一是调研不够\n二是督办不严", Source()), next_steps=Text("每月到一线一次。", Source())
    )
    sent = (Submission("Z1", "SZ", "Z1 头1.xlsx", debrief=said),)
    ledger = Ledger("2026", ROW.reference_date)
    shared = Shared(tallies=tallies(voters))
    assert YEAR is not None
    outcome = evaluate(scheme(), roster(), sent, (), ledger, YEAR, ROW, {}, shared)
    return Edition("people", "2026", ROW, scheme(), roster(), outcome, ledger, sent, mark="0123456789ab")
