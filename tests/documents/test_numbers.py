"""Document numbers (architecture, decision 7): one sequence per 代字 and year, kept by reruns, none for drafts."""

from __future__ import annotations

from kaohe.documents.numbers import assign
from kaohe.records.documents import Document
from kaohe.records.scheme import DocumentKind, PeriodRow

KINDS = (DocumentKind("FK", "通知书", "a.docx", prefix="岚函", first_number=31), DocumentKind("ZG", "清单", "b.docx"))
Q3 = PeriodRow("2026Q3", "2026-07-01", "2026-09-30", document_date="2026-10-14")


def want(*units: str, kind: str = "通知书", status: str = "正式") -> tuple[Document, ...]:
    return tuple(Document(kind, unit, f"{unit}.docx", "", "信函", "是", status) for unit in units)


def numbers(found: tuple[Document, ...]) -> list[str]:
    return [each.number for each in found]


def test_the_first_of_the_year_starts_where_the_scheme_says() -> None:
    assert numbers(assign(want("甲", "乙"), KINDS, Q3, (), ())) == ["岚函〔2026〕31号", "岚函〔2026〕32号"]


def test_the_sequence_goes_on_over_all_periods() -> None:
    earlier = assign(want("甲", "乙"), KINDS, Q3, (), ())
    assert numbers(assign(want("甲"), KINDS, Q3, earlier, ())) == ["岚函〔2026〕33号"]


def test_a_rerun_keeps_the_number_of_a_unit_and_newcomers_get_the_next() -> None:
    before = assign(want("甲", "丙"), KINDS, Q3, (), ())
    assert numbers(assign(want("甲", "乙", "丙"), KINDS, Q3, (), before)) == [
        "岚函〔2026〕31号",
        "岚函〔2026〕33号",
        "岚函〔2026〕32号",
    ]


def test_drafts_and_provisional_ones_and_kinds_without_a_sign_get_none() -> None:
    undated = PeriodRow("2026Q4", "2026-10-01", "2026-12-31")
    assert numbers(assign(want("甲", status="草稿"), KINDS, undated, (), ())) == [""]
    assert numbers(assign(want("甲", status="暂定"), KINDS, Q3, (), ())) == [""]
    assert numbers(assign(want("甲", kind="清单"), KINDS, Q3, (), ())) == [""]


def test_a_new_year_begins_anew() -> None:
    next_year = PeriodRow("2026Q4", "2026-10-01", "2026-12-31", document_date="2027-01-15")
    earlier = assign(want("甲"), KINDS, Q3, (), ())
    assert numbers(assign(want("甲"), KINDS, next_year, earlier, ())) == ["岚函〔2027〕31号"]


def test_two_rows_of_one_kind_number_the_same_object_apart_and_keep_their_numbers() -> None:
    kinds = (
        *KINDS,
        DocumentKind("TS", "提示", "c.docx", prefix="岚提"),
        DocumentKind("T2", "提示", "c.docx", prefix="岚提"),
    )
    rows = tuple(Document("提示", "甲", f"{code}.docx", "", "信函", "是", "正式", code) for code in ("TS", "T2"))
    first = assign(rows, kinds, Q3, (), ())
    assert numbers(first) == ["岚提〔2026〕1号", "岚提〔2026〕2号"]
    assert numbers(assign(rows[::-1], kinds, Q3, (), first)) == ["岚提〔2026〕2号", "岚提〔2026〕1号"]


def test_a_register_of_the_first_version_has_no_row_codes_and_its_numbers_are_kept() -> None:
    before = (Document("通知书", "甲", "甲.docx", "岚函〔2026〕35号", "信函", "是", "正式"),)
    now = (Document("通知书", "甲", "甲.docx", "", "信函", "是", "正式", "FK"),)
    assert numbers(assign(now, KINDS, Q3, (), before)) == ["岚函〔2026〕35号"]
