"""What is said of a period's appeals and of a recomputation: in the results workbook, and by `kaohe explain`."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from kaohe.documents.results.book import book
from kaohe.records.edition import Edition
from kaohe.records.followup import Appeal
from kaohe.stages.explain import appeals_of
from makers import results

ACCEPTED = Appeal(
    "2026Q3-U101-SS-01", "2026Q3", "U101", "1.1", "会议记录齐全", day="2026-10-12", decision="采纳", old=Fraction("59.7"),
    new=Fraction(60), place="长坪公司.xlsx 评分!I6", finding="原件属实", reviewer="秦屿", decided_on="2026-10-14",
)  # fmt: skip
OPEN = Appeal("2026Q3-U102-SS-01", "2026Q3", "U102", "总分", "漏记加分", day="2026-10-13")
EARLIER = Appeal("2026Q2-U101-SS-01", "2026Q2", "U101", "总分", "上季度的事", decision="维持")


def appealed(*appeals: Appeal) -> Edition:
    edition = results.edition()
    return replace(edition, ledger=replace(edition.ledger, appeals=appeals))


def words(edition: Edition, name: str) -> list[str]:
    found = next((each for each in book(edition).sheets if each.name == name), None)
    return [str(cell.value) for cell in found.cells if cell.value is not None] if found else []


def test_the_appeals_of_the_period_are_listed_with_what_the_review_decided() -> None:
    told = words(appealed(EARLIER, ACCEPTED, OPEN), "申诉")
    assert "申诉 2 件：待复核 1 件，采纳 1 件。" in told and "上季度的事" not in told
    assert {"2026Q3-U101-SS-01", "采纳", "59.7", "60", "原件属实", "待复核"} <= set(told)
    assert any("结论不直接改分" in word for word in words(appealed(ACCEPTED), "说明"))


def test_without_appeals_there_is_no_such_sheet() -> None:
    assert words(appealed(EARLIER), "申诉") == [] and "申诉复核" not in words(appealed(EARLIER), "说明")


def test_explain_tells_the_appeals_of_the_object() -> None:
    ledger = appealed(EARLIER, ACCEPTED, OPEN).ledger
    assert list(appeals_of(ledger, "2026Q3", "U101")) == [
        "申诉 2026Q3-U101-SS-01  1.1：会议记录齐全  采纳，59.7 更正为 60  长坪公司.xlsx 评分!I6"
    ]
    assert list(appeals_of(ledger, "2026Q3", "U102")) == ["申诉 2026Q3-U102-SS-01  总分：漏记加分  待复核"]


def test_the_reason_of_a_recomputation_stands_in_the_about_sheet() -> None:
    assert "重新计算的理由" not in words(results.edition(), "说明")
    assert "核对原始记录后更正" in words(replace(results.edition(), reason="核对原始记录后更正"), "说明")
