"""A year written by hand, for the documents: seven subsidiaries' committees in one class, assessed from several sources.

Total = daily points 20 % + inspection 60 % + evaluation 20 % (half committee members, half debriefing review); the scores are those of the
worked example (scheme model 5). 乙 is barred by its debriefing grade, 丁 finds the places full, 戊 was decided one grade lower than computed,
己 has a downgrade item, 庚 a penalty. The secretaries are persons without a total, under rules of their own. Names are invented.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from kaohe.core.cells import Source
from kaohe.core.exact import exact, round_half_up
from kaohe.records.edition import Edition
from kaohe.records.followup import Appeal
from kaohe.records.people import Person, Roster, Team, Unit
from kaohe.records.problems import Ledger, Problem
from kaohe.records.rated import GroupRating, RatingResult
from kaohe.records.ratings import Instrument, RaterGroup
from kaohe.records.results import (
    AdjustmentResult,
    ComponentResult,
    Consequence,
    DailyResult,
    Decided,
    FieldResult,
    LeafResult,
    Loss,
    ObjectResult,
    Outcome,
)
from kaohe.records.returns import Cover, Day, Submission, Text, Words
from kaohe.records.rules import Adjustment, GradeBand, Rule
from kaohe.records.scheme import Component, DocumentKind, Indicator, PeriodRow, ProblemKind, Scheme, Severity, UnitClass

PERIOD, AS_OF = "2026", "2027-01-15"
NAMES = ("甲河水务", "乙山热电", "丙原交运", "丁楼建工", "戊台装备", "己阁设计", "庚桥物产")
HEADS = ("方砚秋", "陆见川", "叶知行", "秦若水", "顾南屏", "沈怀谷", "白云起")
UNITS = tuple(
    Unit(f"Z{n:02d}", f"云陵{name}有限公司党委", name, "DW", head=head)
    for n, (name, head) in enumerate(zip(NAMES, HEADS, strict=True), 1)
)
PERSONS = tuple(
    Person(f"S{n:02d}", unit.head, unit.code, "SJ", "党委书记、董事长", ("书记",)) for n, unit in enumerate(UNITS, 1)
)
#: inspection, daily, committee, debriefing, its grade, bonus, penalty, total, rank, computed grade, grade
FIGURES = (
    ("95.5", "92", "94", "93", "好", "2", "0", "96.40", 1, "优秀", "优秀"),
    ("96", "95", "95", "78", "一般", "1", "0", "94.90", 3, "良好", "良好"),
    ("93", "91", "92", "90", "好", "3", "0", "95.20", 2, "优秀", "优秀"),
    ("92", "93", "91", "92", "好", "0", "0", "92.10", 4, "良好", "良好"),
    ("79.1", "79.1", "81.4", "85.75", "较好", "0", "0", "80.00", 6, "良好", "一般"),
    ("85", "84", "80", "82", "较好", "0", "0", "84.00", 5, "一般", "一般"),
    ("66.6", "70", "71", "69", "差", "0", "1", "66.96", 7, "较差", "较差"),
)
BEST, BARRED, FULL, DECIDED, WORST = "Z01", "Z02", "Z04", "Z05", "Z07"


def F(text: str) -> Fraction:
    """A number as people write it."""
    return exact(text)


def scheme() -> Scheme:
    """Three counted components, one of them with two children; two instruments; rules that reach units and secretaries."""
    whole = {"": F("100")}
    return Scheme(
        code="annual",
        name="党建工作责任制考核",
        info={
            "组织名称": "云陵集团",
            "发文机关": "中共云陵集团有限公司委员会",
            "主办部门": "党群工作部",
            "印发机关": "云陵集团有限公司党委办公室",
            "办法名称": "《云陵集团党建工作责任制考核评价办法》",
            "榜名": "考核等次",
            "审定机关": "集团公司党委",
            "联系人": "白露",
            "联系电话": "内线2210",
            "复核办法": "有异议的，5个工作日内书面申请复核。",
        },
        clocks=("年",),
        classes=(UnitClass("DW", "子公司党委"), UnitClass("SJ", "党委书记", "人员", None)),
        components=(
            Component("RC", "日常考核", weight={"DW": F("20")}, origin="日常积分", taken="90"),
            Component("JC", "现场检查", weight={"DW": F("60")}),
            Component("PJ", "综合评价", weight={"DW": F("20")}, origin="下级构成"),
            Component("WY", "委员评价", "PJ", weight={"DW": F("50")}, origin="评价", taken_from="WY"),
            Component("SP", "书记述职评议", "PJ", weight={"DW": F("50")}, origin="评价", taken_from="SZ"),
        ),
        indicators=(
            Indicator("1", "政治建设", "JC", full={"": F("50")}),
            Indicator("1.1", "第一议题", "JC", "1", method="扣分", full={"": F("50")}, clause="第五条（一）"),
            Indicator("2", "组织建设", "JC", full={"": F("50")}),
            Indicator("2.1", "组织生活", "JC", "2", method="扣分", full={"": F("50")}, clause="第五条（二）"),
        ),
        instruments=(
            Instrument("SZ", "书记抓基层党建述职评议", ("DW",)),
            Instrument("WY", "委员评价", ("DW",)),
            Instrument("CP", "第一责任测评", ("SJ",)),
        ),
        rater_groups=(
            RaterGroup("SZ", "LD", "集团领导", {"": F("60")}),
            RaterGroup("SZ", "BM", "部门负责人", {"": F("40")}),
            RaterGroup("WY", "WY", "党委委员", whole),
            RaterGroup("CP", "DB", "党员代表", whole),
        ),
        adjustments=(
            Adjustment("KF", "问题整改逾期", "减分", most=F("0.2"), cap=F("1"), needs_evidence=False, counted_from="台账:逾期数"),
            Adjustment("KS", "同类问题复发", "减分", most=F("0.3"), needs_evidence=False, counted_from="台账:复发数"),
        ),
        grades=(
            GradeBand("优秀", least=F("90"), share=F("30")), GradeBand("良好", least=F("80")), GradeBand("一般", least=F("70")),
            GradeBand("较差"),
        ),
        rules=(
            Rule("R01", (), "否优", clause="第十六条（一）"),
            Rule("R04", (), "降档", "1", clause="第十四条（一）"),
            Rule("R11", (), "表彰", "党建工作先进党委", "集团公司范围通报", clause="第十七条（一）"),
            Rule("R12", (), "计入", "20", "领导班子年度考核", clause="第十七条（二）"),
            Rule("R13", (), "绩效加减", "-1.5", "月度绩效", clause="第十七条（三）"),
            Rule("R14", (), "限制其他考核", "不得评为优秀", "领导班子年度考核", clause="第十七条（四）", soft=True),
            Rule("R15", (), "约谈", "集团公司党委书记", "党委书记", clause="第十七条（五）"),
            Rule("R18", (), "提示", "书面说明逾期原因", "本单位", clause="第十八条（三）"),
            Rule("R21", (), "限制其他考核", "不得评为优秀", "个人年度考核", clause="第十六条（四）"),
            Rule("R22", (), "约谈", "集团公司专职副书记", "本人", clause="第十七条（八）"),
        ),
        kinds=(ProblemKind("K1", "会议记录不完整"), ProblemKind("K2", "台账不清"), ProblemKind("K3", "材料报送不及时")),
        severities=(
            Severity("一般", 10, 30, close_rule="单位报告已完成并附佐证，检查组核验属实", overdue_rule="列入逾期清单，由党群工作部书面提醒"),
            Severity("严重", 5, 90, "自然日", "提交专题整改报告，检查组现场核验属实", overdue_rule="报集团公司党委督办"),
        ),
        documents=documents(),
    )  # fmt: skip


def documents() -> tuple[DocumentKind, ...]:
    """One row per kind; the reminder goes to all, and a second one to the objects of R18."""
    return (
        DocumentKind("FK", "考核结果反馈通知书", "考核结果反馈通知书.docx", layout="信函", sealed=True, prefix="云党函", addressee="{单位名称}"),
        DocumentKind("TB", "考核结果通报", "考核结果通报.docx", sealed=True, prefix="云党发", addressee="各子公司党委", provisional_ok=False),
        DocumentKind("ZT", "问题整改通知书", "问题整改通知书.docx", layout="信函", sealed=True, prefix="云党改函", addressee="{单位名称}",
                     copies_to="集团公司纪委"),
        DocumentKind("ZG", "整改清单", "整改清单.docx", layout="无"),
        DocumentKind("XZ", "结果限制清单", "结果限制清单.docx", layout="无", addressee="党委组织部", copies_to="人力资源部", provisional_ok=False),
        DocumentKind("LD", "绩效联动清单", "绩效联动清单.docx", layout="无", addressee="人力资源部，企业管理部"),
        DocumentKind("TS", "工作提示", "工作提示.docx", layout="信函", sealed=True, prefix="云党提", addressee="各子公司党委"),
        DocumentKind("T2", "工作提示", "工作提示.docx", recipients="R18", layout="信函", sealed=True, prefix="云党提", addressee="{单位名称}"),
        DocumentKind("BZ", "表彰通报", "表彰通报.docx", sealed=True, prefix="云党发", addressee="各子公司党委", provisional_ok=False),
        DocumentKind("YT", "约谈通知书", "约谈通知书.docx", layout="信函", sealed=True, prefix="云党谈", addressee="{单位名称}"),
    )  # fmt: skip


def edition(dated: bool = True, held: bool = False, sample: bool = False) -> Edition:
    """The edition of the year: `dated` = the document date is decided, `held` = 丙 is withheld, `sample` = 示例数据."""
    rules = scheme()
    units = tuple(_unit(unit, figures, held) for unit, figures in zip(UNITS, FIGURES, strict=True))
    persons = tuple(_person(person, figures, held) for person, figures in zip(PERSONS, FIGURES, strict=True))
    totals = [each.total for each in units if each.total is not None]
    mean = sum(totals, Fraction(0)) / len(totals)
    field = FieldResult("DW", "子公司党委", ("DW",), len(units), len(totals), not held, mean, max(totals))
    day = "2027-01-22" if dated else ""
    return Edition(
        assessment="annual",
        period=PERIOD,
        row=PeriodRow(
            PERIOD, "2026-01-01", "2026-12-31", as_of=AS_OF, document_date=day, meeting="集团公司党委2027年第2次会议", basis="云党发〔2026〕24号"
        ),
        scheme=replace(rules, info={**rules.info, "示例数据": "是"}) if sample else rules,
        roster=Roster(units=UNITS, persons=PERSONS, teams=(Team("第一检查组", "厉秋声", (), tuple(each.code for each in UNITS)),)),
        outcome=Outcome("annual", PERIOD, AS_OF, (*units, *persons), (field,)),
        ledger=ledger(),
        submissions=tuple(_submission(unit) for unit in UNITS),
        mark="0123456789ab",
        archived=_archived(units),
        archived_as="第1次归档（2027年1月25日）的结果，标识ba9876543210",
        reason="申诉复核后更正",
    )  # fmt: skip


def _archived(units: tuple[ObjectResult, ...]) -> Outcome:
    """The outcome before 丁's appeal: one mark less."""
    before = tuple(replace(each, total=F("91.10")) if each.code == FULL else each for each in units)
    return Outcome("annual", PERIOD, AS_OF, before, ())


