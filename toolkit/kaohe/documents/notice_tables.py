"""The three annexes of a notice: score table, every lost mark with its reason, clause and cell, problems to rectify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.core.cells import Source
from kaohe.core.exact import HUNDRED, ZERO
from kaohe.core.periods import chinese_date
from kaohe.documents.dossier import Dossier, Line
from kaohe.documents.printed import MINUS, marks, number
from kaohe.records.problems import Problem
from kaohe.records.results import ComponentResult, Figure, Loss, ObjectResult

Row = dict[str, object]


def score_rows(mine: Dossier) -> list[Row]:
    """One row per level-1 line of the components that count, 基础分, each bonus and penalty claimed, 总分, then components beside the
    total. Components that count get a row of their own where there are several."""
    places, full = mine.places, mine.edition.scheme.settings.full_scale
    counted = [each for each in mine.result.components if each.counted and each.points is not None]
    rows: list[Row] = []
    for part in counted:
        rows.extend(_lines(mine, part.code, sum(bool(row["序号"]) for row in rows)))
        if len(counted) > 1:
            rows.append(_component(part, places, _weighed(part, places)))
    codes = {each.code for each in counted}
    skipped = [each.leaf.indicator for each in mine.lines if not each.leaf.applicable and each.leaf.component in codes]
    why = f"有{_indicators(skipped)}不适用，按可评满分折算" if skipped else ""
    rows.append(_row("", "基础分", number(full), marks(mine.base, places), marks(full - mine.base, places), why))
    rows.extend(_adjustments(mine.result, places))
    rows.append(_row("", "总分", "", marks(mine.total, places), "", ""))
    for part in mine.result.components:
        if not part.counted and part.score is not None:
            lines = [each for each in mine.lines if each.leaf.component == part.code]
            rows.append(_component(part, places, f"不计入总分；{_reasons(mine, lines)}"))
    return rows


def score_note(mine: Dossier) -> str:
    """What readers must know to add the table up."""
    beside = any(not each.counted and each.score is not None for each in mine.result.components)
    return "分项四舍五入，合计按精确值计算。" + ("列在总分之后的内容单独计分，不计入总分。" if beside else "")


def loss_rows(mine: Dossier) -> list[Row]:
    """One row per lost mark, in the order of the lines: the problems, then what a line lost beside them. They add up to the 失分 of the
    score table. Problems without deduction stand here too, with 0."""
    figures = _figures(mine.result.figure)
    rows: list[Row] = []
    for line in mine.lines:
        title = f"{line.leaf.indicator} {line.name}"
        for loss in line.losses:
            rows.append(_loss(title, loss.lost, _facts(loss), loss.clause or line.clause, loss.source, mine.places))
        if line.rest > 0:
            figure = figures.get(line.leaf.indicator)
            words = "；".join(part for part in (_working(line.method, figure), _note(mine, line)) if part)
            source = line.leaf.source or _first_source(figure) or Source()
            rows.append(_loss(title, line.rest, words, line.clause, source, mine.places))
    return [{**row, "序号": index} for index, row in enumerate(rows, 1)]


def loss_note(mine: Dossier) -> str:
    """The sum by component, where the cells are, and the mark of the inputs."""
    gone: dict[str, Fraction] = {}
    for line in mine.lines:
        if line.lost:
            gone[line.leaf.component] = gone.get(line.leaf.component, ZERO) + line.lost
    names = {each.code: each.name for each in mine.result.components}
    sums = "，".join(f"{names.get(code, code)}失{marks(value, mine.places)}分" for code, value in gone.items())
    words = [f"合计{sums}"] if sums else []
    words += ["出处为你单位填报表的工作表和单元格"]
    mark = f"，校验码{mine.edition.mark}" if mine.edition.mark else ""
    words += [f"数据截至{chinese_date(mine.edition.row.reference_date)}{mark}"]
    return "；".join(words) + "。"


def problem_rows(mine: Dossier) -> list[Row]:
    """This period's problems, then those of earlier periods that are still open."""
    return [
        {
            "序号": index,
            "编号": each.problem_id,
            "问题": each.fact,
            "程度": each.severity,
            "时限": chinese_date(each.deadline) or "立行立改",
            "情况": _standing(mine, each),
        }
        for index, each in enumerate((*mine.new, *mine.old), 1)
    ]


def problem_note(mine: Dossier) -> str:
    """How many of each, and where measures and owners are to be entered."""
    new, old = len(mine.new), len(mine.old)
    parts = [f"本期提出{new}项" if new else "", f"以前提出、尚未销号{old}项" if old else ""]
    shown = "，".join(part for part in parts if part)
    return f"共{new + old}项，其中{shown}。整改措施、责任人和整改情况见随附的问题整改清单。"


def _indicators(codes: Sequence[str]) -> str:
    """Indicators as the notes name them: 指标2.1、6.2."""
    return f"指标{'、'.join(codes)}"


