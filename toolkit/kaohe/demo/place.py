"""`kaohe demo`: a place of a ready-made scheme with its forms issued, filled by invented people, and run, period by period."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from kaohe.core.faults import withholds
from kaohe.core.periods import parse_period
from kaohe.core.sentences import say
from kaohe.demo.fill import fill_period
from kaohe.demo.roster import resized
from kaohe.files.publish import write_file
from kaohe.files.xlsx import write
from kaohe.pipeline import Display, Request, Workshop, run
from kaohe.records.scheme import Scheme
from kaohe.scheme.book import book
from kaohe.scheme.roster import tables_of
from kaohe.scheme.sheets import ROSTER_SHEETS
from kaohe.stages.dressing import with_info
from kaohe.stages.issue import issue
from kaohe.stages.new import new_place
from kaohe.stages.schemes import load
from kaohe.stages.workspace import ROSTER, SCHEME, NotReady, Place

SAMPLE = "示例数据"


class Wish(msgspec.Struct, frozen=True):
    """What a sample place is to be. `units` None = as many as the ready-made roster has; `periods` () = those that the scheme has dated."""

    folder: Path
    scheme: str
    units: int | None = None
    periods: tuple[str, ...] = ()
    seed: int = 1


def make(wish: Wish, display: Display, tell: Callable[[str], None]) -> int:
    """Make the place and run its periods; the worst exit code of the runs.

    Raises NotReady where the folder holds such an assessment already, or scheme, periods or number of units are not to be had.
    """
    if wish.units is not None and wish.units < 1:
        raise NotReady("--units 请写 1 以上的整数。")
    is_new = not wish.folder.exists()
    new_place(wish.folder, wish.scheme)
    pattern = Place(wish.folder.resolve(), wish.scheme, "").pattern
    try:
        _sample(pattern, wish)
        periods = tuple(_periods(_scheme(pattern), wish.periods))
    except NotReady:
        shutil.rmtree(wish.folder if is_new else pattern)  # made a moment ago; the name is free for the next try
        raise
    worst = 0
    with Workshop(wish.folder.resolve(), several=len(periods) > 1) as workshop:
        for period in periods:
            at = Place(wish.folder.resolve(), wish.scheme, period)
            issued = issue(at)
            filled = fill_period(at, wish.seed)
            tell(f"{at.when.title}  下发 {issued.written} 份，模拟填报 {filled} 份")
            report = run(at, Request(), display, workshop)
            for line in report.lines:
                tell(f"  {line}")
            worst = max(worst, report.exit_code)
    return worst


def _sample(pattern: Path, wish: Wish) -> None:
    """Mark the scheme as sample data, and bring the roster to size."""
    rulebook = load(pattern / SCHEME, pattern / ROSTER)
    if rulebook.scheme is None or rulebook.roster is None:
        raise NotReady(f"方案“{wish.scheme}”不能使用。请运行 kaohe scheme check 查看差错。")
    if rulebook.scheme.info.get(SAMPLE) != "是":
        write_file(pattern / SCHEME, with_info(pattern / SCHEME, SAMPLE, "是"))
    if wish.units is not None and wish.units != len(rulebook.roster.units):
        grown = resized(rulebook.roster, wish.units)
        made = book(
            f"{wish.scheme} 名册", ROSTER_SHEETS, tables_of(grown), author=rulebook.scheme.info.get("组织名称", "")
        )
        write_file(pattern / ROSTER, write(made))


def _scheme(pattern: Path) -> Scheme:
    found = load(pattern / SCHEME, pattern / ROSTER)
    if found.scheme is None or found.roster is None or withholds(found.faults):
        lines = [f"  {each.source}  {say(each)}  {each.code}" for each in found.faults if each.effect != "提示"]
        told = "\n".join(lines[:5])
        raise NotReady(f"这样的名册不能用于这套方案（单位太少的，请写大些的 --units，或者不写）：\n{told}")
    return found.scheme


def _periods(scheme: Scheme, wanted: Sequence[str]) -> Iterator[str]:
    """The periods to run, in order of time: those asked for, else those whose documents the scheme dates (成文日期)."""
    known = {row.period: row for row in scheme.periods}
    for name in wanted:
        if name not in known:
            raise NotReady(f"方案“期次”表里没有 {name}。有：{'、'.join(known)}。")
    names = [row.period for row in scheme.periods if row.period in wanted or (not wanted and row.document_date)]
    if not names:
        names = [scheme.periods[0].period] if scheme.periods else []
    dated = [(known[name].end, _length(name), name) for name in names]
    yield from (name for _, _, name in sorted(dated))


def _length(period: str) -> int:
    found = parse_period(period)
    return {"月": 0, "季": 1, "年": 2}[found.clock] if found else 0
