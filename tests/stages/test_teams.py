"""`kaohe teams`: the draw of a ready-made place is written, read by `issue`, rotated in the next round, and not overwritten afterwards."""

from __future__ import annotations

from pathlib import Path

import msgspec
import openpyxl
import pytest
from typer.testing import CliRunner

from kaohe.cli.commands import app
from kaohe.forms.prefill import prefill
from kaohe.scheme.draw import connected, met
from kaohe.stages.issue import Register, freeze, plans, rules
from kaohe.stages.new import new_place
from kaohe.stages.teams import draw_teams, last_round
from kaohe.stages.workspace import REGISTER, TEAMS, NotReady, Place, write_json

ROUNDS = ("2026Q2", "2026Q3")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A fresh place of red-blue at its second quarter, drawn with seed 7; nothing issued."""
    root = tmp_path_factory.mktemp("draw")
    new_place(root, "red-blue")
    at = Place(root, "red-blue", ROUNDS[0])
    assert draw_teams(at, 7).done == "written"
    return at


def test_the_workbook_has_the_roster_s_sheet_and_tells_people_the_rest(place: Place) -> None:
    book = openpyxl.load_workbook(place.folder / TEAMS)
    assert book.sheetnames == ["检查组", "单位一览", "抽签说明"]
    header, *rows = book["检查组"].values
    assert header == ("检查组", "组长", "成员", "成员单位", "被查单位", "同查单位")
    assert len(rows) == 24 and len({row[0] for row in rows}) == 6
    units = list(book["单位一览"].values)[1:]
    assert len(units) == 31 and sum(row[3] is not None for row in units) == 5
    assert ("种子", "7") in list(book["抽签说明"].values)


def test_the_same_seed_gives_the_same_bytes_and_before_issue_another_draw_replaces_it(
    place: Place, tmp_path: Path
) -> None:
    new_place(tmp_path, "red-blue")
    again = Place(tmp_path, "red-blue", ROUNDS[0])
    assert draw_teams(again, 7).done == "written"
    first = (again.folder / TEAMS).read_bytes()
    assert first == (place.folder / TEAMS).read_bytes()
    assert draw_teams(again, 7).done == "same"
    assert draw_teams(again, 8).done == "replaced" and (again.folder / TEAMS).read_bytes() != first


@pytest.fixture(scope="module")
def frozen(place: Place) -> Place:
    """The place whose drawn period has its frozen scheme and roster."""
    freeze(place)
    return place


def test_the_draw_outranks_the_roster_and_the_next_round_rotates(frozen: Place) -> None:
    place = frozen
    _, roster, faults = rules(place)
    assert [each.code for each in faults if each.effect != "提示"] == []
    drawn = met(roster.teams)
    assert connected(roster.teams) and not [pair for pair in drawn if pair[::-1] in drawn]
    assert roster.teams[0].name == "第一检查组" and all(team.members for team in roster.teams)
    following = place.at(ROUNDS[1])
    assert last_round(following) == (ROUNDS[0], roster.teams)
    done = draw_teams(following, 7)
    assert done.last == ROUNDS[0] and done.faults == () and not met(done.teams) & drawn


def test_forms_name_the_drawn_teams_and_a_draw_after_issue_changes_nothing(frozen: Place) -> None:
    place = frozen
    scheme, roster, _ = rules(place)
    shared = next(unit for team in roster.teams for unit in team.shared)
    leading = next(team for team in roster.teams if shared in team.units)
    second = next(team for team in roster.teams if shared in team.shared)
    unit, row = roster.unit(shared), scheme.period_row(place.period)
    assert unit is not None and row is not None
    form = next(form for (_, unit_class), form in plans(scheme, place.when).items() if unit_class == unit.unit_class)
    cover = prefill(form, unit, roster, (), row)["封面"]["检查组"]["内容"]
    assert cover == f"{leading.name}　组长 {leading.leader}；同查 {second.name}"
    write_json(place.issued / REGISTER, msgspec.to_builtins(Register(scheme.code, place.period)))
    before = (place.folder / TEAMS).read_bytes()
    assert draw_teams(place, 7).done == "same"
    with pytest.raises(NotReady, match="已经下发"):
        draw_teams(place, 8)
    assert (place.folder / TEAMS).read_bytes() == before


def test_a_damaged_draw_and_one_with_an_inspector_at_home_are_refused(place: Place, tmp_path: Path) -> None:
    at = Place(tmp_path, "red-blue", ROUNDS[0])
    new_place(tmp_path, "red-blue")
    draw_teams(at, 7)
    freeze(at)
    book = openpyxl.load_workbook(at.folder / TEAMS)
    sheet = book["检查组"]
    sheet["D2"] = str(sheet["E2"].value).split("、")[0]
    book.save(at.folder / TEAMS)
    with pytest.raises(NotReady, match=r"检查组.xlsx 检查组!D2.*本单位的人不能检查本单位.*ROSTER-005"):
        rules(at)
    (at.folder / TEAMS).write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(NotReady, match=TEAMS):
        rules(at)


def test_the_command_prints_the_teams_and_names_a_period_that_is_not_there(place: Place) -> None:
    run = CliRunner().invoke(app, ["teams", "red-blue", ROUNDS[0], "--seed", "7", "--workspace", str(place.root)])
    assert (
        run.exit_code == 0
        and "第六检查组" in run.output
        and f"没有变化  workbooks/red-blue/{ROUNDS[0]}/{TEAMS}" in run.output
    )
    with pytest.raises(NotReady, match="没有 2031Q1"):
        draw_teams(place.at("2031Q1"))
