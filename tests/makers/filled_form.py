"""One unit's form, wholly filled as staff and inspectors would, by (sheet, row code, column title)."""

from __future__ import annotations

from datetime import date
from functools import cache

from kaohe.forms.book import book
from kaohe.forms.form import Form
from kaohe.forms.own_rows import row_layouts
from kaohe.forms.plan import plan
from kaohe.forms.prefill import Issued, Prefilled, issued, prefill
from kaohe.forms.receive import Received, Receiver, receive
from kaohe.records.books import Book
from kaohe.records.layouts import SheetLayout
from kaohe.records.tables import CellValue, Reading
from makers.paper import Typed, reading_of
from makers.scheme_red import FORM, Q3, ROW, UNITS, problems, roster, scheme

Fields = dict[tuple[str, str, str], CellValue]
FILE = "U106 石桥公司党总支.xlsx"
UNIT = UNITS[0]

GOOD: Fields = {
    ("封面", "填报人", "内容"): "陆文棠",
    ("封面", "联系电话", "内容"): "6327",
    ("封面", "填报日期", "内容"): date(2026, 9, 18),
    ("封面", "检查人", "内容"): "顾仲衡、许知行",
    ("封面", "检查日期", "内容"): date(2026, 9, 21),
    ("封面", "单位意见", "内容"): "无异议",
    **{("评分", code, "核查"): "已查" for code in ("1.1", "1.2", "3.1", "3.10", "4.1", "4.2", "4.3", "5.1", "5.3", "9.1")},
    ("评分", "1.1", "自评"): 4.7,
    ("评分", "1.3", "情形"): "较好",
    ("评分", "3.5", "情形"): "是",
    ("评分", "3.11", "情形"): "公司级",
    ("评分", "4.1", "完成值"): 30,
    ("评分", "4.2", "完成值"): 0.915,
    ("评分", "4.3", "目标值"): 3,
    ("评分", "4.3", "完成值"): 4,
    ("评分", "4.4", "得分"): 3.5,
    ("评分", "4.4", "说明"): "座谈12人，抽测6人均合格",
    ("评分", "5.2", "得分"): 5,
    ("评分", "5.2", "说明"): "联学共建项目获公司推广",
    **{
        ("扣分与问题", row, title): value
        for row, values in {
            "01": ("1.1 “第一议题”制度", "缺次数", 1, None, "8月未开展“第一议题”学习", "会议记录本", "一般", "秦若溪"),
            "02": ("3.1 “三会一课”", "记录要素不全", 2, None, "7月22日、8月26日记录缺应到、实到人数", "记录本", "较重", "陆文棠"),
            "03": ("3.1 “三会一课”", "节点晚于计划", 2, 0.5, "2个节点晚于计划11天、6天", "攻坚任务节点表", None, "段怀川"),
            "04": ("3.10 活动阵地", "只列问题，不扣分", 1, None, "二楼活动室制度牌仍为旧版，现场已更换", "现场查看", "一般", "陆文棠"),
            "05": ("9.1 廉政谈话", "记录缺签字", 2, None, "2份提醒谈话记录缺谈话对象签字", "谈话记录", None, "闻照林"),
        }.items()
        for title, value in zip(
            ("指标", "情形", "次数", "酌定扣分", "事实", "依据或佐证", "严重程度", "责任人"), values, strict=True
        )
        if value is not None
    },
    **{
        ("计分事项", row, title): value
        for row, values in {
            "01": ("5.1 媒体刊发", "省级", 3, 3, "省级媒体刊发经验3篇", "刊样"),
            "02": ("5.1 媒体刊发", "集团级", 2, 1, "集团网站刊发2篇", "网页截图存档"),
        }.items()
        for title, value in zip(("指标", "情形", "次数", "核定次数", "事实", "佐证"), values, strict=True)
    },
    **{
        ("加减分", row, title): value
        for row, values in {
            "01": ("JF1 获得上级表彰（加分，每例 0.50–1.00）", "获集团先进基层党组织", date(2026, 7, 1), "集团党〔2026〕12号", "文件",
                   1, 1, 0.8, "已确认"),
            "02": ("JF2 承办公司级活动（加分，每例 0.20）", "承办公司主题党日", date(2026, 8, 11), None, None, 1, 0.2, None, "待确认"),
        }.items()
        for title, value in zip(
            ("项目", "事项", "日期", "文号或事项编号", "佐证", "次数", "申报分", "核定分", "核定"), values, strict=True
        )
        if value is not None
    },
    ("整改情况", "2026Q1-U106-04", "整改情况"): "已完成",
    ("整改情况", "2026Q1-U106-04", "完成日期"): date(2026, 7, 24),
    ("整改情况", "2026Q1-U106-04", "措施"): "条目分解到人并公示",
    ("整改情况", "2026Q1-U106-04", "佐证"): "责任清单（2026年修订）",
    ("整改情况", "2026Q1-U106-04", "核验"): "属实",
    ("整改情况", "2026Q2-U106-02", "整改情况"): "推进中",
    ("整改情况", "2026Q2-U106-02", "措施"): "修订记录模板，组织委员每月10日复核",
    ("整改情况", "2026Q2-U106-06", "整改情况"): "未启动",
    ("任务清单", "T1", "完成情况"): "已完成",
    ("任务清单", "T1", "完成日期"): date(2026, 7, 8),
    ("任务清单", "T1", "得分"): 38.5,
    ("任务清单", "T2", "完成情况"): "部分完成",
    ("任务清单", "T2", "得分"): 20,
    ("任务清单", "T2", "说明"): "共建协议未签",
    ("述职要点", "主要成绩", "内容"): "全年研究党建工作 14 次。",
    ("述职要点", "存在不足", "内容"): "支部工作条例学得不深。",
    ("述职要点", "原因", "内容"): "抓落实的韧劲不够。",
    ("述职要点", "下一步", "内容"): "9月底前补齐记录要素。",
    ("谈话记录", "01", "谈话对象"): "秦若溪",
    ("谈话记录", "01", "职务"): "组织委员",
    ("谈话记录", "01", "日期"): date(2026, 9, 21),
    ("谈话记录", "01", "主要内容"): "了解“三会一课”落实情况",
    ("综合评语", "主要成绩", "内容"): "联学共建扎实。",
    ("综合评语", "改进建议", "内容"): "补齐会议记录要素。\n按月更新台账。",
}  # fmt: skip


