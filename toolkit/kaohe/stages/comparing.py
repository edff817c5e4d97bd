"""Two years of a scheme side by side, and the table of their differences as a workbook."""

from __future__ import annotations

from pathlib import Path

from kaohe.files.publish import write_file
from kaohe.files.xlsx import write
from kaohe.records.scheme import Scheme
from kaohe.scheme.diff import Diff, diff
from kaohe.scheme.diff_book import book
from kaohe.stages.workspace import NotReady


def compare(old: Scheme, new: Scheme) -> Diff:
    """`kaohe scheme diff`: what is other in the new scheme."""
    return diff(old, new)


def write_table(found: Diff, target: Path) -> None:
    """The differences as a workbook. Raises NotReady where the target exists or is no .xlsx."""
    if target.suffix.lower() != ".xlsx":
        raise NotReady(f"{target.name} 不是 .xlsx 文件。请换一个文件名。")
    if target.exists():
        raise NotReady(f"{target} 已存在，没有覆盖。请换一个文件名。")
    write_file(target, write(book(found)))
