"""The three annexes of a notice: score table, every lost mark with its reason, clause and cell, problems to rectify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.core.cells import Source
from kaohe.core.exact import HUNDRED, ZERO
from kaohe.core.periods import chinese_date
from kaohe.documents.printed import MINUS, marks, number
from kaohe.documents.rectification import CLOSED
from kaohe.records.edition import Edition
from kaohe.records.problems import Problem
from kaohe.records.results import ComponentResult, Figure, LeafResult, Loss, ObjectResult

Row = dict[str, object]


def score_rows(edition: Edition, result: ObjectResult) -> list[Row]:
    """One row per level-1 line of the components that count, 基础分, each bonus and penalty claimed, 总分, then components beside the
    total. Every component with lines of its own gets a row when there are several, or when its score is not the sum of its lines."""
    places = edition.scheme.settings.places
    assert result.base is not None and result.total is not None
    counted = [each for each in result.components if each.counted and each.points is not None]
    rows: list[Row] = []
    for part in counted:
        rows.extend(_lines(edition, result, part.code, len(rows)))
        if len(counted) > 1:
            rows.append(_component(part, places, _weighed(part, places)))
    full = edition.scheme.settings.full_scale
    rescaled = _rescaled(result, counted)
    why = f"有{listing_of(rescaled)}不适用，按可评满分折算" if rescaled else ""
    rows.append(_row("", "基础分", number(full), marks(result.base, places), marks(full - result.base, places), why))
    rows.extend(_adjustments(result, places))
    rows.append(_row("", "总分", "", marks(result.total, places), "", ""))
    rows.extend(_beside(edition, result))
    return rows


def score_note(result: ObjectResult) -> str:
    """What readers must know to add the table up."""
    beside = any(not each.counted and each.score is not None for each in result.components)
    return "分项四舍五入，合计按精确值计算。" + ("列在总分之后的内容单独计分，不计入总分。" if beside else "")


def loss_rows(edition: Edition, result: ObjectResult) -> list[Row]:
    """One row per lost mark, in the order of the lines: the problems, then what a line lost beside them. They add up to the 失分 of the
    score table. Problems without deduction stand here too, with 0."""
    places = edition.scheme.settings.places
    names = {each.code: each for each in edition.scheme.indicators}
    figures = _figures(result.figure)
    rows: list[Row] = []
    for leaf in result.leaves:
        line = names.get(leaf.indicator)
        losses = [each for each in result.losses if each.indicator == leaf.indicator]
        title = f"{leaf.indicator} {line.name}" if line else leaf.indicator
        clause = line.clause if line else ""
        for loss in losses:
            rows.append(_loss(title, loss.lost, _facts(loss), loss.clause or clause, loss.source, places))
        rest = leaf.lost - sum((each.lost for each in losses), ZERO)
        if rest > 0:
            figure = figures.get(leaf.indicator)
            note = _note(edition, result.code, leaf.indicator)
            words = "；".join(part for part in (_working(line.method if line else "", figure), note) if part)
            source = leaf.source or _first_source(figure) or Source()
            rows.append(_loss(title, rest, words, clause, source, places))
    for index, row in enumerate(rows, 1):
        row["序号"] = index
    return rows


def loss_note(edition: Edition, result: ObjectResult) -> str:
    """The sum by component, where the cells are, and the mark of the inputs."""
    places = edition.scheme.settings.places
    gone: dict[str, Fraction] = {}
    for leaf in result.leaves:
        gone[leaf.component] = gone.get(leaf.component, ZERO) + leaf.lost
    names = {each.code: each.name for each in result.components}
    sums = "，".join(f"{names.get(code, code)}失{marks(value, places)}分" for code, value in gone.items() if value)
    words = [f"合计{sums}"] if sums else []
    words += ["出处为你单位填报表的工作表和单元格"]
    words += [
        f"数据截至{chinese_date(edition.row.reference_date)}" + (f"，校验码{edition.mark}" if edition.mark else "")
    ]
    return "；".join(words) + "。"


def problem_rows(edition: Edition, unit: str) -> list[Row]:
    """This period's problems, then those of earlier periods that are still open."""
    mine = [each for each in edition.ledger.of_unit(unit) if each.state != CLOSED]
    new = [each for each in mine if each.period == edition.period]
    old = [each for each in mine if each.period != edition.period]
    return [
        {
            "序号": index,
            "编号": each.problem_id,
            "问题": each.fact,
            "程度": each.severity,
            "时限": chinese_date(each.deadline) or "立行立改",
            "情况": _standing(edition, each),
        }
        for index, each in enumerate((*new, *old), 1)
    ]