def _lines(mine: Dossier, component: str, before: int) -> Iterator[Row]:
    for index, (code, lines) in enumerate(mine.heads(component).items(), before + 1):
        full = sum((each.leaf.full for each in lines if each.leaf.applicable), ZERO)
        gone = sum((each.lost for each in lines if each.lost), ZERO)
        points, lost = marks(full - gone, mine.places), marks(gone, mine.places)
        yield _row(index, mine.names.get(code, code), number(full), points, lost, _reasons(mine, lines))


def _reasons(mine: Dossier, lines: Sequence[Line]) -> str:
    """Kinds of problems and lines that lost marks, and lines that do not apply; 无 where nothing was lost."""
    scheme, found = mine.edition.scheme, []
    for line in lines:
        found += [scheme.kind_name(each.kind) if each.kind else each.case for each in line.losses if each.lost]
        found += [line.name] if line.rest > 0 else []
    skipped = [each.leaf.indicator for each in lines if not each.leaf.applicable]
    return ("、".join(dict.fromkeys(found)) or "无") + (f"（{_indicators(skipped)}不适用）" if skipped else "")


def _weighed(part: ComponentResult, places: int) -> str:
    assert part.points is not None
    share = f"权重{number(part.weight)}%，" if part.weight is not None else ""
    return f"{share}计入总分{marks(part.points, places)}分"


def _component(part: ComponentResult, places: int, words: str) -> Row:
    score = part.score or ZERO
    return _row("", part.name, "100", marks(score, places), marks(HUNDRED - score, places), words)


def _adjustments(result: ObjectResult, places: int) -> Iterator[Row]:
    """Every claim, counted or not: what was refused or cut says why."""
    for each in result.adjustments:
        sign = "+" if each.nature == "加分" else MINUS
        shown = f"{sign}{marks(each.counted, places)}" if each.counted else marks(ZERO, places)
        words = "；".join(part for part in (each.matter, each.why) if part)
        yield _row("", f"{each.nature}：{each.name}", "", shown, "", words)


def _row(index: int | str, name: str, full: str, points: str, gone: str, words: str) -> Row:
    return {"序号": index, "内容": name, "满分": full, "得分": points, "失分": gone, "说明": words}


def _loss(title: str, lost: Fraction, facts: str, clause: str, source: Source, places: int) -> Row:
    cell = f"{source.sheet}{source.cell}" if source.sheet else ""
    return {"序号": 0, "指标": title, "失分": marks(lost, places), "事实": facts, "条款": clause, "出处": cell}


def _facts(loss: Loss) -> str:
    """Case, fact, evidence; a row that cost less than it asks for says so."""
    head = f"{loss.case}：{loss.fact}" if loss.case and loss.case not in loss.fact else loss.fact or loss.case
    parts = [head.rstrip("。；"), f"佐证：{loss.evidence.rstrip('。；')}" if loss.evidence else ""]
    if loss.lost < loss.asked:
        parts.append(f"按细则应扣{number(loss.asked)}分，受封顶或最低分限制")
    return "；".join(part for part in parts if part)


def _figures(figure: Figure | None) -> dict[str, Figure]:
    """The figures of all lines by indicator code."""
    found: dict[str, Figure] = {}
    stack = [figure] if figure else []
    while stack:
        each = stack.pop()
        stack.extend(each.parts)
        if each.key.startswith("指标:"):
            found[each.key.partition(":")[2]] = each
    return found


def _working(method: str, figure: Figure | None) -> str:
    """How a line lost marks without a problem: its method, the typed figures, the arithmetic."""
    head = f"按“{method}”计分" if method else ""
    if figure is None:
        return head
    typed = "，".join(
        f"{each.label}{each.shown or each.typed}" for each in figure.parts[:4] if each.shown or each.typed
    )
    how = "" if method and figure.how.startswith(method) else figure.how
    return "；".join(part for part in (f"{head}：{typed}" if typed else head, how) if part)


def _note(mine: Dossier, line: Line) -> str:
    """The inspectors' note on the line."""
    score = mine.submission.score(line.leaf.indicator) if mine.submission else None
    return score.note.value.rstrip("。；") if score and score.note else ""


def _first_source(figure: Figure | None) -> Source | None:
    """The first typed cell below a figure."""
    if figure is None:
        return None
    if figure.source is not None:
        return figure.source
    return next((found for part in figure.parts if (found := _first_source(part)) is not None), None)


def _standing(mine: Dossier, each: Problem) -> str:
    """Of this period: 新提出, or 复发 where one of its kind had been closed; of earlier ones: 未销号 or 已逾期."""
    if each.period == mine.edition.period:
        return "复发" if each.relapse_of else "新提出"
    return "已逾期" if each.overdue(mine.edition.row.reference_date) else "未销号"
