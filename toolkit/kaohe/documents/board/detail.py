"""How much of an object the page tells: the scheme's settings 榜页明细 (units) and 榜页人员 (persons), and the size that one file may have."""

from __future__ import annotations

from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult

#: each level tells what those before it tell: the grade; rank and total; what was lost; facts, evidence, sources and names of those responsible
LEVELS = ("等次", "名次", "得分", "全部")
MOST_PAGES = 400  # objects; with more the file would pass some 5 MB, and single lines are left to the workbook
MOST_LINES = 1500  # objects; with more the class tables do without lines of the last periods


def tells(edition: Edition, result: ObjectResult, level: str) -> bool:
    """Whether the page tells so much of an object."""
    return person_tells(edition, level) if result.object == "人员" else unit_tells(edition, level)


def unit_tells(edition: Edition, level: str) -> bool:
    """Whether the page tells so much of units."""
    return LEVELS.index(edition.scheme.settings.unit_detail) >= LEVELS.index(level)


def person_tells(edition: Edition, level: str) -> bool:
    """Whether the page tells so much of persons."""
    return LEVELS.index(edition.scheme.settings.person_detail) >= LEVELS.index(level)


def fits(edition: Edition) -> bool:
    """Whether the file may hold a page for every object."""
    return len(edition.outcome.objects) <= MOST_PAGES


def has_page(edition: Edition, result: ObjectResult) -> bool:
    """Whether an object has a page of its own: its marks may be told, and the file stays small enough."""
    return fits(edition) and tells(edition, result, "得分")


def told_words(edition: Edition) -> str:
    """What the page leaves out and where it stands; "" where everything is told."""
    units = any(each.object == "单位" for each in edition.outcome.objects)
    persons = any(each.object == "人员" and each.grade for each in edition.outcome.objects)
    parts = []
    if units and not unit_tells(edition, "得分"):
        parts.append("本页公布名次和总分，逐项失分见发给各单位的通知书")
    elif not fits(edition):
        parts.append(
            f"参评{len(edition.outcome.objects)}个，本页不逐个列失分，见考核结果.xlsx的“扣分”表和发给各单位的通知书"
        )
    elif units and not unit_tells(edition, "全部"):
        parts.append("本页不列事实和佐证，见发给各单位的通知书")
    if persons and not person_tells(edition, "名次"):
        parts.append("人员只公布等次")
    return "；".join(parts) + "。" if parts else ""