def problem_note(edition: Edition, unit: str) -> str:
    """How many of each, and where measures and owners are to be entered."""
    rows = problem_rows(edition, unit)
    new = sum(each.period == edition.period for each in edition.ledger.open_of(unit))
    parts = [f"本期提出{new}项" if new else "", f"以前提出、尚未销号{len(rows) - new}项" if len(rows) > new else ""]
    return f"共{len(rows)}项，其中{'，'.join(part for part in parts if part)}。整改措施、责任人和整改情况见随附的问题整改清单。"


def listing_of(names: Sequence[str]) -> str:
    """Indicators as the note names them: 指标2.1、6.2."""
    return f"指标{'、'.join(names)}"


def _lines(edition: Edition, result: ObjectResult, component: str, before: int) -> Iterator[Row]:
    places = edition.scheme.settings.places
    names = {each.code: each.name for each in edition.scheme.indicators}
    heads: dict[str, list[LeafResult]] = {}
    for leaf in result.leaves:
        if leaf.component == component:
            heads.setdefault(leaf.indicator.partition(".")[0], []).append(leaf)
    for index, (code, leaves) in enumerate(heads.items(), before + 1):
        live = [each for each in leaves if each.applicable]
        full = sum((each.full for each in live), ZERO)
        gone = sum((each.lost for each in live), ZERO)
        yield _row(
            index,
            names.get(code, code),
            number(full),
            marks(full - gone, places),
            marks(gone, places),
            _reasons(edition, result, leaves),
        )


def _reasons(edition: Edition, result: ObjectResult, leaves: Sequence[LeafResult]) -> str:
    """Kinds of problems and lines that lost marks, and lines that do not apply; 无 where nothing was lost."""
    names = {each.code: each.name for each in edition.scheme.indicators}
    found: list[str] = []
    for leaf in leaves:
        losses = [each for each in result.losses if each.indicator == leaf.indicator and each.lost]
        found.extend(edition.scheme.kind_name(each.kind) if each.kind else each.case for each in losses)
        if leaf.lost > sum((each.lost for each in losses), ZERO):
            found.append(names.get(leaf.indicator, leaf.indicator))
    skipped = [each.indicator for each in leaves if not each.applicable]
    words = "、".join(dict.fromkeys(found)) or "无"
    return words + (f"（{listing_of(skipped)}不适用）" if skipped else "")


def _rescaled(result: ObjectResult, counted: Sequence[ComponentResult]) -> list[str]:
    codes = {each.code for each in counted}
    return [each.indicator for each in result.leaves if not each.applicable and each.component in codes]


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


def _beside(edition: Edition, result: ObjectResult) -> Iterator[Row]:
    places = edition.scheme.settings.places
    for part in result.components:
        if not part.counted and part.score is not None:
            leaves = [each for each in result.leaves if each.component == part.code]
            yield _component(part, places, f"不计入总分；{_reasons(edition, result, leaves)}")


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
    return "；".join(part for part in (f"{head}：{typed}" if typed else head, figure.how) if part)


def _note(edition: Edition, unit: str, indicator: str) -> str:
    """The inspectors' note on the line."""
    submission = edition.submission(unit)
    score = submission.score(indicator) if submission else None
    return score.note.value.rstrip("。；") if score and score.note else ""


def _first_source(figure: Figure | None) -> Source | None:
    """The first typed cell below a figure."""
    if figure is None:
        return None
    if figure.source is not None:
        return figure.source
    return next((found for part in figure.parts if (found := _first_source(part)) is not None), None)


def _standing(edition: Edition, each: Problem) -> str:
    """新提出, 未销号 or 已逾期, and 复发 where the problem had been closed before."""
    if each.period == edition.period:
        return "新提出（复发）" if each.relapse_of else "新提出"
    return "已逾期" if each.overdue(edition.row.reference_date) else "未销号"
