"""Wording that the official documents share: the fields every kind has, dates, ranks, what follows from a rule, who is not ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kaohe.core.numerals import numeral as numeral
from kaohe.core.periods import chinese_date
from kaohe.documents.drafts import lacking
from kaohe.documents.printed import class_label, class_title, number
from kaohe.records.edition import Edition
from kaohe.records.results import Consequence, FieldResult, ObjectResult
from kaohe.records.scheme import DocumentKind

#: words of 去向 for the object itself, and how it is spoken to
_SELF = {"": "", "本单位": "你单位", "你单位": "你单位", "本人": "本人"}
_GIVING = ("予以", "给予", "授予", "表彰", "确定", "评为", "命名")
#: effects that a unit is told of; the others (发文, 待定, 否优 …) show in the grade or are the office's own business
TOLD = ("上榜", "绩效加减", "约谈", "表彰", "限制其他考核", "计入", "提示")

COMMON: dict[str, str] = {
    "标题": "文件属性里的标题",
    "属性日期": "文件属性里的日期：成文日期，没有时为基准日",
    "标注": "页眉的标注：草稿、暂定、示例数据；正式文书为空",
    "发文机关": "发文机关标志，取自基本信息",
    "文号": "发文字号；草稿和暂定的文书为空",
    "署名": "发文机关署名",
    "成文日期": "成文日期，如 2026年10月14日；没有时为“成文日期待定”",
    "期次": "如 2026年第三季度",
    "基准日": "如 2026年10月10日",
    "考核名称": "方案名称",
    "办法名称": "考核办法的名称，不带书名号",
    "依据文号": "考核办法的文号（期次表的依据）；没有时为空",
    "审定会议": "审定结果的会议，有审定日期的写在括号里；暂定时为空",
    "审定机关": "审定结果的机关",
    "组织名称": "组织名称",
    "主办部门": "主办部门",
    "联系人": "主办部门的联系人",
    "联系电话": "联系电话",
    "复核办法": "怎样申请复核",
    "公示期": "如 2026年10月15日至10月21日；没有时为空",
    "印发机关": "印发机关（文件的版记用），取自基本信息；没有时为主办部门",
    "印发日期": "成文日期；草稿为空",
    "抄送": "抄送机关，用顿号或逗号隔开；没有时为空",
    "校验码": "这份文书内容的校验码，前12位；文书登记表里也有",
}


def common(
    edition: Edition, kind: DocumentKind | None, title: str, doc_number: str, provisional: bool = False
) -> dict[str, object]:
    """The fields of `COMMON`. Without a decided document date or approval it is a 草稿, with `provisional` it is 暂定; neither has a number.

    `kind` is the scheme's row of the document kind; None where the scheme has none.
    """
    info, row = edition.scheme.info, edition.row
    mark = info.get("发文机关", "")
    law = info.get("办法名称", "").strip("《》")
    return {
        "标题": title,
        "属性日期": row.document_date or row.reference_date,
        "标注": status_mark(edition, provisional, kind.kind if kind else ""),
        "发文机关": mark,
        "文号": "" if provisional or lacking(edition, kind.kind if kind else "") else doc_number,
        "署名": info.get("发文机关署名") or mark,
        "成文日期": chinese_date(row.document_date) or "成文日期待定",
        "期次": edition.when.title,
        "基准日": chinese_date(row.reference_date),
        "考核名称": edition.scheme.name,
        "办法名称": law,
        "依据文号": "" if law and law in row.basis else row.basis,
        "审定会议": "" if provisional else row.approval,
        "审定机关": info.get("审定机关", ""),
        "组织名称": info.get("组织名称", ""),
        "主办部门": info.get("主办部门", ""),
        "联系人": info.get("联系人", ""),
        "联系电话": info.get("联系电话", ""),
        "复核办法": info.get("复核办法", ""),
        "公示期": date_span(row.notice_from, row.notice_to),
        "印发机关": info.get("印发机关") or info.get("主办部门", ""),
        "印发日期": chinese_date(row.document_date),
        "抄送": _copies(kind, info),
        "校验码": "",  # of the contents: `documents.stamp`
    }


def _copies(kind: DocumentKind | None, info: Mapping[str, str]) -> str:
    """Who gets a copy: as the row says; where it says nothing, a 文件 goes to the 抄送机关 of the scheme, a letter to nobody else."""
    if kind is None:
        return ""
    return (kind.copies_to or (info.get("抄送机关", "") if kind.layout == "文件" else "")).rstrip("。")


def addressee(row: DocumentKind | None, name: str) -> str:
    """主送 of the scheme's row with {单位名称} filled in; the name where the row has none. Without the colon."""
    return ((row.addressee if row else "") or name).replace("{单位名称}", name).rstrip("：")


def decided_by(edition: Edition) -> str:
    """`由集团党委（集团党委第9次会议）审定`; "" where neither is known."""
    organ, meeting = edition.scheme.info.get("审定机关", ""), edition.row.approval
    if organ and meeting:
        return f"由{organ}（{meeting}）审定"
    return f"由{organ or meeting}审定" if organ or meeting else ""


