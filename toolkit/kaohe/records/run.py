"""A run of one period: what it was computed from, and the manifest that commits its outputs."""

from __future__ import annotations

import msgspec

from kaohe.records.scheme import PeriodRow


class Context(msgspec.Struct, frozen=True):
    """What a period is a function of. `row` is the period's row with the reference date in force; `inputs` maps paths to SHA-256;
    `earlier` maps earlier periods with a valid manifest to the hash of that manifest; `mark` = first 12 digits over all of it."""

    assessment: str
    period: str
    row: PeriodRow
    inputs: dict[str, str]
    earlier: dict[str, str]
    sealed: tuple[str, ...]
    tool: str
    mark: str
    others: dict[str, str] = {}  # results of other schemes that were read: `assessment/period` → hash of their manifest


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
