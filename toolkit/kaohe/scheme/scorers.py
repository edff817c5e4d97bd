"""Which form asks for a line: the form whose 填报人 names who scores it (评分人, blank = the inspection team)."""

from __future__ import annotations

from kaohe.records.scheme import FormKind, Indicator

TEAM = "检查组"


def scored_in(leaf: Indicator, kind: FormKind) -> bool:
    """Whether a form's 填报人 names the line's 评分人; a form for each object always has the lines of the inspection team."""
    scorer = leaf.scorer or TEAM
    return not kind.filler or scorer in kind.filler or (kind.copies == "每对象" and scorer == TEAM)