#: 丁 contests its total, which is corrected, and its grade, which is upheld
APPEALS = (
    Appeal(f"{PERIOD}-{FULL}-SS-01", PERIOD, FULL, "总分", "日常考核漏记一次表彰", day="2027-01-28", decision="采纳", old=F("91.10"),
           new=F("92.10"), place="日常积分表 D9", finding="经查文件属实", reviewer="厉秋声", decided_on="2027-02-03"),
    Appeal(f"{PERIOD}-{FULL}-SS-02", PERIOD, FULL, "等次", "请求定为优秀", day="2027-01-28", decision="维持", finding="名额已满",
           reviewer="厉秋声", decided_on="2027-02-03"),
)  # fmt: skip


def ledger() -> Ledger:
    """Two appeals; every unit kept a bad record (K1); 甲, 乙 and 丙 have a muddled ledger besides (K2), 庚 a late report noted in daily assessment (K3)
    and an old problem that is overdue."""
    found = []
    for unit in UNITS:
        found.append(_problem(unit.code, 1, "2.1", "K1", "7月支委会记录缺主持人"))
    for unit in UNITS[:3]:
        found.append(_problem(unit.code, 2, "1.1", "K2", "台账停在9月"))
    found.append(_problem(WORST, 8, "", "K3", "季度报表逾期5天报送", severity="严重", deadline="2027-04-10"))
    old = _problem(WORST, 1, "2.1", "K1", "上年整改未完成", deadline="2026-03-20")
    found.append(replace(old, problem_id=f"2025-{WORST}-01", period="2025", state="推进中"))
    return Ledger(PERIOD, AS_OF, tuple(sorted(found, key=lambda each: each.problem_id)), appeals=APPEALS)


