"""Formula texts that several sheets share. Only functions of Excel 2003: workbooks come back as .xls."""

from __future__ import annotations

from kaohe.forms.frame import FAULTY, TEAM_ASKED, TEAM_LACKS, UNIT_ASKED, UNIT_LACKS, Page
from kaohe.records.layouts import NOTE


def first_of(title: str) -> str:
    """The first entry of a flat join `/a/b`."""
    return f'MID({{{title}}},2,FIND("/",{{{title}}}&"/",2)-2)'


def state(unit_begun: str, team_begun: str, done: str = '"√"', shown_if: str = "") -> str:
    """状态 of a row: what is wrong, else what a begun row lacks, else a note, else whose turn it is, else `done`.

    `unit_begun`, `team_begun`: conditions under which a lacking cell is named instead of the role that is awaited (with a note it is).
    `shown_if`: the condition under which the row has a state at all.
    """
    text = (
        f'IF({{{FAULTY}}}<>"","×"&{first_of(FAULTY)},'
        f'IF(AND({{{UNIT_LACKS}}}<>"",OR({unit_begun},{{{NOTE}}}<>"")),"缺"&{first_of(UNIT_LACKS)},'
        f'IF(AND({{{TEAM_LACKS}}}<>"",OR({team_begun},{{{NOTE}}}<>"")),"缺"&{first_of(TEAM_LACKS)},'
        f'IF({{{NOTE}}}<>"","×见提示",'
        f'IF({{{UNIT_LACKS}}}<>"","待单位",IF({{{TEAM_LACKS}}}<>"","待检查",{done}))))))'
    )
    return f'=IF({shown_if},{text},"")' if shown_if else f"={text}"


def lacking(*parts: tuple[str, str]) -> str:
    """A flat join of titles whose condition holds: `=IF(…,"/完成值","")&…`; an empty text where there are none."""
    return "=" + "&".join(f'IF({condition},"/{title}","")' for condition, title in parts) if parts else '=""'


def live_line(page: Page, opening: str) -> str:
    """Row 3: the opening words, the progress of both roles, and faults or what is awaited.

    `opening`: an expression for text in front ("" = none).
    """
    asked_unit, lacks_unit = page.total(UNIT_ASKED), page.total(UNIT_LACKS)
    asked_team, lacks_team = page.total(TEAM_ASKED), page.total(TEAM_LACKS)
    faulty = page.total(FAULTY)
    progress = (
        f'IF({asked_unit}>0,"单位 "&({asked_unit}-{lacks_unit})&"/"&{asked_unit}&"　","")'
        f'&IF({asked_team}>0,"检查组 "&({asked_team}-{lacks_team})&"/"&{asked_team}&"　","")'
    )
    verdict = (
        f'IF({faulty}>0,"　有 "&{faulty}&" 行有误，见“状态”列红格",'
        f'IF({lacks_unit}>0,"　待单位填 "&{lacks_unit}&" 格",'
        f'IF({lacks_team}>0,"　待检查组填 "&{lacks_team}&" 格",'
        f'IF({asked_unit}+{asked_team}>0,"　全部通过，可以报送","没有的不用填"))))'
    )
    return "=" + "&".join(part for part in (opening, progress, verdict) if part)
