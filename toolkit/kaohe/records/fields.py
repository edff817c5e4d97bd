"""The fields of a document kind as data: name, meaning, an example, its shape; and sample values made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

Shape = Literal["文字", "整数", "是否", "列表", "文字列表"]
LISTS: tuple[Shape, ...] = ("列表", "文字列表")


class Field(msgspec.Struct, frozen=True):
    """A field that a template may name. A column of a list is called `列表.栏`; `required`: every template of the kind has to use it.

    `example`: a text, a whole number or a truth value; of 文字列表 one item; "" for a 列表, whose columns have their own.
    """

    name: str
    meaning: str
    example: str | int | bool
    shape: Shape
    required: bool = False


def sample(fields: Sequence[Field], rows: int, text: Callable[[str], str] = str) -> dict[str, object]:
    """Values for every field: the examples, `rows` items in each list, each text as `text` makes it of its example.

    >>> fields = (Field("甲", "", "一", "文字"), Field("表", "", "", "列表"), Field("表.数", "", 3, "整数"))
    >>> sample(fields, 2, lambda word: word * 2)
    {'甲': '一一', '表': [{'数': 3}, {'数': 3}]}
    """
    return {name: _value(each, fields, rows, text) for name, each in _children("", fields).items()}


def _children(owner: str, fields: Sequence[Field]) -> Mapping[str, Field]:
    """The fields right below a list ("" = those of the top), by their own names."""
    split = ((each.name.rpartition("."), each) for each in fields)
    return {own: each for (above, _, own), each in split if above == owner}


def _value(each: Field, fields: Sequence[Field], rows: int, text: Callable[[str], str]) -> object:
    if each.shape == "列表":
        columns = _children(each.name, fields)
        return [{name: _value(one, fields, rows, text) for name, one in columns.items()} for _ in range(rows)]
    if each.shape == "文字列表":
        return [text(str(each.example)) for _ in range(rows)]
    return text(each.example) if isinstance(each.example, str) else each.example
