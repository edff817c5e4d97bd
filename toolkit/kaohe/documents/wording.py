"""Wording shared by the official documents: dates, ranks, drafts, the fields that every kind has."""

from __future__ import annotations

from datetime import date

from kaohe.core.periods import chinese_date
from kaohe.core.workdays import add_days
from kaohe.documents.printed import number
from kaohe.records.edition import Edition
from kaohe.records.problems import Problem
from kaohe.records.results import Consequence, ObjectResult

COMMON: dict[str, str] = {
    "标题": "文件属性里的标题",
    "属性日期": "文件属性里的日期（成文日期或基准日）",
    "发文机关": "发文机关标志，如 中共××公司委员会",
    "文号": "发文字号；草稿和暂定的没有",
    "草稿": "草稿或暂定的说明；正式文书为空",
    "署名": "发文机关署名",
    "成文日期": "成文日期，如 2026年10月14日；未定为 成文日期待定",
    "期次": "如 2026年第三季度",
    "办法名称": "考核办法的名称，不带书名号",
    "审定说明": "经哪次会议审定，句末带逗号；未审定为空",
    "组织名称": "组织名称",
    "主办部门": "主办部门",
}


def common(edition: Edition, title: str, number: str, provisional: bool = False) -> dict[str, object]:
    """The fields of `COMMON`. Without a decided date the document is a 草稿, with `provisional` it is 暂定; neither has a number."""
    info, row = edition.scheme.info, edition.row
    mark = info.get("发文机关", "")
    notes = []
    if not row.document_date:
        notes.append("草稿：成文日期未定")
    if provisional:
        notes.append("暂定：同组还有单位未报或存疑，名次、等次待定")
    if edition.is_sample:
        notes.append("示例数据，单位与人员均为虚构")
    return {
        "标题": title,
        "属性日期": row.document_date or row.reference_date,
        "发文机关": mark,
        "文号": number if row.document_date and not provisional else "",
        "草稿": "；".join(notes),
        "署名": info.get("发文机关署名") or mark,
        "成文日期": chinese_date(row.document_date) or "成文日期待定",
        "期次": edition.when.title,
        "办法名称": info.get("办法名称", "").strip("《》"),
        "审定说明": f"经{row.meeting}审定，" if row.meeting and not provisional else "",
        "组织名称": info.get("组织名称", ""),
        "主办部门": info.get("主办部门", ""),
    }


def limit_days(edition: Edition, problems: tuple[Problem, ...]) -> tuple[int, str, str]:
    """(days for the plan, kind of days, date by which it is due) for the most urgent severity among the problems."""
    named = {each.severity for each in problems}
    found = [each for each in edition.scheme.severities if each.name in named]
    if not found:
        return 0, "", ""
    first = min(found, key=lambda each: each.plan_days)
    start = edition.row.document_date or edition.row.reference_date
    due = add_days(date.fromisoformat(start), first.plan_days, first.day_kind)
    return first.plan_days, first.day_kind, chinese_date(due.isoformat())


def rank_text(result: ObjectResult) -> str:
    """`列本类第3名（共10个）`, with 并列; "" without a rank."""
    if result.rank is None:
        return ""
    return f"列本类{'并列' if result.shared else ''}第{result.rank}名（共{result.field_size}个）"


def effect_text(each: Consequence) -> str:
    """What follows, without the reason: `月度绩效减0.5分，10月兑现（第十二条（五））`; only the clause where the rule names nothing."""
    return _effect(each) + (f"（{each.clause}）" if each.clause else "")


def consequence_text(each: Consequence) -> str:
    """One consequence as a sentence without its end mark: reason, then what follows."""
    reason = each.reason.rstrip("。；，：")
    if not reason:
        return effect_text(each)
    return f"{reason}：{effect_text(each)}" if _effect(each) else f"{reason}{effect_text(each)}"


def _effect(each: Consequence) -> str:
    if each.effect == "绩效加减" and each.amount is not None:
        text = f"{each.target}{'加' if each.amount > 0 else '减'}{number(abs(each.amount))}分"
    elif each.effect == "上榜":
        text = f"列入{each.parameter}"
    elif each.effect == "约谈":
        text = f"由{each.parameter}约谈{each.target}"
    else:
        text = " ".join(word for word in (each.parameter, each.target) if word)
    return text + (f"，{int(each.month[5:])}月兑现" if len(each.month) == 7 else "")


def numbered(count: int) -> str:
    """Chinese ordinal of a heading: 1 → 一, 12 → 十二 (up to 99)."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
