"""Online exports among what came back: the files of the folder 回收/测评导出 that are no form of ours.

Their rows live only while a period is read: what leaves here is a count of ballots, faults at column headers, and, where the mapping is
not confirmed yet, the mapping workbook with suggestions. No marked copy is made of an export.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault, withholds
from kaohe.core.sentences import fault
from kaohe.files.limits import DEFAULTS
from kaohe.forms.exports.answers import option_named
from kaohe.forms.exports.ballots import casts_of
from kaohe.forms.exports.door import Column, Export, open_export
from kaohe.forms.exports.suggestions import NOMINATES, RATES, UNUSED, Suggested, suggest
from kaohe.forms.frame import Fill
from kaohe.forms.group import exports
from kaohe.forms.group.book import book
from kaohe.forms.group.content import Seen
from kaohe.forms.receive import Receiver
from kaohe.records.ballots import Cast, ExportMapping
from kaohe.records.books import Book
from kaohe.records.ratings import Instrument
from kaohe.records.scheme import FormKind
from kaohe.records.tables import Reading, Refusal, Table
from kaohe.stages.tasks import FOLDER, is_export

MOST_CELLS = 10_000_000  # of a text table: 100,000 ballots of 100 answers
_TEXT = (".csv",)


class Polled(msgspec.Struct, frozen=True):
    """What the exports of a period amount to. `faults` and `notes` by file; `books`: mapping workbooks to be confirmed, by file name."""

    casts: tuple[Cast, ...] = ()
    mappings: tuple[ExportMapping, ...] = ()
    faults: Mapping[str, tuple[Fault, ...]] = {}
    notes: Mapping[str, str] = {}
    books: Mapping[str, Book] = {}


def is_text(file: str) -> bool:
    """Whether an export is a text table, which no reader of workbooks opens."""
    return is_export(file) and file.lower().endswith(_TEXT)


def read_text(data: bytes) -> Reading | Refusal:
    """A text table as a reading: UTF-8 or GB 18030, commas, semicolons or tabs. Refusals: EXPORT-003, FILE-… limits as for workbooks."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return Refusal("EXPORT-003")
    if "\0" in text:
        return Refusal("EXPORT-003")
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows, cells = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple([value.strip() or None for value in row]))
            cells += len(row)
            if cells > MOST_CELLS:
                return Refusal("EXPORT-016", str(MOST_CELLS))
    except csv.Error:
        return Refusal("EXPORT-003")
    return Reading("csv", (Table("导出", tuple(rows)),))


def polled(
    receiver: Receiver, given: Iterable[tuple[str, Reading]], forms: Iterable[tuple[ExportMapping, tuple[Fault, ...]]]
) -> Polled:
    """What the exports (file, what was read) amount to under the mappings that came back, each with its workbook's faults.

    EXPORT-013 where a mapping has still to be confirmed, EXPORT-014 where no form of the scheme takes exports, EXPORT-007 the same ballots
    twice, EXPORT-008 a person twice, EXPORT-012 what was dropped.
    """
    faults: dict[str, list[Fault]] = {}
    notes: dict[str, str] = {}
    opened: list[Export] = []
    for file, reading in given:
        found = open_export(reading, file)
        if isinstance(found, Fault):
            faults[file] = [found]
            continue
        if reading.outside:
            limits = {"rows": DEFAULTS.rows, "columns": DEFAULTS.columns}
            faults[file] = [fault("EXPORT-015", Source(file), reading.outside[0], "", **limits)]
            continue
        opened.append(found)
        notes[file] = f"测评导出，{found.ballots} 张票。"
        faults[file] = list(_about(found))
    for one, other in _twice(opened):
        count = len(one.marks & other.marks)
        faults[other.file].append(fault("EXPORT-007", Source(other.file), "", other=one.file, count=count))
    clean = [each for each in opened if not withholds(faults[each.file])]
    kinds = [kind for kind in receiver.scheme.forms if any(w.partition(":")[0] == FOLDER for w in kind.content)]
    confirmed = [mapping for mapping, of_form in forms if not withholds(of_form)]
    casts: list[Cast] = []
    open_exports = []
    for each in clean:
        mapping = _for(each, confirmed)
        if mapping is None:
            open_exports.append(each)
            continue
        made, more = casts_of(each, mapping, receiver.scheme, receiver.roster)
        faults[each.file].extend(more)
        if any(one.code == "EXPORT-002" for one in more):
            open_exports.append(each)
        if not withholds(more):
            casts.extend(made)
    books: dict[str, Book] = {}
    for each in open_exports:
        if not kinds:
            faults[each.file].append(fault("EXPORT-014", Source(each.file)))
        elif not withholds(faults[each.file]):
            name = receiver.copies[kinds[0].code][_slot(receiver, kinds[0])].file
            faults[each.file].append(fault("EXPORT-013", Source(each.file), "", count=each.ballots, form=name))
    if open_exports and kinds:
        made_book = mapping_book(receiver, kinds[0], open_exports)
        if made_book is not None:
            books[receiver.copies[kinds[0].code][_slot(receiver, kinds[0])].file] = made_book
    return Polled(tuple(casts), tuple(confirmed), {file: tuple(each) for file, each in faults.items()}, notes, books)