def inspection(edition: Edition, unit: str) -> dict[str, object]:
    """检查组 and 检查日期 of a unit: `考核组` without a team, "" without a date on the cover."""
    team, mine = edition.roster.team_of(unit), edition.submission(unit)
    day = mine.cover.inspected_on if mine else None
    return {"检查组": team.name if team else "考核组", "检查日期": chinese_date(day.value if day else "")}


def kind_of(edition: Edition, kind: str) -> DocumentKind | None:
    """The scheme's row of a document kind at the edition's clock, or None."""
    clock = edition.when.clock
    return next(
        (each for each in edition.scheme.documents if each.kind == kind and (not each.clocks or clock in each.clocks)),
        None,
    )


def status_mark(edition: Edition, provisional: bool, kind: str = "") -> str:
    """What every page of a document that is not final says at its top; "" for a final one of a real assessment."""
    notes = ["草稿"] if lacking(edition, kind) else []
    notes += ["暂定（名次、等次待定）"] if provisional else []
    notes += ["示例数据（单位和人员均为虚构）"] if edition.is_sample else []
    return "　".join(notes)


def date_span(first: str, last: str) -> str:
    """2026年10月15日至10月21日; the year is repeated where it changes; "" without a first date."""
    if not first or not last or first == last:
        return chinese_date(first or last)
    end = chinese_date(last)
    return f"{chinese_date(first)}至{end.partition('年')[2] if first[:4] == last[:4] else end}"


def listing(names: Sequence[str], last: str = "、") -> str:
    """Names joined by 、 (and `last` before the last one)."""
    return "、".join(names) if len(names) < 2 or last == "、" else f"{'、'.join(names[:-1])}{last}{names[-1]}"


def rank_text(result: ObjectResult) -> str:
    """`列第3名`, `并列第3名`; "" without a rank."""
    return "" if result.rank is None else f"{'并列' if result.shared else '列'}第{result.rank}名"


def class_text(edition: Edition, classes: Sequence[str]) -> str:
    """How classes are called in a sentence: Ⅰ类县区公司党总支; several joined by 、."""
    found = (edition.scheme.class_of(code) for code in classes)
    return listing([f"{class_label(each)}{class_title(each)}" for each in found if each is not None])


def field_text(edition: Edition, field: FieldResult | None, result: ObjectResult) -> str:
    """The field in which an object is ranked, in words; its own class where it is ranked in none."""
    return class_text(edition, field.classes if field else (result.unit_class,))


def is_told(each: Consequence) -> bool:
    """Whether the object is told of a consequence; a 提示 for somebody else (去向 names an office) is that office's own business."""
    return each.effect in TOLD and (each.effect != "提示" or each.target in _SELF)


def effect_text(each: Consequence) -> str:
    """What follows from a rule, without the reason: `月度绩效加1.5分`, `列入红榜`, `由公司党委约谈党组织书记`."""
    if each.effect == "绩效加减" and each.amount is not None:
        return f"{each.target or '绩效'}{'加' if each.amount > 0 else '减'}{number(abs(each.amount))}分"
    if each.effect == "上榜":
        return f"列入{each.parameter}"
    if each.effect == "约谈":
        return f"由{each.parameter}约谈{each.target or '主要负责人'}"
    if each.effect == "计入":
        return f"按{each.parameter.rstrip('%％')}%计入{each.target}"
    if each.effect == "限制其他考核":
        return f"{each.target}{each.parameter}"
    if each.effect == "提示" and each.target:
        return f"请{_SELF.get(each.target, each.target)}{each.parameter}" if each.parameter else ""
    if each.effect == "表彰":
        head = each.parameter if each.parameter.startswith(_GIVING) else f"表彰为{each.parameter}"
        return head + (f"（{each.target}）" if each.target else "")
    return "".join(word for word in (each.parameter, each.target) if word)


def consequence_text(each: Consequence) -> str:
    """One consequence as a sentence: reason, clause, what follows, month. A reason that says what follows is not repeated."""
    reason, effect = each.reason.rstrip("。；，"), effect_text(each)
    basis = clause_text(each.clause)
    said = bool(effect) and effect in reason
    follows = "" if said else ("建议" if each.soft and effect else "") + effect
    month = f"{month_text(each.month)}兑现" if each.month else ""
    words = (reason, basis, follows, month) if follows else (basis, reason, month)
    return "，".join(word for word in words if word) + "。"


def clause_text(clause: str) -> str:
    """依据第十条（一）; "" without a clause."""
    return f"依据{clause}" if clause else ""


def growth(now: int, before: int | None) -> str:
    """`，比上期增加5个`; "" without an earlier period."""
    if before is None:
        return ""
    return f"，比上期{'增加' if now > before else '减少'}{abs(now - before)}个" if now != before else "，与上期持平"


def month_text(month: str) -> str:
    """2026-10 → 2026年10月; other words stay as they are."""
    year, mark, rest = month.partition("-")
    return f"{int(year)}年{int(rest)}月" if mark and year.isdigit() and rest.isdigit() else month
