"""Wording that the official documents share."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kaohe.documents.wording import consequence_text, date_span, listing, month_text, numeral, rank_text
from kaohe.records.results import Consequence, ObjectResult


def hit(effect: str, parameter: str, **more: object) -> str:
    given = {"amount": None, "target": "", "month": "", "reason": "", "clause": "", **more}
    return consequence_text(Consequence("R1", effect, parameter, **given))  # type: ignore[arg-type]


def test_a_consequence_is_reason_clause_effect_and_month() -> None:
    assert (
        hit(
            "绩效加减",
            "-0.5",
            amount=Fraction(-1, 2),
            target="月度绩效",
            month="2026-10",
            reason="低于98分。",
            clause="第九条",
        )
        == "低于98分，依据第九条，月度绩效减0.5分，2026年10月兑现。"
    )


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (hit("上榜", "红榜", reason="总分第一"), "总分第一，列入红榜。"),
        (hit("约谈", "公司党委", target="书记", clause="第九条"), "依据第九条，由公司党委约谈书记。"),
        (hit("提示", "", reason="有2个问题逾期", clause="第九条"), "依据第九条，有2个问题逾期。"),
        (hit("提示", "请书面说明", reason="有2个问题逾期"), "有2个问题逾期，请书面说明。"),
        (hit("表彰", "予以通报表扬", soft=True), "建议予以通报表扬。"),
        (hit("计入", "60", target="年度考核"), "按60%计入年度考核。"),
        (hit("上榜", "红榜", reason="名列第一，列入红榜"), "名列第一，列入红榜。"),
        (hit("限制其他考核", "不得评为优秀", target="个人年度考核", soft=True), "建议个人年度考核不得评为优秀。"),
        (
            hit("表彰", "先进党委", target="集团范围通报", reason="等次为优秀"),
            "等次为优秀，表彰为先进党委（集团范围通报）。",
        ),
        (hit("提示", "书面说明原因", target="本单位", reason="有2个问题逾期"), "有2个问题逾期，请你单位书面说明原因。"),
    ],
)
def test_each_effect_has_its_words(sentence: str, text: str) -> None:
    assert sentence == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (33, "三十三"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1003, "一千零三"),
    ],
)
def test_headings_are_counted_in_chinese(count: int, text: str) -> None:
    assert numeral(count) == text


def test_dates_spans_and_months_have_arabic_digits_without_leading_zeros() -> None:
    assert date_span("2026-10-05", "2026-11-09") == "2026年10月5日至11月9日"
    assert date_span("2026-12-30", "2027-01-05") == "2026年12月30日至2027年1月5日"
    assert date_span("2026-10-05", "") == date_span("2026-10-05", "2026-10-05") == "2026年10月5日"
    assert month_text("2026-09") == "2026年9月" and month_text("次月") == "次月"


def test_ranks_and_lists() -> None:
    result = ObjectResult("A", "甲", "甲", "Ⅰ", "Ⅰ", rank=3)
    assert rank_text(result) == "列第3名" and rank_text(ObjectResult("A", "甲", "甲", "Ⅰ", "Ⅰ")) == ""
    assert rank_text(ObjectResult("A", "甲", "甲", "Ⅰ", "Ⅰ", rank=2, shared=True)) == "并列第2名"
    assert (
        listing(["甲", "乙", "丙"]) == "甲、乙、丙"
        and listing(["甲", "乙", "丙"], "和") == "甲、乙和丙"
        and listing([]) == ""
    )
