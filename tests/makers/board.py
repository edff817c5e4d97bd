"""A whole invented quarter for the board: 31 units in three classes, four quarters, every figure computed so that it closes.

Points are planned per unit (lost marks and bonus in cents of a mark) and then spread over kinds of problems, so that
total = 100 − lost + bonus holds everywhere. Names are fictitious.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.core.exact import exact, round_half_up
from kaohe.records.edition import Edition, FileRow
from kaohe.records.people import Roster, Unit
from kaohe.records.problems import Ledger
from kaohe.records.results import (
    AdjustmentResult,
    ComponentResult,
    Consequence,
    FieldResult,
    LeafResult,
    Loss,
    ObjectResult,
    Outcome,
)
from kaohe.records.returns import Cover, Day, Submission
from kaohe.records.rules import Adjustment, Condition, Rule
from kaohe.records.scheme import Case, Component, Indicator, PeriodRow, ProblemKind, Scheme, UnitClass
from kaohe.records.settings import Settings

HUNDRED = Fraction(100)
PERIODS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")
CLASSES = {"Ⅰ": "县区公司党总支", "Ⅱ": "专业中心党支部", "Ⅲ": "本部党支部"}
#: short name → lost marks and bonus of the last quarter, in hundredths
PLAN = {
    "Ⅰ": {
        "长坪公司": (35, 20), "枫林公司": (25, 0), "青石公司": (30, 0), "岚西公司": (100, 20), "云口公司": (80, 0), "双溪公司": (140, 20),
        "白沙公司": (130, 0), "岚东公司": (140, 0), "柳河公司": (250, 0), "石桥公司": (315, 20),
    },
    "Ⅱ": {
        "变电运维中心": (30, 20), "输电运检中心": (60, 30), "综合服务中心": (30, 0), "信息通信中心": (75, 20), "物资供应中心": (70, 0),
        "调度控制中心": (100, 0), "营销服务中心": (140, 0), "变电检修中心": (160, 0), "建设管理中心": (230, 30),
    },
    "Ⅲ": {
        "安全监察部": (40, 0), "设备管理部": (70, 30), "市场营销部": (80, 30), "财务资产部": (80, 20), "人力资源部": (70, 0),
        "数字化部": (130, 30), "工会办公室": (130, 0), "审计部": (160, 20), "发展策划部": (200, 20), "法律合规部": (210, 20),
        "办公室": (215, 20), "工程建设部": (300, 0),
    },
}  # fmt: skip
#: line code, aspect, kind of problem, cents of one case, component
LINES = (
    ("1.1", "政治建设", "政治学习记录不完整", 30, "DJ"), ("2.1", "党建责任", "党建责任清单未按季更新", 30, "DJ"),
    ("2.2", "党建责任", "攻坚任务未达节点", 50, "DJ"), ("3.1", "组织建设", "“三会一课”记录不完整", 20, "DJ"),
    ("3.2", "组织建设", "活动阵地标识陈旧", 20, "DJ"), ("4.1", "党员教育", "党员集中学习学时不足", 15, "DJ"),
    ("5.1", "思想文化和统战", "季度宣传稿件未达任务数", 30, "DJ"), ("6.1", "团青工作", "团青活动未按计划开展", 20, "DJ"),
    ("7.1", "队伍建设", "支委补选不及时", 30, "DJ"), ("8.1", "日常工作", "月度信息迟报", 10, "DJ"),
    ("8.2", "日常工作", "台账与系统信息不一致", 5, "DJ"),
    ("9.1", "廉政谈话", "廉政谈话记录缺签字", 30, "LZ"), ("9.2", "廉政教育", "廉政教育未全员覆盖", 40, "LZ"),
    ("10.1", "阵地管理", "宣传阵地内容审核缺签字", 30, "XC"), ("10.2", "稿件质量", "稿件差错", 50, "XC"),
)  # fmt: skip
COMPONENTS = {"DJ": "基层党建", "LZ": "党风廉政", "XC": "宣传工作"}
FULL = {"DJ": Fraction(100), "LZ": Fraction(100), "XC": Fraction(100)}


def scheme() -> Scheme:
    """A scheme in the manner of the red and blue board: boards, amounts and thresholds are rows of its rules."""

    def rule(
        number: str, effect: str, parameter: str, clause: str, *conditions: tuple[str, str, str], target: str = ""
    ) -> Rule:
        return Rule(number, tuple(Condition(*each) for each in conditions), effect, parameter, target, "", clause)

    ends = ("分类", "属于", "Ⅰ、Ⅱ")
    first, last = ("名次", "=", "1"), ("倒数名次", "=", "1")
    low = (("分类", "=", "Ⅲ"), ("基础分", "<", "98"))
    return Scheme(
        code="board",
        name="季度差异化积分考核",
        info={
            "组织名称": "岚川能源集团", "主办部门": "党建工作部", "榜名": "基层党建“红蓝榜”", "示例数据": "是", "联系人": "江允文",
            "联系电话": "内线6118", "复核办法": "公示期内由党组织书记签字，写明条款与理由，报党建工作部复核，5个工作日内书面答复。",
            "办法名称": "《基层党建工作季度差异化积分考核评价实施方案》",
        },
        clocks=("季",),
        settings=Settings(bonus_cap=Fraction(1)),
        classes=tuple(UnitClass(code, name) for code, name in CLASSES.items()),
        components=tuple(
            Component(code, name, weight={"": HUNDRED} if code == "DJ" else {}, counted=code == "DJ")
            for code, name in COMPONENTS.items()
        ),
        indicators=tuple(
            Indicator(head, name, component, full={"": sum((_full(line[0]) for line in LINES if _head(line[0]) == head), Fraction(0))})
            for head, (name, component) in {_head(line[0]): (line[1], line[4]) for line in LINES}.items()
        )
        + tuple(
            Indicator(code, name, component, method="扣分", full={"": _full(code)}, clause=f"评价标准{code}")
            for code, name, _, _, component in LINES
        ),
        cases=tuple(Case(code, 1, kind, Fraction(cents, 100), Fraction(cents, 100), kind=code) for code, _, kind, cents, _ in LINES),
        adjustments=(Adjustment("JF1", "经验做法推广", "加分"),),
        rules=(
            rule("R-01", "上榜", "红榜", "第十一条（一）", ends, first),
            rule("R-02", "绩效加减", "1.5", "第十一条（一）", ends, first, target="月度绩效"),
            rule("R-03", "上榜", "蓝榜", "第十一条（二）", ends, last),
            rule("R-04", "绩效加减", "-1.5", "第十一条（二）", ends, last, target="月度绩效"),
            rule("R-05", "约谈", "公司党委", "第十二条", ends, last),
            rule("R-06", "绩效加减", "-0.5", "第十一条（三）", *low, target="月度绩效"),
            rule("R-07", "约谈", "公司党委", "第十二条", *low),
            rule("R-08", "上榜", "廉政红榜", "第十三条", ("构成名次:LZ", "=", "1"), ("分类", "属于", "Ⅰ、Ⅱ")),
            rule("R-09", "上榜", "宣传蓝榜", "第十四条", ("构成:XC", "<", "99.5")),
        ),
        kinds=tuple(ProblemKind(code, kind) for code, _, kind, _, _ in LINES),
    )  # fmt: skip


def units() -> tuple[Unit, ...]:
    """31 units with code, full name, short name and class."""
    found = []
    for unit_class, plan in PLAN.items():
        kind = CLASSES[unit_class][-3:] if unit_class == "Ⅰ" else "党支部"
        for short in plan:
            found.append(Unit(f"U{len(found) + 1:02d}", f"{short}{kind}", short, unit_class))
    return tuple(found)


def edition(withheld: dict[str, str] | None = None, periods: tuple[str, ...] = PERIODS) -> Edition:
    """The edition of the last of these quarters; `withheld` maps a unit's code to 存疑 or 未报."""
    outcomes: list[Outcome] = []
    for period in periods:
        before = outcomes[-1] if outcomes else None
        outcomes.append(outcome(period, before, withheld or {} if period == periods[-1] else {}))
    rows = units()
    gone = {code for code, status in (withheld or {}).items() if status == "未报"}
    return Edition(
        assessment="board",
        period=periods[-1],
        row=PeriodRow(
            periods[-1],
            "2026-07-01",
            "2026-09-30",
            document_date="2026-10-12",
            notice_from="2026-10-12",
            notice_to="2026-10-16",
        ),
        scheme=scheme(),
        roster=Roster(units=rows),
        outcome=outcomes[-1],
        ledger=Ledger(periods[-1], "2026-09-30"),
        submissions=tuple(
            Submission(
                each.code,
                "score",
                f"{each.short}.xlsx",
                cover=Cover(inspected_on=Day(f"2026-09-{14 + n % 12}", Source())),
            )
            for n, each in enumerate(rows)
            if each.code not in gone
        ),
        files=tuple(FileRow(f"{each.short}.xlsx", "受理", each.code) for each in rows if each.code not in gone),
        earlier=tuple(outcomes[:-1]),
        mark="7c41f0a92b6e",
    )