def _problem(
    unit: str, number: int, indicator: str, kind: str, fact: str, severity: str = "一般", deadline: str = "2027-02-26"
) -> Problem:
    return Problem(
        f"{PERIOD}-{unit}-{number:02d}", unit, indicator, kind, severity, fact, "记录本", "", PERIOD, "2026-12-16", "2026-12-30", deadline,
    )  # fmt: skip


def _submission(unit: Unit) -> Submission:
    words = Words()
    if unit.code == BEST:
        words = Words(
            achievements=Text("把第一议题列入党委会固定议程，全年学习36次。", Source()),
            highlights=Text("班组党员责任区包保到岗，隐患整改率98%", Source()),
            advice=Text("一是规范会议记录\n二是每月核对台账", Source()),
            comment=Text("书记亲自抓、带头讲，还要抓到支部", Source()),
        )
    return Submission(
        unit.code, "TB", f"{unit.short}.xlsx", cover=Cover(inspected_on=Day("2026-12-16", Source())), words=words
    )


def _unit(unit: Unit, figures: tuple[object, ...], held: bool) -> ObjectResult:
    given = [F(str(each)) for each in figures[:4]]
    (inspection, daily, committee, debriefing), review = given, str(figures[4])
    bonus, penalty = F(str(figures[5])), F(str(figures[6]))
    computed, grade = str(figures[9]), str(figures[10])
    made = ObjectResult(unit.code, unit.name, unit.short, unit.unit_class, "DW", field_size=7)
    if held and unit.code == "Z03":
        return replace(made, status="存疑", withheld_for=("VALUE-003",))
    both = (committee + debriefing) / 2
    base = (inspection * 60 + daily * 20 + both * 20) / 100
    total = base + bonus - penalty
    rank = int(str(figures[8]))
    return replace(
        made,
        status="暂定" if held else "正式",
        base_exact=base, base=round_half_up(base, 2), bonus=bonus, penalty=penalty, total_exact=total, total=round_half_up(total, 2),
        rank=rank, rank_last=8 - rank, grade_computed=computed, grade=grade,
        components=_components(inspection, daily, committee, debriefing, both),
        leaves=_leaves(inspection),
        losses=_losses(unit.code, inspection),
        daily=_daily(unit.code, daily),
        ratings=_ratings(committee, debriefing, review),
        adjustments=_adjustments(unit.code, bonus, penalty),
        consequences=_consequences(unit.code, str(figures[7]), review, grade, held),
        reasons=_reasons(unit.code, review),
        decided=_decided(unit.code, computed, grade),
    )  # fmt: skip


