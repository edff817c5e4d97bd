"""`kaohe print`: the documents of a kind bound into one file for printing, and PDF of it where an office program is installed.

What is written stands in the folder 打印 of the published results, outside the manifest: it is a copy of what lies there, and the next run
takes it away with the results that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from kaohe.core.names import distinct, safe_name
from kaohe.files.lock import Busy, lock
from kaohe.files.publish import write_file
from kaohe.files.word_bind import bind
from kaohe.official.check import office
from kaohe.records.documents import Document
from kaohe.stages.manifest import damage, read
from kaohe.stages.workspace import NotReady, Place, kept, who_holds

FOLDER = "打印"
#: an office program needs about a second a document; after so many there is a PDF, and something to be seen
VOLUME = 50
_SECONDS_EACH = 6


class Bound(msgspec.Struct, frozen=True):
    """Documents of one row of 文书 in one file: paths below the published folder; `pdfs` are its volumes."""

    kind: str
    documents: int
    file: str
    pdfs: tuple[str, ...] = ()


class Printing(msgspec.Struct, frozen=True):
    """What was written, and why there is no PDF where one was wanted ("" = there is)."""

    bound: tuple[Bound, ...]
    lacking: str = ""


def print_out(
    at: Place, kind: str = "", pdf: bool = False, single: bool = False, say: Callable[[str], None] = lambda line: None
) -> Printing:
    """Bind the documents of one kind, or of every kind with several. `single`: the PDF is printed on one side, so it has no empty backs.
    `say` is told of each file that is begun. Raises NotReady where there are no whole results or no documents of the kind."""
    try:
        with lock(at.reports, at.period):
            return _print(at, kind, pdf, single, say)
    except Busy as busy:
        raise NotReady(who_holds(at.period, busy.holder)) from None


def _print(at: Place, kind: str, pdf: bool, single: bool, say: Callable[[str], None]) -> Printing:
    manifest = read(at.report)
    if manifest is None:
        raise NotReady(f"{at.period} 还没有结果。请先运行 kaohe run {at.assessment} {at.period}。")
    if damaged := damage(at.report, manifest, "文书/"):
        raise NotReady(f"文书被改动或缺失：{'、'.join(damaged[:3])}。请重新运行 kaohe run，或手工打印改过的文书。")
    every = kept(at.report, "documents", Document)
    groups = [group for group in _groups(every) if group[0].kind == kind or (not kind and len(group) > 1)]
    if not groups:
        have = "、".join(dict.fromkeys(each.kind for each in every))
        raise NotReady(
            f"{at.period} 没有{f'“{kind}”这种文书' if kind else '需要合订的文书'}。已有：{have or '没有文书'}。"
        )
    lacking = "" if not pdf or office.program() else "没有找到 LibreOffice"
    taken: set[str] = set()
    found = []
    for group in groups:
        stem = f"{FOLDER}/{safe_name(f'合订 {group[0].kind}', '.docx')}"
        file = distinct(stem, taken)
        taken.add(file.casefold())
        say(f"合订  {group[0].kind}  {len(group)} 份")
        contents = [(at.report / each.file).read_bytes() for each in group]
        write_file(at.report / file, bind(contents, f"{at.when.title}{group[0].kind}（合订）"))
        pdfs = tuple(_pdfs(at.report, file, contents, single, say)) if pdf and not lacking else ()
        found.append(Bound(group[0].kind, len(group), file, pdfs))
    return Printing(tuple(found), lacking)


def _groups(every: Sequence[Document]) -> list[list[Document]]:
    """The documents by row of 文书: those of one row are of one template."""
    found: dict[tuple[str, str], list[Document]] = {}
    for each in every:
        found.setdefault((each.kind, each.code), []).append(each)
    return list(found.values())


def _pdfs(
    report: Path, file: str, contents: Sequence[bytes], single: bool, say: Callable[[str], None]
) -> Iterator[str]:
    """PDF of the bound file in volumes; their paths below the published folder. A volume that the office program cannot make is left out,
    and said."""
    stem = file.removesuffix(".docx")
    for start in range(0, len(contents), VOLUME):
        part = contents[start : start + VOLUME]
        name = f"{stem}.pdf" if len(contents) <= VOLUME else f"{stem}（{start + 1}至{start + len(part)}）.pdf"
        say(f"转成 PDF  {name.rpartition('/')[2]}  {start + len(part)}/{len(contents)}")
        with office.work_folder() as folder:
            made = office.papers({name: bind(part, stem)}, Path(folder), not single, _SECONDS_EACH * len(part))
            if name in made:
                write_file(report / name, made[name].read_bytes())
                yield name
            else:
                say(f"没有转成  {name.rpartition('/')[2]}：LibreOffice 没有完成，请打开合订的 .docx 打印。")
