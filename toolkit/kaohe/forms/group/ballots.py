"""评价打分: what raters mark, one row a rater and object, one column a dimension; one sheet an instrument.

A row that is not due (回避本单位, another class, another relation) is not printed. What is left blank as a whole row was not marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kaohe.core.exact import plain
from kaohe.forms import looks
from kaohe.forms.form import Value
from kaohe.forms.group.content import Brought, Made, Setting, sheet_name
from kaohe.forms.group.copies import BALLOTS, due, key_of
from kaohe.forms.group.objects import Rated
from kaohe.forms.normalise import NumberField
from kaohe.forms.returned import Returned
from kaohe.forms.tables import ALWAYS, STATE, Field, TableSheet
from kaohe.records.layouts import NOTE, Column
from kaohe.records.people import Rater
from kaohe.records.ratings import Dimension, Instrument, RaterGroup, VoidRule
from kaohe.records.returns import Ballot
from kaohe.records.scheme import Scheme

NAME = BALLOTS
_KEY, _RATER, _OBJECT, _CLASS = "编号", "评委", "对象", "类别"
_LOCKED = (_KEY, _RATER, _OBJECT, _CLASS, STATE, NOTE)
_PLACES_FREE = "小数位超限"  # a void rule: then surplus decimals make the ballot void, not unreadable


def make(setting: Setting, argument: str) -> Made | None:
    """The sheet of one instrument in one copy; None where nobody marks anybody in it."""
    instrument = setting.scheme.instrument(argument)
    if instrument is None:
        return None
    rows = tuple(_rows(setting, instrument))
    if not rows:
        return None
    one_rater = setting.kind.copies == "每评委"
    several = len({each.unit_class for _, each in rows}) > 1
    widest = max(looks.text_width(each.label) for _, each in rows)
    locked = [Column(_KEY, "已印好", width=max(9.0, 2 + max(len(_code(setting, *row)) for row in rows) * 1.1))]
    if not one_rater:
        locked.append(Column(_RATER, "已印好", width=11, align="center"))
    locked.append(Column(_OBJECT, "已印好", width=min(max(20.0, widest + 2.0), 40.0)))
    if several:
        locked.append(Column(_CLASS, "已印好", width=8, align="center"))
    titles = titles_of(setting.scheme, instrument)
    printed: dict[str, dict[str, Value]] = {}
    for rater, each in rows:
        found: dict[str, Value] = {_OBJECT: each.label}
        if not one_rater:
            found[_RATER] = rater.code
        if several:
            found[_CLASS] = each.unit_class
        printed[_code(setting, rater, each)] = found
    bounds = f"{plain(instrument.least)}–{plain(instrument.most)}"
    table = TableSheet(
        name=sheet_name(instrument.name),
        title=setting.title(instrument.name),
        who=setting.who,
        locked=tuple(locked),
        fields=tuple(_field(instrument, title) for title, _ in titles),
        codes=tuple(printed),
        printed=printed,
        spare=False,
        asked=True,
        bands=() if one_rater else tuple(rater.code for rater, _ in rows),
        unit="行",
        done="已评",
        freeze=locked[-1].title,
        above={title: f"{bounds} 分" for title, _ in titles},
        owners={_code(setting, rater, each): each.code for rater, each in rows},
    )
    of_scheme: dict[str, Value] = {
        title: f"{each.code} {plain(each.weight)} {bounds} {instrument.places}" for title, each in titles
    }
    return Made(table, of_scheme, tuple(_taught(setting, instrument)))


def titles_of(scheme: Scheme, instrument: Instrument) -> tuple[tuple[str, Dimension], ...]:
    """Column title and dimension; a name that stands twice, or is the title of another column, goes with its code."""
    found = scheme.dimensions_of(instrument.code)
    names = [each.name for each in found]
    return tuple(
        (f"{each.name}（{each.code}）" if names.count(each.name) > 1 or each.name in _LOCKED else each.name, each)
        for each in found
    )


def _code(setting: Setting, rater: Rater, each: Rated) -> str:
    return each.code if setting.kind.copies == "每评委" else f"{rater.code}/{each.code}"


def _groups(setting: Setting, instrument: Instrument) -> tuple[RaterGroup, ...]:
    """The rater groups whose ballots this copy takes."""
    groups = setting.scheme.groups_of(instrument.code)
    return tuple(g for g in groups if setting.kind.copies != "每主体" or key_of(g.code) == setting.copy.key)


def _rows(setting: Setting, instrument: Instrument) -> Iterator[tuple[Rater, Rated]]:
    """Whom each rater of this copy marks."""
    objects = {each.code: each for each in setting.objects}
    groups, only = _groups(setting, instrument), setting.copy.key if setting.kind.copies == "每评委" else ""
    for rater, codes in due(setting.scheme, setting.roster, setting.period, instrument, groups, only).items():
        yield from ((rater, objects[code]) for code in codes)


def _field(instrument: Instrument, title: str) -> Field:
    width = min(max(11.0, looks.text_width(title) + 3.0), 20.0)
    column = Column(
        title,
        "单位填",
        "数",
        width=width,
        align="center",
        format=f"0.{'#' * instrument.places}" if instrument.places else "0",
    )
    return Field(
        column, ALWAYS, least=instrument.least, most=instrument.most, places=instrument.places,
        hint=f"{plain(instrument.least)} 到 {plain(instrument.most)} 分，{_precision(instrument)}。",
    )  # fmt: skip


def _precision(instrument: Instrument) -> str:
    return f"最多 {instrument.places} 位小数" if instrument.places else "整数"


def _taught(setting: Setting, instrument: Instrument) -> Iterator[str]:
    bounds = f"{plain(instrument.least)} 到 {plain(instrument.most)} 分，{_precision(instrument)}"
    yield f"{instrument.name}：一行评一个对象，逐项打分，{bounds}；不评、弃权的整行留空，不要填 0。"
    if setting.kind.copies != "每评委":
        yield "评委只写代码，一位评委一段，底色相间；可以用表头的筛选只看一位评委。代码与姓名的对应由主办部门保管，不写进本表。"
    if any(group.avoids_own for group in _groups(setting, instrument)):
        yield "按规定回避本单位：不该评的对象没有印出来，不要自己加行。"
    rules = [void_words(rule) for rule in setting.scheme.voids_of(instrument.code) if rule.rule != "推荐超额"]
    if rules:
        yield f"{instrument.name}有下列情形的，整张票作废：{'；'.join(rules)}。"


def void_words(rule: VoidRule) -> str:
    """A void rule with its figures: 高于等于 95 的超过 12 个."""
    bound = "" if rule.bound is None else f" {plain(rule.bound)} "
    return rule.rule.replace("x", bound).replace("n", f" {rule.number} ").strip()


def read(setting: Setting, argument: str, table: TableSheet, sheet: Returned) -> Brought:
    """One ballot per row in which something is marked, with the marks that could be read; a row left blank is no ballot.

    A mark out of bounds, with surplus decimals (unless that makes ballots void) or that is no number: VALUE-…, for the object of the row.
    A row that is marked in part: ROW-061.
    """
    instrument = setting.scheme.instrument(argument)
    if instrument is None:
        return Brought()
    group = setting.copy.key if setting.kind.copies == "每主体" else ""
    titles = titles_of(setting.scheme, instrument)
    free = any(rule.rule == _PLACES_FREE for rule in setting.scheme.voids_of(instrument.code))
    found = []
    for rater, each in _rows(setting, instrument):
        row = _code(setting, rater, each)
        typed = [title for title, _ in titles if sheet.has(row, title)]
        if not typed:
            continue
        made = []
        for title, dimension in titles:
            mark = sheet.number(row, title, _number(instrument, title, free), False)
            if mark is not None:
                made.append((dimension.code, mark))
            elif title not in typed and title in sheet.located.columns:
                sheet.report("ROW-061", row, title, field=title, count=len(typed))
        if made:
            source = made[0][1].source
            found.append(Ballot(instrument.code, rater.code, group, each.code, tuple(made), source))
    return Brought(ballots=tuple(found))


def _number(instrument: Instrument, title: str, free: bool) -> NumberField:
    whole = instrument.places == 0 and not free
    step = None if free or whole else Fraction(1, 10**instrument.places)
    return NumberField(title, instrument.least, instrument.most, unit="分", whole=whole, step=step)
