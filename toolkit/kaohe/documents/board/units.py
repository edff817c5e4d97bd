"""Object by object: a page within the file for each, from result and consequence down to every lost mark and every open problem."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import msgspec

from kaohe.documents.board.aspects import Aspects, Peers, aspects_of, peers_of
from kaohe.documents.board.detail import tells
from kaohe.documents.board.forward import Forward, forward
from kaohe.documents.board.head import Fact, decided, figures, follows, history, lead_words, place_words, summary
from kaohe.documents.board.lines import Line, closes, sum_words, unit_lines
from kaohe.documents.board.openitems import OpenItems, open_items, repeated_kinds
from kaohe.documents.board.parts import PartLine, loose_ratings, part_lines, part_means, totals_words
from kaohe.documents.board.ranklines import FieldRanks, PeerLines, RankLines, field_ranks, peer_lines, rank_lines
from kaohe.documents.board.rules import (
    BoardRules,
    consequences_shown,
    limit_words,
)
from kaohe.documents.board.views import (
    FieldView,
    Tag,
    object_measure,
    object_word,
    side_of_unit,
    unit_anchor,
)
from kaohe.documents.lost_marks import Lost, counted_in_total, lost_by
from kaohe.documents.nominations import is_restricted
from kaohe.documents.printed import class_label, class_title
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.scheme import Component


class UnitPage(msgspec.Struct, frozen=True):
    """One object: head with figures, what follows, a sentence, what its total is made of (`made_of` says what the parts are called), its
    aspects, its ranks, its lines and how they add up, the way to the next ranks, its open problems, its last totals. `anchor` "" = it
    has no page; `above` and `below` are its neighbours in the field (anchor, words)."""

    anchor: str
    name: str
    short: str
    summary: str
    place: str
    tags: tuple[Tag, ...]
    limits: tuple[str, ...]
    side: str
    figures: tuple[Fact, ...]
    lead: str
    made_of: str
    parts: tuple[PartLine, ...]
    aspects: Aspects | None
    ranks: RankLines | None
    lines: tuple[Line, ...]
    sum: str
    forward: Forward | None
    items: OpenItems | None
    follows: tuple[str, ...]
    history: str
    above: tuple[str, str] | None = None
    below: tuple[str, str] | None = None


class UnitGroup(msgspec.Struct, frozen=True):
    """The objects of one field, best first. `anchor` "" = they stand in no class table; `peers` the grey lines of their ranks."""

    label: str
    title: str
    anchor: str
    size: str
    peers: PeerLines | None
    units: tuple[UnitPage, ...]


class _Setting(msgspec.Struct, frozen=True):
    """What the pages of one field share."""

    view: FieldView
    peers: Peers
    ranks: FieldRanks | None
    means: dict[str, Fraction]
    had: dict[str, set[str]]
    lost: dict[str, tuple[Lost, ...]]
    known: dict[str, Component]


def unit_groups(edition: Edition, views: Sequence[FieldView], rules: BoardRules) -> tuple[UnitGroup, ...]:
    """Every object that may be told of: those of every field, then those without a rank or a total, then who takes no part, with the
    reason. Only those with an anchor have a page."""
    groups = [_group(view, edition, rules) for view in views]
    shown = {each.code for view in views for each in view.objects}
    rest = [each for each in edition.outcome.objects if each.code not in shown and _has_something(each, edition)]
    for each in edition.scheme.classes:
        members = [one for one in rest if one.unit_class == each.code and one.status != "不参评"]
        if members:
            title = "不排名" if any(one.total is not None for one in members) else "不计总分"
            pages = tuple(_alone(one, edition, rules) for one in members)
            groups.append(UnitGroup(class_label(each), f"{class_title(each)}　{title}".strip(), "", "", None, pages))
    apart = tuple(_apart(each, edition) for each in rest if each.status == "不参评")
    groups += [UnitGroup("不参评", "", "", "", None, apart)] if apart else []
    return tuple(group for group in groups if group.units)


def _has_something(each: ObjectResult, edition: Edition) -> bool:
    """Whether there is anything to tell: units always, persons where a grade is known, or more that may be told."""
    if each.object == "单位" or each.status == "不参评":
        return each.status == "不参评" or not is_restricted(edition, each)
    known = each.losses or each.daily or each.consequences or any(one.score is not None for one in each.ratings)
    told = bool(each.grade) or (bool(known) and tells(edition, each, "名次"))
    return told and not is_restricted(edition, each)


def _group(view: FieldView, edition: Edition, rules: BoardRules) -> UnitGroup:
    ours = [each for each in view.objects if unit_anchor(edition, each.code)]
    size = f"{len(view.objects)}{object_measure(view)}{object_word(view)}"
    if not ours:
        return UnitGroup(view.label, view.title, view.anchor, size, None, ())
    setting = _setting(view, edition)
    pages = [_page(each, setting, edition, rules) for each in ours]
    for at, (upper, lower) in enumerate(pairwise(pages)):
        pages[at] = msgspec.structs.replace(pages[at], below=(lower.anchor, f"{lower.place} {lower.short}".strip()))
        pages[at + 1] = msgspec.structs.replace(lower, above=(upper.anchor, f"{upper.place} {upper.short}".strip()))
    peers = peer_lines(setting.ranks) if setting.ranks else None
    return UnitGroup(view.label, view.title, view.anchor, size, peers, tuple(pages))


def _setting(view: FieldView, edition: Edition) -> _Setting:
    lost = {each.code: lost_by(each, edition.scheme) for each in view.objects}
    had: dict[str, set[str]] = {}
    for code, items in lost.items():
        for item in items:
            if item.kind:
                had.setdefault(item.kind, set()).add(code)
    return _Setting(
        view,
        peers_of(view),
        field_ranks(edition, view),
        part_means(view.scored, edition),
        had,
        lost,
        {each.code: each for each in edition.scheme.components},
    )


def _page(result: ObjectResult, setting: _Setting, edition: Edition, rules: BoardRules) -> UnitPage:
    view, items = setting.view, setting.lost[result.code]
    costly = [each for each in counted_in_total(items) if each.marks > 0]
    tags = side_of_unit(result, rules, view.field.complete)
    before = repeated_kinds(result, edition, [each.kind for each in items])
    parts = (*part_lines(result, edition, setting.means), *loose_ratings(result, edition))
    ahead = forward(result, view, costly, closes(result, items, edition), edition)
    fired = {each.rule for each in consequences_shown(result)}
    limits = [limit for limit in rules.thresholds if fired & {rule.number for rule in limit.rules}]
    return UnitPage(
        anchor=unit_anchor(edition, result.code),
        name=result.name,
        short=result.short or result.name,
        summary=summary(result, view.field.complete, edition),
        place=place_words(result, view),
        tags=tags,
        limits=tuple(limit_words(limit, edition.scheme) for limit in limits),
        side=tags[0].side if tags else "",
        figures=figures(result, costly, view, edition),
        lead=lead_words(result, items, costly, before, setting.peers, ahead, edition),
        made_of=totals_words(parts),
        parts=parts,
        aspects=aspects_of(result, setting.peers, edition),
        ranks=rank_lines(result, setting.ranks, edition) if setting.ranks else None,
        lines=unit_lines(result, items, setting.had, before, edition),
        sum=sum_words(result, items, edition),
        forward=ahead,
        items=open_items(result, edition),
        follows=(*decided(result), *follows(result, edition)),
        history=history(result, edition),
    )


def _alone(result: ObjectResult, edition: Edition, rules: BoardRules) -> UnitPage:
    """The page of an object outside every ranked field: ratings, lines, consequences."""
    items = lost_by(result, edition.scheme)
    parts = (*part_lines(result, edition, {}), *loose_ratings(result, edition))
    marked = tells(edition, result, "得分")
    return _plain(
        result,
        edition,
        summary(result, True, edition),
        made_of=totals_words(parts),
        parts=parts if marked else (),
        lines=unit_lines(result, items, {}, set(), edition) if marked else (),
        sum=sum_words(result, items, edition) if marked else "",
        items=open_items(result, edition) if marked else None,
        follows=(*decided(result), *follows(result, edition)) if tells(edition, result, "名次") else (),
        history=history(result, edition) if marked else "",
    )


def _apart(result: ObjectResult, edition: Edition) -> UnitPage:
    unit = edition.roster.unit(result.code)
    reason = f"：{unit.reason}" if unit and unit.reason else ""
    page = _plain(result, edition, f"不参评{reason}")
    return msgspec.structs.replace(page, anchor="")


def _plain(result: ObjectResult, edition: Edition, summary: str, **more: object) -> UnitPage:
    blank = UnitPage(
        unit_anchor(edition, result.code), result.name, result.short or result.name, summary,
        "", (), (), "", (), "", "", (), None, None, (), "", None, None, (), "",
    )  # fmt: skip
    return msgspec.structs.replace(blank, **more)
