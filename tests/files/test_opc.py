"""Packages taken apart and put together: untouched members keep their compressed bytes, the same input gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import openpyxl
import pytest

from kaohe.files.limits import Refused
from kaohe.files.opc import Kept, Package, archive, replace
from makers.packages import SHEET, parts, sheet, workbook, zipped


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def document() -> bytes:
    buffer = io.BytesIO()
    written = docx.Document()
    written.add_paragraph("考核结果反馈通知书")
    written.save(buffer)
    return buffer.getvalue()


def test_replacing_a_member_changes_it_and_nothing_else():
    data = document()
    package = Package(data)
    xml = package.read("word/document.xml").replace("反馈".encode(), "告知".encode())
    made = replace(package, {"word/document.xml": xml})
    assert members(made) == {**members(data), "word/document.xml": xml}
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "考核结果告知通知书"


def test_untouched_members_are_copied_still_compressed():
    data = zipped({**parts(), "xl/media/x.bin": bytes(range(256)) * 40})
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        packed = file.getinfo("xl/media/x.bin").compress_size
    # Broken on purpose: a member that were inflated could not be copied.
    at = data.index(b"xl/media/x.bin") + len("xl/media/x.bin")
    raw = bytes(packed)
    broken = data[:at] + raw + data[at + packed :]
    assert raw in Package(broken).replace({SHEET: sheet("")})


def test_the_order_of_members_stays_and_new_ones_come_last():
    made = Package(workbook()).replace({"新部件.xml": b"<a/>", SHEET: sheet("")})
    assert list(members(made)) == [*parts(), "新部件.xml"]


def test_the_same_input_gives_the_same_bytes_from_any_thread():
    package = Package(document())
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda n: package.replace({"word/document.xml": b"<x/>" * (n % 2)}), range(40)))
    assert len(made) == 2


def test_no_date_of_the_clock_gets_into_the_package():
    with zipfile.ZipFile(io.BytesIO(Package(document()).replace({"a": b"1"}))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_archive_of_members_opens_in_openpyxl(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(Package(_saved()).replace({}))
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Sheet"]["A1"].value == "甲"
    assert members(archive({"一": b"1" * 99, "b": b""}, level=0)) == {"一": b"1" * 99, "b": b""}


def _saved() -> bytes:
    buffer = io.BytesIO()
    written = openpyxl.Workbook()
    written.active["A1"] = "甲"
    written.save(buffer)
    return buffer.getvalue()


def test_a_streamed_package_with_sizes_after_the_data_is_taken():
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    buffer = Stream()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"1" * 500)
        file.writestr("b", b"2")
    assert members(Package(buffer.getvalue()).replace({"b": b"3"})) == {"a": b"1" * 500, "b": b"3"}


def test_a_damaged_template_is_refused():
    data = document()
    twice = zipped({"a1": b"", "a2": b""}).replace(b"a2", b"a1")
    for broken in (data[:500], data + b"x", b"", twice):
        with pytest.raises(Refused):
            Package(broken)


def test_a_member_in_pieces_is_the_same_member_and_the_kept_ones_are_deflated_once() -> None:
    front, rest = sheet("").replace(b"</", b"<!-- -->" * 300 + b"</", 1), b"<row/>" * 50
    kept = Kept(front)
    package = Package(workbook())
    for pieces in ((kept,), (kept, b"<a/>"), (b"<a/>", kept, rest), (kept, kept), (b"", kept, b"", Kept(b"")), ()):
        content = b"".join(piece.content if isinstance(piece, Kept) else piece for piece in pieces)
        made = package.replace({SHEET: pieces})
        assert members(made)[SHEET] == content == Package(made).read(SHEET)
        assert made == package.replace({SHEET: pieces}) and (kept not in pieces or kept.packed in made)


def test_a_member_made_before_is_used_again_only_for_the_same_content():
    package = Package(document())
    first, other = (package.replace({"docProps/core.xml": text}) for text in (b"<a/>", b"<b/>"))
    assert members(other)["docProps/core.xml"] == b"<b/>"
    assert (
        package.replace({"docProps/core.xml": b"<a/>"})
        == first
        == Package(document()).replace({"docProps/core.xml": b"<a/>"})
    )
