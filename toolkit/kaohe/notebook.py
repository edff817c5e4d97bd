"""The public API: one function a step, as the notebooks call them; what comes back shows itself as tables (pandas) and sentences.

Each function reads what the step before left in the store and leaves its own there, so each notebook can be run alone.
Exceptions: `kaohe.stages.workspace.NotReady` with a Chinese sentence where a step cannot be done.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.analysis import heat, pictures, summary
from kaohe.analysis.heading import heading
from kaohe.core.exact import fixed
from kaohe.core.periods import parse_period
from kaohe.records.edition import Edition
from kaohe.shown import Shown, html, words
from kaohe.stages.turns import step
from kaohe.stages.workspace import Place, place

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML, Markdown

    from kaohe.analysed import Analysed
    from kaohe.stages.collection import Collection
    from kaohe.stages.publish import Publication

__all__ = [
    "Collected",
    "Evaluated",
    "Published",
    "Shown",
    "analyse",
    "collect",
    "evaluate",
    "publish",
    "write_analysis",
]


def found(workspace: str, assessment: str, period: str) -> Place:
    """The place of a period. JupyterLab starts a notebook in its own folder: where `workspace` holds no workbooks, the folder above is meant.
    Raises NotReady when there is no such assessment, or the period's name is wrong."""
    root = Path(workspace).resolve()
    above = not (root / "workbooks").is_dir() and (root.parent / "workbooks").is_dir()
    return place(root.parent if above else root, assessment, period)


def collect(workspace: str, assessment: str, period: str, as_of: str = "", reason: str = "") -> Collected:
    """Read and check everything that came back. Leaves the acceptance list, marked copies and the store. `reason`: why a sealed period is
    computed again."""
    from kaohe.stages import collect as stage

    at = found(workspace, assessment, period)
    with step(at):
        return Collected(stage.collect(at, as_of, reason=reason))


def evaluate(workspace: str, assessment: str, period: str) -> Evaluated:
    """Compute points, totals, ranks, boards and consequences, and roll the ledger, from the store of `collect`."""
    from kaohe.stages import evaluate as stage

    at = found(workspace, assessment, period)
    with step(at):
        return Evaluated(stage.evaluate(at))


def publish(workspace: str, assessment: str, period: str) -> Published:
    """Write workbooks, board, documents and data tables from the store of `evaluate`."""
    from kaohe.stages import publish as stage

    at = found(workspace, assessment, period)
    with step(at):
        return Published(stage.publish(at))


def analyse(workspace: str, assessment: str, period: str) -> Analysed:
    """Look at published results: how they lie, how firm they are, how fair mutual inspection was. Changes nothing (`kaohe.analysed`)."""
    from kaohe.analysed import analyse as look

    return look(workspace, assessment, period)


def write_analysis(workspace: str, assessment: str, period: str, **parameters: object) -> Path:
    """Run analysis.ipynb and write its executed copy and its page; returns the page (`kaohe.analysed.write_analysis`)."""
    from kaohe.analysed import write_analysis as write

    return write(workspace, assessment, period, **parameters)


def _edition_heading(step: int, edition: Edition) -> str:
    before = edition.before.period if edition.before else ""
    return heading(step, edition.scheme, edition.when, edition.row, edition.mark, edition.assessment, before)


