"""绩效联动清单: for the personnel office, points on performance and shares of the total that count elsewhere, with their sums (5.6).

The sums are those of consequences.csv; effects that read an incomplete field wait, and the note says how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.core.exact import ZERO
from kaohe.core.periods import chinese_date
from kaohe.documents.consequence_rows import counted_objects, name_of, reason_of
from kaohe.documents.printed import marks, number, signed_plain
from kaohe.documents.recipients import Hit, hits
from kaohe.documents.wording import COMMON, addressee, common, decided_by, month_text
from kaohe.records.edition import Edition
from kaohe.records.results import Consequence, ObjectResult
from kaohe.records.scheme import DocumentKind

KIND = "绩效联动清单"
POINTS, SHARE = "绩效加减", "计入"

FIELDS: dict[str, str] = {
    **COMMON,
    "主送": "主送部门，取自文书表",
    "填报日期": "成文日期，没有时为基准日",
    "清单": "一条规则一个对象一行，按去向、月份、规则号排列",
    "清单.序号": "从1起",
    "清单.对象": "单位名称；人员的姓名、单位和职务",
    "清单.类别": "绩效加减 或 计入",
    "清单.分值": "如 +1.5；计入的为算式，如 96.40×20%＝19.28",
    "清单.去向": "计入哪里",
    "清单.月份": "兑现月份；没有时为 —",
    "清单.理由": "理由；软规则注明是建议",
    "清单.规则": "规则号",
    "清单.条款": "办法条款",
    "合计": "按类别、去向、月份合计，一行一项，与 data/consequences.csv 一致",
    "合计.类别": "绩效加减 或 计入",
    "合计.去向": "计入哪里",
    "合计.月份": "兑现月份；没有时为 —",
    "合计.条数": "条数",
    "合计.加分": "绩效加减的加分个数和合计；没有时为 —",
    "合计.减分": "绩效加减的减分个数和合计；没有时为 —",
    "合计.分值": "加减相抵后的合计；计入的为各对象分值的合计，供核对",
    "清单注": "对象数、怎样折算、审定会议、待定的条数",
}


def fields(
    edition: Edition, row: DocumentKind | None, code: str, number: str, pending: bool = False
) -> dict[str, object]:
    """The fields of the list; `code` is not used, the list is one for all."""
    found = links(edition, row)
    final = [each for each in found if not each.consequence.provisional]
    return {
        **common(edition, row, f"{edition.when.title}绩效联动清单", number, pending),
        "主送": addressee(row, "组织人事部门"),
        "填报日期": chinese_date(edition.row.document_date or edition.row.reference_date),
        "清单": [_row(edition, index, each) for index, each in enumerate(final, 1)],
        "合计": list(_sums([each.consequence for each in final])),
        "清单注": _note(edition, final, len(found) - len(final), pending),
    }


def links(edition: Edition, row: DocumentKind | None) -> tuple[Hit, ...]:
    """Every link, by 去向 in the order of the rules, then month, rule and object."""
    order = {rule.number: place for place, rule in enumerate(edition.scheme.rules)}
    targets: dict[str, int] = {}
    for rule in edition.scheme.rules:
        if rule.effect in (POINTS, SHARE):
            targets.setdefault(rule.target, len(targets))

    def place(each: Hit) -> tuple[int, str, int]:
        one = each.consequence
        return targets.get(one.target, len(targets)), one.month, order.get(one.rule, len(order))

    return tuple(sorted(hits(edition, row, POINTS, SHARE), key=place))


def applies(edition: Edition, row: DocumentKind) -> bool:
    """Whether anything counts elsewhere."""
    return bool(links(edition, row))


def _row(edition: Edition, index: int, each: Hit) -> dict[str, object]:
    one = each.consequence
    return {
        "序号": index,
        "对象": name_of(edition, each.object),
        "类别": one.effect,
        "分值": _points(edition, each.object, one),
        "去向": one.target or "—",
        "月份": month_text(one.month) or "—",
        "理由": reason_of(one),
        "规则": one.rule,
        "条款": one.clause,
    }


def _points(edition: Edition, each: ObjectResult, one: Consequence) -> str:
    """+1.5; for a share the working with the total, so that the office can check it."""
    if one.effect == POINTS:
        return signed_plain(one.amount) if one.amount is not None else one.parameter
    share = one.parameter.rstrip("%％")
    if one.amount is None or each.total is None:
        return f"按{share}%计入"
    return f"{marks(each.total, edition.scheme.settings.places)}×{share}%＝{number(one.amount)}"


def _sums(found: Sequence[Consequence]) -> Iterator[dict[str, object]]:
    """By effect, 去向 and month: points up, down and net; shares as a sum to check against."""
    groups: dict[tuple[str, str, str], list[Fraction]] = {}
    for one in found:
        if one.amount is not None:
            groups.setdefault((one.effect, one.target, one.month), []).append(one.amount)
    for (effect, target, month), amounts in groups.items():
        points = effect == POINTS
        up, down = ([each for each in amounts if (each > 0) == side] if points else [] for side in (True, False))
        total = sum(amounts, ZERO)
        yield {
            "类别": effect,
            "去向": target or "—",
            "月份": month_text(month) or "—",
            "条数": len(amounts),
            "加分": f"{len(up)}个，{signed_plain(sum(up, ZERO))}" if up else "—",
            "减分": f"{len(down)}个，{signed_plain(sum(down, ZERO))}" if down else "—",
            "分值": signed_plain(total) if points else number(total),
        }


def _note(edition: Edition, final: list[Hit], waiting: int, pending: bool) -> str:
    words = [
        f"共{len(final)}条" + (f"，涉及{who}" if (who := counted_objects([each.object for each in final])) else "")
    ]
    words += [f"另有{waiting}条与名次、等次有关，待有关单位考核完成后确定"] if waiting else []
    words += [] if pending else [decided_by(edition)]
    return "；".join(word for word in words if word) + "。"
