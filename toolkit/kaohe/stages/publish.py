"""Third step: from the store to workbooks, board, documents and data tables in the run's working folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from kaohe.core.names import distinct, safe_name
from kaohe.documents import board, bulletin, notice, rectification
from kaohe.documents.ledger_book import book as ledger_book
from kaohe.documents.numbers import assign
from kaohe.documents.results_book import book as results_book
from kaohe.documents.tables import tables
from kaohe.files.html import page, templates_in
from kaohe.files.publish import HISTORY, write_file
from kaohe.files.word import Template
from kaohe.files.xlsx import write
from kaohe.official.settle import settle
from kaohe.records.documents import Document
from kaohe.records.edition import Edition
from kaohe.records.problems import STATES
from kaohe.records.scheme import DocumentKind
from kaohe.stages.evaluate import edition as load_edition
from kaohe.stages.manifest import read
from kaohe.stages.resources import resource
from kaohe.stages.tidy import csv_of
from kaohe.stages.workspace import NotReady, Place, keep, open_store, periods_of

RESULTS, BOARD, LEDGER, DOCUMENTS = "考核结果.xlsx", "榜.html", "问题台账.xlsx", "文书"
OUTPUTS = (
    (RESULTS, "结果工作簿：公式可重算，从得分一直到名次、等次"),
    (BOARD, "榜的网页，可离线打开"),
    (LEDGER, "问题台账：状态、时限、历程"),
    ("受理清单.xlsx", "每个文件的结论、每处差错、未报单位"),
    ("data/", "数据表（CSV）"),
)


class Kind(msgspec.Struct, frozen=True):
    """How a document kind gets its fields: one document per object (`per_object`) or one for all."""

    fields: Callable[..., dict[str, object]]
    known: dict[str, str]
    per_object: bool
    applies: Callable[[Edition, str], bool]


class Publication(msgspec.Struct, frozen=True):
    """What the third step wrote. `waiting`: (kind, reason) of documents that must wait for a complete field."""

    edition: Edition
    documents: tuple[Document, ...]
    waiting: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        final = sum(each.status == "正式" for each in self.documents)
        head = f"写出 **{len(self.documents)}** 份文书，其中正式 **{final}** 份"
        head += f"，暂定或草稿 {len(self.documents) - final} 份。" if final < len(self.documents) else "。"
        return head + "".join(f"{kind}暂不写：{reason}。" for kind, reason in self.waiting)

    @property
    def kinds(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """One row per kind: documents, form, first and last number, waiting."""
        rows: list[tuple[object, ...]] = []
        waiting = dict(self.waiting)
        for kind in self.edition.scheme.documents:
            mine = [each for each in self.documents if each.kind == kind.kind]
            numbers = [each.number for each in mine if each.number]
            shown = f"{numbers[0]} 至 {numbers[-1]}" if len(numbers) > 1 else numbers[0] if numbers else "不编号"
            if mine or kind.kind in waiting:
                rows.append((kind.kind, len(mine), kind.layout, shown, waiting.get(kind.kind, "")))
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


KINDS: dict[str, Kind] = {
    "考核结果反馈通知书": Kind(notice.fields, notice.FIELDS, True, lambda edition, unit: _scored(edition, unit)),
    "考核结果通报": Kind(bulletin.fields, bulletin.FIELDS, False, lambda edition, unit: True),
    "整改清单": Kind(
        rectification.fields, rectification.FIELDS, True, lambda edition, unit: rectification.has_rows(edition, unit)
    ),
}


def _scored(edition: Edition, unit: str) -> bool:
    found = edition.outcome.of(unit)
    return found is not None and found.total is not None


def publish(at: Place) -> Publication:
    """Write every output of a period below its working folder. Raises NotReady where evaluation has not run, or a template is faulty."""
    folder = open_store(at)
    edition = load_edition(at)
    templates = compile_templates(at, edition)
    documents, waiting = _plan(at, edition)
    _write_documents(folder, edition, templates, documents)
    write_file(folder / RESULTS, write(results_book(edition)))
    write_file(folder / LEDGER, write(ledger_book(edition)))
    pages = templates_in(resource(at.root, "templates", "html/board.html.j2").parent)
    write_file(folder / BOARD, page(pages, "board.html.j2", board.fields(edition)))
    for name, table in tables(edition, documents).items():
        write_file(folder / "data" / f"{name}.csv", csv_of(table))
    keep(folder, "documents", documents)
    return Publication(edition, tuple(documents), tuple(waiting))


def compile_templates(at: Place, edition: Edition) -> dict[str, Template]:
    """Each template once; unknown fields are named before anything is written. Raises NotReady."""
    from kaohe.files.word import TemplateError

    found, faults = {}, []
    for kind in _kinds(edition):
        path = resource(at.root, "templates", f"word/{kind.template}")
        try:
            template = Template.compile(path.read_bytes(), kind.template)
        except (OSError, TemplateError) as error:
            faults.append(f"模板“{kind.template}”不能使用：{error}")
            continue
        unknown = template.unknown_names(KINDS[kind.kind].known)
        faults.extend(f"模板“{kind.template}”里的字段“{name}”不认识。" for name in unknown)
        found[kind.kind] = template
    if faults:
        raise NotReady("\n".join(faults))
    return found


def _kinds(edition: Edition) -> Iterator[DocumentKind]:
    clock = edition.when.clock
    for kind in edition.scheme.documents:
        if (not kind.clocks or clock in kind.clocks) and kind.kind in KINDS:
            yield kind


def _plan(at: Place, edition: Edition) -> tuple[list[Document], list[tuple[str, str]]]:
    """Which documents are written, with status and number; and what must wait."""
    wanted: list[Document] = []
    waiting: list[tuple[str, str]] = []
    incomplete = [each for each in edition.outcome.fields if not each.complete]
    taken: set[str] = set()
    for kind in _kinds(edition):
        maker = KINDS[kind.kind]
        if not kind.provisional_ok and incomplete:
            names = "、".join(each.name for each in incomplete)
            waiting.append((kind.kind, f"{names}还有单位未报或存疑"))
            continue
        units = [unit.code for unit in edition.roster.assessed] if maker.per_object else [""]
        for unit in units:
            if not maker.applies(edition, unit):
                continue
            name = _name(edition, kind, unit)
            path = distinct(f"{DOCUMENTS}/{kind.kind}/{name}", taken)
            taken.add(path.casefold())
            wanted.append(
                Document(kind.kind, unit, path, "", kind.layout, "是" if kind.sealed else "否", _status(edition, unit))
            )
    earlier, mine = _registers(at)
    return list(assign(tuple(wanted), edition.scheme.documents, edition.row, earlier, mine)), waiting


def _name(edition: Edition, kind: DocumentKind, unit: str) -> str:
    if not unit:
        return safe_name(f"{edition.when.title}{kind.kind}", ".docx")
    known = edition.roster.unit(unit)
    return safe_name(f"{unit} {known.name if known else ''}".strip(), ".docx")


def _status(edition: Edition, unit: str) -> str:
    """草稿 without a decided document date; 暂定 while the object's field is incomplete; else 正式."""
    found = edition.outcome.of(unit) if unit else None
    if found is not None and found.status not in ("正式", "不定等次"):
        return "暂定"
    return "正式" if edition.row.document_date else "草稿"


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
    names = ("kind", "unit_code", "file", "number", "form", "sealed", "status")
    return tuple(Document(*(row[name] for name in names)) for row in rows)


def _write_documents(folder: Path, edition: Edition, templates: dict[str, Template], documents: list[Document]) -> None:
    for each in documents:
        maker = KINDS[each.kind]
        arguments: tuple[Any, ...] = (edition, each.unit_code) if maker.per_object else (edition,)
        finish = partial(settle, letter=each.form == "信函", sealed=each.sealed == "是")
        write_file(folder / each.file, templates[each.kind].render(maker.fields(*arguments, each.number), finish))
