"""A real office program to speak to: LibreOffice listens at a pipe of its own name, and scripts of `in_office` open, type and read there.

The scripts run under the system's Python, which has LibreOffice's module `uno`. `type_all` types into many workbooks with one start.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from kaohe.records.tables import CellValue

SCRIPTS = Path(__file__).with_name("in_office")
#: (sheet, address, `text`, `number` or `date`, value)
Cell = tuple[str, str, str, str | float]


@contextmanager
def listening() -> Iterator[str]:
    """A LibreOffice with a profile of its own; gives the name of the pipe where it listens. It is ended in any case, with all it started."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        pipe = f"kaohe{uuid.uuid4().hex[:8]}"
        place, accept = f"-env:UserInstallation={Path(profile).as_uri()}", f"--accept=pipe,name={pipe};urp;"
        office = subprocess.Popen(
            ["soffice", place, "--headless", "--norestore", accept],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            yield pipe
        finally:
            os.killpg(office.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                office.wait(30)
            with suppress(ProcessLookupError):
                os.killpg(office.pid, signal.SIGKILL)
            office.wait()


def script(name: str, *arguments: str) -> list[str]:
    """The command that runs one of the scripts."""
    return ["/usr/bin/python3", str(SCRIPTS / f"{name}.py"), *arguments]


def keyed(file: Path, steps: list[Any]) -> list[list[str]]:
    """Type as on the keyboard, and read what the watched cells show after each step [sheet, acts, watched]; the file is not saved. A second
    refusal of a locked cell in one session ends LibreOffice 7.4 without windows: one at the most."""
    with listening() as pipe:
        call = script("keyboard", pipe, str(file), json.dumps(steps))
        return list(json.loads(subprocess.run(call, stdout=subprocess.PIPE, timeout=240, check=True).stdout))


def type_all(work: list[dict[str, Any]]) -> None:
    """One office program for all workbooks; raises CalledProcessError where one cannot be typed, with the reason on stderr."""
    with listening() as pipe, tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "jobs.json"
        plan.write_text(json.dumps(work, ensure_ascii=False), encoding="utf-8")
        subprocess.run(script("typist", pipe, str(plan)), check=True)


def cell(place: tuple[str, str], value: CellValue) -> Cell:
    """A value as it is typed into (sheet, address): a date as a date, a number as a number, everything else as text."""
    if isinstance(value, date):
        return *place, "date", float((value - date(1899, 12, 30)).days)
    if isinstance(value, int | float):
        return *place, "number", value
    return *place, "text", str(value)


def job(source: Path, target: Path, cells: Iterable[Cell] = (), *acts: tuple[Any, ...]) -> dict[str, Any]:
    """Open, type, do, and save under another name in the format of its ending."""
    kind = target.suffix.removeprefix(".")
    return {"source": str(source), "target": str(target), "filter": kind, "cells": list(cells), "acts": list(acts)}
