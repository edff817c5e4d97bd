"""What holds for every field under bars, shares, minimum shares and decisions (scheme model 4, steps 8–14).

1. The order of rows, forms and group-wide workbooks changes nothing. 2. A share is exceeded only by ties that all go in, or by a decision.
3. A barred object leaves its place to the next one. 4. One more point never lowers a total, a rank or a grade. 5. What happens in another
class changes no rank and no grade here. 6. Proposals change nothing.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kaohe.records.people import Fact
from kaohe.records.results import Outcome
from kaohe.records.returns import Shared
from kaohe.records.rules import Adjustment
from kaohe.records.scheme import FormKind
from kaohe.records.settings import Settings
from makers.scoring import GRADES, F, by_code, claim, decision, event, fact, form, outcome, points, rule, scheme, unit

FEW = settings(max_examples=40, deadline=None)
MARKS = st.integers(60, 100).map(Fraction)
NAMES = [band.name for band in GRADES]
ITEMS = (Adjustment("SX", "受处分", "事项"), Adjustment("JF", "表彰", "加分", cap=F(2)))
RULES = (
    rule("R1", "否优", ("事项:SX", "≥", "1"), reason="有 {值} 件事项"),
    rule("R2", "降档", ("资料:X", "=", "差"), parameter="1", reason="资料为{值}"),
    rule("R3", "上榜", ("等次", "=", "优秀"), parameter="红榜"),
    rule("R4", "绩效加减", ("名次", "=", "1"), parameter="+1.5", target="月度绩效"),
)
SETTINGS = st.builds(
    Settings,
    share_ties=st.sampled_from(["全部不进", "全部进"]),
    less_than_one=st.sampled_from(["0", "并入全体"]),
    share_scope=st.sampled_from(["排名组", "全体"]),
    downgrade_base=st.sampled_from(["分数等次", "名额后等次"]),
    downgrade_sum=st.sampled_from(["累加", "取最重"]),
)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """Scores of two classes, who is barred or lowered, shares of two grades, settings."""
    sizes = draw(st.tuples(st.integers(1, 9), st.integers(0, 5)))
    codes = [f"{name}{n}" for name, size in zip("ⅠⅡ", sizes, strict=True) for n in range(size)]
    return {
        "scores": {code: draw(MARKS) for code in codes},
        "barred": draw(st.sets(st.sampled_from(codes))),
        "lowered": draw(st.sets(st.sampled_from(codes))),
        "shares": draw(st.tuples(st.integers(5, 80), st.integers(5, 80))),
        "settings": draw(SETTINGS),
    }


def graded(drawn: dict[str, Any], floor_share: int | None = None, **more: Any) -> Outcome:
    one, two = drawn["shares"]
    grades = (replace(GRADES[0], share=F(one)), replace(GRADES[1], share=F(two)), *GRADES[2:])
    if floor_share is not None:
        grades = (*grades[:2], replace(grades[2], floor_share=F(floor_share)), grades[3])
    rules = scheme(classes="ⅠⅡ", rules=RULES, adjustments=ITEMS, grades=grades, settings=drawn["settings"])
    scores = drawn["scores"]
    events = tuple(event(code, "SX", row=6 + n) for n, code in enumerate(sorted(drawn["barred"])))
    facts = tuple(Fact(code, "X", "差" if code in drawn["lowered"] else "好") for code in scores)
    shared = Shared(events=events, decisions=more.pop("decisions", ()))
    who = tuple(unit(code, code[0]) for code in scores)
    return outcome(rules, dict(scores), units=who, facts=facts, shared=shared, **more)


def limits(drawn: dict[str, Any], grade: int) -> dict[str, tuple[set[str], int]]:
    """By scope: its members, and the places of a grade."""
    scores, share = drawn["scores"], drawn["shares"][grade]
    whole = drawn["settings"].share_scope == "全体"
    scopes: dict[str, set[str]] = {}
    for code in scores:
        scopes.setdefault("" if whole else code[0], set()).add(code)
    return {scope: (members, floor(Fraction(share * len(members), 100))) for scope, members in scopes.items()}


@FEW
@given(fields())
def test_a_share_is_exceeded_only_by_ties_that_all_go_in(drawn: dict[str, Any]) -> None:
    drawn["settings"] = replace(drawn["settings"], share_ties="全部不进")
    found = by_code(graded(drawn), "grade")
    merged = drawn["settings"].less_than_one == "并入全体"
    for grade in (0, 1):
        held = {code for code, name in found.items() if name == NAMES[grade]}
        assert len(held) <= floor(Fraction(drawn["shares"][grade] * len(drawn["scores"]), 100))
        for members, places in limits(drawn, grade).values():
            assert len(held & members) <= places or (merged and not places)


@FEW
@given(fields())
def test_ties_that_all_go_in_over_the_limit_are_equal_in_the_ranking(drawn: dict[str, Any]) -> None:
    drawn["settings"] = replace(drawn["settings"], share_ties="全部进", less_than_one="0")
    found = by_code(graded(drawn), "grade")
    for members, places in limits(drawn, 0).values():
        held = sorted((drawn["scores"][code] for code in members if found[code] == "优秀"), reverse=True)
        assert len(set(held[max(places - 1, 0) :])) <= 1 or len(held) <= places


@FEW
@given(st.lists(MARKS, min_size=2, max_size=9, unique=True), st.integers(20, 80), st.data())
def test_a_barred_object_leaves_its_place_to_the_next_one(
    scores: list[Fraction], share: int, data: st.DataObject
) -> None:
    drawn: dict[str, Any] = {
        "scores": {f"Ⅰ{n}": score for n, score in enumerate(scores)}, "lowered": set(), "shares": (share, 100), "settings": Settings(),
    }  # fmt: skip
    barred = data.draw(st.sets(st.sampled_from(list(drawn["scores"]))))
    found = by_code(graded({**drawn, "barred": barred}), "grade")
    open_ = sorted(
        (code for code, score in drawn["scores"].items() if code not in barred and score >= 90),
        key=lambda code: drawn["scores"][code],
        reverse=True,
    )
    places = len(scores) * share // 100
    assert {code for code, name in found.items() if name == "优秀"} == set(open_[:places])


@FEW
@given(fields(), st.data())
def test_one_more_point_never_lowers_a_total_a_rank_or_a_grade(drawn: dict[str, Any], data: st.DataObject) -> None:
    who = data.draw(st.sampled_from(list(drawn["scores"])))
    more = {**drawn, "scores": {**drawn["scores"], who: min(Fraction(100), drawn["scores"][who] + 1)}}
    old, new = graded(drawn).of(who), graded(more).of(who)
    assert old is not None and new is not None and old.total is not None and new.total is not None
    assert new.total >= old.total and (new.rank or 0) <= (old.rank or 0)
    assert drawn["settings"].share_ties == "全部进" or NAMES.index(new.grade) <= NAMES.index(old.grade)


@FEW
@given(fields(), st.integers(1, 40))
def test_what_happens_in_another_class_changes_nothing_here(drawn: dict[str, Any], less: int) -> None:
    drawn["settings"] = replace(drawn["settings"], share_scope="排名组", less_than_one="0")
    other = {code: score - less if code[0] == "Ⅱ" else score for code, score in drawn["scores"].items()}
    mine = {code for code in drawn["scores"] if code[0] == "Ⅰ"}
    changed = {**drawn, "scores": other, "barred": drawn["barred"] & mine, "lowered": drawn["lowered"] & mine}
    here = [replace(each, derivation=None) for each in graded(drawn).objects if each.code in mine]
    there = [replace(each, derivation=None) for each in graded(changed).objects if each.code in mine]
    assert here == there


@FEW
@given(fields(), st.integers(1, 60))
def test_a_minimum_share_changes_nothing_but_its_proposals_and_proposes_enough(
    drawn: dict[str, Any], share: int
) -> None:
    plain, found = graded(drawn), graded(drawn, floor_share=share)
    assert by_code(plain, "grade") == by_code(found, "grade")
    low = {each.code for each in found.objects if NAMES.index(each.grade) >= 2}
    proposed = {each.code for each in found.objects if any(one.rule == "最低比例:一般" for one in each.consequences)}
    assert not low & proposed
    drawn = {**drawn, "shares": (share, share)}
    for members, _ in limits(drawn, 0).values():
        wanted = -floor(-Fraction(share * len(members), 100))
        assert len(members) * share < 100 or len((low | proposed) & members) >= wanted


@FEW
@given(fields(), st.data())
def test_the_order_of_rows_forms_and_workbooks_changes_nothing(drawn: dict[str, Any], data: st.DataObject) -> None:
    codes = list(drawn["scores"])
    forms = (FormKind("B1", "事项表", content=("事项",), copies="每部门"),)
    rules = scheme(classes="ⅠⅡ", rules=RULES, adjustments=ITEMS, forms=forms, settings=drawn["settings"])
    typed = {
        code: form(code, points("1", score), claim("01", "JF", "1.5"), claim("02", "JF", "1"))
        for code, score in drawn["scores"].items()
    }
    events = [
        event(code, "SX", data.draw(st.sampled_from(["已确认", "待确认"])), 6 + n) for n, code in enumerate(codes * 2)
    ]
    facts = [fact(code, "X", data.draw(st.sampled_from(["好", "差"])), 6 + n) for n, code in enumerate(codes)]
    lines = [decision(code, "优秀", data.draw(st.sampled_from(NAMES)), row=6 + n) for n, code in enumerate(codes * 2)]
    who = tuple(unit(code, code[0]) for code in codes)

    def found(order: Any) -> Outcome:
        shared = Shared(events=tuple(order(events)), facts=tuple(order(facts)), decisions=tuple(order(lines)))
        return outcome(rules, dict(order(list(typed.items()))), units=who, shared=shared)

    mixed = data.draw(st.randoms(use_true_random=False))
    assert found(list) == found(lambda rows: mixed.sample(rows, len(rows)))
