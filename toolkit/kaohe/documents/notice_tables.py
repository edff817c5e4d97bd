"""The three annexes of a notice: score table, every lost mark with its reason, clause and cell, problems to rectify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.core.cells import Source
from kaohe.core.exact import HUNDRED, ZERO, add, round_half_up
from kaohe.core.periods import chinese_date
from kaohe.documents.deadlines import due_text
from kaohe.documents.dossier import Dossier, Line
from kaohe.documents.notice_sources import (
    DAILY,
    NESTED,
    RATING,
    children,
    daily_losses,
    daily_words,
    rating_words,
    top_components,
)
from kaohe.documents.printed import MINUS, marks, number
from kaohe.documents.rectification import standing
from kaohe.documents.workings import by_line, working
from kaohe.records.figures import Figure
from kaohe.records.results import ComponentResult, Loss, ObjectResult

Row = dict[str, object]


def score_rows(mine: Dossier) -> list[Row]:
    """One row per level-1 line of the components that count, 基础分, each bonus and penalty claimed, 总分, then components beside the
    total. Components that count get a row of their own where there are several, those below another one before it."""
    places, full = mine.places, mine.edition.scheme.settings.full_scale
    top = top_components(mine)
    rows: list[Row] = []
    for part in top:
        rows.extend(_with_children(mine, part, None, len(top) > 1, sum(bool(row["序号"]) for row in rows)))
    codes = {each.code for each in mine.result.components if each.counted}
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


def _with_children(
    mine: Dossier, part: ComponentResult, parent: ComponentResult | None, named: bool, before: int
) -> Iterator[Row]:
    """The lines of a component, what stands below it, then its own row where components are named."""
    lines = list(_lines(mine, part.code, before))
    yield from lines
    for child in children(mine, part.code):
        yield from _with_children(mine, child, part, True, before + len(lines))
    if named:
        words = "；".join(word for word in (_made(mine, part), _weighed(mine, part, parent)) if word)
        if part.score is None:
            yield _row("", part.name, "—", "—", "—", "不适用，权重由其他构成按比例分担")
        else:
            yield _component(part, mine.places, words)


def _made(mine: Dossier, part: ComponentResult) -> str:
    """How a component's score came about, where no lines show it."""
    if part.origin == DAILY:
        return daily_words(mine, part)
    if part.origin == RATING:
        return rating_words(mine, part)
    if part.origin in ("", "指标评分", NESTED):
        return ""
    figure = _find(mine.result.figure, f"构成:{part.code}")
    return figure.how if figure else ""


def score_note(mine: Dossier) -> str:
    """What readers must know to add the table up."""
    beside = any(not each.counted and each.score is not None for each in mine.result.components)
    return "分项四舍五入，合计按精确值计算。" + ("列在总分之后的内容单独计分，不计入总分。" if beside else "")


def loss_rows(mine: Dossier) -> list[Row]:
    """One row per lost mark, in the order of the lines: the problems, then what a line lost beside them. They add up to the 失分 of the
    score table. Problems without deduction stand here too, with 0."""
    workings = by_line(mine.edition, mine.result)
    rows: list[Row] = []
    for line in mine.lines:
        title = f"{line.leaf.indicator} {line.name}"
        for loss in line.losses:
            rows.append(_loss(title, loss.lost, _facts(loss), loss.clause or line.clause, loss.source, mine.places))
        if line.rest > 0:
            how = workings.get(line.leaf.indicator)
            words = "；".join(part for part in (working(line.method, how), _note(mine, line)) if part)
            source = line.leaf.source or (how.source if how else None) or Source()
            rows.append(_loss(title, line.rest, words, line.clause, source, mine.places))
    rows.extend(daily_losses(mine))
    return [{**row, "序号": index} for index, row in enumerate(rows, 1)]


def loss_note(mine: Dossier) -> str:
    """The sum by component, and where the cells are."""
    gone: dict[str, Fraction] = {}
    for line in mine.lines:
        if line.lost:
            gone[line.leaf.component] = gone.get(line.leaf.component, ZERO) + line.lost
    names = {each.code: each.name for each in mine.result.components}
    sums = "，".join(f"{names.get(code, code)}失{marks(value, mine.places)}分" for code, value in gone.items())
    words = [f"合计{sums}"] if sums else []
    if any(round_half_up(value, mine.places) != value for value in gone.values()):
        words += [f"合计按精确值四舍五入，与满分减得分可能差{marks(Fraction(1, 10**mine.places), mine.places)}分"]
    daily = [each for each in mine.result.components if each.origin == DAILY and each.score is not None]
    words += [f"{each.name}{daily_words(mine, each)}，得{marks(each.score or ZERO, mine.places)}分" for each in daily]
    words += ["出处为填报表的工作表和单元格，日常积分为积分表和序号" if daily else "出处为你单位填报表的工作表和单元格"]
    words += [f"数据截至{chinese_date(mine.edition.row.reference_date)}"]
    return "；".join(words) + "。"


def problem_rows(mine: Dossier) -> list[Row]:
    """This period's problems, then those of earlier periods that are still open."""
    return [
        {
            "序号": index,
            "编号": each.problem_id,
            "问题": each.fact,
            "程度": each.severity,
            "时限": due_text(each),
            "情况": standing(mine.edition, each),
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
        full = add(each.leaf.full for each in lines if each.leaf.applicable)
        gone = add(each.lost for each in lines)
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


def _weighed(mine: Dossier, part: ComponentResult, parent: ComponentResult | None) -> str:
    """`权重60%，计入总分57.30分`; of a component below another one its share in that one."""
    if parent is not None:
        return f"占{parent.name}{number(part.weight)}%" if part.weight is not None else ""
    share = f"权重{number(part.weight)}%" if part.weight is not None else ""
    points = f"计入总分{marks(part.points, mine.places)}分" if part.points is not None else ""
    return "，".join(word for word in (share, points) if word)


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
    shown = marks(lost, places)
    if lost > 0 and not round_half_up(lost, places):
        shown = f"不足{marks(Fraction(1, 10**places), places)}"
    return {"序号": 0, "指标": title, "失分": shown, "事实": facts, "条款": clause, "出处": cell}


def _facts(loss: Loss) -> str:
    """Case, fact, evidence; a row that cost less than it asks for says so."""
    head = f"{loss.case}：{loss.fact}" if loss.case and loss.case not in loss.fact else loss.fact or loss.case
    parts = [head.rstrip("。；"), f"佐证：{loss.evidence.rstrip('。；')}" if loss.evidence else ""]
    if loss.lost < loss.asked:
        parts.append(f"按细则应扣{number(loss.asked)}分，受封顶或最低分限制")
    return "；".join(part for part in parts if part)


def _find(figure: Figure | None, key: str) -> Figure | None:
    """The first figure with this key, from the top."""
    stack = [figure] if figure else []
    while stack:
        each = stack.pop()
        if each.key == key:
            return each
        stack.extend(reversed(each.parts))
    return None


def _note(mine: Dossier, line: Line) -> str:
    """The inspectors' note on the line."""
    score = mine.submission.score(line.leaf.indicator) if mine.submission else None
    return score.note.value.rstrip("。；") if score and score.note else ""