def with_persons() -> Edition:
    """The same quarter with the units of the third class turned into persons, each with a grade."""
    made = edition()

    def turned(each: ObjectResult) -> ObjectResult:
        return (
            replace(each, object="人员", grade="合格" if each.rank_last == 1 else "优秀")
            if each.unit_class == "Ⅲ"
            else each
        )

    return replace(made, outcome=replace(made.outcome, objects=tuple(turned(each) for each in made.outcome.objects)))


def outcome(period: str, before: Outcome | None, withheld: dict[str, str]) -> Outcome:
    """One quarter evaluated: losses, totals, ranks, boards and consequences."""
    rows = [
        _scored(unit, n, period) if unit.code not in withheld else _absent(unit, withheld)
        for n, unit in enumerate(units())
    ]
    results: list[ObjectResult] = []
    fields = []
    for unit_class, name in CLASSES.items():
        members = [row for row in rows if row.unit_class == unit_class]
        scored = [row for row in members if row.total is not None]
        complete = len(scored) == len(members)
        totals = [row.total for row in scored if row.total is not None]
        fields.append(
            FieldResult(
                unit_class,
                name,
                (unit_class,),
                len(members),
                len(scored),
                complete,
                sum(totals, Fraction(0)) / len(totals),
                max(totals),
            )
        )
        results += [_ranked(row, scored, len(members), complete, before) for row in members]
    return Outcome(
        "board", period, "2026-09-30", tuple(results), tuple(fields), before="58e2b1c07d33" if before else ""
    )


