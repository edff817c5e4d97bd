"""`python job.py PERIOD_FOLDER OUT TEMPLATES`: the plain job, one notebook through papermill with its page; everything goes to OUT."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(folder: Path, out: Path, templates: Path) -> None:
    """Execute plain.ipynb and write its HTML without the code."""
    import papermill
    from nbconvert import HTMLExporter

    out.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    parameters = {"folder": str(folder), "out": str(out), "templates": str(templates)}
    executed = out / "plain.ipynb"
    papermill.execute_notebook(HERE / "plain.ipynb", executed, parameters, progress_bar=False, kernel_name="python3")
    page, _ = HTMLExporter(exclude_input=True).from_filename(str(executed))
    (out / "plain.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:4]))
