"""A hook of mkdocs: a line that ends in Chinese and one that begins in Chinese are joined without a blank.

Markdown makes a blank of a line break, and Chinese has none between characters. Lines in fenced blocks, headings, tables and lists stay.
"""

from __future__ import annotations

import re
from typing import Any

_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2018-\u201d\u2026"
_FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_JOINT = re.compile(
    rf"^(?![#|]|\s*$)(.*)(?:(?<=[{_HAN}])\n[ ]*(?=[*]{{0,2}}[{_HAN}])|(?:(?<=[{_HAN}][`)])|(?<=[{_HAN}][*]{{2}}))\n[ ]*(?=[{_HAN}]))",
    re.MULTILINE,
)


def joined(text: str) -> str:
    """Markdown with the lines of its Chinese paragraphs joined.

    >>> joined("# 题\\n甲。\\n乙\\n- 丙\\n  丁\\n")
    '# 题\\n甲。乙\\n- 丙丁\\n'
    """
    parts = _FENCE.split(text)
    for index in range(0, len(parts), 2):
        before = ""
        while parts[index] != before:
            before = parts[index]
            parts[index] = _JOINT.sub(r"\1", before)
    return "".join(parts)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by mkdocs for each page."""
    return joined(markdown)
