"""A run of one period: what it was computed from, and the manifest that commits its outputs."""

from __future__ import annotations

import msgspec

from kaohe.records.scheme import PeriodRow


class Context(msgspec.Struct, frozen=True):
    """What a period is a function of. `row` is the period's row with the reference date in force; `inputs` maps paths to SHA-256;
    `earlier` maps the earlier periods that are read, all with a valid manifest, to the hash of that manifest, in order of time; `read` maps
    them to a hash of what is read of them (results, and the last one's ledger); `sealed` names the archived ones. `unusable`: earlier
    periods with returned forms and no valid results; `changed`: those whose forms changed after they were computed. `reason`: why a
    sealed period is computed again; `asked`: the reference date given with `--as-of`, blank where the scheme's holds. `mark` = first 12
    digits over all of it but `earlier`."""

    assessment: str
    period: str
    row: PeriodRow
    inputs: dict[str, str]
    earlier: dict[str, str]
    sealed: tuple[str, ...]
    tool: str
    mark: str
    others: dict[str, str] = {}  # results of other schemes that were read: `assessment/period` → hash of their manifest
    read: dict[str, str] = {}
    unusable: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reason: str = ""
    asked: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """manifest.json: `files` = every output but itself, run.json, run.log, seal.json and check's set, path → SHA-256."""

    assessment: str
    period: str
    scheme: str
    settings: dict[str, str]
    as_of: str
    mark: str
    tool: str
    inputs: dict[str, str]
    earlier: dict[str, str]
    files: dict[str, str]
    others: dict[str, str] = {}
    read: dict[str, str] = {}
    sealed: tuple[str, ...] = ()
    reason: str = ""
    asked: str = ""  # 基准日 as given with `--as-of`; the next run keeps it, and a date of the scheme is read anew