class Collected:
    """What the first step found."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def heading(self) -> HTML:
        """Step, period and parameters."""
        context = self.collection.context
        when = parse_period(context.period)
        assert when is not None, "the stage has read the period"
        before = str(when.previous) if str(when.previous) in context.earlier else ""
        scheme = self.collection.scheme
        return html(heading(1, scheme, when, context.row, context.mark, context.assessment, before))

    def finding(self) -> Markdown:
        """One sentence: how many came back, how many must be corrected, who is missing."""
        return words(self.collection.sentence)

    def progress(self) -> Shown:
        """One row per class, then per group-wide form: 应报, 已报, 受理, 提示, 存疑, 未报, 逾期."""
        return Shown(*self.collection.progress)

    def chart(self) -> HTML:
        """Who has returned, and how it was found: a bar a class and group-wide form."""
        states = ("受理", "提示", "存疑", "未报")
        return html(pictures.of_table(*self.collection.progress, states, "应报", "份", "各类填报表的结论"))

    def faults(self) -> Shown:
        """One row per fault: file, sheet, cell, what was found, what to do, code."""
        from kaohe.stages.collection import fault_table

        return Shown(*fault_table(self.collection.faults))

    def missing(self) -> Shown:
        """One row per unit that has not submitted, with its contact, and per group-wide workbook that has not come back."""
        return Shown(("代码", "单位", "联系人", "电话"), self.collection.missing_rows)

    def typed(self) -> Shown:
        """What was typed, one row per class: deductions, claims, reports and verdicts."""
        return Shown(*self.collection.typed)

    def frame(self) -> pd.DataFrame:
        """The acceptance list as a pandas table: one row per file (file, verdict, unit_code, note)."""
        import pandas as pd

        rows = [(each.file, each.verdict, each.unit_code, each.note) for each in self.collection.files]
        return pd.DataFrame(rows, columns=["file", "verdict", "unit_code", "note"])


class Evaluated:
    """What the second step computed."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def heading(self) -> HTML:
        """Step, period and parameters."""
        return html(_edition_heading(2, self.edition))

    def strips(self) -> HTML:
        """Totals as dots, a strip a field on one axis, as on the board."""
        from kaohe.documents.board.svg import strips_html

        return html(strips_html(self.edition) or pictures.caption("没有已计算的总分。"))

    def movement_finding(self) -> Markdown:
        """Who moved most against the last period."""
        from kaohe.analysis.spread import moves_sentence

        return words(moves_sentence(self.edition))

    def movement(self) -> HTML:
        """Ranks over the periods, a panel a class."""
        from kaohe.analysis.spread import moves

        drawn = pictures.ranks(*moves(self.edition), self.edition.scheme.classes)
        return html(drawn or pictures.caption("没有前几期的名次，或单位太多，不画。"))

    def headline(self) -> HTML:
        """Four figures: units with a total, mean, lost points, boards and thresholds."""
        return html(summary.headline(self.edition))

    def finding(self) -> Markdown:
        """Where points are lost: the share of marks lost against the share of full marks."""
        return words(heat.sentence(self.edition))

    def heat_map(self) -> HTML:
        """Lost points by aspect (rows) and unit (columns by class and rank)."""
        return html(heat.table(self.edition))

    def lost_points(self) -> Shown:
        """The heat map as a table: one row per unit, 类别, 名次, 单位, marks lost by aspect, 合计."""
        columns, rows = heat.lost_marks(self.edition)
        return Shown(
            columns, [[fixed(value, 2) if isinstance(value, Fraction) else value for value in row] for row in rows]
        )

    def results(self) -> Shown:
        """One row per unit: class, base, adjustments, total, rank, grade, boards."""
        return Shown(*summary.results_table(self.edition))

    def rules(self) -> Shown:
        """Every rule of the period with the units that it hit, those that hit nobody included."""
        return Shown(*summary.rules_table(self.edition))

    def boundaries(self) -> Markdown:
        """Near misses in words: who stands within one display unit of a threshold, who shares a decisive rank."""
        return words(summary.boundaries(self.edition))

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
        return words(self.publication.sentence)

    def heading(self) -> HTML:
        """Step, period and parameters."""
        return html(_edition_heading(3, self.publication.edition))

    def documents_chart(self) -> HTML:
        """Documents by kind: final, and provisional or drafts."""
        known = [each.kind for each in self.publication.edition.scheme.documents]
        written = [(each.kind, each.status == "正式") for each in self.publication.documents]
        return html(pictures.of_documents(known, written) or pictures.caption("没有写出文书。"))

    def ledger_chart(self) -> HTML:
        """The ledger's problems by state, a bar a class."""
        states = ("已销号", "已完成待核验", "推进中", "未启动")
        drawn = pictures.of_table(*self.publication.ledger, states, "逾期", "个", "台账里的问题")
        return html(drawn or pictures.caption("台账里还没有问题。"))

    def documents(self) -> Shown:
        """One row per document kind: written, waiting, form, numbers."""
        return Shown(*self.publication.kinds)

    def ledger(self) -> Shown:
        """The ledger by state and class, with overdue and relapsed problems."""
        return Shown(*self.publication.ledger)

    def files(self) -> Shown:
        """One row per output file outside the document folders, with its content; those that are always there are links."""
        columns, rows = self.publication.outputs
        names = [str(row[0]) for row in rows if row[0] != "等次决定.xlsx"]
        return Shown(columns, rows, {name: f"../{name}" for name in names})
