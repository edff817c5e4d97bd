"""Who is scored, and the points of every line (scheme model 4, steps 0–2). A withheld object stays, without figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kaohe.records.results import ObjectResult, Status
from kaohe.records.returns import Submission
from kaohe.scoring.leaves import Leaf, score_leaves, shares_of_full, takes_mean, with_means
from kaohe.scoring.objects import Assessed
from kaohe.scoring.progress import Scored, Setup

#: codes of the faults that withhold an object whose form was accepted (kaohe.core.sentences.run)
BLANK, NO_PERIOD, NO_MEAN, NOTHING = "RUN-001", "RUN-002", "RUN-003", "RUN-004"


def withheld(each: Scored, status: Status, *codes: str) -> Scored:
    """The object without figures: 未报 or 存疑, for these reasons."""
    result = msgspec.structs.replace(each.result, status=status, eligible="待定", withheld_for=codes)
    return Scored(each.who, result)


def read_lines(
    setup: Setup, each: Assessed, submission: Submission | None, faults: Mapping[str, tuple[str, ...]]
) -> Scored:
    """The object with the points of its lines, or its standing where it has none. `faults`: codes by object that must not be scored."""
    previous = next((one for one in setup.earlier if one.period == str(setup.period.previous)), None)
    then = previous.of(each.code) if previous else None
    blank = ObjectResult(
        code=each.code,
        name=each.name,
        short=each.short,
        unit_class=each.unit_class,
        field=each.field,
        object=each.object,
        previous_total=then.total if then else None,
        previous_rank=then.rank if then else None,
    )
    found = Scored(each, blank, submission)
    if each.standing == "不参评":
        return found.having(status="不参评", eligible="否", reasons=(each.reason,) if each.reason else ())
    if submission is None and each.code not in faults:
        return withheld(found, "未报", "未报")
    if submission is None or submission.withheld or each.code in faults:
        return withheld(found, "存疑", *faults.get(each.code, ()))
    tree = setup.trees.get(each.unit_class)
    if tree is None:
        return withheld(found, "存疑", NOTHING)
    leaves = score_leaves(tree, submission, setup.scheme.settings)
    if leaves is None:
        return withheld(found, "存疑", BLANK)
    if each.standing == "不定等次":
        found = found.having(status="不定等次", eligible="否", reasons=(each.reason,) if each.reason else ())
    return msgspec.structs.replace(found, leaves=leaves)


def fill_means(setup: Setup, objects: Sequence[Scored]) -> tuple[Scored, ...]:
    """Lines that do not apply and take the mean, filled from the 参评 objects of the same field that were scored on them."""
    settings = setup.scheme.settings
    if not any(leaf.given is None and takes_mean(leaf.line, settings) for each in objects for leaf in each.leaves):
        return tuple(objects)
    groups: dict[str, list[Sequence[Leaf]]] = {}
    for each in objects:
        if each.is_scored and each.who.standing == "参评":
            groups.setdefault(each.group, []).append(each.leaves)
    means = {group: shares_of_full(members) for group, members in groups.items()}
    found = []
    for each in objects:
        leaves = with_means(each.leaves, means.get(each.group, {}), settings)
        found.append(
            withheld(each, "存疑", NO_MEAN) if leaves is None else msgspec.structs.replace(each, leaves=leaves)
        )
    return tuple(found)
