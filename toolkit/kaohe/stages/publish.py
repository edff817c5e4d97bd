"""Third step: from the store to workbooks, board, documents and data tables in the run's working folder."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import msgspec

from kaohe.core.collector import paused
from kaohe.core.faults import Fault
from kaohe.core.sentences import say
from kaohe.documents.board import floating
from kaohe.documents.board import page as board
from kaohe.documents.checks import breaches
from kaohe.documents.kinds import KINDS
from kaohe.documents.ledger.book import book as ledger_book
from kaohe.documents.numbers import assign
from kaohe.documents.plan import FINAL, PROVISIONAL, Waiting, plan
from kaohe.documents.results.book import book as results_book
from kaohe.documents.stamp import CHECKSUM, canonical, stamped
from kaohe.documents.tables import each_table
from kaohe.files.disk import digest, put, put_all
from kaohe.files.html import page, templates_in
from kaohe.files.publish import HISTORY
from kaohe.forms.group.book import decision_forms
from kaohe.forms.group.content import Computed
from kaohe.records import store
from kaohe.records.books import Book
from kaohe.records.documents import Document
from kaohe.records.edition import Edition
from kaohe.records.problems import STATES
from kaohe.records.returns import Listed, Quoted
from kaohe.stages.evaluate import edition as load_edition
from kaohe.stages.manifest import read
from kaohe.stages.outputs import Makes, Paper
from kaohe.stages.passed import Renders
from kaohe.stages.press import Press
from kaohe.stages.progress import counted, part
from kaohe.stages.resources import resource
from kaohe.stages.telling import STOPPED
from kaohe.stages.templates import compile_templates, profile
from kaohe.stages.tidy import pieces_of
from kaohe.stages.workspace import Place, each_kept, keep, open_store, periods_of
from kaohe.stages.written import Written

RESULTS, BOARD, LEDGER, DECISIONS = "考核结果.xlsx", "榜.html", "问题台账.xlsx", "等次决定.xlsx"
FLOATING = "浮窗.html"
OUTPUTS = (
    (RESULTS, "结果工作簿：公式可重算，从得分一直到名次、等次"),
    (BOARD, "榜的网页，可离线打开"),
    (FLOATING, "门户上的小图，点开就是榜；里面一段代码可贴到门户页面"),
    (LEDGER, "问题台账：状态、时限、历程"),
    (DECISIONS, "等次决定表：计算等次已印好，审定后放入“回收”（方案有这张填报表时）"),
    ("受理清单.xlsx", "每个文件的结论、每处差错、未报单位"),
    ("data/", "数据表（CSV）"),
)


class Publication(msgspec.Struct, frozen=True):
    """What the third step wrote, what must wait for a complete field or a decision, and why documents were not written whose contents
    contradict themselves (WRITE-…)."""

    edition: Edition
    documents: tuple[Document, ...]
    waiting: tuple[Waiting, ...]
    stopped: tuple[Fault, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        final = sum(each.status == FINAL for each in self.documents)
        head = f"写出 **{len(self.documents)}** 份文书，其中正式 **{final}** 份"
        head += f"，暂定或草稿 {len(self.documents) - final} 份。" if final < len(self.documents) else "。"
        head += "".join(f"{kind}暂不写：{reason}。" for _, kind, reason in self.waiting)
        return head + "".join(f"**没有写出**：{say(each)}" for each in self.stopped)

    @property
    def kinds(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row per kind: documents, form, first and last number, waiting."""
        rows: list[tuple[object, ...]] = []
        waiting = {code: reason for code, _, reason in self.waiting}
        for kind in self.edition.scheme.documents:
            mine = [each for each in self.documents if each.code == kind.code]
            numbers = [each.number for each in mine if each.number]
            shown = f"{numbers[0]} 至 {numbers[-1]}" if len(numbers) > 1 else numbers[0] if numbers else "不编号"
            if mine or kind.code in waiting:
                rows.append((kind.kind, len(mine), kind.layout, shown, waiting.get(kind.code, "")))
        return ("种类", "份数", "版式", "文号", "暂不写的原因"), rows

    @property
    def ledger(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Problems by class and state, with overdue ones and relapses opened in this period."""
        edition, rows = self.edition, []
        home = {unit.code: unit.unit_class for unit in edition.roster.units}
        as_of = edition.row.reference_date
        for label, code in (*((f"{c.code} 类", c.code) for c in edition.scheme.classes), ("合计", "")):
            mine = [each for each in edition.ledger.problems if not code or home.get(each.unit_code) == code]
            states = [sum(each.state == state for each in mine) for state in STATES]
            overdue = sum(each.overdue(as_of) for each in mine)
            relapsed = sum(bool(each.relapse_of) and each.period == edition.period for each in mine)
            rows.append((label, len(mine), *states, overdue, relapsed))
        return ("类别", "累计", *STATES, "逾期", "本期复发"), rows

    @property
    def outputs(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row per output outside the document folders."""
        return ("文件", "内容"), list(OUTPUTS)


@paused()
def publish(at: Place) -> Publication:
    """Write every output of a period below its working folder. Raises NotReady where evaluation has not run, or a template is faulty."""
    folder = open_store(at)
    written = Written(at)
    with Press(at, folder, written) as press:
        edition = load_edition(at, submissions=Quoted)
        templates = compile_templates(at, edition)
        wanted, waiting = _plan(at, edition)
        press.begin(Makes(at.report, templates, profile(edition.scheme)))
        with part("documents"):
            documents, stopped = _write_documents(press, edition, templates, wanted)
        key = edition_key(folder, edition)
        with part("workbooks"):
            for name, book in _books(edition):
                press.book(name, f"{name} {key}".encode(), book)
        with part("pages"):
            for name, make in _pages(at, edition):
                put(folder / name, written.file(name, f"{name} {key}".encode(), make))
        with part("data"):
            for name, table in each_table(edition, documents, each_kept(folder, "submissions", Listed)):
                put_all(folder / "data" / f"{name}.csv", pieces_of(table))
        with part("bytes"):
            press.finish()
    keep(folder, "documents", documents)
    keep(folder, STOPPED, stopped)
    written.save()
    return Publication(edition, documents, waiting, stopped)


def _books(edition: Edition) -> Iterator[tuple[str, Callable[[], Book]]]:
    """The workbooks that tell of the whole period: functions of the edition alone."""
    yield RESULTS, lambda: results_book(edition)
    yield LEDGER, lambda: ledger_book(edition)
    for name, made in _decision_forms(edition):
        yield name, partial(_itself, made)


def _itself(made: Book) -> Book:
    return made


def _pages(at: Place, edition: Edition) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The pages, each with what makes its bytes, of the edition and the page templates."""
    pages = cache(lambda: templates_in(resource(at.root, "templates", "html/board.html.j2").parent))
    yield BOARD, lambda: page(pages(), "board.html.j2", board.fields(edition))
    yield FLOATING, lambda: page(pages(), "floating.html.j2", floating.fields(edition))


def edition_key(folder: Path, edition: Edition) -> str:
    """SHA-256 over what an edition was loaded from: the store as evaluation left it (its context names earlier periods, other schemes and
    page templates by their hashes), and the archived version that replies to appeals compare with."""
    found = hashlib.sha256(f"{edition.archived_as}\n".encode())
    found.update(store.lines([edition.archived] if edition.archived is not None else []))
    for path in sorted((folder / "store").glob("*.jsonl")):
        if path.stem not in ("documents", STOPPED):
            found.update(path.name.encode() + digest(path).encode())
    return found.hexdigest()


def _decision_forms(edition: Edition) -> Iterator[tuple[str, Book]]:
    """等次决定.xlsx with the computed grades (several copies under their own names); nothing where the scheme has no such form."""
    computed = tuple(
        Computed(each.code, each.grade_computed, each.total, each.rank, each.reasons)
        for each in edition.outcome.objects
        if each.grade_computed
    )
    found = list(decision_forms(edition.scheme, edition.roster, edition.when, computed))
    for issued, made in found:
        yield (DECISIONS if len(found) == 1 else issued.file), made


def _plan(at: Place, edition: Edition) -> tuple[tuple[Document, ...], tuple[Waiting, ...]]:
    """Which documents are written, with status and number; and what must wait."""
    wanted, waiting = plan(edition)
    earlier, mine = _registers(at)
    return assign(wanted, edition.scheme.documents, edition.row, earlier, mine), waiting


def _registers(at: Place) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Published registers of all other periods; and this period's own, replaced runs first: a number once given to a unit whose
    document had to wait in the run between is not given again."""
    others: list[Document] = []
    for name in periods_of(at.root, at.assessment):
        if name != at.period:
            others.extend(_register(at.at(name).report))
    replaced = sorted((at.reports / HISTORY / at.period).glob("*"), key=lambda folder: folder.stat().st_mtime)
    return tuple(others), tuple(each for folder in (*replaced, at.report) for each in _register(folder))


def _register(report: Path) -> tuple[Document, ...]:
    path = report / "data" / "documents.csv"
    if read(report) is None or not path.is_file():
        return ()
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return tuple(Document(**{name: row.get(name) or "" for name in Document.__struct_fields__}) for row in rows)


def _write_documents(
    press: Press, edition: Edition, templates: Mapping[str, Renders], documents: Sequence[Document]
) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """The documents that `press` was given, and the faults of those whose contents contradict themselves: they are not written. One that
    says what it said is taken from the published results."""
    by_code = {row.code: row for row in edition.scheme.documents}
    layout = canonical(profile(edition.scheme))
    written: list[Document] = []
    stopped: list[Fault] = []
    for each in counted("文书", documents, len(documents)):
        row = by_code[each.code]
        values = stamped(KINDS[each.kind].fields(edition, row, each.unit_code, each.number, each.status == PROVISIONAL))
        found = breaches(edition, row, each.unit_code, values)
        if found:
            stopped.extend(found)
            continue
        contents = canonical([templates[row.template].digest, each.form, each.sealed, values]) + layout
        press.paper(each.file, contents, Paper(row.template, values, each.form == "信函", each.sealed == "是"))
        written.append(msgspec.structs.replace(each, checksum=str(values[CHECKSUM])))
    return tuple(written), tuple(stopped)
