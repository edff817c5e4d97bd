"""A small edition written by hand, for the documents: six units in three classes, every figure checkable on paper.

甲 (Ⅰ, first, bonus 0.3), 乙 and 丙 (Ⅰ, tied last), 丁 and 戊 (Ⅱ), 己 (Ⅲ, base 97.99). 乙 has every kind of loss: two problems of one kind,
one under a cap, one without deduction, a line below its target, a line that does not apply. Names are invented.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.core.exact import exact, round_half_up
from kaohe.records.derivations import Derivation
from kaohe.records.edition import Edition
from kaohe.records.figures import Figure
from kaohe.records.people import Roster, Team, Unit
from kaohe.records.problems import Event, Ledger, Problem
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
from kaohe.records.returns import Cover, Day, Submission, Text, Words
from kaohe.records.rules import GradeBand, Rule
from kaohe.records.scheme import Component, DocumentKind, Indicator, PeriodRow, ProblemKind, Scheme, Severity, UnitClass

PERIOD, BEFORE = "2026Q3", "2026Q2"
FIRST, FULL, WITHHELD, LOW = "J01", "Y02", "W05", "S06"  # 甲, 乙, 戊, 己
UNITS = (
    Unit("J01", "甲河公司党总支", "甲河公司", "Ⅰ", head="方砚秋"),
    Unit("Y02", "乙山公司党总支", "乙山公司", "Ⅰ", head="陆见川"),
    Unit("B03", "丙原公司党总支", "丙原公司", "Ⅰ", head="叶知行"),
    Unit("D04", "丁楼中心党支部", "丁楼中心", "Ⅱ", head="秦若水"),
    Unit("W05", "戊台中心党支部", "戊台中心", "Ⅱ", head="顾南屏"),
    Unit("S06", "己阁办公室党支部", "己阁办公室", "Ⅲ", head="沈怀谷"),
)
#: code → base, bonus, rank, rank from the end, shared, total before, rank before
RESULTS = {
    "J01": ("99.2", "0.3", 1, 3, False, "98.9", 2),
    "Y02": ("97.85", "0", 2, 1, True, "98.25", 3),
    "B03": ("97.85", "0", 2, 1, True, "99", 1),
    "D04": ("98.5", "0", 1, 2, False, "98.5", 1),
    "W05": ("98", "0", 2, 1, False, "97", 2),
    "S06": ("97.99", "0", 1, 1, False, "98.4", 1),
}
LEDGER_DATE = "2026-10-10"


def F(text: str) -> Fraction:
    """A number as people write it."""
    return exact(text)


def scheme() -> Scheme:
    """Two level-1 lines that count, one component beside the total, grades, two boards, severities with their limits."""
    return Scheme(
        code="little",
        name="季度考核",
        info={
            "组织名称": "云陵集团",
            "发文机关": "中共云陵集团委员会",
            "主办部门": "组织部",
            "印发机关": "云陵集团办公室",
            "办法名称": "《云陵集团考核办法》",
            "榜名": "先锋榜",
            "联系人": "白露",
            "联系电话": "内线2210",
            "复核办法": "有异议的，5个工作日内书面申请复核。",
        },
        clocks=("季",),
        classes=(UnitClass("Ⅰ", "县区公司"), UnitClass("Ⅱ", "专业中心"), UnitClass("Ⅲ", "本部")),
        components=(Component("DJ", "党建", weight={"": F("100")}), Component("LZ", "廉政", counted=False)),
        indicators=(
            Indicator("1", "组织建设", "DJ", full={"": F("60")}),
            Indicator("1.1", "组织生活", "DJ", "1", method="扣分", full={"": F("30")}, clause="第五条（一）"),
            Indicator("1.2", "台账", "DJ", "1", method="扣分", full={"": F("30")}, clause="第五条（二）"),
            Indicator("2", "党员教育", "DJ", full={"": F("40")}),
            Indicator("2.1", "学时", "DJ", "2", method="完成率", full={"": F("30")}, clause="第六条（一）"),
            Indicator("2.2", "流动党员", "DJ", "2", method="扣分", full={"": F("10")}, clause="第六条（二）"),
            Indicator("9", "廉政", "LZ", full={"": F("100")}),
            Indicator("9.1", "廉政谈话", "LZ", "9", method="扣分", full={"": F("100")}, clause="第八条"),
        ),
        grades=(GradeBand("好", least=F("99")), GradeBand("较好", least=F("98")), GradeBand("一般")),
        rules=(
            Rule("R1", (), "上榜", "先锋榜", reason="总分排名第一", clause="第十条（一）"),
            Rule("R2", (), "绩效加减", "-0.5", "月度绩效", "基础分低于98分", "第十条（二）"),
            Rule("R3", (), "约谈", "公司党委", "党组织书记", "基础分低于98分", "第十条（三）"),
        ),
        kinds=(ProblemKind("K1", "会议记录不完整"), ProblemKind("K2", "台账不清"), ProblemKind("K3", "谈话不规范")),
        severities=(
            Severity("一般", 5, 20, relapse_window=4),
            Severity("严重", 3, 45, "自然日", relapse_window=4),
        ),
        documents=(
            DocumentKind("FK", "考核结果反馈通知书", "考核结果反馈通知书.docx", layout="信函", sealed=True, prefix="云党函",
                         first_number=31, addressee="{单位名称}"),
            DocumentKind("TB", "考核结果通报", "考核结果通报.docx", sealed=True, prefix="云党发", addressee="各党（总）支部",
                         copies_to="集团纪委，人力资源部", provisional_ok=False),
            DocumentKind("ZG", "整改清单", "整改清单.docx", layout="无"),
        ),
    )  # fmt: skip


def edition(dated: bool = True, held: bool = False, sample: bool = False) -> Edition:
    """The edition of the quarter: `dated` = the document date is decided, `held` = 戊 is withheld, `sample` = 示例数据."""
    rules = scheme()
    objects = tuple(_result(unit, held) for unit in UNITS)
    fields = tuple(_field(each.code, each.name, objects) for each in rules.classes)
    earlier = tuple(
        ObjectResult(unit.code, unit.name, unit.short, unit.unit_class, unit.unit_class, total=F(RESULTS[unit.code][5]))
        for unit in UNITS
    )
    return Edition(
        assessment="little",
        period=PERIOD,
        row=PeriodRow(
            PERIOD,
            "2026-07-01",
            "2026-09-30",
            as_of=LEDGER_DATE,
            document_date="2026-10-14" if dated else "",
            meeting="集团党委第9次会议",
            notice_from="2026-10-15",
            notice_to="2026-10-21",
            basis="云党发〔2026〕3号",
        ),
        scheme=replace(rules, info={**rules.info, "示例数据": "是"}) if sample else rules,
        roster=Roster(units=UNITS, teams=(Team("第二检查组", "方砚秋", (), ("Y02", "B03")),)),
        outcome=Outcome("little", PERIOD, LEDGER_DATE, objects, fields),
        ledger=ledger(),
        submissions=(
            Submission(
                FULL,
                "TB",
                "乙山.xlsx",
                cover=Cover(inspected_on=Day("2026-09-22", Source())),
                words=Words(
                    achievements=Text("支部工作有计划、有记录。", Source()), advice=Text("按月自查台账", Source())
                ),
            ),
        ),
        earlier=(Outcome("little", BEFORE, "2026-07-10", earlier, ()),),
        mark="0123456789ab",
    )


def ledger() -> Ledger:
    """乙: four new problems (one a relapse, one severe), an overdue and a waiting old one, one closed now and one closed before."""

    def new(number: int, indicator: str, kind: str, fact: str, **more: str) -> Problem:
        made = Problem(
            f"{PERIOD}-{FULL}-{number:02d}", FULL, indicator, kind, "一般", fact, "记录本", "陆见川", PERIOD, "2026-09-22", "2026-09-29",
            "2026-10-22",
        )  # fmt: skip
        return replace(made, **more)

    def old(number: int, deadline: str, **more: object) -> Problem:
        made = Problem(
            f"{BEFORE}-{FULL}-{number:02d}", FULL, "1.2", "K2", "一般", f"旧问题{number}", "台账", "", BEFORE, "2026-06-20", "2026-06-27",
            deadline,
        )  # fmt: skip
        return replace(made, **more)

    now, then = Event(PERIOD, "2026-09-22", "核验：属实，销号", "已销号"), Event(BEFORE, "2026-06-20", "带入", "已销号")
    return Ledger(
        PERIOD,
        LEDGER_DATE,
        (
            old(1, "2026-07-20", state="推进中", reported="未完成", measures="新台账模板未批"),
            old(2, "2026-10-31", state="已完成待核验", reported="已完成", measures="补建台账"),
            old(3, "2026-07-20", state="已销号", closed="2026-09-22", closed_in=PERIOD, events=(now,), measures="已补"),
            old(4, "2026-05-20", state="已销号", closed="2026-06-01", closed_in=BEFORE, events=(then,)),
            new(1, "1.1", "K1", "7月支委会记录缺主持人。"),
            new(2, "1.1", "K1", "8月党员大会记录缺应到人数"),
            new(
                3, "1.2", "K2", "台账停在7月", severity="严重", deadline="2026-11-06", relapse_of=f"{BEFORE}-{FULL}-04"
            ),
            new(4, "9.1", "K3", "1份谈话记录没有签字"),
        ),
    )


def _result(unit: Unit, held: bool) -> ObjectResult:
    base, bonus, rank, last, shared, before, rank_before = RESULTS[unit.code]
    waits = held and unit.unit_class == "Ⅱ"
    made = ObjectResult(
        unit.code,
        unit.name,
        unit.short,
        unit.unit_class,
        unit.unit_class,
        field_size=3 if unit.unit_class == "Ⅰ" else 2,
    )
    if held and unit.code == WITHHELD:
        return replace(made, status="存疑", withheld_for=("VALUE-001",))
    total = F(base) + F(bonus)
    made = replace(
        made,
        field_size={"Ⅰ": 3, "Ⅱ": 2, "Ⅲ": 1}[unit.unit_class],
        base_exact=F(base), base=round_half_up(F(base), 2), bonus=F(bonus), total_exact=total, total=round_half_up(total, 2),
        rank=rank, rank_last=last, shared=shared, previous_total=F(before), previous_rank=rank_before,
        grade="好" if total >= 99 else "较好" if total >= 98 else "一般",
        status="暂定" if waits else "正式",
        components=_components(F(base)),
        boards=("先锋榜",) if unit.code == FIRST else (),
        consequences=_consequences(unit.code),
    )  # fmt: skip
    if unit.code == FIRST:
        claim = AdjustmentResult(
            "JF", "经验推广", "加分", "支部品牌在集团推广", F("0.5"), F("0.3"), F("0.3"), "", Source()
        )
        refused = replace(claim, matter="未报佐证的一项", counted=F("0"), why="没有佐证，不计")
        points = (("1.1", "30", "30"), ("1.2", "30", "30"), ("2.1", "30", "29.2"), ("2.2", "10", "10"))
        leaves = tuple(LeafResult(code, "DJ", F(full), F(given)) for code, full, given in points)
        return replace(made, adjustments=(claim, refused), leaves=leaves)
    return _full(made) if unit.code == FULL else made


def _components(base: Fraction) -> tuple[ComponentResult, ...]:
    hundred = F("100")
    return (
        ComponentResult("DJ", "党建", True, hundred, base, base, hundred, base),
        ComponentResult("LZ", "廉政", False, None, F("99.5"), F("99.5"), hundred, None, 1, 3),
    )


def _consequences(code: str) -> tuple[Consequence, ...]:
    if code == FIRST:
        return (Consequence("R1", "上榜", "先锋榜", None, "", "", "总分排名第一", "第十条（一）"),)
    if code != LOW:
        return ()
    return (
        Consequence(
            "R2", "绩效加减", "-0.5", F("-0.5"), "月度绩效", "2026-10", "基础分97.99分，低于98分", "第十条（二）"
        ),
        Consequence("R3", "约谈", "公司党委", None, "党组织书记", "", "基础分97.99分，低于98分", "第十条（三）"),
    )


def _full(made: ObjectResult) -> ObjectResult:
    """乙: 1.1 loses 0.6, 1.2 asks 2 and is capped at 1, 2.1 loses 0.335 by its rate, 2.2 does not apply, 9.1 loses nothing for a problem.

    98.065 of 90 … the score is rescaled: (90 − 1.935) ÷ 90 × 100 = 97.85.
    """

    def loss(number: int, indicator: str, kind: str, case: str, asked: str, lost: str, fact: str) -> Loss:
        cell = Source("乙山.xlsx", "扣分与问题", f"C{number + 5}")
        return Loss(
            indicator,
            case,
            F("1"),
            F(asked),
            F(lost),
            fact,
            "记录本",
            kind,
            "一般",
            f"{PERIOD}-{FULL}-{number:02d}",
            "",
            cell,
        )

    losses = (
        loss(1, "1.1", "K1", "记录缺项", "0.3", "0.3", "7月支委会记录缺主持人。"),
        loss(2, "1.1", "K1", "记录缺项", "0.3", "0.3", "8月党员大会记录缺应到人数"),
        loss(3, "1.2", "K2", "台账不清", "2", "1", "台账停在7月"),
        loss(4, "9.1", "K3", "只列问题", "0", "0", "1份谈话记录没有签字"),
    )
    leaves = (
        LeafResult("1.1", "DJ", F("30"), F("29.4")),
        LeafResult("1.2", "DJ", F("30"), F("29")),
        LeafResult("2.1", "DJ", F("30"), F("29.665")),
        LeafResult("2.2", "DJ", F("10"), None, applicable=False),
        LeafResult("9.1", "LZ", F("100"), F("100")),
    )
    rate = Figure(
        "指标:2.1", "2.1 学时", F("29.665"), "29.665", "30 × 31.64 ÷ 32",
        parts=(Figure("完成值", "完成值", shown="31.64", source=Source("乙山.xlsx", "评分", "G9")), Figure("目标值", "目标值", shown="32")),
    )  # fmt: skip
    base = (90 - F("1.935")) / 90 * 100
    return replace(
        made,
        base_exact=base, base=round_half_up(base, 2), total_exact=base, total=round_half_up(base, 2),
        losses=losses, leaves=leaves, derivation=Derivation(Figure("结果", "乙", parts=(rate,))),
    )  # fmt: skip


def _field(code: str, name: str, objects: tuple[ObjectResult, ...]) -> FieldResult:
    members = [each for each in objects if each.unit_class == code]
    totals = [each.total for each in members if each.total is not None]
    mean = sum(totals, Fraction(0)) / len(totals)
    return FieldResult(code, name, (code,), len(members), len(totals), len(totals) == len(members), mean, max(totals))