def _slot(receiver: Receiver, kind: FormKind) -> str:
    return next(iter(receiver.copies[kind.code]))


def _about(found: Export) -> Iterable[Fault]:
    place = Source(found.file, found.sheet)
    if found.dropped:
        yield fault("EXPORT-012", place, "、".join(found.dropped))
    if found.doubled:
        yield fault("EXPORT-008", place, "", count=found.doubled)


def _twice(opened: Sequence[Export]) -> Iterable[tuple[Export, Export]]:
    """Pairs of exports that hold the same ballot, its voter and time included: two downloads of one evaluation."""
    for number, one in enumerate(opened):
        for other in opened[number + 1 :]:
            if one.marks & other.marks:
                yield one, other


def _for(export: Export, mappings: Sequence[ExportMapping]) -> ExportMapping | None:
    """The mapping that knows most of an export's columns, one at least."""
    headers = {column.header for column in export.columns}
    known = [
        (len(headers & {each.header for each in mapping.questions}), place) for place, mapping in enumerate(mappings)
    ]
    best = max(known, default=(0, 0), key=lambda pair: (pair[0], -pair[1]))
    return mappings[best[1]] if best[0] else None


def mapping_book(receiver: Receiver, kind: FormKind, opened: Sequence[Export]) -> Book | None:
    """The mapping workbook of some exports with suggestions; None where the form has no instrument of the period."""
    codes = [word.partition(":")[2] for word in kind.content if word.partition(":")[0] == FOLDER]
    instruments = tuple(one for one in receiver.scheme.instruments_at(receiver.period.clock) if one.code in codes)
    columns: dict[str, Column] = {}
    for each in opened:
        for column in each.columns:
            before = columns.get(column.header)
            values = column.values if before is None else before.values + column.values
            columns[column.header] = msgspec.structs.replace(before or column, values=values)
    found = {
        header: suggest(column, receiver.scheme, receiver.roster, instruments) for header, column in columns.items()
    }
    unknown = _unknown(receiver, columns, found, instruments)
    asked = Seen(tuple((header, "、".join(column.common_words)) for header, column in columns.items()), unknown)
    planned = receiver.group_plan(kind.code, _slot(receiver, kind), asked=asked)
    if planned is None:
        return None
    labels = {each.code: each.label for each in planned.setting.objects}
    names = {one.code: f"{one.code} {one.name}" for one in instruments}
    typed: dict[tuple[str, str, str], str] = {}
    for number, guess in enumerate(found.values(), 1):
        code = f"{number:03d}"
        typed[exports.QUESTIONS, code, exports.USE] = guess.use
        if guess.use in (RATES, NOMINATES):
            dimensions = {d.code: d.name for d in receiver.scheme.dimensions_of(guess.instrument)}
            typed[exports.QUESTIONS, code, exports.INSTRUMENT] = names[guess.instrument]
            typed[exports.QUESTIONS, code, exports.OBJECT] = labels.get(guess.object_code, exports.BY_ANSWER)
            typed[exports.QUESTIONS, code, exports.DIMENSION] = dimensions.get(guess.dimension, "")
    filled: dict[tuple[str, str, str], object] = {place: value for place, value in typed.items() if value}
    return book(planned, Fill(filled))  # type: ignore[arg-type]


def _unknown(
    receiver: Receiver, columns: Mapping[str, Column], found: Mapping[str, Suggested], instruments: Sequence[Instrument]
) -> tuple[str, ...]:
    """Answers to questions with options that are none as they stand, each once."""
    by_options = {one.code for one in instruments if one.way == "选项"}
    words: dict[str, None] = {}
    for header, each in found.items():
        if each.use == UNUSED or each.instrument not in by_options:
            continue
        for word in columns[header].words:
            if option_named(word, receiver.scheme, (each.instrument,)) is None:
                words[word] = None
    return tuple(sorted(words))
