"""Word templates and finished documents put side by side with what they need: the fields of their kind, the house rules of a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from kaohe.core.cells import Source
from kaohe.core.faults import Fault, withholds
from kaohe.core.sentences import fault
from kaohe.documents.described import described
from kaohe.documents.kinds import KINDS
from kaohe.documents.plan import rows
from kaohe.files.word import Template, TemplateError
from kaohe.official.check import check_document, office
from kaohe.official.layout import NATIONAL, Profile
from kaohe.official.lint.lint import lint, sentence
from kaohe.official.profile import profile_of
from kaohe.official.settle import LETTER_MARK, MARK
from kaohe.official.trial import example
from kaohe.records.edition import Edition
from kaohe.records.fields import Field
from kaohe.records.scheme import DocumentKind, Scheme
from kaohe.scheme.house import house
from kaohe.stages.passed import Later, Passed
from kaohe.stages.resources import resource
from kaohe.stages.workspace import NotReady, Place

_PAGE = """# 文书模板的字段

由 `kaohe.stages.templates` 生成，不要手改。在命令行看一种文书的：`kaohe template fields 种类`。

- 文字、整数、是否：写 `{{ 字段名 }}`；可空的字段先判断：`{% if 字段名 %}…{% endif %}`，占整段的写 `{%p if 字段名 %}`。
- 列表：在表格里循环写三行，`{%tr for 项 in 清单 %}`、数据行 `{{ 项.栏 }}`、`{%tr endfor %}`；
  在正文里循环用 `{%p for 项 in 清单 %}`、`{%p endfor %}`，各占一段。
- 文字列表：`{%p for 句 in 字段名 %}`、`{{ 句 }}`、`{%p endfor %}`。
- 改完模板先校验：`kaohe template check 模板.docx`。标“必需”的字段，模板里都要用到。
"""


class Checked(msgspec.Struct, frozen=True):
    """A template and what is wrong with it; `kind` is its document kind. `layout`: deviations of the document that it makes of the sample
    data, where it makes one."""

    file: str
    kind: str
    faults: tuple[Fault, ...]
    layout: tuple[Fault, ...] = ()


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a document kind. Raises KeyError for a kind that is not built."""
    return described(kind, KINDS[kind].known)


def kind_of_file(name: str) -> str:
    """The document kind that a template's file name contains (the longest one), "" where it contains none."""
    stem = Path(name).stem
    return max((kind for kind in KINDS if kind in stem), key=len, default="")


def profile(scheme: Scheme | None) -> Profile:
    """The layout that a scheme's house rules give; the national one without a scheme."""
    return profile_of(house(scheme)) if scheme is not None else NATIONAL


def check_template(path: Path, kind: str, rules: Profile = NATIONAL) -> Checked:
    """The lint of one template. Raises NotReady where there is no such file, KeyError for a kind that is not built."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotReady(f"没有找到 {path}。请核对路径。") from None
    faults = lint(data, path.name, fields_of(kind), rules)
    if withholds(faults):
        return Checked(path.name, kind, faults)
    made = example(data, path.name, fields_of(kind), rules)
    return Checked(path.name, kind, faults, check_document(made, path.name, rules))


def check_layouts(
    paths: Sequence[Path], rules: Profile = NATIONAL, paper: bool = True
) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
    """The deviations of finished documents, by file. With `paper` their pages are looked at, too, where an office program is installed; a
    machine without one is told as 提示. Raises NotReady where there is no such file."""
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            files[str(path)] = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            raise NotReady(f"没有找到文件 {path}。请核对路径。") from None
    lacking = office.missing() if paper else ""
    with office.work_folder() as folder:
        pdfs = office.papers(files, Path(folder)) if paper and not lacking else {}
        found = []
        for path in paths:
            faults = check_document(files[str(path)], path.name, rules, pdfs.get(str(path)))
            if paper and str(path) not in pdfs and not any(each.code == "LAYOUT-000" for each in faults):
                faults += (fault("LAYOUT-073", Source(path.name), what=lacking or "能打开这个文件的程序"),)
            found.append((str(path), faults))
    return tuple(found)


def compile_templates(at: Place, edition: Edition) -> dict[str, Later]:
    """The templates of a period's documents, by file name, each compiled at most once: those that passed the lint before, when they are
    needed. Raises NotReady that names every fault above 提示 of all of them, and every template whose form is not that of its row: before a
    single document is written."""
    sound: dict[str, Later] = {}
    found: dict[str, Template] = {}
    lines: list[str] = []
    rules = profile(edition.scheme)
    passed = Passed(at, rules)
    for row in rows(edition):
        try:
            data = resource(at.root, "templates", f"word/{row.template}").read_bytes()
        except OSError:
            lines.append(f"模板“{row.template}”不能读取。请把它放入 templates/word，或改文书表“{row.code}”的模板。")
            continue
        if (data, row) in passed:
            sound.setdefault(row.template, Later(data, row.template))
            continue
        if row.template not in found:
            try:
                found[row.template] = Template.compile(data, row.template)
            except TemplateError:
                pass  # the lint tells why, at the place
        template = found.get(row.template)
        faults = lint(data, row.template, fields_of(row.kind), rules, template)
        wrong = [sentence(each) for each in faults if withholds((each,))]
        wrong += misfits(row, template) if template is not None else ()
        lines += wrong
        if not wrong:
            passed.add(data, row)
            sound[row.template] = Later(data, row.template, template)
    if lines:
        raise NotReady("\n".join(dict.fromkeys(lines)))
    passed.save()
    return sound


def misfits(row: DocumentKind, template: Template) -> Iterator[str]:
    """What keeps a sound template from serving a row of 文书: the form of another 版式."""
    for form, mark in (("信函", LETTER_MARK), ("文件", MARK)):
        if form != row.layout and template.has_paragraphs(mark):
            yield f"模板“{row.template}”是{form}格式，文书表“{row.code}”的版式写的是{row.layout}。请改版式，或者换用{row.layout}格式的模板。"


def field_rows(kind: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The fields of a kind as a table: name, shape, whether it is required, meaning, example. A list's columns follow it."""
    return ("字段", "形式", "必需", "含义", "例"), [
        (each.name, each.shape, "必需" if each.required else "", each.meaning, shown(each)) for each in fields_of(kind)
    ]


def shown(each: Field) -> str:
    """The example as it is printed."""
    if isinstance(each.example, bool):
        return "是" if each.example else "否"
    return str(each.example).replace("\n", " ")


def fields_page() -> str:
    """docs/template-fields.md: a table for each document kind, kept current by a test. Printed by
    `python -c "from kaohe.stages.templates import fields_page; print(fields_page(), end='')"`."""
    parts = [_PAGE]
    for kind in KINDS:
        head, body = field_rows(kind)
        parts.append(f"## {kind}\n\n{_table(head, body)}")
    return "\n".join(parts)


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    cells = ([cell.replace("|", "\\|") or " " for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
