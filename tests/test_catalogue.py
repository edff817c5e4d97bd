"""The catalogue of faults is whole: the page is current, every code is used and known, every sentence can be said."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from kaohe.core.cells import Source
from kaohe.core.sentences import CATALOGUE, fault, say
from kaohe.stages.catalogue import catalogue

CHECKOUT = Path(__file__).parents[1]
MODULES = [
    path
    for path in sorted((CHECKOUT / "toolkit").rglob("*.py"))
    if (CHECKOUT / "toolkit/kaohe/core/sentences") not in path.parents
]
CODE = re.compile(r"(?!SHA)[A-Z]{3,8}-\d{3}")
#: words that a reporting method adds to what its caller gives
ADDED = {"report": {"column"}, "add": {"expected", "what", "more"}, "breach": {"kind", "object"}}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def blanks(code: str) -> set[str]:
    """The names that a sentence leaves to the fault; `found` is always there."""
    texts = (CATALOGUE[code].text, CATALOGUE[code].advice)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name} - {"found"}


def test_the_page_of_faults_says_what_the_catalogue_says() -> None:
    page = (CHECKOUT / "docs/faults.md").read_text(encoding="utf-8")
    assert page == catalogue(), "print it anew: see kaohe/stages/catalogue.py"
    assert all(f"| {code} |" in page for code in CATALOGUE)
    remedies = [line.split(" | ")[-1] for line in page.splitlines() if re.match(r"\| [A-Z]+-\d", line)]
    assert len(remedies) == len(CATALOGUE) and all(re.search("[一-鿿]{2}", each) for each in remedies)


def test_every_code_in_the_source_is_in_the_catalogue_and_every_code_of_the_catalogue_is_in_the_source() -> None:
    constants = (node.value for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    named = {value for value in constants if isinstance(value, str) and CODE.fullmatch(value)}
    assert (sorted(named - CATALOGUE.keys()), sorted(CATALOGUE.keys() - named)) == ([], [])


def test_every_call_that_names_a_code_fills_the_blanks_of_its_sentence() -> None:
    missing, calls = [], 0
    for path, tree in trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = {each.arg for each in call.keywords} | ADDED.get(name, set())
            codes = [each.value for each in call.args if isinstance(each, ast.Constant) and each.value in CATALOGUE]
            if name == "next" or None in given:
                continue  # a default value; words handed on
            calls += len(codes)
            missing += [(path.name, call.lineno, code) for code in codes if blanks(code) - given]
    assert missing == [] and calls > 150


def test_every_sentence_can_be_said_and_ends_like_one() -> None:
    for code, sentence in CATALOGUE.items():
        said = say(fault(code, Source("甲.xlsx", "评分", "D9"), "约95", **{name: "某" for name in blanks(code)}))
        assert not re.search(r"(?<!\{)\{\w*\}", said) and said.endswith(("。", "某")), code
        assert sentence.text.endswith("。") and re.search(r"[一-鿿]", sentence.text), code
