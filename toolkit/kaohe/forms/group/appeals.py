"""申诉复核: what objects contest in the period's published results, and what the review decided. Goes out with the other forms, stays
blank until somebody appeals, and is never due. A decision changes no score by itself: the corrected form does."""

from __future__ import annotations

from fractions import Fraction

from kaohe.forms.free_rows import numbers
from kaohe.forms.group.content import Brought, Made, Setting
from kaohe.forms.group.rows import object_of
from kaohe.forms.normalise import NumberField
from kaohe.forms.parse_rows import begun
from kaohe.forms.returned import Returned
from kaohe.forms.tables import ALWAYS, Field, TableSheet
from kaohe.records.followup import ACCEPTED, DECISIONS, PARTLY, Appeal, Decision
from kaohe.records.layouts import Column

NAME = "申诉复核"
ROWS = 40
#: what may be contested besides a line, an item or a component
WHOLE = ("总分", "等次", "名次")
_OBJECT, _DAY, _ABOUT, _PROBLEM, _REASON, _EVIDENCE = "对象", "申诉日期", "申诉内容", "问题编号", "申诉理由", "佐证"
_DECISION, _OLD, _NEW, _PLACE, _FINDING, _REVIEWER, _DECIDED = (
    "复核结论", "原得分", "更正得分", "更正位置", "复核情况", "复核人", "复核日期",
)  # fmt: skip
_SETTLED = f'{{{_DECISION}}}<>""'
_CHANGED = f'OR({{{_DECISION}}}="{ACCEPTED}",{{{_DECISION}}}="{PARTLY}")'
_NOT_SETTLED = f'{{{_DECISION}}}=""'
_MOST, _LONG = Fraction(1000), 400
_TAUGHT = (
    "结果公布以后有单位申诉的，一行记一件：选对象和申诉内容，写理由；对某个问题有异议的写问题编号。没有申诉的不用交。",
    f"复核以后选结论（{'、'.join(DECISIONS)}），写复核情况、复核人、复核日期；{ACCEPTED}和{PARTLY}的还要写原得分、更正得分和更正位置（文件、表、格）。",
    "结论不直接改分：采纳的，请把更正后的填报表放入“回收”，写明理由重新计算。问题不成立的，填报表里那一行改选“只列问题，不扣分”，"
    f"严重程度空着的补上，不要删行；写明问题编号并选“{ACCEPTED}”的，台账把这个问题记为撤销。",
)


def make(setting: Setting, argument: str) -> Made:
    """The sheet of the office that takes appeals."""
    about = tuple(_about(setting).values())
    day = {"kind": "日期", "width": 12, "align": "center", "format": "yyyy-mm-dd"}
    score = {"kind": "数", "width": 9, "align": "center", "format": "0.00##"}
    table = TableSheet(
        name=NAME,
        title=setting.title(setting.kind.name),
        who=setting.who,
        locked=(Column("序号", "已印好", width=6, align="center"),),
        fields=(
            Field(Column(_OBJECT, "单位填", "选项", width=22), ALWAYS, words=tuple(_labels(setting).values())),
            Field(Column(_DAY, "单位填", **day), ALWAYS, first=setting.row.start),  # type: ignore[arg-type]
            Field(Column(_ABOUT, "单位填", "选项", width=18), ALWAYS, words=about),
            Field(Column(_PROBLEM, "单位选填", width=17, align="center")),
            Field(Column(_REASON, "单位填", width=30), ALWAYS, longest=_LONG),
            Field(Column(_EVIDENCE, "单位选填", width=14)),
            Field(Column(_DECISION, "单位选填", "选项", width=10, align="center"), words=DECISIONS),
            Field(Column(_OLD, "单位选填", **score), _CHANGED, least=-_MOST, most=_MOST),  # type: ignore[arg-type]
            Field(Column(_NEW, "单位选填", **score), _CHANGED, least=-_MOST, most=_MOST),  # type: ignore[arg-type]
            Field(Column(_PLACE, "单位选填", width=16), _CHANGED),
            Field(Column(_FINDING, "单位选填", width=30), _SETTLED, _NOT_SETTLED, longest=_LONG),
            Field(Column(_REVIEWER, "单位选填", width=10, align="center"), _SETTLED, _NOT_SETTLED),
            Field(Column(_DECIDED, "单位选填", **day), _SETTLED, _NOT_SETTLED, first=setting.row.start),  # type: ignore[arg-type]
        ),
        codes=numbers(ROWS),
        unit="件",
        above=dict.fromkeys((_DECISION, _FINDING, _REVIEWER, _DECIDED), "复核后填")
        | dict.fromkeys((_OLD, _NEW, _PLACE), "采纳的填"),
        left="没有申诉的不用交回",
    )
    return Made(table, {_ABOUT: "、".join(about)}, _TAUGHT)


