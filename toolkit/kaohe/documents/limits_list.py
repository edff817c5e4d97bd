"""结果限制清单: for the personnel office, who may not get what elsewhere, by which rule, clause and for which reason (5.6).

Effects that read an incomplete field are left out until it is complete; the note says how many wait.
"""

from __future__ import annotations

from kaohe.core.periods import chinese_date
from kaohe.documents.consequence_rows import counted_objects, grade_of, place_of, reason_of
from kaohe.documents.recipients import Hit, hits
from kaohe.documents.wording import COMMON, addressee, common, decided_by
from kaohe.records.edition import Edition
from kaohe.records.scheme import DocumentKind

KIND, EFFECT = "结果限制清单", "限制其他考核"

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送部门，取自文书表",
    "填报日期": "成文日期，没有时为基准日",
    "清单": "受限制的单位和人员，一条规则一行，按规则号、对象排列",
    "清单.序号": "从1起",
    "清单.对象": "单位名称或人员姓名",
    "清单.归属": "人员的单位和职务；单位的分类",
    "清单.等次": "审定的考核等次；没有总评的人员为 —",
    "清单.限制": "哪项考核受什么限制，如 个人年度考核不得评为优秀",
    "清单.理由": "理由；软规则注明是建议",
    "清单.规则": "规则号",
    "清单.条款": "办法条款",
    "清单注": "单位数、人数、审定会议、待定的条数",
}


def fields(
    edition: Edition, row: DocumentKind | None, code: str, number: str, pending: bool = False
) -> dict[str, object]:
    """The fields of the list; `code` is not used, the list is one for all."""
    found = limits(edition, row)
    final = [each for each in found if not each.consequence.provisional]
    return {
        **common(edition, row, f"{edition.when.title}考核结果限制清单", number, pending),
        "主送": addressee(row, "组织人事部门"),
        "填报日期": chinese_date(edition.row.document_date or edition.row.reference_date),
        "清单": [_row(edition, index, each) for index, each in enumerate(final, 1)],
        "清单注": _note(edition, final, len(found) - len(final), pending),
    }


def limits(edition: Edition, row: DocumentKind | None) -> tuple[Hit, ...]:
    """Every limit, in the order of the rules, then of the objects."""
    order = {rule.number: place for place, rule in enumerate(edition.scheme.rules)}
    found = hits(edition, row, EFFECT)
    return tuple(sorted(found, key=lambda each: order.get(each.consequence.rule, len(order))))


def applies(edition: Edition, row: DocumentKind) -> bool:
    """Whether anybody is limited."""
    return bool(limits(edition, row))


def _row(edition: Edition, index: int, each: Hit) -> dict[str, object]:
    one = each.consequence
    return {
        "序号": index,
        "对象": each.object.name,
        "归属": place_of(edition, each.object),
        "等次": grade_of(each.object),
        "限制": f"{one.target}{one.parameter}",
        "理由": reason_of(one),
        "规则": one.rule,
        "条款": one.clause,
    }


def _note(edition: Edition, final: list[Hit], waiting: int, pending: bool) -> str:
    words = [
        f"共{len(final)}条" + (f"，涉及{who}" if (who := counted_objects([each.object for each in final])) else "")
    ]
    words += [f"另有{waiting}条与名次、等次有关，待有关单位考核完成后确定"] if waiting else []
    words += [] if pending else [decided_by(edition)]
    return "；".join(word for word in words if word) + "。"
