"""Each notebook runs alone, as in JupyterLab, from what the step before left in the store; the record of a run is fit to be shown.

1. Executed alone it leaves what the run left, byte for byte, and shows a table and a finding of its own.
2. It does one step: none calls the whole run.
3. The executed copies and pages of a run hold no absolute path and no network address; the pages hold no code.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
import pytest
from nbclient import NotebookClient

from kaohe.engine import ENGINE, register
from kaohe.kernel import Kernels

if TYPE_CHECKING:
    from sample.conftest import Quarter

COLLECTED = ("scheme", "roster", "context", "submissions", "shared", "openings", "files", "faults")
EVALUATED = ("outcome", "ledger")
#: notebook → what the store must hold before it, what it leaves there
STEPS = {
    "1_collect.ipynb": ((), COLLECTED),
    "2_evaluate.ipynb": (COLLECTED, EVALUATED),
    "3_publish.ipynb": ((*COLLECTED, *EVALUATED), ("documents",)),
}


def executed(place: Quarter, name: str) -> Any:
    """The notebook after papermill ran it in the working place, with a kernel of this interpreter."""
    register()
    with Kernels(place.root) as kernels:
        return papermill.execute_notebook(
            nbformat.read(place.root / "notebooks" / name, as_version=4),
            None,
            {"workspace": ".", "assessment": "red-blue", "period": "2026Q3"},
            engine_name=ENGINE,
            kernel_name="python3",
            km=kernels.take(("kaohe.notebook",)),
            progress_bar=False,
        )


def outputs(notebook: Any, kind: str) -> list[str]:
    return [out.data[kind] for cell in notebook.cells for out in cell.get("outputs", ()) if kind in out.get("data", {})]


def finding(notebook: Any) -> str:
    return outputs(notebook, "text/markdown")[0]


@pytest.mark.parametrize("name", STEPS)
def test_1_a_notebook_alone_leaves_what_the_run_left_and_shows_a_table_and_a_finding(
    name: str, quarter: Quarter, elsewhere: Quarter
) -> None:
    before, after = STEPS[name]
    published, staged = quarter.folder(), elsewhere.at().staging
    for record in before:
        (staged / "store").mkdir(parents=True, exist_ok=True)
        shutil.copy(published / "store" / f"{record}.jsonl", staged / "store")
    notebook = executed(elsewhere, name)
    for record in after:
        path = f"store/{record}.jsonl"
        assert (staged / path).read_bytes() == (published / path).read_bytes(), path
    made = {path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()}
    outside_the_store = {path for path in made if not path.startswith("store/")}
    assert [
        path for path in sorted(outside_the_store) if (staged / path).read_bytes() != (published / path).read_bytes()
    ] == []
    assert any("<table" in html for html in outputs(notebook, "text/html"))
    assert re.search(r"\*\*\S+\*\*", finding(notebook))


def test_1_a_notebook_opened_in_its_own_folder_finds_the_working_place(elsewhere: Quarter) -> None:
    """As JupyterLab does: the kernel starts in notebooks/, and the parameters stay as they are."""
    notebook = nbformat.read(elsewhere.root / "notebooks" / "1_collect.ipynb", as_version=4)
    folder = {"metadata": {"path": str(elsewhere.root / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=folder).execute()
    assert finding(notebook).startswith("应报 31 个单位") and (elsewhere.at().staging / "受理清单.xlsx").is_file()
    assert not (elsewhere.root / "notebooks" / "reports").exists()
    assert any('<svg class="picture"' in html for html in outputs(notebook, "text/html"))


def test_1_each_has_a_finding_of_its_own(quarter: Quarter) -> None:
    found = {finding(nbformat.read(quarter.folder() / "notebooks" / name, as_version=4)) for name in STEPS}
    assert len(found) == len(STEPS)


def test_2_each_does_one_step_and_none_calls_the_whole_run(quarter: Quarter) -> None:
    for name in STEPS:
        notebook = nbformat.read(quarter.root / "notebooks" / name, as_version=4)
        code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        assert re.findall(r"\bkaohe\.(\w+)\(", code) == [name[2:].removesuffix(".ipynb")], name
        assert "pipeline" not in code and not any(cell.get("outputs") for cell in notebook.cells), name


def test_3_the_record_of_a_run_holds_no_path_and_no_address(quarter: Quarter) -> None:
    for name in STEPS:
        for path in (
            quarter.folder() / "notebooks" / name,
            (quarter.folder() / "notebooks" / name).with_suffix(".html"),
        ):
            text = path.read_text(encoding="utf-8")
            private = (str(quarter.root), quarter.root.parent.name, str(Path.home()) + "/", sys.prefix, "file://")
            assert [each for each in private if each in text] == [], path.name
            assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text.replace("http://www.w3.org/2000/svg", "")) == [], (
                path.name
            )


def test_3_the_pages_hold_no_code_and_nothing_that_acts(quarter: Quarter) -> None:
    for name in STEPS:
        notebook = nbformat.read(quarter.folder() / "notebooks" / name, as_version=4)
        page = (quarter.folder() / "notebooks" / name).with_suffix(".html").read_text(encoding="utf-8")
        code = [
            line for cell in notebook.cells if cell.cell_type == "code" for line in cell.source.splitlines() if line
        ]
        assert [line for line in code if line in page] == [] and len(code) > 6
        assert (
            "<script" not in page and "<table" in page and "In [" not in page and not re.search(r'src="(?!data:)', page)
        )
