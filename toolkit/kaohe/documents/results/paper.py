"""What the sheets of the results workbook share on paper and in links: the footer, the way to a returned workbook, rows of a new field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kaohe.core.cells import Source
from kaohe.documents.results.grid import FIRST_ROW, HEAD_ROW
from kaohe.documents.results.model import Frame
from kaohe.records.books import Print
from kaohe.records.results import ObjectResult

_ONE_PAGE = 250.0  # widths of columns that fill a landscape page at the scale below
_SMALL = 60  # per cent: figures of ten points are then printed in six
MOST_LINKS = 60_000  # a sheet holds 65,530 hyperlinks


def footer(frame: Frame) -> str:
    """The footer of every sheet: scheme, period, reference date and input mark on the left, page numbers on the right."""
    edition = frame.edition
    left = f"{frame.scheme.name}　{edition.when.title}　基准日 {edition.outcome.as_of}　输入标记 {edition.mark}"
    return f"&L&8{left.replace('&', '&&')}&R&8&A　第 &P 页 共 &N 页"


def on_paper(frame: Frame, widths: Sequence[float], titles: int = 0, area: str = "") -> Print:
    """How a sheet with a header is printed: one page wide while that can be read, else over several pages with the first `titles` columns
    on each."""
    wide = sum(widths) > _ONE_PAGE
    return Print(
        rows=(HEAD_ROW, HEAD_ROW),
        area=area,
        footer=footer(frame),
        scale=_SMALL if wide else 0,
        columns=(1, titles) if wide and titles else None,
    )


def returned_path(frame: Frame, file: str) -> str:
    """A returned workbook's path as seen from the results workbook's folder, for a link."""
    # In a link `#` would begin a place inside the workbook, and `%` an escape.
    place = (frame.edition.assessment, frame.edition.period, "回收", file)
    return "../../../workbooks/" + "/".join(part.replace("%", "%25").replace("#", "%23") for part in place)


def source_link(frame: Frame, source: Source) -> str:
    """The address of a typed cell in its returned workbook; "" where it is not known."""
    if not source.file:
        return ""
    place = f"#'{source.sheet}'!{source.cell}" if source.sheet and source.cell else ""
    return f"external:{returned_path(frame, source.file)}{place}"


def new_fields(objects: Sequence[ObjectResult]) -> set[int]:
    """Rows of the object sheets that begin another field."""
    pairs = pairwise(objects)
    return {
        FIRST_ROW + n
        for n, (one, other) in enumerate(pairs, 1)
        if (one.field or one.unit_class) != (other.field or other.unit_class)
    }
