"""How the analysis shows itself: tables with their numbers behind them, charts with their texts, sentences."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from kaohe.analysis.charts import Chart
from kaohe.analysis.extra import Absent
from kaohe.core.exact import fixed
from kaohe.shown import Shown, words

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import Markdown


class Measured(Shown):
    """A table with its unrounded numbers behind the printed ones."""

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[object]], values: Sequence[Sequence[object]]
    ) -> None:
        super().__init__(columns, rows)
        self.values = [[float(value) if isinstance(value, Fraction) else value for value in row] for row in values]

    def frame(self) -> pd.DataFrame:
        """One row per row; fractions as floats, missing numbers as NaN."""
        import pandas as pd

        return pd.DataFrame(self.values, columns=list(self.columns))


class Picture:
    """A chart with its alternative text, embedded; or the sentence that says why there is none."""

    def __init__(self, draw: Callable[[], Chart]) -> None:
        try:
            self.chart: Chart | None = draw()
            self.reason = ""
        except Absent as absent:
            self.chart, self.reason = None, str(absent)

    def _repr_html_(self) -> str:
        if self.chart is None:
            return f'<p class="caption">{escape(self.reason)}</p>'
        data = base64.b64encode(self.chart.png).decode()
        return f'<img src="data:image/png;base64,{data}" alt="{escape(self.chart.alt)}">'

    def __repr__(self) -> str:
        return self.chart.alt if self.chart is not None else self.reason


def measured(columns: Sequence[str], values: Sequence[Sequence[object]], places: int) -> Measured:
    """Numbers with these decimals (whole ones as they are), a true minus sign; blanks where there is none."""
    return Measured(columns, [[_text(value, places) for value in row] for row in values], values)


def _text(value: object, places: int) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace("-", "−")
    if isinstance(value, Fraction):
        return fixed(value, places).replace("-", "−")
    if isinstance(value, int) and value < 0:
        return f"−{-value}"
    return value


def said(sentence: Callable[[], str]) -> Markdown:
    """The sentence, or what says that it cannot be computed here."""
    try:
        return words(sentence())
    except Absent as absent:
        return words(str(absent))
