"""`kaohe issue`: freeze scheme and roster into the period and write one form per object, prefilled with all that is known."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec

from kaohe.core.faults import Fault, withholds
from kaohe.core.names import distinct, safe_name
from kaohe.core.periods import Period
from kaohe.core.sentences import say
from kaohe.documents import issue_list, lookback_list
from kaohe.documents.meeting.pack import FOLDER as PAPERS
from kaohe.documents.meeting.pack import pack
from kaohe.files.publish import write_file
from kaohe.files.xlsx import write
from kaohe.forms.form import Form
from kaohe.forms.group.book import group_forms
from kaohe.forms.load import load
from kaohe.forms.plan import plan
from kaohe.forms.prefill import Issued, issued, prefill
from kaohe.records.people import Roster, Unit
from kaohe.records.problems import STATES, Ledger
from kaohe.records.scheme import FormKind, PeriodRow, Scheme
from kaohe.stages.casting import Caster
from kaohe.stages.manifest import earlier_periods, in_office, valid
from kaohe.stages.schemes import load as load_rules
from kaohe.stages.workspace import REGISTER, ROSTER, SCHEME, TEAMS, NotReady, Place, one

LIST, LOOK_BACK = f"{issue_list.TITLE}.xlsx", f"{lookback_list.TITLE}.xlsx"
Done = Literal["written", "same", "kept"]
_WRITERS = 4
MOST_PATH = 200
CLOSED = STATES[-1]
Forms = dict[tuple[str, str], Form]  # by (form code, class)


class Register(msgspec.Struct, frozen=True):
    """发放.json: what went out, per form its file, version, fingerprint and prefilled values."""

    scheme: str
    period: str
    forms: tuple[Issued, ...] = ()


class Issue(msgspec.Struct, frozen=True):
    """What one call did. `kept`: forms that were issued differently before and are not overwritten (named in `notes`)."""

    folder: str
    written: int
    same: int
    kept: int
    notes: tuple[str, ...]
    load: tuple[tuple[str, int, int, int], ...]


def freeze(at: Place) -> tuple[str, ...]:
    """Copy scheme and roster into the period once; later changes of the pattern are said, never taken over silently.

    Raises NotReady where the pattern is missing.
    """
    notes = []
    at.folder.mkdir(parents=True, exist_ok=True)
    at.returned.mkdir(exist_ok=True)
    for name in (SCHEME, ROSTER):
        pattern, own = at.pattern / name, at.folder / name
        if own.is_file():
            if pattern.is_file() and pattern.read_bytes() != own.read_bytes():
                notes.append(f"提示  {at.period} 的{name}早已冻结，与现在的{name}不同；本期仍按冻结的一份。")
        elif pattern.is_file():
            write_file(own, pattern.read_bytes())
        else:
            raise NotReady(f"缺少 workbooks/{at.assessment}/{name}。请先放入。")
    return tuple(notes)


def rules(at: Place) -> tuple[Scheme, Roster, tuple[Fault, ...]]:
    """The period's frozen scheme and roster, whose teams a 检查组.xlsx outranks. Raises NotReady with every refusing fault where they
    are unusable."""
    found = load_rules(at.folder / SCHEME, at.folder / ROSTER, at.folder / TEAMS)
    if found.scheme is None or found.roster is None or withholds(found.faults):
        bad = [each for each in found.faults if each.effect != "提示"]
        lines = "\n".join(f"  {each.source}  {say(each)}  {each.code}" for each in bad)
        raise NotReady(f"{at.period} 的方案或名册不能使用，共 {len(bad)} 处差错：\n{lines}")
    return found.scheme, found.roster, found.faults


def issue(at: Place) -> Issue:
    """Write the forms of a period. A rerun writes what is new or unchanged, and names what was issued differently before."""
    notes = list(freeze(at))
    scheme, roster, _ = rules(at)
    row = scheme.period_row(at.period)
    if row is None:
        raise NotReady(f"方案“期次”表里没有 {at.period}。请补上后再下发。")
    ledger = ledger_before(at)
    if ledger is None:
        notes.append("提示  没有上期台账：整改情况表为空，另发期初问题表一份。")
    forms, before = plans(scheme, at.when), _earlier(at)
    entries: list[Issued] = []
    counts: Counter[Done] = Counter()
    for entry, done in _written(at.issued, _forms(scheme, roster, at.when, row, ledger, forms)):
        counts[done] += 1
        if done == "kept":
            notes.append(f"提示  {entry.file} 早先已下发，内容与现在算出的不同，没有覆盖。确需重发，请先移走旧表。")
            entry = before.get(entry.file, entry)
        entries.append(entry)
    notes += _deep(at, entries)
    register = Register(scheme.code, at.period, tuple(entries))
    write_file(at.issued / REGISTER, _readable(register))
    write_file(at.issued / LIST, write(issue_list.book(scheme, roster, at.when, forms, register.forms)))
    if ledger is not None and any(each.state != CLOSED for each in ledger.problems):
        write_file(at.issued / LOOK_BACK, write(lookback_list.book(scheme, roster, at.when, row, ledger)))
    for name, made in pack(scheme, in_office(roster, row), at.when):
        write_file(at.issued / PAPERS / name, write(made))
    folder = at.issued.relative_to(at.root).as_posix()
    return Issue(folder, counts["written"], counts["same"], counts["kept"], tuple(notes), _loads(roster, forms))


def _deep(at: Place, entries: Iterable[Issued]) -> Iterator[str]:
    """What is said where the paths of what goes out, or of its marked copies, would be longer than office programs on Windows open."""
    longest = max((len(str(folder / each.file)) for each in entries for folder in (at.issued, at.report / "退回件")), default=0)  # fmt: skip
    if longest > MOST_PATH:
        yield f"提示  工作目录太深：最长的路径有 {longest} 个字符，超过 {MOST_PATH}，有的程序打不开。请把工作目录移到上层再下发。"


def _written(folder: Path, forms: Iterable[tuple[Issued, bytes]]) -> Iterator[tuple[Issued, Done]]:
    """Puts the workbooks into a folder, in order and a few at a time: a busy disk takes longer to confirm a file than we to make it."""
    waiting: deque[tuple[Issued, Future[Done]]] = deque()
    with ThreadPoolExecutor(_WRITERS) as writers:
        for entry, data in forms:
            waiting.append((entry, writers.submit(_put, folder / entry.file, data)))
            if len(waiting) > 4 * _WRITERS:
                first, done = waiting.popleft()
                yield first, done.result()
        for entry, done in waiting:
            yield entry, done.result()


def _put(path: Path, data: bytes) -> Done:
    """Write a workbook unless one was issued under its name: that is never overwritten, nor touched when it is the same."""
    there = path.read_bytes() if path.is_file() else None
    if there is None:
        write_file(path, data)
        return "written"
    return "same" if there == data else "kept"


def _earlier(at: Place) -> dict[str, Issued]:
    """What was issued before, by file: a form that is kept keeps its entry, because it is what comes back."""
    register = register_of(at)
    return {each.file: each for each in register.forms} if register is not None else {}


def _readable(register: Register) -> bytes:
    """As `workspace.write_json` writes, without the whole register as a second tree of objects."""
    return msgspec.json.format(msgspec.json.encode(register, order="sorted"), indent=1) + b"\n"


def register_of(at: Place) -> Register | None:
    """下发/发放.json, None where nothing was issued. Raises NotReady where it is damaged."""
    path = at.issued / REGISTER
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Register)
    except msgspec.MsgspecError:
        raise NotReady(f"{REGISTER} 已损坏。请从备份恢复，或移走后重新下发。") from None


def unit_forms(scheme: Scheme, period: Period) -> Iterator[FormKind]:
    """The form kinds of a clock that go to each object."""
    for kind in scheme.forms:
        if (not kind.clocks or period.clock in kind.clocks) and kind.copies == "每对象":
            yield kind


def plans(scheme: Scheme, period: Period) -> Forms:
    """Every form of a period by (form code, class)."""
    return {
        (kind.code, each.code): plan(scheme, period, each.code, kind)
        for kind in unit_forms(scheme, period)
        for each in scheme.classes
        if kind.goes_to(each)
    }


def _forms(
    scheme: Scheme, roster: Roster, period: Period, row: PeriodRow, ledger: Ledger | None, forms: Forms
) -> Iterator[tuple[Issued, bytes]]:
    """Every workbook of the period with its register entry, one after the other: of each object, then the group-wide ones."""
    caster = Caster(forms, row.start)
    kinds = tuple(unit_forms(scheme, period))
    each_gets = Counter(unit_class for _, unit_class in forms)
    present = in_office(roster, row)
    taken = {REGISTER.casefold(), LIST.casefold(), LOOK_BACK.casefold()}

    def named(entry: Issued) -> Issued:
        file = distinct(entry.file, taken)
        taken.add(file.casefold())
        return entry if file == entry.file else msgspec.structs.replace(entry, file=file)

    for kind in kinds:
        for unit in present.parties([unit_class for code, unit_class in forms if code == kind.code]):
            form = forms[kind.code, unit.unit_class]
            printed = prefill(form, unit, roster, ledger.open_of(unit.code) if ledger else (), row)
            entry = issued(form, unit, _file(unit, kind, each_gets[unit.unit_class]), printed)
            yield named(entry), caster.cast(form, unit.code, unit.name, printed)
    for entry, made in group_forms(scheme, roster, period, ledger is None, ledger.awaited if ledger else ()):
        yield named(entry), write(made)


def _file(unit: Unit, kind: FormKind, kinds: int) -> str:
    """`U106 石桥公司党总支.xlsx`; with the form's name where an object gets several."""
    return safe_name(f"{unit.code} {unit.name}{f' {kind.name}' if kinds > 1 else ''}", ".xlsx")


def ledger_before(at: Place) -> Ledger | None:
    """The ledger as the latest earlier period left it."""
    for each in reversed(earlier_periods(at)):
        if valid(each):
            return one(each.report, "ledger", Ledger)
    return None


def _loads(roster: Roster, forms: Forms) -> tuple[tuple[str, int, int, int], ...]:
    """Per form and class: forms, and the cells that unit and inspection team must fill."""
    sizes = Counter(each.unit_class for each in roster.parties([unit_class for _, unit_class in forms]))
    burdens = ((unit_class, load(form)) for (_, unit_class), form in forms.items() if sizes[unit_class])
    return tuple((f"{code} 类", sizes[code], burden.unit_cells, burden.team_cells) for code, burden in burdens)
