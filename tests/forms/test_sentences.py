"""Every sentence about returned forms is said somewhere, reads as Chinese, and whatever is typed, nothing breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kaohe.forms
from kaohe.core.sentences import say
from kaohe.core.sentences.forms import SENTENCES
from kaohe.forms.marked import marked_book
from kaohe.records.tables import CellValue
from makers.filled_form import GOOD, Fields, filled, received
from makers.scheme_red import roster, scheme

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(str(kaohe.forms.__path__[0])).rglob("*.py"))

ANYTHING: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "已查",
            "不适用",
            "3.1 “三会一课”",
            "缺次数",
            "已完成",
            "属实",
            "约3",
            "-",
            "95%",
            "2026/9/30",
            "只列问题，不扣分",
        ]
    ),
)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_used_and_ends_as_a_sentence(code: str) -> None:
    sentence = SENTENCES[code]
    assert f'"{code}"' in CODE
    assert sentence.text.endswith("。") and (not sentence.advice or sentence.advice.endswith("。"))
    assert re.search(r"[\u4e00-\u9fff]", sentence.text)
    assert sentence.effect == "提示" or sentence.advice, "what withholds or refuses says what to do"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), ANYTHING, max_size=8))
def test_whatever_is_typed_is_read_or_named_and_can_be_said(changes: Fields) -> None:
    found = received(filled(changes))
    assert found.submission is not None
    assert found.submission.withheld == any(each.effect == "存疑" for each in found.faults)
    for each in found.faults:
        assert say(each) and each.source.file and each.object_code == "U106"


@settings(max_examples=10, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), ANYTHING, max_size=8))
def test_a_marked_copy_can_be_made_of_whatever_was_typed(changes: Fields) -> None:
    reading = filled(changes)
    found = received(reading)
    assert marked_book(found, reading, found.faults, scheme(), roster()).sheets[0].name == "差错清单"
