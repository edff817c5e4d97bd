"""The sheet 决定: how each grade, board and consequence came about, with rule, reason and clause; display only.

Decisions of people are typed in the form 等次决定, never here: results workbooks are not read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from kaohe.core.cells import letters
from kaohe.core.faults import Fault
from kaohe.core.sentences import CATALOGUE, fault, say
from kaohe.documents import book_styles as looks
from kaohe.documents.printed import signed_plain
from kaohe.documents.results.grid import FIRST_ROW, HEAD_ROW
from kaohe.documents.results.model import Frame, is_scored, number
from kaohe.documents.results.paper import footer
from kaohe.documents.results.quota_lines import lines_of, raised_reason, settings_lines
from kaohe.documents.results.quotas import RAISED, Grading
from kaohe.documents.results.rules import decided_grade, has_fired
from kaohe.records.books import Cell, Print, Sheet, Value
from kaohe.records.results import Consequence, ObjectResult
from kaohe.records.rules import Rule
from kaohe.scheme.figures import named
from kaohe.scheme.show import condition_text

DECISIONS = "决定"
#: reasons that only the evaluation sees, whose sentences need nothing but the code
EVALUATION = tuple(
    code for code, sentence in CATALOGUE.items() if code.startswith("RUN-0") and "{" not in sentence.text
)
_RANKS = ("名次", "倒数名次")
_LINKED = 9  # the column whose title row leads to the sections below
_WIDE = 185.0  # characters that the merged columns of a section take


#: code and values of every row of the table
Rows = Sequence[tuple[str, tuple[Value, ...]]]


def decision_rows(frame: Frame, grading: Grading) -> Rows:
    """One row a consequence or reason, one for an object without any; objects in row order."""
    everybody = (*frame.objects, *frame.bystanders)
    return [(each.code, row) for each in everybody for row in _rows(frame, each, grading)]


def first_rows(rows: Rows) -> dict[str, int]:
    """By code, the first row of an object."""
    found: dict[str, int] = {}
    for row, (code, _) in enumerate(rows, FIRST_ROW):
        found.setdefault(code, row)
    return found


def decisions_sheet(frame: Frame, grading: Grading, told: Rows) -> Sheet:
    """The sheet 决定: the rows, then places and who had them, every rule with how often it fired, and the settings used."""
    graded = bool(frame.bands)
    titles = ["编码", "分类", "单位", "状态", "总分", "名次"]
    titles += ["分数等次", "计算等次", "审定等次", "等次", "可评优"] if graded else ["可评优"]
    titles += ["规则号", "效果", "参数或数额", "去向", "月份", "理由", "条款", "刚性", "备注"]
    widths = [7.5, 5.5, 14, 6, 8, 5, *([7, 7, 7, 7, 6] if graded else [6]), 6, 8.5, 12, 12, 8, 48, 15, 7, 15]
    number_style = looks.points(frame.places)
    styles = [looks.WRAP] * len(titles)
    styles[0] = styles[1] = styles[3] = styles[5] = looks.CENTRE
    styles[4] = number_style
    note = "只供查阅，在此修改不起作用：需要改变等次的，请填报“等次决定”表。每一后果写明规则、理由和条款；“暂定”的待同组全部单位确定后为准。"
    everybody = (*frame.objects, *frame.bystanders)
    rows = [row for _, row in told]
    cells: list[Cell] = [*looks.heading(f"决定　{frame.edition.when.title}", note), *looks.head_row(HEAD_ROW, titles)]
    cells += looks.rows_of(FIRST_ROW, rows, styles)
    heights = {1: 26.0, HEAD_ROW: 32.0}
    heights |= {FIRST_ROW + n: looks.height_of(row, widths) for n, row in enumerate(rows)}
    last = max(FIRST_ROW, FIRST_ROW + len(rows) - 1)
    below = _Below(last + 2, len(titles))
    for title, lines in lines_of(frame, grading):
        below.section(title, lines)
    below.rules(frame, everybody)
    below.settings(frame)
    heights |= below.heights
    cells += [
        *below.cells,
        Cell(
            1, _LINKED, "名额、规则、设置 ↓", replace(looks.LINK, border=""), link=f"internal:'{DECISIONS}'!A{last + 2}"
        ),
    ]
    return Sheet(
        DECISIONS,
        tuple(cells),
        widths=dict(enumerate(map(float, widths), 1)),
        heights=heights,
        freeze=(FIRST_ROW, 4),
        filter=f"A{HEAD_ROW}:{letters(len(titles))}{last}",
        tab=looks.HEAD_FILL,
        print=Print(rows=(HEAD_ROW, HEAD_ROW), footer=footer(frame)),
        merged=tuple(below.merged),
    )


class _Below:
    """The sections below the table, downwards from a row; their words go over all columns from the third."""

    def __init__(self, row: int, columns: int) -> None:
        self.row, self.columns = row, columns
        self.cells: list[Cell] = []
        self.merged: list[str] = []
        self.heights: dict[int, float] = {}

    def section(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """A title, then a label and its words a row."""
        self._title(title)
        for label, words in lines:
            self.cells.append(Cell(self.row, 1, label, replace(looks.NOTE, bold=True)))
            self._words(3, words)
        self.row += 1

    def rules(self, frame: Frame, everybody: Sequence[ObjectResult]) -> None:
        """Every rule with how often it fired."""
        self._title("各规则及本期触发情况")
        self.cells += looks.head_row(self.row, ("规则号", "触发", "条件和效果"))
        self.row += 1
        for rule in frame.rules:
            hits = sum(has_fired(rule, each) for each in everybody)
            self.cells.append(Cell(self.row, 1, rule.number, looks.CENTRE))
            self.cells.append(Cell(self.row, 2, hits, looks.COUNT))
            self._words(3, _rule_words(rule, frame))
        self.row += 1

    def settings(self, frame: Frame) -> None:
        """The settings by which ranks and grades were decided."""
        self._title("生效的设置（排名和定等）")
        for name, value, note in settings_lines(frame):
            self.cells.append(Cell(self.row, 1, name, replace(looks.NOTE, bold=True)))
            self._words(3, f"{value}　{note}")

    def _title(self, title: str) -> None:
        self.cells += [Cell(self.row, column, None, looks.BAND) for column in range(2, self.columns + 1)]
        self.cells.append(Cell(self.row, 1, title, looks.BAND))
        self.row += 1

    def _words(self, column: int, words: str) -> None:
        self.cells.append(Cell(self.row, column, words, replace(looks.NOTE, wrap=True)))
        self.merged.append(f"{letters(column)}{self.row}:{letters(self.columns)}{self.row}")
        self.heights[self.row] = looks.height_of((words,), (_WIDE,), least=15)
        self.row += 1


def _rows(frame: Frame, each: ObjectResult, grading: Grading) -> list[tuple[Value, ...]]:
    scored, graded = is_scored(each), bool(frame.bands)
    step = grading.steps.get(each.code)
    start: tuple[Value, ...] = (
        each.code, each.unit_class, each.short or each.name, each.status, number(each.total) if scored else None, each.rank,
    )  # fmt: skip
    if graded:
        start += (step.by_score if step else "", each.grade_computed, decided_grade(each), each.grade)
    start += (each.eligible,)
    found: list[tuple[Value, ...]] = [(*start, *_consequence(frame, each, one)) for one in each.consequences]
    said = {one.reason for one in each.consequences}
    found += [(*start, "", "说明", "", "", "", reason, "", "", "") for reason in each.reasons if reason not in said]
    if step is not None and step.moved == RAISED:
        found.append((*start, "", RAISED, each.grade_computed, "", "", raised_reason(grading, step), "", "", ""))
    if each.decided is not None:
        decided = each.decided
        words = f"{decided.reason}（{decided.decided_by}）" if decided.decided_by else decided.reason
        stands = "" if decided.adopted else "未采用"
        found.append(
            (*start, "", "审定", decided.grade, "", "", words, "", "", "；".join(filter(None, (stands, decided.note))))
        )
    if found:
        return found
    return [(*start, "", "", "", "", "", _why_nothing(frame, each), "", "", "")]


def _consequence(frame: Frame, each: ObjectResult, one: Consequence) -> tuple[Value, ...]:
    rule = next((rule for rule in frame.rules if rule.number == one.rule), None)
    amount = signed_plain(one.amount) if one.amount is not None and one.effect != "计入" else one.parameter
    reason = one.reason or (_conditions(rule, frame) if rule else "")
    notes = [*(["暂定"] if one.provisional else []), *([_tied(frame, each, rule)] if rule else [])]
    hard = "软（建议）" if one.soft else "硬"
    return (
        one.rule,
        one.effect,
        amount,
        one.target,
        one.month,
        reason,
        one.clause,
        hard,
        "；".join(filter(None, notes)),
    )


def _tied(frame: Frame, each: ObjectResult, rule: Rule) -> str:
    """规则按1名设，实得2名: all tied get the effect, and the sheet says so (scheme model 4, step 8)."""
    condition = next((part for part in rule.conditions if part.object in _RANKS), None)
    if condition is None or condition.comparison not in ("=", "≤") or not condition.value.strip().isdigit():
        return ""
    meant = 1 if condition.comparison == "=" else int(condition.value)
    hits = Counter(other.field for other in frame.objects if has_fired(rule, other))
    return f"规则按{meant}名设，实得{hits[each.field]}名" if hits[each.field] > meant else ""


def _why_nothing(frame: Frame, each: ObjectResult) -> str:
    if is_scored(each):
        return "无规则触发"
    unit = frame.edition.roster.unit(each.code)
    if each.status == "不参评":
        return f"不参评：{unit.reason}" if unit and unit.reason else "不参评"
    if each.status == "未报":
        return "填报表尚未交回，待交回后计分"
    faults = {one.code for one in frame.edition.faults if _concerns(one, each)}
    told = [say(fault(code)) for code in each.withheld_for if code in EVALUATION]
    if told:
        return "".join(told)
    codes = "、".join(sorted({*each.withheld_for, *faults}))
    return f"填报表有差错，改正后重报（{codes}，见“受理清单”）" if codes else "填报表有差错，改正后重报（见“受理清单”）"


def _concerns(one: Fault, each: ObjectResult) -> bool:
    return one.object_code == each.code and one.effect != "提示"


def _conditions(rule: Rule, frame: Frame) -> str:
    return "，且".join(
        condition_text(replace(part, object=named(part.object, frame.scheme))) for part in rule.conditions
    )


def _rule_words(rule: Rule, frame: Frame) -> str:
    conditions = _conditions(rule, frame)
    effect = " ".join(word for word in (rule.effect, rule.parameter, rule.target) if word)
    return (
        f"{conditions} → {effect}"
        + (f"　（{rule.clause}）" if rule.clause else "")
        + ("　建议，由审定机关决定" if rule.soft else "")
    )
