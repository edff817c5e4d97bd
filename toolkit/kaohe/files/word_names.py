"""Which field names a template uses, with loop variables followed back to their lists: `{%p for 项 in 清单 %}{{ 项.事实 }}` uses 清单 and
清单.事实. Jinja's own search stops at the names of the top level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Scope = Mapping[str, str | None]  # a variable's path; None = not to be followed


def used_names(tree: Any, scope: Scope | None = None) -> frozenset[str]:
    """The dotted names that a syntax tree of Jinja reads, inside the loops whose variables `scope` knows."""
    return frozenset(_walk(tree, scope or {}))


def _walk(node: Any, scope: Scope) -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope)
        inner = {**scope, "loop": None, **bound(node.target, path_of(node.iter, scope))}
        for each in (node.test, *node.body):
            if each is not None:
                yield from _walk(each, inner)
        for each in node.else_:
            yield from _walk(each, scope)
    elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
        path = path_of(node, scope)
        if path:
            yield path
        elif not isinstance(node, nodes.Name):
            for each in node.iter_child_nodes():
                yield from _walk(each, scope)
    else:
        for each in node.iter_child_nodes():
            yield from _walk(each, scope)
            if isinstance(each, nodes.Assign):
                scope = {**scope, **bound(each.target, path_of(each.node, scope))}


def path_of(node: Any, scope: Scope) -> str | None:
    """The dotted name that an expression reads, or None where it is none."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name) if node.ctx == "load" else None
    if isinstance(node, nodes.Filter) and node.node is not None:
        return path_of(node.node, scope)
    if isinstance(node, nodes.Getattr):
        owner = path_of(node.node, scope)
        return f"{owner}.{node.attr}" if owner else None
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        owner = path_of(node.node, scope)
        return f"{owner}.{node.arg.value}" if owner else None
    return None


def bound(target: Any, path: str | None) -> dict[str, str | None]:
    """The variables that a loop or an assignment sets, each with the path that it stands for."""
    from jinja2 import nodes

    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {each.name: None for each in target.find_all(nodes.Name)}
