"""Page breaks in paragraphs that rendering removes. A block tag's paragraph (`{%p if … %}`) goes, and with it a break that somebody put into
it, or that an office program moved there from the paragraph after it; so the break is handed to that paragraph."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CLAIMS = re.compile(r"\{%p ")
_INVISIBLE = (f"{_W}bookmarkStart", f"{_W}bookmarkEnd", f"{_W}proofErr")
_BEFORE = (f"{_W}pStyle", f"{_W}keepNext", f"{_W}keepLines")  # what stands before pageBreakBefore in the schema


def hand_on(root: Any) -> None:
    """Change a part's tree: each page break of a claimed paragraph becomes `pageBreakBefore` of the paragraph after it."""
    for each in list(root.iter(f"{_W}br")):
        paragraph = next(each.iterancestors(f"{_W}p"), None)
        if each.get(f"{_W}type") != "page" or paragraph is None or not _is_claimed(paragraph):
            continue
        after = follower(paragraph)
        if after is not None:
            each.getparent().remove(each)
            _break_before(after)


def follower(paragraph: Any) -> Any:
    """The paragraph that takes a break on: the next one that stays; None where a table or the end of the part comes first."""
    after = paragraph.getnext()
    while after is not None and (after.tag in _INVISIBLE or (after.tag == f"{_W}p" and _is_claimed(after))):
        after = after.getnext()
    return after if after is not None and after.tag == f"{_W}p" else None


def _is_claimed(paragraph: Any) -> bool:
    return bool(_CLAIMS.search("".join(each.text or "" for each in paragraph.iter(f"{_W}t"))))


def _break_before(paragraph: Any) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{_W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{_W}pageBreakBefore") is None:
        at = sum(1 for each in properties if each.tag in _BEFORE)
        properties.insert(at, properties.makeelement(f"{_W}pageBreakBefore"))
