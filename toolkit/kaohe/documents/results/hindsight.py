"""What rules could look at for each object of a finished outcome: the facts again, to tell how near a figure was to a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec.structs import replace

from kaohe.records.edition import Edition
from kaohe.records.figures import Figure
from kaohe.records.results import ObjectResult
from kaohe.scoring.facts import Facts
from kaohe.scoring.history import usable
from kaohe.scoring.lookup import lookup_of
from kaohe.scoring.ranks import Place

_NODE = "指标:"


def facts_of(edition: Edition) -> Mapping[str, Facts]:
    """Code → facts, of every object with a total; those of a related object stand behind each."""
    scheme, outcome, when = edition.scheme, edition.outcome, edition.when
    lookup = lookup_of(scheme, when.clock, edition.roster, edition.shared)
    sizes = {field.field: field.size for field in outcome.fields}
    history = usable(scheme.settings, edition.earlier)
    read = [condition.object for rule in scheme.rules for condition in rule.conditions]
    read += [name for name, _ in scheme.settings.tie_breaks]
    with_nodes, with_peers = (any(word in name for name in read) for word in (_NODE, "关联:"))

    def facts(each: ObjectResult) -> Facts:
        nodes = dict(_nodes(each)) if with_nodes else {}
        large = sizes.get(each.field, 0) >= scheme.settings.least_ranked
        return Facts(scheme, when, each, nodes, _places(each), large, history, edition.ledger, lookup, edition.others)

    found = {each.code: facts(each) for each in outcome.objects}
    peers = dict(found) if with_peers else {}
    return {
        code: replace(mine, peers=peers) if with_peers else mine
        for code, mine in found.items()
        if mine.result.total_exact is not None
    }


def _places(each: ObjectResult) -> dict[str, Place]:
    """The places of an object as conditions read them: how many share one does not matter to them."""
    found = {"名次": Place(each.rank, each.rank_last, 1)} if each.rank and each.rank_last else {}
    for part in each.components:
        if part.rank and part.rank_last:
            found[f"构成名次:{part.code}"] = Place(part.rank, part.rank_last, 1)
    return found


def _nodes(each: ObjectResult) -> Iterator[tuple[str, Fraction]]:
    """(line, points) of every line of the derivation."""
    stack = [each.figure] if each.figure else []
    while stack:
        node: Figure = stack.pop()
        if node.key.startswith(_NODE) and node.value is not None:
            yield node.key.removeprefix(_NODE), node.value
        stack.extend(node.parts)
