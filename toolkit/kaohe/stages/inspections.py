"""Who inspected whom and gave what, over the periods of one clock: the marks that count, and those of teams that came along (同查).

The team that leads fills the form that counts. A team that came along fills a copy of the same form; people put it into 同查/ beside 回收/
(`同查/<team>/…` where several teams came along). These copies enter no score: they are read by the same validator, scored by the same
evaluation, and only compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from kaohe.analysis.inspected import Crew, Mark, crews, marks_of
from kaohe.core.faults import withholds
from kaohe.files.child import Reader
from kaohe.forms.merge import merge, needed_forms
from kaohe.forms.receive import Received
from kaohe.records.people import Roster
from kaohe.records.returns import Submission
from kaohe.records.tables import Refusal
from kaohe.stages.collect import receiver_of
from kaohe.stages.manifest import valid
from kaohe.stages.reading import ignored
from kaohe.stages.study import Studied, published, study
from kaohe.stages.tasks import received
from kaohe.stages.workspace import Place, one, periods_of, precedes

SECOND = "同查"


class Inspections(msgspec.Struct, frozen=True):
    """All marks; the crews by (period, crew name); the ranking field of each unit, and its superior where it has one; `unread`: (period, file,
    why) of the files in 同查/ that could not be used."""

    marks: tuple[Mark, ...]
    crews: dict[tuple[str, str], Crew]
    fields: dict[str, str]
    superiors: dict[str, str]
    unread: tuple[tuple[str, str, str], ...] = ()


def inspections(at: Place) -> Inspections:
    """The marks of this period and of every earlier one of its clock that has results. Raises NotReady where this period has none."""
    last = published(at)
    places = [
        other
        for name in periods_of(at.root, at.assessment)
        if (other := at.at(name)).when.clock == at.when.clock
        and (name == at.period or precedes(other.when, at.when))
        and valid(other) is not None
    ]
    rosters = {each.period: one(each.report, "roster", Roster) for each in places}
    known = crews(rosters)
    marks: list[Mark] = []
    unread: list[tuple[str, str, str]] = []
    for each in places:
        roster, edition = rosters[each.period], published(each)
        leading = {
            unit.code: known[each.period, team.name].name
            for unit in roster.units
            if (team := roster.team_of(unit.code)) is not None
        }
        marks.extend(marks_of(edition.scheme, edition.outcome, leading))
        if any((each.folder / SECOND).rglob("*")):
            found, failed = _second(each, roster, known)
            marks.extend(found)
            unread.extend(failed)
    by_name = {(period, crew.name): crew for (period, _), crew in known.items()}
    fields = {each.code: each.field for each in last.outcome.objects}
    superiors = {each.code: each.parent for each in last.roster.units if each.parent}
    return Inspections(tuple(marks), by_name, fields, superiors, tuple(unread))


Failed = list[tuple[str, str, str]]


def _second(at: Place, roster: Roster, known: dict[tuple[str, str], Crew]) -> tuple[list[Mark], Failed]:
    """The marks of the teams that came along, team by team: each gives every unit at most one submission."""
    failed: Failed = []
    by_team: dict[str, dict[str, list[Received]]] = {}
    for file, given in _read(at, failed):
        team, why = _team(roster, given.object_code, file)
        if why:
            failed.append((at.period, file, why))
        else:
            by_team.setdefault(team, {}).setdefault(given.object_code, []).append(given)
    marks: list[Mark] = []
    if by_team:
        studied = study(at)
        for team, units in sorted(by_team.items()):
            marks.extend(_marks(at, studied, known[at.period, team].name, units, failed))
    return marks, failed


def _read(at: Place, failed: Failed) -> list[tuple[str, Received]]:
    receiver, _, _ = receiver_of(at)
    found = []
    top = at.folder / SECOND
    paths = [
        path
        for path in sorted(top.rglob("*"))
        if path.is_file() and not ignored(path.relative_to(top).as_posix(), path)
    ]
    with Reader() as reader:
        for path in paths:
            file = path.relative_to(top).as_posix()
            reading = reader.read(path.read_bytes())
            if isinstance(reading, Refusal):
                failed.append((at.period, file, "读不出来，不是完好的工作簿"))
                continue
            given, faults = received(receiver, reading, file)
            if given.submission is None:
                failed.append((at.period, file, "不是本期某个单位的填报表"))
            elif withholds(faults):
                number = sum(each.effect != "提示" for each in faults)
                failed.append((at.period, file, f"有 {number} 处存疑，改正后才能比较"))
            else:
                found.append((file, given))
    return found


def _team(roster: Roster, unit: str, file: str) -> tuple[str, str]:
    """The team of a copy, or why it cannot be told."""
    there = [team.name for team in roster.shared_with(unit)]
    named = [name for name in there if name in Path(file).parts[:-1]]
    if not there:
        return "", "名册没有给这个单位安排同查组"
    if len(there) == 1:
        return there[0], ""
    return (named[0], "") if len(named) == 1 else ("", f"这个单位有 {len(there)} 个同查组，请放进以组名命名的文件夹")


def _marks(at: Place, studied: Studied, team: str, units: dict[str, list[Received]], failed: Failed) -> Sequence[Mark]:
    """What a team gave: its submissions in place of the units' own, everything else as it was."""
    receiver, _, _ = receiver_of(at)
    needed = needed_forms(receiver.forms)
    own: dict[str, Submission] = {}
    for unit, given in units.items():
        sent = [each.submission for each in given if each.submission is not None]
        if len({each.form_code for each in given}) < len(given):
            failed.append((at.period, f"{team} {unit}", "同一张表有几份，不知道用哪一份"))
            continue
        known = receiver.roster.unit(unit)
        own[unit] = merge(tuple(sent), needed.get(known.unit_class if known else "", ()), receiver.period)
    base = studied.study
    replaced = tuple(own.get(each.object_code, each) for each in base.submissions)
    outcome = msgspec.structs.replace(base, submissions=replaced).outcome()
    return marks_of(base.scheme, outcome, dict.fromkeys(own, team), leading=False)


def described(found: Inspections) -> str:
    """What could not be read of 同查/, in words; "" where nothing failed."""
    lines = [f"- {period} 同查/{file}：{why}。" for period, file, why in found.unread]
    return "\n".join(["同查件里没有用上的：", *lines]) if lines else ""
