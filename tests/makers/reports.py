"""What `check` and `run` leave for publishing, in a version that every file tells."""

from __future__ import annotations

import json
from pathlib import Path

from kaohe.files.publish import commit_check, is_own_of_check, publish, write_file

PERIOD = "2026Q3"


def manifest(files: dict[str, str]) -> bytes:
    kept = {path: digest for path, digest in files.items() if not is_own_of_check(path) and path != "run.json"}
    return json.dumps({"files": kept}, ensure_ascii=False, sort_keys=True).encode()


def stage(home: Path, version: str) -> None:
    """What a run of this version leaves in the staging folder."""
    folder = home / f".staging-{PERIOD}"
    for name in ("考核结果.xlsx", "文书/通知书/甲.docx", "data/results.csv", "store/units.jsonl"):
        write_file(folder / name, f"{version} {name}".encode())
    write_file(folder / "run.json", json.dumps({"run": f"run-{version}"}).encode())


def run(home: Path, version: str) -> Path:
    stage(home, version)
    return publish(home, PERIOD, manifest).folder


def check(home: Path, version: str, *marked: str) -> None:
    files = {"受理清单.xlsx": version.encode(), "data/files.csv": version.encode(), "data/faults.csv": version.encode()}
    commit_check(
        home, PERIOD, {**files, **{f"退回件/{name}": version.encode() for name in marked}}, {"version": version}
    )
