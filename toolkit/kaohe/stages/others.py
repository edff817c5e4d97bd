"""Results of other schemes that a scheme reads (来源 其他方案结果, 对象 其他方案:s:figure): where they lie, and which period counts."""

from __future__ import annotations

from kaohe.records.results import Outcome
from kaohe.records.run import Context
from kaohe.records.scheme import Scheme
from kaohe.stages.manifest import valid
from kaohe.stages.workspace import Place, one, periods_of, precedes

ORIGIN, OBJECT = "其他方案结果", "其他方案:"


def schemes_read(scheme: Scheme) -> tuple[str, ...]:
    """Codes of the other schemes whose figures this one reads, each once."""
    by_components = (part.taken_from for part in scheme.components if part.origin == ORIGIN)
    by_rules = (
        condition.object.split(":")[1]
        for rule in scheme.rules
        for condition in rule.conditions
        if condition.object.startswith(OBJECT)
    )
    return tuple(dict.fromkeys(code for code in (*by_components, *by_rules) if code))


def others_of(at: Place, scheme: Scheme) -> tuple[Place, ...]:
    """For each scheme read: the place of its results of this very period, else of the newest period that had ended by then.

    Only results with a valid manifest count; a scheme without any is left out, and what reads it says that the figure is missing.
    """
    wanted = schemes_read(scheme)
    if not wanted:
        return ()
    top = at.root / "workbooks"
    found: dict[str, Place] = {}
    for folder in sorted(each for each in top.iterdir() if each.is_dir() and each.name != at.assessment):
        for name in reversed(periods_of(at.root, folder.name)):
            place = Place(at.root, folder.name, name)
            if precedes(at.when, place.when) or valid(place) is None:
                continue
            code = one(place.report, "scheme", Scheme).code
            if code in wanted:
                found.setdefault(code, place)
            break
    return tuple(found[code] for code in wanted if code in found)


def other_outcomes(at: Place, context: Context) -> tuple[Outcome, ...]:
    """The outcomes that the context names, one a scheme."""
    return tuple(
        one(Place(at.root, *name.split("/", 1)).report, "outcome", Outcome)  # `assessment/period`
        for name in context.others
    )
