"""约谈 and 申诉 in the ledger workbook: what was ordered and what came of it; what was contested and what the review decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kaohe.core.cells import letters
from kaohe.documents import book_styles as looks
from kaohe.documents.results.model import number
from kaohe.records.books import Conditional, Print, Sheet, Style, Value
from kaohe.records.edition import Edition

INTERVIEWS, APPEALS = "约谈", "申诉"
_HEAD, _FIRST = 3, 4
_SCORE = Style(size=10, colour=looks.INK, border=looks.BORDER, align="right", format="0.00##")
_INTERVIEW = (
    ("约谈编号", 20.0, looks.WRAP), ("对象", 18.0, looks.WRAP), ("提出期次", 9.0, looks.CENTRE), ("状态", 9.0, looks.CENTRE),
    ("由谁约谈", 18.0, looks.WRAP), ("事由", 32.0, looks.WRAP), ("约谈日期", 11.0, looks.DAY), ("约谈人", 10.0, looks.WRAP),
    ("约谈对象", 10.0, looks.WRAP), ("表态和承诺", 34.0, looks.WRAP), ("整改要求", 28.0, looks.WRAP), ("要求时限", 11.0, looks.DAY),
    ("登记期次", 9.0, looks.CENTRE),
)  # fmt: skip
_APPEAL = (
    ("申诉编号", 20.0, looks.WRAP), ("对象", 18.0, looks.WRAP), ("期次", 9.0, looks.CENTRE), ("状态", 9.0, looks.CENTRE),
    ("申诉日期", 11.0, looks.DAY), ("申诉内容", 20.0, looks.WRAP), ("问题编号", 16.0, looks.WRAP), ("申诉理由", 34.0, looks.WRAP),
    ("原得分", 8.0, _SCORE), ("更正得分", 8.0, _SCORE), ("更正位置", 20.0, looks.WRAP), ("复核情况", 34.0, looks.WRAP),
    ("复核人", 10.0, looks.WRAP), ("复核日期", 11.0, looks.DAY),
)  # fmt: skip
_OPEN = ("待约谈", "待复核")


def interviews_sheet(edition: Edition, footer: str) -> Sheet:
    """All interviews that rules ordered, the open ones first."""
    rows: list[tuple[Value, ...]] = [
        (
            each.interview_id, name_of(edition, each.object_code), each.period, each.state,
            "，".join(word for word in (each.by, each.target) if word), each.reason, looks.day(each.held), each.talker, each.person,
            each.statement, each.demand, looks.day(each.due), each.held_in,
        )
        for each in sorted(edition.ledger.interviews, key=lambda one: (bool(one.held), one.interview_id))
    ]  # fmt: skip
    waiting = sum(not each.held for each in edition.ledger.interviews)
    note = f"规则提出的约谈 {len(rows)} 次，已登记结果 {len(rows) - waiting} 次，待约谈 {waiting} 次；结果在下一期的约谈结果表登记一次。"
    return _sheet(INTERVIEWS, edition, note, _INTERVIEW, rows, footer)


def appeals_sheet(edition: Edition, footer: str, period: str = "") -> Sheet:
    """All appeals, the open ones first; of one period where it is named."""
    lines = {each.code: each.name for each in edition.scheme.indicators}
    rows: list[tuple[Value, ...]] = [
        (
            each.appeal_id, name_of(edition, each.object_code), each.period, each.state, looks.day(each.day),
            f"{each.about} {lines.get(each.about, '')}".strip(), each.problem_id, each.reason,
            number(each.old) if each.old is not None else None, number(each.new) if each.new is not None else None, each.place,
            each.finding, each.reviewer, looks.day(each.decided_on),
        )
        for each in sorted(edition.ledger.appeals, key=lambda one: (bool(one.decision), one.appeal_id))
        if not period or each.period == period
    ]  # fmt: skip
    return _sheet(APPEALS, edition, appeals_sentence(edition, period), _APPEAL, rows, footer)


def appeals_sentence(edition: Edition, period: str = "") -> str:
    """`申诉 3 件：待复核 1 件，采纳 1 件，维持 1 件。`; of one period where it is named."""
    mine = [each for each in edition.ledger.appeals if not period or each.period == period]
    counts = Counter(each.state for each in mine)
    said = "，".join(f"{state} {counts[state]} 件" for state in ("待复核", "采纳", "部分采纳", "维持") if counts[state])
    return f"申诉 {len(mine)} 件：{said}。" if mine else "没有申诉。"


def name_of(edition: Edition, code: str) -> str:
    """What an object is called in a list: a unit's short name, a person with the unit."""
    unit, person = edition.roster.unit(code), edition.roster.person(code)
    if unit is not None:
        return unit.short or unit.name
    if person is None:
        return code
    home = edition.roster.unit(person.unit)
    return f"{person.name}（{home.short or home.name}）" if home is not None else person.name


def _sheet(
    name: str, edition: Edition, note: str, columns: Sequence[tuple[str, float, Style]], rows: list[tuple[Value, ...]], footer: str
) -> Sheet:  # fmt: skip
    widths = [width for _, width, _ in columns]
    last = max(_FIRST, _FIRST + len(rows) - 1)
    return Sheet(
        name,
        (
            *looks.heading(f"{name}　{edition.scheme.name}　{edition.when.title}", note),
            *looks.head_row(_HEAD, [title for title, _, _ in columns]),
            *looks.rows_of(_FIRST, rows, [style for _, _, style in columns]),
        ),
        widths=dict(enumerate(widths, 1)),
        heights={1: 26.0, _HEAD: 22.0}
        | {row: looks.height_of(values, widths) for row, values in enumerate(rows, _FIRST)},
        freeze=(_FIRST, 3),
        filter=f"A{_HEAD}:{letters(len(columns))}{last}",
        conditionals=tuple(
            Conditional(f"D{_FIRST}:D{last}", f'=$D{_FIRST}="{word}"', Style(bold=True, fill=looks.WEAK_FILL))
            for word in _OPEN
        ),
        print=Print(rows=(_HEAD, _HEAD), footer=footer),
    )
