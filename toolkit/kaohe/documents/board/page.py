"""The board page 榜.html: everything the template lays out, computed. Runs once a period, after evaluation, on one `Edition`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from kaohe.core.periods import chinese_date, parse_period
from kaohe.documents.board.cards import board_pairs, component_cards, components_title, hit_boxes
from kaohe.documents.board.detail import told_words
from kaohe.documents.board.fields import field_tables
from kaohe.documents.board.grades import grade_rows
from kaohe.documents.board.lead import lead, provisional_words
from kaohe.documents.board.rules import (
    BoardRules,
    condition_words,
    consequence_words,
    fired,
    read_rules,
)
from kaohe.documents.board.strips import strips, units_per_dot
from kaohe.documents.board.units import unit_groups
from kaohe.documents.board.views import FieldView, field_views, leading
from kaohe.documents.common_problems import common_problems
from kaohe.documents.printed import CLOCK_WORDS, counted, day_span, month_day, number, sentences
from kaohe.records.edition import Edition
from kaohe.records.results import Consequence
from kaohe.records.rules import Rule
from kaohe.scheme.figures import named
from kaohe.scheme.show import effect_text

MOST_LINKS = 4  # classes that the head names one by one
MOST_LINK_LETTERS = 24
_PLACES = {0: "整数", 1: "一位小数", 2: "两位小数", 3: "三位小数"}


class RuleLine(msgspec.Struct, frozen=True):
    """A rule as printed: conditions, effect, clause, how many it hit ("" = 暂定 somewhere)."""

    number: str
    conditions: str
    effect: str
    clause: str
    hits: str


def fields(edition: Edition) -> dict[str, object]:
    """The fields of `board.html.j2`: strings ready to print and drawings in px; nothing is left to compute.

    Keys: organisation, department, title, period_title, dates, sample, lead, provisional, pairs, boxes, grades, strips, strips_note,
    dot_words, tables, links, common, components, components_title, units, others, told, rules, words, notes, made, rounding, appeal.
    """
    info = edition.scheme.info
    rules = read_rules(edition.scheme, edition.when.clock)
    views = field_views(edition)
    first = leading(views)
    components = component_cards(edition, first, rules)
    units = unit_groups(edition, views, rules)
    tables = field_tables(edition, views, rules)
    shown = {table.anchor for table in tables}
    return {
        "organisation": info.get("组织名称", ""),
        "department": info.get("主办部门", ""),
        "title": info.get("榜名") or edition.scheme.name,
        "period_title": edition.when.title,
        "dates": _dates(edition),
        "sample": "示例数据，单位与人员均为虚构。" if edition.is_sample else "",
        "lead": lead(edition, views, rules),
        "provisional": provisional_words(views, rules),
        "pairs": board_pairs(edition, views, rules),
        "boxes": hit_boxes(edition, views, rules),
        "grades": grade_rows(edition, views, rules),
        "strips": strips(edition, views, rules),
        "strips_note": _strips_note(edition, views),
        "dot_words": "一点一单位" if (dots := units_per_dot(views)) == 1 else f"一点约{dots}个单位",
        "tables": tables,
        "links": links([view for view in views if view.anchor in shown]),
        "common": common_problems(
            edition.scheme,
            edition.outcome,
            edition.before,
            [(view.field.field, view.brief) for view in first] if len(first) > 1 else [],
        ),
        "components": components,
        "components_title": f"{counted(len(components))}个{components_title(edition)}",
        "units": units,
        "others": tuple(group for group in units if not group.anchor),
        "told": told_words(edition),
        "rules": _rule_lines(edition, views, rules),
        "words": CLOCK_WORDS[edition.when.clock],
        "notes": _notes(edition, rules),
        "made": _made(edition),
        "rounding": _rounding(edition, any(unit.anchor for group in units for unit in group.units)),
        "appeal": _appeal(edition),
    }


def links(views: Sequence[FieldView]) -> tuple[tuple[str, str], ...]:
    """Where the page's head leads to: each class, or all of them at once where there are many, or their labels long."""
    if len(views) > MOST_LINKS or sum(len(view.label) for view in views) > MOST_LINK_LETTERS:
        return ((views[0].anchor, "各类名次"),)
    return tuple((view.anchor, view.label) for view in views)


def _dates(edition: Edition) -> tuple[str, ...]:
    """When it was inspected (from the covers), the reference date, and the public notice, as far as known."""
    days = sorted(each.cover.inspected_on.value for each in edition.submissions if each.cover.inspected_on)
    row = edition.row
    return tuple(
        text
        for text in (
            f"检查{day_span(days[0], days[-1])}" if days else "",
            f"基准日{month_day(edition.outcome.as_of or row.reference_date)}",
            f"成文{month_day(row.document_date)}" if row.document_date else "",
            f"公示{day_span(row.notice_from, row.notice_to)}" if row.notice_from else "",
        )
        if text
    )


