"""Floors: what nobody who uses the same formats and the same notebook runner can go below."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.parsers import expat

import nbformat

ZIP = b"PK\x03\x04"


def parse_sheets(workbooks: Sequence[bytes]) -> None:
    """Inflate every sheet and the shared strings of each workbook, and let expat read them without handlers."""
    for data in workbooks:
        if data[:4] != ZIP:
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                    expat.ParserCreate().Parse(book.read(name), True)


def deflate(parts: Sequence[str]) -> None:
    """Compress the parts of documents once, at the level that Word packages usually have."""
    for part in parts:
        zlib.compress(part.encode(), 6)


def notebook(count: int, folder: Path) -> Callable[[], object]:
    """A call that executes `count` notebooks of one cell each through papermill, one after another."""

    def execute() -> None:
        import papermill

        for number in range(count):
            made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
            made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            path = folder / f"trivial-{number}.ipynb"
            nbformat.write(made, path)
            papermill.execute_notebook(path, None, progress_bar=False, shutdown_kernel="immediate")

    return execute


def main(count: int, folder: Path) -> None:
    """Run by itself, so that imports count as they do in a run."""
    started = time.perf_counter()
    notebook(count, folder)()
    print(f"{time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]), Path(sys.argv[2]))
