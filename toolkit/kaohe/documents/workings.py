"""How a line lost marks without a problem, in words: its method, what was typed, the arithmetic."""

from __future__ import annotations

from kaohe.records.figures import Figure


def by_line(figure: Figure | None) -> dict[str, Figure]:
    """The figures of all lines by indicator code."""
    found: dict[str, Figure] = {}
    stack = [figure] if figure else []
    while stack:
        each = stack.pop()
        stack.extend(each.parts)
        if each.key.startswith("指标:"):
            found[each.key.partition(":")[2]] = each
    return found


def working(method: str, figure: Figure | None) -> str:
    """How a line lost marks without a problem: its method, the typed figures, the arithmetic."""
    head = f"按“{method}”计分" if method else ""
    if figure is None:
        return head
    typed = "，".join(
        f"{each.label}{each.shown or each.typed}" for each in figure.parts[:4] if each.shown or each.typed
    )
    how = "" if method and figure.how.startswith(method) else figure.how
    return "；".join(part for part in (f"{head}：{typed}" if typed else head, how) if part)
