"""Scheme and roster workbooks written anew hold the same rules: what is written is read back the same."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from kaohe.records.scheme import Scheme
from kaohe.records.store import lines
from kaohe.stages.dressing import dress
from kaohe.stages.schemes import load, load_scheme
from kaohe.stages.workspace import NotReady

TEMPLATES = Path(__file__).parents[2] / "templates"


def content(scheme: Scheme | None) -> bytes:
    assert scheme is not None
    return re.sub(rb'"file":"[^"]*"', b"", lines([scheme]))


def test_a_scheme_that_is_dressed_anew_reads_back_the_same(tmp_path: Path) -> None:
    old, new = TEMPLATES / "schemes/red-blue.xlsx", tmp_path / "新.xlsx"
    dress(old, new)
    assert content(load_scheme(new)[0]) == content(load_scheme(old)[0])


def test_a_roster_that_is_dressed_anew_reads_back_the_same(tmp_path: Path) -> None:
    scheme, old, new = TEMPLATES / "schemes/red-blue.xlsx", TEMPLATES / "rosters/red-blue.xlsx", tmp_path / "册.xlsx"
    dress(old, new, "roster")
    one, two = load(scheme, new).roster, load(scheme, old).roster
    assert one is not None and two is not None
    assert [(unit.code, unit.name, unit.phone) for unit in one.units] == [
        (unit.code, unit.name, unit.phone) for unit in two.units
    ]
    assert one.teams == two.teams and [each.roles for each in one.persons] == [each.roles for each in two.persons]


def test_closed_words_get_a_drop_down_and_headers_a_comment(tmp_path: Path) -> None:
    dress(TEMPLATES / "schemes/red-blue.xlsx", tmp_path / "新.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "新.xlsx")["指标"]
    assert any("扣分" in check.formula1 for check in sheet.data_validations.dataValidation)
    assert "计分办法" in sheet["E1"].comment.text


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "有.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(NotReady, match="没有覆盖"):
        dress(TEMPLATES / "schemes/red-blue.xlsx", target)
    assert target.read_bytes() == b"mine"
