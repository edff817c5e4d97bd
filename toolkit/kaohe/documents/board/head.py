"""The words at the head of one object's page: its figures, one sentence, what was decided and what follows, its last totals."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kaohe.documents.board.aspects import Peers, heaviest
from kaohe.documents.board.detail import tells
from kaohe.documents.board.forward import Forward
from kaohe.documents.board.rules import consequence_short, consequence_words, consequences_shown
from kaohe.documents.board.views import WITHHELD, FieldView, movement
from kaohe.documents.lost_marks import Lost, total_of
from kaohe.documents.printed import CLOCK_WORDS, counted, marks, signed
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult


class Fact(msgspec.Struct, frozen=True):
    """A figure of the head: what it is, its value, and a note below it."""

    label: str
    value: str
    note: str


def place_words(result: ObjectResult, view: FieldView) -> str:
    """第9名, Ⅰ类末位 …; "" without a rank."""
    if result.rank is None:
        return ""
    last = result.rank_last == 1 and result.rank > 1 and view.field.complete
    return ("并列" if result.shared else "") + ("末位" if last else f"第{result.rank}名")


def figures(result: ObjectResult, costly: Sequence[Lost], view: FieldView, edition: Edition) -> tuple[Fact, ...]:
    """Rank, total, what it is made of, grade, what follows: what is known of them."""
    places, words = edition.scheme.settings.places, CLOCK_WORDS[edition.when.clock]
    if result.total is None:
        return (Fact("状态", result.status, "填报表有待更正，暂不计分" if result.status == "存疑" else ""),)
    move = movement(result)
    since = f"{words.last}第{result.previous_rank}，{move.sign}{move.text}" if result.previous_rank is not None else ""
    found = []
    if result.rank is not None:
        shared = "并列，" if result.shared else ""
        open_ = "" if view.field.complete else "（暂定）"
        found.append(Fact(f"{view.label}名次{open_}", f"{result.rank} / {result.field_size}", shared + since))
    change = signed(result.total - result.previous_total, places) if result.previous_total is not None else ""
    found.append(Fact("总分", marks(result.total, places), f"比{words.last}{change}" if change else ""))
    if result.base is not None and (result.bonus or result.penalty):
        up, down = (
            (f"{sign}{marks(value, places)}" if value else "")
            for sign, value in (("＋", result.bonus), ("−", result.penalty))
        )
        label = "基础分" + ("＋加分" if up else "") + ("−减分" if down else "")
        found.append(Fact(label, f"{marks(result.base, places)}{up}{down}", _lost_words(costly, places)))
    elif costly:
        found.append(Fact("失分", marks(total_of(costly), places), f"{len(costly)}项"))
    if result.grade:
        found.append(Fact("等次", result.grade, "" if view.field.complete else "暂定"))
    short = list(dict.fromkeys(consequence_short(each) for each in consequences_shown(result)))
    if short:
        found.append(Fact("结果运用", short[0], " · ".join(short[1:])))
    return tuple(found)


def _lost_words(costly: Sequence[Lost], places: int) -> str:
    return f"失{marks(total_of(costly), places)}分，{len(costly)}项" if costly else "没有失分"


def lead_words(
    result: ObjectResult,
    items: Sequence[Lost],
    costly: Sequence[Lost],
    before: set[str],
    peers: Peers,
    ahead: Forward | None,
    edition: Edition,
) -> str:
    """One sentence: how many marks where, what came back from the last period, how far it is to the next rank."""
    places, words = edition.scheme.settings.places, CLOCK_WORDS[edition.when.clock]
    if result.total is None:
        return ""
    told = []
    heavy = heaviest(result, peers, edition)
    if costly:
        where = f"，{heavy[0]}一个方面占{marks(heavy[1], places)}分" if heavy and len(costly) > 1 else ""
        told.append(f"{words.this}失{marks(total_of(costly), places)}分{where}")
    elif items or peers.lost.get(result.code):
        told.append(f"{words.this}没有失分")
    again = [each for each in items if each.kind in before and each.marks > 0]
    if again:
        told.append(
            f"{words.last}有过的{counted(len(before))}类问题{words.this}仍失分，合计{marks(total_of(again), places)}分"
        )
    if ahead is not None and ahead.steps:
        told.append(f"距{ahead.steps[0].rank}{ahead.steps[0].gap}分")
    return "；".join(told) + "。" if told else ""


def summary(result: ObjectResult, complete: bool, edition: Edition) -> str:
    """第2 · 94.51分 · 优秀; without a total what ratings and rules say: 第一责任测评92.30分，好 · 不可评优. Only what may be told."""
    places = edition.scheme.settings.places
    if result.total is not None:
        rank = f"第{result.rank}{'' if complete else '（暂定）'}" if result.rank is not None else "不排名次"
        marked = (rank, f"{marks(result.total, places)}分") if tells(edition, result, "名次") else ()
        return " · ".join(word for word in (*marked, result.grade, *(result.boards if complete else ())) if word)
    if result.status in (*WITHHELD, "不参评"):
        return result.status
    if not tells(edition, result, "名次"):
        return result.grade
    ratings = (
        f"{each.name}{marks(each.score, places)}分{f'，{each.grade}' if each.grade else ''}"
        for each in result.ratings
        if each.score is not None
    )
    eligible = {"否": "不可评优", "待定": "可否评优待定"}.get(result.eligible, "")
    return " · ".join(word for word in (*ratings, result.grade, eligible) if word) or result.status


def decided(result: ObjectResult) -> tuple[str, ...]:
    """The committee's decision beside the computed grade."""
    if result.decided is None or not result.decided.adopted or result.decided.grade == result.grade_computed:
        return ()
    found = result.decided
    reason = f"：{found.reason}" if found.reason else ""
    by = f"（{found.decided_by}）" if found.decided_by else ""
    return (f"计算等次为{result.grade_computed}，审定为{found.grade}{reason}{by}",)


def follows(result: ObjectResult, edition: Edition) -> tuple[str, ...]:
    """What follows with reason and clause, then reasons of bars that have no consequence of their own."""
    found = consequences_shown(result)
    reasons = tells(edition, result, "得分")
    told = (
        consequence_words(each)
        + (f"：{each.reason}" if each.reason and reasons else "")
        + (f"（{each.clause}）" if each.clause else "")
        for each in found
    )
    said = {each.reason for each in result.consequences}
    return (*told, *(reason for reason in result.reasons if reasons and reason not in said))


def history(result: ObjectResult, edition: Edition) -> str:
    """The totals and ranks of up to three earlier periods in words; "" without any."""
    places = edition.scheme.settings.places
    told = []
    for outcome in edition.earlier[-3:]:
        before = outcome.of(result.code)
        if before and before.total is not None:
            rank = f"（第{before.rank}）" if before.rank is not None else ""
            told.append(f"{outcome.period} {marks(before.total, places)}{rank}")
    return "往期总分：" + "、".join(told) if told else ""