def _head(code: str) -> str:
    return code.split(".")[0]


def _full(code: str) -> Fraction:
    return Fraction(10) if code == "1.1" else Fraction(9) if _head(code) in "2345678" else Fraction(50)


def _scored(unit: Unit, place: int, period: str) -> ObjectResult:
    lost, bonus = _planned(unit, place, period)
    wanted = _spread(lost, place, period)
    losses, leaves = [], []
    for code, _, kind, _, component in LINES:
        cents = wanted.get(code, 0)
        points = Fraction(cents, 100)
        where = Source(f"{unit.short}.xlsx", "扣分与问题", f"C{len(losses) + 5}")
        if cents:
            losses.append(
                Loss(
                    code, kind, Fraction(1), points, points, f"检查发现{kind}，涉及{1 + cents // 20}处", "现场查看、调阅记录", code,
                    "一般", f"{period}-{unit.code}-{len(losses) + 1:02d}", f"评价标准{code}", where,
                )
            )  # fmt: skip
        leaves.append(LeafResult(code, component, _full(code), _full(code) - points))
    parts = []
    for code, name in COMPONENTS.items():
        gone = sum((loss.lost for loss in losses if _component(loss.indicator) == code), Fraction(0))
        score = HUNDRED - gone
        counted = code == "DJ"
        parts.append(
            ComponentResult(
                code, name, counted, HUNDRED if counted else None, score, score, HUNDRED, score if counted else None
            )
        )
    base = parts[0].score or Fraction(0)
    total = base + Fraction(bonus, 100)
    return ObjectResult(
        unit.code, unit.name, unit.short, unit.unit_class, unit.unit_class,
        base_exact=base, base=round_half_up(base, 2), bonus=Fraction(bonus, 100), total_exact=total, total=round_half_up(total, 2),
        components=tuple(parts), leaves=tuple(leaves), losses=tuple(losses),
        adjustments=(
            (AdjustmentResult("JF1", "经验做法推广", "加分", "党建品牌在集团推广", Fraction(bonus, 100), Fraction(bonus, 100),
                              Fraction(bonus, 100), "", Source()),)
            if bonus
            else ()
        ),
    )  # fmt: skip