def _components(
    inspection: Fraction, daily: Fraction, committee: Fraction, debriefing: Fraction, both: Fraction
) -> tuple[ComponentResult, ...]:
    def part(code: str, name: str, weight: str, score: Fraction, origin: str, parent: str = "") -> ComponentResult:
        points = None if parent else F(weight) * score / 100
        return ComponentResult(
            code, name, True, F(weight), score, score, F("100"), points, origin=origin, parent=parent
        )

    return (
        part("RC", "日常考核", "20", daily, "日常积分"),
        part("JC", "现场检查", "60", inspection, "指标评分"),
        part("PJ", "综合评价", "20", both, "下级构成"),
        part("WY", "委员评价", "50", committee, "评价", "PJ"),
        part("SP", "书记述职评议", "50", debriefing, "评价", "PJ"),
    )


def _leaves(inspection: Fraction) -> tuple[LeafResult, ...]:
    """What was lost was lost on 2.1, but for half a mark."""
    lost = 100 - inspection
    return (
        LeafResult("1.1", "JC", F("50"), F("49.5")),
        LeafResult("2.1", "JC", F("50"), F("50") - lost + F("0.5")),
    )


def _losses(unit: str, inspection: Fraction) -> tuple[Loss, ...]:
    def loss(number: int, indicator: str, kind: str, case: str, lost: Fraction, fact: str) -> Loss:
        cell = Source(f"{unit}.xlsx", "扣分与问题", f"C{number + 5}")
        return Loss(indicator, case, F("1"), lost, lost, fact, "记录本", kind, "一般", f"{PERIOD}-{unit}-{number:02d}", "", cell)  # fmt: skip

    rest = 100 - inspection - F("0.5")
    first = loss(2, "1.1", "K2", "台账缺项", F("0.5"), "台账停在9月")
    return (first, loss(1, "2.1", "K1", "记录缺项", rest, "7月支委会记录缺主持人"))


