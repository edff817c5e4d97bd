"""The catalogue of faults as a page for people (docs/faults.md): every code, what happens, what is said, what to do.

`python -c "from kaohe.stages.catalogue import catalogue; print(catalogue(), end='')"` prints it; a test keeps the file equal.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from kaohe.core.sentences import CATALOGUE

#: heading → the beginnings of its codes, in the order of the page
TOPICS = {
    "回收的文件": ("FILE", "COLLECT"),
    "填报表：认表与结构": ("FORM",),
    "填报表：填写的值": ("VALUE",),
    "填报表：行与列": ("ROW",),
    "填报表：封面": ("COVER",),
    "评价票：计票汇总与测评导出": ("TALLY", "EXPORT"),
    "计分": ("RUN",),
    "问题、约谈与申诉": ("LEDGER",),
    "方案工作簿": (
        "SHEET", "CELL", "CODE", "WORD", "INFO", "PERIOD", "PART", "MARK", "WEIGHT", "RATE", "BONUS",
        "GRADE", "RULE", "LOOP", "FORMS", "DOC",
    ),
    "名册": ("ROSTER",),
    "检查组抽签": ("TEAM",),
    "文书模板": ("TPL",),
    "文书版式": ("LAYOUT",),
    "文书内容": ("WRITE",),
}  # fmt: skip
_NOTHING, _OF_THE_CASE = "不用改；读得不对的再改。", "提示里列出可用的词或最接近的词，照着改。"
_HEAD = """# 差错目录

由 `kaohe.core.sentences` 生成，不要手改。代码长期不变；提示里写明具体内容的地方，这里用“…”代替。

- **提示**：已收下，怎样读的写明了，请确认。
- **存疑**：所在单位改正前不计分，其他单位照算。
- **拒收**：这个文件没有采用；方案或名册有拒收的差错时不能计算；模板有拒收的差错时不写文书；成品文书的版式不合规定也用这一级，不影响计算。
"""


def catalogue() -> str:
    """The page in Markdown, ending with a line feed: a table of code, effect, sentence and advice for each topic.

    Raises KeyError where a code of the catalogue belongs to no topic.
    """
    topics = {start: title for title, starts in TOPICS.items() for start in starts}
    rows: dict[str, list[str]] = {title: [] for title in TOPICS}
    for code, sentence in sorted(CATALOGUE.items(), key=_order):
        words = (code, sentence.effect, _shown(sentence.text), _advised(sentence.advice))
        rows[topics[code.split("-")[0]]].append(f"| {' | '.join(words)} |")
    return "\n".join((_HEAD, *_tables(rows)))


def _advised(advice: str) -> str:
    """What to do in words, also where the sentence has no more to say or says what the fault fills in."""
    words = _shown(advice)
    return _OF_THE_CASE if words == "…" else words or _NOTHING


def _tables(rows: dict[str, list[str]]) -> Iterator[str]:
    for title, lines in rows.items():
        yield f"## {title}\n"
        yield "| 代码 | 级别 | 说明 | 怎么办 |"
        yield "|---|---|---|---|"
        yield "\n".join(lines) + "\n"


def _order(entry: tuple[str, object]) -> tuple[int, str]:
    """By the topics' order of beginnings, then by number."""
    starts = [start for group in TOPICS.values() for start in group]
    return starts.index(entry[0].split("-")[0]), entry[0]


def _shown(text: str) -> str:
    """A sentence with `…` for what the fault fills in; a bar would end the table's cell."""
    parts = (literal + ("…" if name is not None else "") for literal, name, _, _ in string.Formatter().parse(text))
    return "".join(parts).replace("|", "\\|")