def _absent(unit: Unit, withheld: dict[str, str]) -> ObjectResult:
    status = withheld[unit.code]
    return ObjectResult(
        unit.code,
        unit.name,
        unit.short,
        unit.unit_class,
        unit.unit_class,
        status="未报" if status == "未报" else "存疑",
        withheld_for=(status,),
    )


def _ranked(
    row: ObjectResult, scored: list[ObjectResult], size: int, complete: bool, before: Outcome | None
) -> ObjectResult:
    if row.total is None or row.base is None:
        return row
    key = row.total
    others = [each.total or Fraction(0) for each in scored]
    rank, last = 1 + sum(other > key for other in others), 1 + sum(other < key for other in others)
    parts = []
    for part in row.components:
        peers = [found.score or Fraction(0) for each in scored if (found := each.component(part.code))]
        mine = part.score or Fraction(0)
        parts.append(replace(part, rank=1 + sum(p > mine for p in peers), rank_last=1 + sum(p < mine for p in peers)))
    fired = _fired(row, rank, last, parts)
    boards = tuple(each.parameter for each in fired if each.effect == "上榜")
    earlier = before.of(row.code) if before else None
    return replace(
        row,
        rank=rank,
        rank_last=last,
        field_size=size,
        shared=others.count(key) > 1,
        components=tuple(parts),
        status="正式" if complete else "暂定",
        boards=boards,
        consequences=tuple(
            replace(c, provisional=not complete and c.rule not in ("R-06", "R-07", "R-09")) for c in fired
        ),
        previous_total=earlier.total if earlier else None,
        previous_rank=earlier.rank if earlier else None,
    )


def _fired(row: ObjectResult, rank: int, last: int, parts: list[ComponentResult]) -> list[Consequence]:
    facts = {
        "R-01": row.unit_class in "ⅠⅡ" and rank == 1,
        "R-03": row.unit_class in "ⅠⅡ" and last == 1,
        "R-06": row.unit_class == "Ⅲ" and (row.base or Fraction(0)) < 98,
        "R-08": row.unit_class in "ⅠⅡ" and parts[1].rank == 1,
        "R-09": (parts[2].score or Fraction(0)) < exact("99.5"),
    }
    facts |= {"R-02": facts["R-01"], "R-04": facts["R-03"], "R-05": facts["R-03"], "R-07": facts["R-06"]}
    return [
        Consequence(
            rule.number,
            rule.effect,
            rule.parameter,
            exact(rule.parameter) if rule.effect == "绩效加减" else None,
            rule.target,
            "2026-10" if rule.effect == "绩效加减" else "",
            "",
            rule.clause,
        )
        for rule in scheme().rules
        if facts[rule.number]
    ]


def _planned(unit: Unit, place: int, period: str) -> tuple[int, int]:
    if period == PERIODS[-1]:
        return PLAN[unit.unit_class][unit.short]
    age = PERIODS.index(period)
    lost = 20 + (place * 37 + age * 61 + place * age * 13) % 36 * 5
    return lost, 10 if (place + age) % 5 == 0 else 0


def _spread(lost: int, place: int, period: str) -> dict[str, int]:
    """Marks in cents by line that add up to `lost` in the counted component, and some beside it."""
    lines = [line for line in LINES if line[4] == "DJ"]
    wanted: dict[str, int] = {}
    rest, turn = lost, place * 3 + PERIODS.index(period)
    while rest:
        code, _, _, cents, _ = lines[turn % len(lines)]
        step = min(cents * (2 if rest > 3 * cents else 1), rest)
        wanted[code] = wanted.get(code, 0) + step
        rest, turn = rest - step, turn + 2 + place % 3
    aside = [line for line in LINES if line[4] != "DJ"]
    for n, (code, _, _, cents, _) in enumerate(aside):
        if (place * 7 + n * 5 + PERIODS.index(period) * 3) % 4 == 0:
            wanted[code] = cents
    return wanted


def _component(code: str) -> str:
    return next(line[4] for line in LINES if line[0] == code)
