"""考核结果通报: ranking per class, boards and consequences, common problems; written only when every field is complete."""

from __future__ import annotations

from kaohe.core.exact import ZERO
from kaohe.core.periods import chinese_date
from kaohe.documents.board_rules import read_rules
from kaohe.documents.common_problems import common_problems
from kaohe.documents.printed import class_label, marks, signed
from kaohe.documents.wording import COMMON, common, effect_text, numbered
from kaohe.records.edition import Edition
from kaohe.records.results import FieldResult, ObjectResult

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送机关",
    "单位数": "参评单位数",
    "总体情况": "多段",
    "分组": "组：序号、名称、行（名次、单位、基础分、加减分、总分、等次）",
    "榜名": "榜的名称",
    "榜单说明": "上榜单位与结果运用（多段）",
    "共性问题": "多段",
    "有关要求": "多段",
    "抄送": "抄送机关",
    "印发机关": "印发机关",
    "印发日期": "印发日期",
}


def fields(edition: Edition, number: str) -> dict[str, object]:
    """The fields of the bulletin of a period."""
    scheme, info = edition.scheme, edition.scheme.info
    found = [each for each in edition.outcome.objects if each.total is not None]
    kind = next((each for each in scheme.documents if each.recipients == "全部" and each.layout == "文件"), None)
    return {
        **common(
            edition,
            f"关于{edition.when.title}党建工作考核结果的通报",
            number,
            any(not f.complete for f in edition.outcome.fields),
        ),
        "主送": (kind.addressee if kind else "") or "各参评单位",
        "单位数": len(edition.roster.assessed),
        "总体情况": _overall(edition, found),
        "分组": [_group(edition, index, field, found) for index, field in enumerate(edition.outcome.fields, 1)],
        "榜名": info.get("榜名", "榜单"),
        "榜单说明": _boards(edition, found),
        "共性问题": _common(edition),
        "有关要求": _demands(edition),
        "抄送": (kind.copies_to if kind else "") or info.get("抄送机关", "") or info.get("主办部门", ""),
        "印发机关": info.get("印发机关") or info.get("主办部门", ""),
        "印发日期": chinese_date(edition.row.document_date) or "日期待定",
    }


def _overall(edition: Edition, found: list[ObjectResult]) -> list[str]:
    places = edition.scheme.settings.places
    totals = [each.total for each in found if each.total is not None]
    words = [f"本期应参评{len(edition.roster.assessed)}个单位，实际计分{len(found)}个"]
    if totals:
        mean = sum(totals, ZERO) / len(totals)
        words.append(
            f"平均{marks(mean, places)}分，最高{marks(max(totals), places)}分，最低{marks(min(totals), places)}分"
        )
        old = [each.total for each in edition.before.objects if each.total is not None] if edition.before else []
        if old:
            words.append(f"平均分比上期{signed(mean - sum(old, ZERO) / len(old), places)}分")
    counts = [(band.name, sum(each.grade == band.name for each in found)) for band in edition.scheme.grades]
    shown = dict.fromkeys(f"{name}{count}个" for name, count in dict(counts).items() if count)
    problems = [each for each in edition.ledger.problems if each.period == edition.period]
    closed = [
        each for each in edition.ledger.problems if each.closed_in == edition.period and each.period != edition.period
    ]
    second = f"本期发现问题{len(problems)}个，涉及{len({each.kind for each in problems})}类；以前提出的问题本期销号{len(closed)}个。"
    return ["，".join(words) + (f"。其中{'、'.join(shown)}。" if shown else "。"), second]


def _group(edition: Edition, index: int, field: FieldResult, found: list[ObjectResult]) -> dict[str, object]:
    places = edition.scheme.settings.places
    members = sorted(
        (each for each in found if each.field == field.field), key=lambda each: (each.rank or 9999, each.code)
    )
    labels = "、".join(
        f"{class_label(each)} {each.name}" for each in edition.scheme.classes if each.code in field.classes
    )
    rows = [
        {
            "名次": "" if each.rank is None else f"{each.rank}",
            "单位": each.name,
            "基础分": marks(each.base or ZERO, places),
            "加减分": marks(each.bonus - each.penalty, places),
            "总分": marks(each.total or ZERO, places),
            "等次": each.grade,
        }
        for each in members
    ]
    mean = f"，平均{marks(field.mean, places)}分" if field.mean is not None else ""
    return {"序号": numbered(index), "名称": f"{labels}（{field.size}个{mean}）", "行": rows}


def _boards(edition: Edition, found: list[ObjectResult]) -> list[str]:
    """One sentence per board in the order of the rules, then the consequences of rules that name no board."""
    rules = read_rules(edition.scheme, edition.when.clock)
    texts = []
    for name in dict.fromkeys(each.name for each in rules.boards):
        names = [each.name for each in found if name in each.boards]
        texts.append(f"{name}：{'、'.join(names)}。" if names else f"{name}：无。")
    for rule in edition.scheme.rules:
        if rule.effect not in ("绩效加减", "约谈", "表彰"):
            continue
        hits = [(each, c) for each in found for c in each.consequences if c.rule == rule.number and not c.provisional]
        if hits:
            hit = "、".join(each.name for each, _ in hits)
            texts.append(f"{effect_text(hits[0][1])}：{hit}。")
    return texts


def _common(edition: Edition) -> list[str]:
    fields = [(each.field, each.field) for each in edition.outcome.fields]
    found = common_problems(edition.scheme, edition.outcome, edition.before, fields)
    if not found.rows:
        return [f"没有{found.at_least}个以上单位共有的问题类别。"]
    return [
        f"{index}.{row.name}：{row.units}个单位出现" + ("" if row.before is None else f"，上期{row.before}个") + "。"
        for index, row in enumerate(found.rows, 1)
    ]


def _demands(edition: Edition) -> list[str]:
    info = edition.scheme.info
    return [
        "各党（总）支部要对照反馈通知书和问题整改清单逐项整改，明确措施、责任人和时限，按期销号。",
        "下一考核期对整改情况开展“回头看”，逾期未销号和复发的问题列入重点检查内容。",
        info.get("复核办法", "") or "对考核结果有疑问的，可向主办部门申请复核。",
    ]