def _daily(unit: str, daily: Fraction) -> tuple[DailyResult, ...]:
    """From 90 to the score: one entry up or down; 庚 also lost 5 for a late report and got them back by another entry."""
    source = Source("日常积分 组织部.xlsx", "日常积分", "D9")
    change = daily - 90
    up = change > 0
    reason, clause = ("基层党建品牌在集团交流", "第八条（二）") if up else ("党建数据月报有误", "第八条（四）")
    rows = [DailyResult("RC", "1", "2026-05-12", change, reason, clause, "", source)]
    if unit == WORST:
        rows = [
            replace(rows[0], points=F("-15")),
            DailyResult("RC", "2", "2026-08-03", F("-5"), "季度报表逾期5天报送", "第八条（三）", f"{PERIOD}-{WORST}-08", source),
        ]  # fmt: skip
    return tuple(rows)


def _ratings(committee: Fraction, debriefing: Fraction, review: str) -> tuple[RatingResult, ...]:
    return (
        RatingResult(
            "SZ", "书记抓基层党建述职评议", debriefing, review, 16, 15, 14, 1,
            groups=(
                GroupRating("LD", "集团领导", F("60"), 4, 4, 4, (), debriefing + 2),
                GroupRating("BM", "部门负责人", F("40"), 12, 11, 10, (), debriefing - 3),
            ),
        ),
        RatingResult(
            "WY", "委员评价", committee, "", 9, 9, 9, groups=(GroupRating("WY", "党委委员", F("100"), 9, 9, 9, (), committee),)
        ),
    )  # fmt: skip


def _adjustments(unit: str, bonus: Fraction, penalty: Fraction) -> tuple[AdjustmentResult, ...]:
    found = []
    if bonus:
        found.append(
            AdjustmentResult("JF", "党建品牌创建", "加分", "“先锋号”品牌获省级表彰", F("5"), bonus, bonus, "", Source())
        )
    if unit == "Z03":
        found[0] = replace(found[0], verified=F("5"), why="加分合计不超过3分")
    if penalty:
        found.append(
            AdjustmentResult("KT", "被通报批评", "减分", "安全生产通报批评", penalty, penalty, penalty, "", Source())
        )
    return tuple(found)


