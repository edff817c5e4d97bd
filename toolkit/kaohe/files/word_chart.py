"""Native charts of a Word template: the numbers are put into the chart's own part, which stays a drawing that Word can edit.

A chart belongs to the list field whose name its drawing bears (Word shows it in 选择窗格). Of each row the first column names the category;
the other columns are the series, by the names that they have in the chart. What else the chart shows belongs to the office that owns the
template; a drawing that still has the name an office program gave it (图表 1) shows what the office has typed. The part is taken apart once;
filling it is joining texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from kaohe.files.opc import Package

_DOCUMENT, _LINKS = "word/document.xml", "word/_rels/document.xml.rels"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SLOT = re.compile(r"<!--slot:(\w+):(\d+)-->|slot:(\w+)")
_UNNAMED = re.compile(r"(图表|对象|图形|Chart|Object)?\s*\d*", re.IGNORECASE)
_STEPS = (1, 2, 5, 10, 20, 25)
_MOST_STEPS = 6


class Chart(NamedTuple):
    """A chart: its part, the list field that it shows, its series in order, and its text around the slots.

    A slot is (what, number of the series): `categories`, `values`, `least` (of the value axis) and `step`.
    """

    part: str
    field: str
    series: tuple[str, ...]
    pieces: tuple[str | tuple[str, int], ...]
    top: Decimal | None

    @property
    def names(self) -> frozenset[str]:
        """The field names that it reads, with columns."""
        return frozenset({self.field, *(f"{self.field}.{each}" for each in self.series)})

    def fill(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """The part with these rows; a blank value leaves a gap. Raises KeyError for a series that the rows do not have."""
        columns = [[str(row[name]) for row in rows] for name in self.series]
        names = [str(next(iter(row.values()), "")) for row in rows]
        least, step = _axis([value for column in columns for value in column if value], self.top)
        made: list[str] = []
        categories = _points(names)
        for piece in self.pieces:
            if isinstance(piece, str):
                made.append(piece)
            elif piece[0] == "categories":
                made.append(categories)
            elif piece[0] == "values":
                made.append(_points(columns[piece[1]]))
            else:
                made.append(str(least if piece[0] == "least" else step))
        return "".join(made).encode()


def charts_of(package: Package) -> tuple[Chart, ...]:
    """The charts of a template that have a name, in the order of the document. Raises lxml's error for a damaged part."""
    if _LINKS not in package.names:
        return ()
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    links = {each.get("Id"): each.get("Target") for each in etree.fromstring(package.read(_LINKS), parser)}
    found = []
    for frame in etree.fromstring(package.read(_DOCUMENT), parser).iter(f"{_WP}inline", f"{_WP}anchor"):
        named, chart = frame.find(f"{_WP}docPr"), next(frame.iter(f"{_C}chart"), None)
        target = links.get(chart.get(f"{_R}id")) if chart is not None else None
        part = target.lstrip("/") if target and target.startswith("/") else f"word/{target}"
        name = (named.get("name") or "") if named is not None else ""
        if target and part in package.names and not _UNNAMED.fullmatch(name):
            found.append(_taken_apart(part, name, etree.fromstring(package.read(part), parser)))
    return tuple(found)


def _taken_apart(part: str, field: str, root: Any) -> Chart:
    """The chart with slots in the place of its categories, values and the ends of its value axis."""
    from lxml import etree

    series = []
    for number, each in enumerate(root.iter(f"{_C}ser")):
        series.append(
            "".join(each.find(f"{_C}tx").itertext(f"{_C}v")).strip() if each.find(f"{_C}tx") is not None else ""
        )
        for holder, what in (("cat", "categories"), ("val", "values")):
            owner = each.find(f"{_C}{holder}")
            for cache in (
                owner.iter(*(f"{_C}{kind}" for kind in ("strCache", "strLit", "numCache", "numLit")))
                if owner is not None
                else ()
            ):
                for point in (*cache.findall(f"{_C}ptCount"), *cache.findall(f"{_C}pt")):
                    cache.remove(point)
                kept = cache.find(f"{_C}formatCode")
                cache.insert(0 if kept is None else 1, etree.Comment(f"slot:{what}:{number}"))
    axis = root.find(f".//{_C}valAx")
    top = axis.find(f"{_C}scaling/{_C}max") if axis is not None else None
    for path, what in ((f"{_C}scaling/{_C}min", "least"), (f"{_C}majorUnit", "step")):
        end = axis.find(path) if axis is not None and top is not None else None
        if end is not None:
            end.set("val", f"slot:{what}")
    text = etree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Chart(
        part, field, tuple(series), tuple(_cut(head + text)), Decimal(top.get("val")) if top is not None else None
    )


def _cut(text: str) -> list[str | tuple[str, int]]:
    pieces: list[str | tuple[str, int]] = []
    at = 0
    for match in _SLOT.finditer(text):
        pieces += [text[at : match.start()], (match[1] or match[3], int(match[2] or 0))]
        at = match.end()
    return [*pieces, text[at:]]


def _points(values: Sequence[str]) -> str:
    shown = (f'<c:pt idx="{at}"><c:v>{escape(value)}</c:v></c:pt>' for at, value in enumerate(values) if value)
    return f'<c:ptCount val="{len(values)}"/>{"".join(shown)}'


def _axis(values: Sequence[str], top: Decimal | None) -> tuple[Decimal, Decimal]:
    """Where the value axis begins and its step: round numbers, the smallest value above the begin, few steps up to the axis's end.

    >>> _axis(["97.3", "88"], Decimal(100)), _axis([], Decimal(100))
    ((Decimal('85'), Decimal('5')), (Decimal('0'), Decimal('20')))
    """
    if top is None or not values:
        return Decimal(0), Decimal(20)
    smallest = min(Decimal(value) for value in values)
    for step in _STEPS:
        least = (smallest / step).to_integral_value("ROUND_CEILING") * step - step
        if top - least <= step * _MOST_STEPS:
            return max(least, Decimal(0)), Decimal(step)
    return Decimal(0), Decimal(25)
