"""How the notebooks show what a step found: a table that prints itself, a sentence, a part of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML, Markdown


class Shown:
    """A table as the notebooks print it; `frame()` gives the same as a pandas table.

    Shown without pandas, because each notebook starts a kernel of its own and pandas costs half a second there. `links`: text of a cell →
    address beside the page.
    """

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[object]], links: Mapping[str, str] | None = None
    ) -> None:
        self.columns, self.rows = (
            tuple(columns),
            [tuple("" if value is None else value for value in row) for row in rows],
        )
        self._links = links or {}

    def _repr_html_(self) -> str:
        """Numbers stand at the right; a table without rows says so."""
        numeric = [
            bool(self.rows) and all(_is_number(row[index]) for row in self.rows) for index in range(len(self.columns))
        ]
        kinds = [' class="num"' if number else "" for number in numeric]
        head = "".join(
            f'<th scope="col"{kind}>{escape(title)}</th>' for kind, title in zip(kinds, self.columns, strict=True)
        )
        body = "".join(
            f"<tr>{''.join(f'<td{kind}>{self._cell(str(value))}</td>' for kind, value in zip(kinds, row, strict=True))}</tr>"
            for row in self.rows
        )
        none = f'<tr><td colspan="{len(self.columns)}">无</td></tr>'
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body or none}</tbody></table>"

    def _cell(self, text: str) -> str:
        address = self._links.get(text)
        return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)

    def __repr__(self) -> str:
        return f"表：{len(self.rows)} 行，{'、'.join(self.columns)}"

    def frame(self) -> pd.DataFrame:
        """One row per row, the Chinese titles as columns."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))


def _is_number(value: object) -> bool:
    return value == "" or isinstance(value, int | float) or bool(re.fullmatch(r"[+−-]?\d+(\.\d+)?", str(value)))


def words(text: str) -> Markdown:
    """A sentence in Markdown."""
    from IPython.display import Markdown

    return Markdown(text)  # type: ignore[no-untyped-call]


def html(text: str) -> HTML:
    """A part of a page; `text` is HTML whose values are escaped."""
    from IPython.display import HTML

    return HTML(text)  # type: ignore[no-untyped-call]