def _strips_note(edition: Edition, views: Sequence[FieldView]) -> str:
    if len(views) < 2:
        return ""
    own_lines = any(each.is_leaf and each.classes for each in edition.scheme.indicators)
    labels = "、".join(view.label for view in views) if len(views) <= MOST_LINKS else "各类"
    return f"{labels}{'考核要点各有侧重，' if own_lines else ''}只在本类内排名，不跨类比较"


def _notes(edition: Edition, rules: BoardRules) -> str:
    """The reading of the tables' signs."""
    words = CLOCK_WORDS[edition.when.clock]
    backs = "、".join(board.name for board in rules.main("back"))
    parts = []
    if edition.earlier:
        parts.append(f"各{words.unit}折线为总分，同类共用纵轴，虚线为本类均值{f'，末点空心为{backs}' if backs else ''}")
    if any(limit.reads("基础分") for limit in rules.thresholds):
        parts.append("◇为基础分触发结果运用")
    if edition.scheme.settings.tie_breaks:
        breaks = edition.scheme.settings.tie_breaks
        ways = "、".join(f"{named(thing, edition.scheme)}{way}者在前" for thing, way in breaks)
        parts.append(f"总分相同时依次比较{ways}，仍相同的名次并列，其后名次空出")
    else:
        parts.append("总分相同的名次并列，其后名次空出")
    return sentences(parts)


def _made(edition: Edition) -> tuple[str, ...]:
    counts = Counter(each.verdict for each in edition.files)
    read = sum(count for verdict, count in counts.items() if verdict != "忽略")
    told = "、".join(f"{verdict}{counts[verdict]}份" for verdict in ("受理", "提示", "存疑", "拒收") if counts[verdict])
    missing = [each.name for each in edition.outcome.objects if each.status == "未报"]
    before = parse_period(str(edition.when.previous))
    earlier = ""
    if edition.outcome.before and before:
        sealed = "" if edition.outcome.before_sealed else "，尚未归档"
        earlier = f"上期为{before.title}，结果标识{edition.outcome.before[:12]}{sealed}。"
    as_of = edition.outcome.as_of or edition.row.reference_date
    return tuple(
        text
        for text in (
            f"基准日{chinese_date(as_of)}" + (f"，输入标识{edition.mark}。" if edition.mark else "。"),
            f"收到填报表{read}份（{told}）。" if read else "",
            f"未报：{'、'.join(missing)}。" if missing else "",
            earlier,
            f"审定：{edition.row.approval}。" if edition.row.meeting else "",
        )
        if text
    )


def _rounding(edition: Edition, units_open: bool) -> tuple[str, ...]:
    settings, info = edition.scheme.settings, edition.scheme.info
    places = _PLACES.get(settings.places, f"{settings.places}位小数")
    rounded = (
        f"过程不取整，总分一次四舍五入到{places}" if settings.rounding == "一次" else f"每一级都四舍五入到{places}"
    )
    compared = "取整后的分" if settings.compare == "舍入值" else "未取整的分"
    cap = f"，加分合计最多{number(settings.bonus_cap)}分" if settings.bonus_cap is not None else ""
    return tuple(
        text
        for text in (
            f"满分{number(settings.full_scale)}分；{rounded}；名次和规则按{compared}比较。",
            f"总分＝基础分＋加分−减分{cap}。" if edition.scheme.adjustments else "",
            f"依据：{info['办法名称']}。" if info.get("办法名称") else "",
            "点名称可看逐项失分、条款和整改。" if units_open else "",
        )
        if text
    )


def _appeal(edition: Edition) -> tuple[str, ...]:
    info = edition.scheme.info
    contact = "，".join(part for part in (info.get("联系人", ""), info.get("联系电话", "")) if part)
    how = info.get("复核办法", "")
    return tuple(
        text
        for text in (
            how or f"请与{info.get('主办部门', '主办部门')}联系。",
            f"联系人：{contact}。" if contact else "",
        )
        if text
    )


def _rule_lines(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[RuleLine, ...]:
    """The rules of this clock, also those that hit nobody."""
    clock = edition.when.clock
    live = [rule for rule in edition.scheme.rules if not rule.clocks or clock in rule.clocks]
    return tuple(_rule_line(rule, edition, views) for rule in live)


def _rule_line(rule: Rule, edition: Edition, views: Sequence[FieldView]) -> RuleLine:
    found = [c for each in edition.outcome.objects for c in fired(each, (rule,))]
    settled = [each for each in found if not each.provisional]
    month = next((each.month for each in settled), "")
    amount = next((each.amount for each in found), None)
    effect = Consequence(rule.number, rule.effect, rule.parameter, amount, rule.target, month, "", "", rule.soft)
    if rule.effect == "上榜":
        words = f"上{rule.parameter}"
    else:
        words = consequence_words(effect) if amount is not None or rule.effect == "约谈" else effect_text(rule)
    pending = any(not view.field.complete for view in views) and len(settled) < len(found)
    return RuleLine(
        number=rule.number,
        conditions="；".join(condition_words(each, edition.scheme) for each in rule.conditions),
        effect=words,
        clause=rule.clause,
        hits="暂定" if pending else str(len(settled)),
    )