def _reasons(unit: str, review: str) -> tuple[str, ...]:
    """What the evaluation says of the grade: bars, places, downgrade items."""
    return {
        BARRED: (f"党委书记述职评议等次为“{review}”，本单位不得评为优秀",),
        FULL: ("优秀名额2个已用完",),
        "Z06": ("领导班子成员受到党纪政务处分1件，降低一个等次",),
    }.get(unit, ())


def _decided(unit: str, computed: str, grade: str) -> Decided | None:
    reason = "年内发生一般安全事故，经研究下调一档" if unit == DECIDED else ""
    return Decided(grade, reason, "集团公司党委" if unit == DECIDED else "", "", Source())


def _consequences(unit: str, total: str, review: str, grade: str, held: bool) -> tuple[Consequence, ...]:
    share = Consequence(
        "R12",
        "计入",
        "20",
        F(total) / 5,
        "领导班子年度考核",
        "",
        f"总分{total}分，按20%计入领导班子年度考核",
        "第十七条（二）",
    )
    found = []
    if unit == BARRED:
        reason = f"党委书记述职评议等次为“{review}”，本单位不得评为优秀"
        found.append(Consequence("R01", "否优", "", None, "", "", reason, "第十六条（一）"))
    if unit == "Z06":
        reason = "领导班子成员受到党纪政务处分1件，降低一个等次"
        found.append(Consequence("R04", "降档", "1", None, "", "", reason, "第十四条（一）"))
    if grade == "优秀":
        reason = f"考核等次为{grade}，予以通报表彰"
        found.append(
            Consequence(
                "R11",
                "表彰",
                "党建工作先进党委",
                None,
                "集团公司范围通报",
                "",
                reason,
                "第十七条（一）",
                provisional=held,
            )
        )
    found.append(share)
    if grade in ("一般", "较差"):
        minus = f"考核等次为{grade}"
        found += [
            Consequence(
                "R13", "绩效加减", "-1.5", F("-1.5"), "月度绩效", "2027-02", minus, "第十七条（三）", provisional=held
            ),
            Consequence(
                "R14", "限制其他考核", "不得评为优秀", None, "领导班子年度考核", "", minus, "第十七条（四）", True, held
            ),
        ]
    if grade == "较差":
        found.append(
            Consequence(
                "R15",
                "约谈",
                "集团公司党委书记",
                None,
                "党委书记",
                "",
                "考核等次为较差",
                "第十七条（五）",
                provisional=held,
            )
        )
    if unit == WORST:
        reason = "有1个问题超过时限未销号，请书面说明原因并尽快完成"
        found.append(Consequence("R18", "提示", "书面说明逾期原因", None, "本单位", "", reason, "第十八条（三）"))
    return tuple(found)


def _person(person: Person, figures: tuple[object, ...], held: bool) -> ObjectResult:
    """A secretary: rated by the members, without total, rank and grade; bound by the debriefing grade of the unit."""
    review = str(figures[4])
    score = F(str(figures[3])) - 1
    rating = RatingResult(
        "CP", "第一责任测评", score, "好" if score >= 90 else "较好" if score >= 80 else "一般", 30, 28, 28,
        groups=(GroupRating("DB", "党员代表", F("100"), 30, 28, 28, (), score),),
    )  # fmt: skip
    found = []
    if review != "好":
        reason = f"抓基层党建工作综合评价等次为“{review}”，未达到“好”，个人年度考核不得评为优秀"
        found.append(
            Consequence("R21", "限制其他考核", "不得评为优秀", None, "个人年度考核", "", reason, "第十六条（四）")
        )
    if rating.grade == "一般":
        reason = f"第一责任测评等次为“{rating.grade}”"
        found.append(Consequence("R22", "约谈", "集团公司专职副书记", None, "本人", "", reason, "第十七条（八）"))
    return ObjectResult(
        person.code,
        person.name,
        person.name,
        "SJ",
        "",
        "人员",
        eligible="",
        ratings=(rating,),
        consequences=tuple(found),
    )
