"""The picture of growth: CPU seconds of the whole job by number of units, both axes logarithmic, as a small SVG file."""

from __future__ import annotations

import io
from collections.abc import Mapping

from measure import Cost

#: way → marker and line; told apart without colour
_WAYS = {
    "kaohe": ("o", "-"),
    "plain": ("s", "--"),
    "kaohe, one form changed": ("^", ":"),
    "3 trivial notebooks": ("x", "-."),
}


def picture(found: Mapping[int, Mapping[str, Cost]]) -> str:
    """`found`: units → way → its cost. The same figures give the same text: no date, no random ids."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "kaohe", "svg.fonttype": "none"}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    for way, (marker, line) in _WAYS.items():
        points = [(units, costs[way].cpu) for units, costs in sorted(found.items()) if way in costs]
        if points:
            axes.plot(*zip(*points, strict=True), marker=marker, linestyle=line, color="black", label=way)
    axes.set(xscale="log", yscale="log", xlabel="units", ylabel="CPU seconds of the whole job")
    axes.set_xticks(sorted(found), labels=[f"{units:,}" for units in sorted(found)])
    axes.minorticks_off()
    axes.grid(visible=True, color="0.85")
    axes.legend(frameon=False)
    kept = io.StringIO()
    figure.savefig(kept, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    return kept.getvalue()
