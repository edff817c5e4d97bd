"""A period that was archived and is computed again: which version was archived, and how the new one differs (scheme model 4, step 16)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec

from kaohe.documents.differences import TABLES, Difference, Row, book, differences, table
from kaohe.files.publish import HISTORY, write_file
from kaohe.files.xlsx import write
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import SEAL, read
from kaohe.stages.tidy import csv_of
from kaohe.stages.workspace import Place

LIST, DATA = "差异清单.xlsx", "data/differences.csv"
EXAMPLE = "示例数据"


class Seal(msgspec.Struct, frozen=True):
    """seal.json: the archived manifest's hash, the day, and how often the period has been archived; `unsealed`: earlier periods that are
    read and were not archived then; `provisional`: objects without a result of their own or with a 暂定 one; `reason`: of a recomputation."""

    assessment: str
    period: str
    manifest: str
    mark: str
    date: str
    number: int = 1
    unsealed: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()
    reason: str = ""


def seal_of(report: Path) -> Seal | None:
    """The seal of a published or replaced version; None where it has none."""
    try:
        return msgspec.json.decode((report / SEAL).read_bytes(), type=Seal)
    except (OSError, msgspec.MsgspecError):
        return None


def archived_version(at: Place) -> Path | None:
    """Where the version that was archived last lies: the published one, or one of the replaced; None where none ever was."""
    replaced = at.reports / HISTORY / at.period
    found = [(seal.number, each) for each in (*replaced.glob("*"), at.report) if (seal := seal_of(each)) is not None]
    return max(found)[1] if found else None


def write_differences(at: Place, made: Context, scheme: Scheme) -> tuple[Difference, ...] | None:
    """差异清单.xlsx and data/differences.csv in the working folder, against the version archived last. None where there is none, nothing is
    written then."""
    archived = archived_version(at)
    if archived is None:
        return None
    found = differences(_tables(archived), _tables(at.staging), scheme)
    seal, manifest = seal_of(archived), read(archived)
    then = f"归档结果：第 {seal.number} 次归档，{seal.date}" if seal else "归档结果"
    basis = f"{then}，标识 {manifest.mark if manifest else '无'}；重算结果标识 {made.mark}。"
    sample = scheme.info.get(EXAMPLE) == "是"
    write_file(at.staging / DATA, csv_of(table(found, made.reason)))
    write_file(at.staging / LIST, write(book(found, at.when.title, made.reason, basis, sample)))
    return found


def _tables(folder: Path) -> dict[str, list[Row]]:
    return {name: _rows(folder / "data" / f"{name}.csv") for name in TABLES}


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
