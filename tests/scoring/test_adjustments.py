"""Bonus and penalty (scheme model 4, step 6): confirmed, proved, once, within caps; what was cut or refused is said."""

from __future__ import annotations

from typing import Any

from kaohe.records.results import ObjectResult
from kaohe.records.returns import Claim
from kaohe.records.scheme import Adjustment, Settings
from makers.scoring import F, claim, number, points, result, scheme

ITEMS = (
    Adjustment("A", "上级表彰", "加分", cap=F(2), category="荣誉", category_cap=F(3)),
    Adjustment("B", "经验推广", "加分", category="荣誉"),
    Adjustment("C", "承办活动", "加分", needs_evidence=False, most=F(1)),
    Adjustment("K", "通报批评", "减分", cap=F(4)),
    Adjustment("Z", "年度加分", "加分", clocks=("年",)),
)


def given(*claims: Claim, items: tuple[Adjustment, ...] = ITEMS, **settings: Any) -> ObjectResult:
    return result(scheme(adjustments=items, settings=Settings(**settings)), points("1", 90), *claims)


def counted(found: ObjectResult) -> list[tuple[Any, str]]:
    return [(each.counted, each.why) for each in found.adjustments]


def test_only_what_is_confirmed_counts_with_its_verified_points() -> None:
    found = given(
        claim("01", "A", "1.5", claimed=number(2)),
        claim("02", "A", "1", decision="待确认"),
        claim("03", "A", None, decision=""),
    )
    assert counted(found) == [(F("1.5"), ""), (0, "未确认，不计"), (0, "未确认，不计")]
    assert (found.bonus, found.total, found.adjustments[0].claimed) == (F("1.5"), F("91.5"), 2)


def test_without_the_proof_that_is_asked_for_a_claim_counts_nothing_and_says_so() -> None:
    assert counted(given(claim("01", "A", "1", evidence=""))) == [(0, "没有佐证，不计")]
    assert counted(given(claim("01", "C", "1", evidence=""))) == [(1, "")]


def test_the_same_document_counts_once_at_its_highest() -> None:
    found = given(
        claim("01", "A", "0.5", reference="岚党发〔2026〕12号"),
        claim("02", "B", "1", reference="岚党发〔2026〕 12 号"),
        claim("03", "B", "0.8"),
    )
    assert counted(found) == [(0, "与第02条同一事项，只计一次，就高"), (1, ""), (F("0.8"), "")]


def test_a_refused_claim_does_not_push_out_another_with_the_same_number() -> None:
    found = given(
        claim("01", "A", "2", decision="待确认", reference="12号"), claim("02", "A", "1", reference="12号"),
        claim("03", "K", "1", reference="12号"),
    )  # fmt: skip
    assert [each.counted for each in found.adjustments] == [0, 1, 1]


def test_caps_of_item_category_and_all_bonuses_act_in_the_order_of_the_rows() -> None:
    rows = (claim("01", "A", "1.5"), claim("02", "A", "1.5"), claim("03", "B", "2"), claim("04", "C", "1"))
    assert counted(given(*rows)) == [
        (F("1.5"), ""), (F("0.5"), "本项上限 2.00"), (1, "“荣誉”上限 3.00"), (1, ""),
    ]  # fmt: skip
    assert counted(given(*rows, bonus_cap=F("3.5")))[3] == (F("0.5"), "加分合计上限 3.50")


def test_the_cap_of_a_category_may_stand_in_one_row_only_and_the_lowest_holds() -> None:
    items = tuple(
        Adjustment(code, code, "加分", category="荣誉", category_cap=cap)
        for code, cap in (("A", None), ("B", F(2)), ("C", F(1)))
    )
    assert given(claim("01", "A", "5"), items=items).bonus == 1


def test_the_cap_of_one_case_is_multiplied_by_its_count() -> None:
    assert counted(given(claim("01", "C", "3", count=number(2)))) == [(2, "")]


def test_penalties_have_their_own_subtotal_which_the_cap_of_the_bonuses_does_not_touch() -> None:
    found = given(claim("01", "A", "2"), claim("02", "K", "3"), claim("03", "K", "3"), bonus_cap=F(1))
    assert (found.bonus, found.penalty, found.total) == (1, 4, 87)


def test_an_item_of_another_clock_brings_nothing() -> None:
    assert given(claim("01", "Z", "1")).adjustments == ()


def test_an_item_that_counts_into_a_component_stays_out_of_the_two_sums() -> None:
    into = Adjustment("G", "构成加分", "加分", into="构成:DJ")
    found = given(claim("01", "G", "4"), items=(into,), bonus_cap=F(1))
    assert (found.base, found.bonus, found.total) == (90, 0, 94)