@cache
def form_of(unit_class: str = "Ⅰ") -> Form:
    """The form of a class."""
    return plan(scheme(), Q3, unit_class, FORM)


def prefilled(form: Form) -> Prefilled:
    """What is printed for the unit."""
    return prefill(form, UNIT, roster(), problems(), ROW)


@cache
def blank() -> Book:
    """The unit's form as issued."""
    return book(form_of(), UNIT, roster(), problems(), ROW, "2026-09-01")


@cache
def _layouts() -> dict[str, SheetLayout]:
    form = form_of()
    return row_layouts(form, prefilled(form))


def addresses(fields: Fields) -> Typed:
    """Fields as cells of the issued form."""
    layouts = _layouts()
    return {(sheet, layouts[sheet].address(code, title)): value for (sheet, code, title), value in fields.items()}


def at(sheet: str, code: str, title: str) -> tuple[str, str]:
    """Sheet and cell of a field."""
    return sheet, _layouts()[sheet].address(code, title)


def filled(changes: Fields | None = None, kind: str = "xlsx") -> Reading:
    """The wholly filled form as it comes back, with some fields changed (None empties one)."""
    return reading_of(blank(), addresses({**GOOD, **(changes or {})}), kind)


class Register:
    """What went out: one form."""

    @property
    def forms(self) -> tuple[Issued, ...]:
        form = form_of()
        return (issued(form, UNIT, FILE, prefilled(form)),)


@cache
def receiver() -> Receiver:
    """What the period knows."""
    rules = scheme()
    forms = {("DW", each.code): plan(rules, Q3, each.code, FORM) for each in rules.classes}
    return Receiver(rules, roster(), Q3, forms, Register())


def received(reading: Reading, file: str = FILE) -> Received:
    """What one file gives."""
    return receive(receiver(), reading, file)


def said(reading: Reading, file: str = FILE) -> list[tuple[str, str, str, str]]:
    """All faults of a file as (code, effect, sheet, cell)."""
    return [(f.code, f.effect, f.source.sheet, f.source.cell) for f in received(reading, file).faults]