def _labels(setting: Setting) -> dict[str, str]:
    return {each.code: each.label for each in setting.objects}


def _about(setting: Setting) -> dict[str, str]:
    """What may be contested, by code: the whole, the lines, the items of 加减分, and components that have neither."""
    scheme, clock = setting.scheme, setting.period.clock
    found = {word: word for word in WHOLE}
    found |= {each.code: f"{each.code} {each.name}" for each in scheme.indicators if each.is_leaf}
    found |= {each.code: f"{each.code} {each.name}" for each in scheme.adjustments_at(clock)}
    for each in scheme.components:
        if (not each.clocks or clock in each.clocks) and each.code not in found:
            found[each.code] = f"{each.code} {each.name}"
    return found


def read(setting: Setting, argument: str, table: TableSheet, sheet: Returned) -> Brought:
    """One appeal per begun row whose object, matter and reason can be read.

    All faults are 提示 but for a row of nobody: an appeal changes no score by itself. LEDGER-010: still open. LEDGER-011: a decision
    without what it needs counts as open.
    """
    labels, about = _labels(setting), _about(setting)
    found = []
    for row in begun(sheet):
        code = object_of(sheet, row, _OBJECT, labels)
        what, reason = sheet.text(row, _ABOUT, False, soft=True), sheet.text(row, _REASON, False, soft=True, most=_LONG)
        for title, value in ((_ABOUT, what), (_REASON, reason)):
            if value is None:
                sheet.report("ROW-050", row, title, field=title)
        known = what.value.replace("\u3000", " ").split(" ")[0] if what is not None else ""
        if what is not None and known not in about:
            sheet.report("VALUE-055", row, _ABOUT, what.value, soft=True, field=_ABOUT)
            known = what.value
        if code:
            found.append(_appeal(setting, sheet, row, code, known, reason.value if reason is not None else ""))
    return Brought(appeals=tuple(found))


def _appeal(setting: Setting, sheet: Returned, row: str, code: str, what: str, reason: str) -> Appeal:
    def typed(title: str) -> str:
        value = sheet.text(row, title, False, soft=True, most=_LONG)
        return value.value if value is not None else ""

    def day(title: str) -> str:
        value = sheet.day(row, title)
        return value.value if value is not None else ""

    def score(title: str) -> Fraction | None:
        value = sheet.number(row, title, NumberField(title, -_MOST, _MOST, unit="分"), False, soft=True)
        return value.value if value is not None else None

    chosen = sheet.choice(row, _DECISION, DECISIONS, False, soft=True)
    decision: Decision = next((each for each in DECISIONS if chosen is not None and each == chosen.value), "")
    old, new, place = score(_OLD), score(_NEW), typed(_PLACE)
    finding, reviewer, decided = typed(_FINDING), typed(_REVIEWER), day(_DECIDED)
    needed: list[tuple[str, object]] = [(_FINDING, finding), (_REVIEWER, reviewer), (_DECIDED, decided)]
    if decision in (ACCEPTED, PARTLY):
        needed += [(_OLD, old), (_NEW, new), (_PLACE, place)]
    lacking = [title for title, value in needed if value is None or value == ""]
    if not decision:
        sheet.report("LEDGER-010", row, _DECISION, what)
    elif lacking:
        sheet.report("LEDGER-011", row, lacking[0], decision, fields="、".join(lacking))
        decision = ""
    parts = (str(setting.period), code, setting.kind.code, setting.copy.key, row)
    return Appeal(
        appeal_id="-".join(part for part in parts if part), period=str(setting.period), object_code=code, about=what, reason=reason,
        day=day(_DAY), problem_id=typed(_PROBLEM), evidence=typed(_EVIDENCE), decision=decision, old=old, new=new, place=place,
        finding=finding, reviewer=reviewer, decided_on=decided, source=sheet.place(row, _REASON),
    )  # fmt: skip
