"""How the tables of the fields are set side by side on the board: three blocks a band, a long single field cut into neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kaohe.documents.printed import class_label, class_title
from kaohe.documents.results.model import Frame
from kaohe.records.results import FieldResult, ObjectResult

_LONG = 13  # a single field longer than this is set in several blocks side by side


class Block(NamedTuple):
    """A piece of a field's table at block column 0, 1 or 2; `before` are the lengths of the same field's pieces to the left."""

    field: FieldResult
    members: tuple[ObjectResult, ...]
    position: int
    before: tuple[int, ...]


def bands(frame: Frame) -> list[list[Block]]:
    """Fields in bands of three blocks; with one or two fields a long one is cut into neighbouring blocks."""
    fields = [(field, _members(frame, field)) for field in frame.fields if field.field]
    fields = [(field, members) for field, members in fields if members]
    counts = pieces([len(members) for _, members in fields])
    blocks: list[Block] = []
    for (field, members), count in zip(fields, counts, strict=True):
        cuts = cut(members, count)
        for number, piece in enumerate(cuts):
            before = tuple(len(each) for each in cuts[:number])
            blocks.append(Block(field, tuple(piece), len(blocks) % 3, before))
    return [blocks[start : start + 3] for start in range(0, len(blocks), 3)]


def cut(members: Sequence[ObjectResult], count: int) -> list[list[ObjectResult]]:
    """Members in so many pieces of equal length (the last may be shorter)."""
    size = -(-len(members) // count)
    return [list(members[start : start + size]) for start in range(0, len(members), size)]


def pieces(sizes: list[int], long: int = _LONG) -> list[int]:
    """How many neighbouring blocks each table gets when it has more than `long` rows, so that up to three fill a band."""
    if len(sizes) == 1 and sizes[0] > long:
        return [3]
    if len(sizes) == 2 and max(sizes) > long:
        return [2, 1] if sizes[0] >= sizes[1] else [1, 2]
    return [1] * len(sizes)


def _members(frame: Frame, field: FieldResult) -> tuple[ObjectResult, ...]:
    members = [each for each in frame.objects if each.field == field.field and each.status != "不参评"]
    return tuple(sorted(members, key=lambda each: each.rank or len(members) + 1))


def field_title(frame: Frame, block: Block) -> str:
    """Ⅰ类　县区公司党总支; a piece that is not the first says （续）."""
    classes = [each for each in frame.scheme.classes if each.code in block.field.classes]
    if len(classes) == 1:
        title = f"{class_label(classes[0])}　{class_title(classes[0])}".strip()
    else:
        codes = "、".join(each.code for each in classes)
        title = f"{codes} 一起排名" if block.field.field in block.field.classes else f"{block.field.field}（{codes}）"
    return f"{title}（续）" if block.before else title
