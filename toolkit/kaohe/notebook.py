"""The public API: one function a step, as the notebooks call them; what comes back shows itself as tables (pandas) and sentences.

Each function reads what the step before left in the store and leaves its own there, so each notebook can be run alone.
Exceptions: `kaohe.stages.workspace.NotReady` with a Chinese sentence where a step cannot be done.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaohe.analysis import heat, summary
from kaohe.core.exact import fixed
from kaohe.core.sentences import say
from kaohe.records.edition import Edition
from kaohe.stages.workspace import place

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML, Markdown
    from pandas.io.formats.style import Styler

    from kaohe.stages.collect import Collection
    from kaohe.stages.publish import Publication

__all__ = ["Collected", "Evaluated", "Published", "collect", "evaluate", "publish"]


def collect(workspace: str, assessment: str, period: str, as_of: str = "") -> Collected:
    """Read and check everything that came back. Leaves the acceptance list, marked copies and the store."""
    from kaohe.stages import collect as stage

    return Collected(stage.collect(place(workspace, assessment, period), as_of))


def evaluate(workspace: str, assessment: str, period: str) -> Evaluated:
    """Compute points, totals, ranks, boards and consequences, and roll the ledger, from the store of `collect`."""
    from kaohe.stages import evaluate as stage

    return Evaluated(stage.evaluate(place(workspace, assessment, period)))


def publish(workspace: str, assessment: str, period: str) -> Published:
    """Write workbooks, board, documents and data tables from the store of `evaluate`."""
    from kaohe.stages import publish as stage

    return Published(stage.publish(place(workspace, assessment, period)))


def _frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Styler:
    """A table as the notebooks print it: no index, every text escaped."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns))
    # pandas draws a random id for each table: named by its columns, equal runs give equal bytes
    name = f"{zlib.crc32(''.join(columns).encode()):08x}"
    return frame.style.hide(axis="index").set_uuid(name).format(escape="html")


def _words(text: str) -> Markdown:
    from IPython.display import Markdown

    return Markdown(text)  # type: ignore[no-untyped-call]


def _html(text: str) -> HTML:
    from IPython.display import HTML

    return HTML(text)  # type: ignore[no-untyped-call]


class Collected:
    """What the first step found."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def finding(self) -> Markdown:
        """One sentence: how many came back, how many must be corrected, who is missing."""
        return _words(self.collection.sentence)

    def progress(self) -> Styler:
        """One row per class: 应报, 已报, 受理, 提示, 存疑, 拒收, 未报."""
        return _frame(*self.collection.progress)

    def faults(self) -> Styler:
        """One row per fault: file, sheet, cell, what was found, what to do, code."""
        rows = [
            (each.effect, each.source.file, each.source.sheet, each.source.cell, each.found, say(each), each.code)
            for each in self.collection.faults
        ]
        return _frame(("级别", "文件", "工作表", "单元格", "现值", "说明与办法", "代码"), rows)

    def missing(self) -> Styler:
        """One row per unit that has not submitted, with its contact."""
        rows = [(unit.code, unit.name, unit.contact, unit.phone) for unit in self.collection.missing]
        return _frame(("代码", "单位", "联系人", "电话"), rows)

    def typed(self) -> Styler:
        """What was typed, one row per class: deductions, claims, reports and verdicts."""
        return _frame(*self.collection.typed)

    def frame(self) -> pd.DataFrame:
        """The acceptance list as a pandas table: one row per file (file, verdict, unit_code, note)."""
        import pandas as pd

        rows = [(each.file, each.verdict, each.unit_code, each.note) for each in self.collection.files]
        return pd.DataFrame(rows, columns=["file", "verdict", "unit_code", "note"])


class Evaluated:
    """What the second step computed."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def headline(self) -> HTML:
        """Four figures: units with a total, mean, lost points, boards and thresholds."""
        return _html(summary.headline(self.edition))

    def finding(self) -> Markdown:
        """Where points are lost: the share of marks lost against the share of full marks."""
        return _words(heat.sentence(self.edition))

    def heat_map(self) -> HTML:
        """Lost points by aspect (rows) and unit (columns by class and rank)."""
        return _html(heat.table(self.edition))

    def results(self) -> Styler:
        """One row per unit: class, base, adjustments, total, rank, grade, boards."""
        return _frame(*summary.results_table(self.edition))

    def rules(self) -> Styler:
        """Every rule of the period with the units that it hit, those that hit nobody included."""
        return _frame(*summary.rules_table(self.edition))

    def boundaries(self) -> Markdown:
        """Near misses in words: who stands within one display unit of a threshold, who shares a decisive rank."""
        return _words(summary.boundaries(self.edition))

    def frame(self) -> pd.DataFrame:
        """The results as a pandas table: one row per unit, totals as decimal text."""
        import pandas as pd

        places = self.edition.scheme.settings.places
        rows = [
            (
                each.code,
                each.name,
                each.unit_class,
                each.status,
                "" if each.total is None else fixed(each.total, places),
                each.rank,
            )
            for each in self.edition.outcome.objects
        ]
        return pd.DataFrame(rows, columns=["unit_code", "unit_name", "unit_class", "status", "total", "rank"])


class Published:
    """What the third step wrote."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication

    def finding(self) -> Markdown:
        """One sentence: how many documents of which kinds, what waits and why."""
        return _words(self.publication.sentence)

    def documents(self) -> Styler:
        """One row per document kind: written, waiting, form, numbers."""
        return _frame(*self.publication.kinds)

    def ledger(self) -> Styler:
        """The ledger by state and class, with overdue and relapsed problems."""
        return _frame(*self.publication.ledger)

    def files(self) -> Styler:
        """One row per output file outside the document folders, with its content."""
        return _frame(*self.publication.outputs)
