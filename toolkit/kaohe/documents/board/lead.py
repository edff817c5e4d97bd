"""The sentence that tells the period: the mean and its change, who is on which board, who is beyond a threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from kaohe.core.exact import round_half_up
from kaohe.documents.board.detail import person_tells
from kaohe.documents.board.rules import Board, BoardRules, classes_words, consequences_shown, fired, limit_words
from kaohe.documents.board.views import FieldView, leading, object_measure, undecided_words
from kaohe.documents.printed import CLOCK_WORDS, listed, marks
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult, Outcome

MOST_NAMES = 4
NOTABLE_FALL = 2


class Segment(msgspec.Struct, frozen=True):
    """A piece of the sentence; `strong` pieces are printed bold, `whole` ones (names) are not broken across lines."""

    text: str
    strong: bool = False
    whole: bool = False


def lead(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[Segment, ...]:
    """The whole sentence, in pieces; clauses are joined by ；."""
    first = leading(views)
    clauses = [_board_clause(board, edition, views) for board in (*rules.main("front"), *rules.main("back"))]
    clauses += [_grades_clause(first)]
    for threshold in rules.thresholds:
        hit = [e for v in views for e in v.objects if {*fired(e, threshold.rules)} & {*consequences_shown(e)}]
        where = classes_words(edition.scheme, threshold.classes)
        if hit:
            clauses.append([Segment(f"{len(hit)}个{where}{_word(hit)}{limit_words(threshold, edition.scheme)}")])
    rest = [view for view in views if view not in first]
    clauses += [_persons_clause(rest)] if rest else []
    pieces = _mean_clause(edition, first)
    told = [clause for clause in clauses if clause]
    for index, clause in enumerate(told):
        pieces += [*clause, Segment("；" if index < len(told) - 1 else "。")]
    return tuple(pieces)


def provisional_words(views: Sequence[FieldView], rules: BoardRules) -> str:
    """Why something is 暂定, and what: "" when every field is complete (scheme model 4, step 0a)."""
    open_fields = [view for view in views if not view.field.complete]
    if not open_fields:
        return ""
    who = "；".join(f"{view.label}{undecided_words(view)}" for view in open_fields)
    labels = "、".join(view.label for view in open_fields)
    object_ = "对象" if any(view.has_persons for view in views) else "单位"
    graded = any(each.grade for view in open_fields for each in view.objects)
    figures = "名次、均分、等次" if graded else "名次、均分"
    boards = "上榜和" if rules.boards else ""
    return (
        f"{who}尚未确定。{labels}的{figures}为暂定，{boards}按名次的结果运用待全部确定后公布；"
        f"已计分{object_}自己的得分，以及只看本{object_}得分的结果运用，不受影响。"
    )


def mean_of(outcome: Outcome, fields: Sequence[str]) -> Fraction | None:
    """Mean of the exact totals of all ranked objects of these fields, as the bulletin's; None without any."""
    totals = [
        each.total if each.total_exact is None else each.total_exact
        for each in outcome.objects
        if each.total is not None and each.status in ("正式", "暂定") and each.field in fields
    ]
    return sum(totals, Fraction(0)) / len(totals) if totals else None


def _mean_clause(edition: Edition, views: Sequence[FieldView]) -> list[Segment]:
    places = edition.scheme.settings.places
    everybody = [each for view in views for each in view.objects]
    scored = [each for each in everybody if each.total is not None]
    fields = [view.field.field for view in views]
    mean, before = mean_of(edition.outcome, fields), mean_of(edition.before, fields) if edition.before else None
    measure = "名" if _word(everybody) == "人员" else "个"
    count = f"{len(everybody)}{measure}{_word(everybody)}"
    if mean is not None and all(view.has_persons for view in views) and not person_tells(edition, "名次"):
        return [Segment(f"考核{count}。")]
    if mean is None:
        return [Segment(f"{count}尚无总分。")]
    if len(scored) < len(everybody):
        count += f"中{len(scored)}{measure}已计分，"
    pieces = [Segment(f"{count}平均"), Segment(marks(mean, places), True), Segment("分")]
    if before is not None:
        change = round_half_up(mean, places) - round_half_up(before, places)
        words = f"低{marks(-change, places)}分" if change < 0 else f"高{marks(change, places)}分"
        last = CLOCK_WORDS[edition.when.clock].last
        pieces.append(Segment(f"，比{last}{words}" if change else f"，与{last}持平"))
    return [*pieces, Segment("。")]


def _board_clause(board: Board, edition: Edition, views: Sequence[FieldView]) -> list[Segment]:
    on = [
        each
        for view in views
        if view.field.complete
        for each in view.scored
        if board.name in each.boards and fired(each, board.rules)
    ]
    if not on:
        return []
    if board.side == "back":
        return _back_clause(board, on, edition)
    return [*_names(on), Segment("上"), Segment(board.name, True)]


def _back_clause(board: Board, on: Sequence[ObjectResult], edition: Edition) -> list[Segment]:
    """Who fell furthest is named with the fall: 石桥公司由上季第7降至末位，与建设管理中心同上蓝榜."""
    last = CLOCK_WORDS[edition.when.clock].last
    falls = [
        (each.rank - each.previous_rank, -index, each)
        for index, each in enumerate(on)
        if each.rank is not None and each.previous_rank is not None and each.rank_last == 1
    ]
    fall, _, fallen = max(falls, default=(0, 0, on[0]), key=lambda row: row[:2])
    if fall < NOTABLE_FALL:
        return [*_names(on), Segment("上"), Segment(board.name, True)]
    others = [each for each in on if each.code != fallen.code]
    fell = [Segment(_name(fallen), whole=True), Segment(f"由{last}第{fallen.previous_rank}降至末位，")]
    joined = [Segment("与"), *_names(others), Segment("同上")] if others else [Segment("上")]
    return [*fell, *joined, Segment(board.name, True)]


def _grades_clause(views: Sequence[FieldView]) -> list[Segment]:
    """优秀2个、良好5个, best first; objects without a grade are left out."""
    counts = _grade_counts(views)
    return [piece for words in counts for piece in (Segment(words, whole=True), Segment("、"))][:-1]


def _persons_clause(views: Sequence[FieldView]) -> list[Segment]:
    """24名人员优秀11名、良好13名: persons beside units."""
    count = sum(len(view.objects) for view in views)
    told = [piece for words in _grade_counts(views) for piece in (Segment(words, whole=True), Segment("、"))][:-1]
    return [Segment(f"{count}名人员"), *(told or [Segment("另列")])]


def _grade_counts(views: Sequence[FieldView]) -> list[str]:
    counts = Counter(each.grade for view in views for each in view.scored if each.grade)
    measure = object_measure(views[0]) if views else "个"
    return [f"{grade}{count}{measure}" for grade, count in counts.items()]


def _name(result: ObjectResult) -> str:
    return result.short or result.name


def _names(results: Sequence[ObjectResult]) -> list[Segment]:
    if len(results) > MOST_NAMES:
        return [Segment(listed([_name(each) for each in results], MOST_NAMES))]
    pieces = [piece for each in results for piece in (Segment(_name(each), whole=True), Segment("、"))]
    return pieces[:-1]


def _word(results: Sequence[ObjectResult]) -> str:
    return "人员" if any(each.object == "人员" for each in results) else "单位"
