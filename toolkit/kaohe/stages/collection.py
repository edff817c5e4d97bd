"""What the first step found, and how it is told: progress per class, what was typed, what was mended, what to do next."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import msgspec

from kaohe.core.exact import ZERO, plain
from kaohe.core.faults import Fault, withholds
from kaohe.records.edition import FileRow
from kaohe.records.people import Roster, Unit
from kaohe.records.returns import Opening, Shared, Submission
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.stages.gathering import CopyRow

_ORDER = ("受理", "提示", "存疑")


class Collection(msgspec.Struct, frozen=True):
    """What the first step found. `missing`: assessed units that owe a form which carries points. `marked`: marked copies written.
    `copies`: the group-wide workbooks, `shared`: what they brought."""

    scheme: Scheme
    roster: Roster
    context: Context
    files: tuple[FileRow, ...]
    faults: tuple[Fault, ...]
    submissions: tuple[Submission, ...]
    openings: tuple[Opening, ...]
    missing: tuple[Unit, ...]
    marked: tuple[str, ...]
    mended: tuple[Fault, ...]
    shared: Shared = Shared()
    copies: tuple[CopyRow, ...] = ()

    @property
    def absent(self) -> tuple[CopyRow, ...]:
        """The group-wide workbooks that must still come."""
        return tuple(each for each in self.copies if each.is_absent)

    @property
    def missing_rows(self) -> list[tuple[str, str, str, str]]:
        """Who owes what: code, name, contact, phone; group-wide workbooks by form and who fills them."""
        units = [(unit.code, unit.name, unit.contact, unit.phone) for unit in self.missing]
        return [*units, *((each.form, f"{each.name}　{each.who}".strip(), "", "") for each in self.absent)]

    @property
    def has_findings(self) -> bool:
        """Whether something is faulty or missing beyond 提示 (exit code 1)."""
        return bool(self.missing or self.absent) or withholds(self.faults)

    @property
    def progress(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Per class, then per group-wide form: 应报 已报 受理 提示 存疑 拒收 未报. An object with several forms counts with its worst."""
        verdicts: dict[str, str] = {}
        for each in self.files:
            if each.unit_code and _ORDER.index(each.verdict) >= _ORDER.index(verdicts.get(each.unit_code, "受理")):
                verdicts[each.unit_code] = each.verdict
        missing = {unit.code for unit in self.missing}
        rows: list[tuple[object, ...]] = []
        classes = [(f"{each.code} 类", [each.code]) for each in self.scheme.classes if each.object == "单位"]
        for label, members in (*classes, ("合计", None)):
            units = [unit for unit in self.roster.assessed if members is None or unit.unit_class in members]
            counts = [sum(verdicts.get(unit.code) == word for unit in units) for word in _ORDER]
            refused = sum(each.verdict == "拒收" for each in self.files) if members is None else ""
            absent = sum(unit.code in missing for unit in units)
            rows.append((label, len(units), len(units) - absent, *counts, refused, absent))
        for form, name in dict.fromkeys((copy.form, copy.name) for copy in self.copies):
            mine = [copy for copy in self.copies if copy.form == form]
            absent = sum(not copy.verdict for copy in mine)
            counts = [sum(copy.verdict == word for copy in mine) for word in _ORDER]
            rows.append((name, len(mine), len(mine) - absent, *counts, "", absent))
        return ("类别", "应报", "已报", "受理", "提示", "存疑", "拒收", "未报"), rows

    @property
    def typed(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Per class: deductions, points asked, claims, reports, verdicts; and entries and ballots, where group-wide workbooks brought any."""
        rows: list[tuple[object, ...]] = []
        home = {unit.code: unit.unit_class for unit in self.roster.units}
        home |= {person.code: person.person_class for person in self.roster.persons if person.person_class}
        brought = {
            "日常积分": [row.object_code for row in self.shared.daily],
            "评价打分": [row.object_code for row in self.shared.ballots],
            "事项": [row.object_code for row in self.shared.events],
        }
        more = {title: Counter(home.get(code, "") for code in codes) for title, codes in brought.items() if codes}
        for each in self.scheme.classes:
            if each.object == "人员" and not any(counts[each.code] for counts in more.values()):
                continue
            mine = [sub for sub in self.submissions if home.get(sub.object_code) == each.code]
            deductions = [row for sub in mine for row in sub.deductions]
            reports = [row for sub in mine for row in sub.reports if row.state]
            verdicts = [row for sub in mine for row in sub.reports if row.verdict]
            claims = [row for sub in mine for row in sub.claims]
            claimed = sum((row.claimed.value for row in claims if row.claimed), ZERO)
            words = (f"{each.code} 类 {each.name}", len(mine), len(deductions), len({row.kind for row in deductions}))
            shared = (counts[each.code] for counts in more.values())
            rows.append((*words, len(claims), plain(Fraction(claimed), 2), len(reports), len(verdicts), *shared))
        return ("类别", "份数", "扣分与问题", "问题类别", "加减分项", "申报分", "整改报告", "核验", *more), rows

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        due, absent = len(self.roster.assessed), len(self.missing)
        doubtful = len({each.unit_code for each in self.files if each.verdict == "存疑" and each.unit_code})
        hints = sum(each.effect == "提示" for each in self.faults)
        head = f"应报 {due} 个单位，已报 **{due - absent}** 个" + (
            "，收齐。" if not absent else f"，未报 **{absent}** 个。"
        )
        if self.absent:
            head += f"另有公用表 **{len(self.absent)}** 份没有交回。"
        tail = f"存疑 **{doubtful}** 个，改正前不计分。" if doubtful else "没有须改正的差错。"
        return f"{head}{tail}提示 {hints} 处，请确认。"

    @property
    def mended_lines(self) -> tuple[str, ...]:
        """Per object: how many faults of the last check are mended, and whether some are left."""
        left = {each.object_code for each in self.faults if each.effect != "提示"}
        return tuple(
            f"已改正  {code}  {sum(each.object_code == code for each in self.mended)} 处"
            + ("，仍有未改正的差错" if code in left else "")
            for code in dict.fromkeys(each.object_code for each in self.mended)
        )

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What to do now, for the screen."""
        steps = []
        if self.marked:
            steps.append("把退回件发还填报单位，改正后放入 回收，替换原来的一份")
        if self.missing:
            steps.append(f"催报 {len(self.missing)} 个单位")
        if self.absent:
            steps.append(
                f"催交公用表 {len(self.absent)} 份：{'、'.join(dict.fromkeys(each.name for each in self.absent))}"
            )
        last = f"kaohe run {self.context.assessment} {self.context.period}"
        steps.append(f"收齐后再校验一次，然后运行 {last}" if steps else f"运行 {last}")
        return tuple(
            f"{'下一步  ' if number == 1 else '        '}{number} {step}" for number, step in enumerate(steps, 1)
        )
