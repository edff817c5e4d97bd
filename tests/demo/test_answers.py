"""What invented people type is valid as a whole, repeats with the seed, and differs without it."""

from __future__ import annotations

import pytest

from kaohe.core.faults import withholds
from kaohe.core.sentences import say
from kaohe.demo.answers import Case, Typed, answers
from makers.filled_form import UNIT, addresses, blank, form_of, prefilled, received
from makers.paper import reading_of


def typed(seed: int) -> Typed:
    """What is typed into the unit's form."""
    form = form_of()
    return answers(Case(form, UNIT.code, ("秦若溪", "陆文棠"), ("顾仲衡", "许知行"), prefilled(form), seed))


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_form_filled_by_chance_has_nothing_to_mend(seed: int) -> None:
    found = received(reading_of(blank(), addresses(dict(typed(seed)))))
    assert [say(each) for each in found.faults if withholds([each])] == []
    assert found.submission is not None and len(found.submission.scores) == len(form_of().leaves)


def test_the_same_seed_types_the_same_and_another_seed_something_else() -> None:
    assert typed(7) == typed(7)
    assert typed(7) != typed(8)
