"""The pages of docs/: whatever they link to is there, all of them stand in the menu, and everything that can be typed is documented.

1. A relative link of docs/*.md, README.md and CONTRIBUTING.md points to a file, and its anchor to a heading. 2. A picture is small. 3. The menu of
the site names every page once. 4. docs/commands.md is what the commands themselves say, and the guides name no unknown command or option,
and no command line that the program would not take.
5. docs/read-a-fault.md explains the beginning of every fault code. 6. docs/scheme-language.md names every fact of the
sheet 基本信息.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from kaohe.cli.commands import app
from kaohe.cli.reference import reference
from kaohe.core.sentences import CATALOGUE
from kaohe.scheme.settings import KNOWN_INFO

CHECKOUT = Path(__file__).parents[1]
DOCS = CHECKOUT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md"]
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def prose(page: Path) -> str:
    """A page without its fenced blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", FENCED.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """The anchors of its headings: lower case, blanks as dashes, no punctuation."""
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        if "://" not in target and not (path.exists() and (not anchor or anchor in anchors(path))):
            lost.append(target)
    assert lost == []


def test_pictures_are_small_and_each_is_shown() -> None:
    pictures = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert len(pictures) > 5 and max(pictures.values()) < 100_000
    assert [name for name in pictures if f"pictures/{name})" not in text] == []


def test_the_menu_names_every_page_once() -> None:
    menu = (CHECKOUT / ".ci/mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    assert sorted(re.findall(r": ([\w-]+\.md)$", menu, re.MULTILINE)) == [
        path.name for path in sorted(DOCS.glob("*.md"))
    ]


def test_the_page_of_commands_says_what_the_commands_say() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == reference(), (
        "print it anew: python -m kaohe.cli.reference"
    )


def options() -> dict[str, set[str]]:
    """Every command and group by its whole name, with its options."""
    found: dict[str, set[str]] = {}

    def walk(command: object, path: str) -> None:
        found[path] = {name for each in command.params for name in each.opts}  # type: ignore[attr-defined]
        for name, child in getattr(command, "commands", {}).items():
            walk(child, f"{path} {name}")

    walk(get_command(app), "kaohe")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_command_or_an_option_that_is_not_there(page: Path) -> None:
    known, wrong = options(), []
    for words in re.findall(r"(?:^|[`/\\])kaohe ([a-z][^`\n]*)", page.read_text(encoding="utf-8"), re.MULTILINE):
        first, second = ([*re.findall(r"\S+", words), "", ""])[:2]
        group = f"kaohe {first}"
        name = f"{group} {second}" if f"{group} {second}" in known else group
        used = set(re.findall(r"(?<!\S)--[a-z-]+", re.split(r"  +[^\s-]|&&", words)[0]))
        if name not in known or used - known[name] - {"--help"}:
            wrong.append(words)
    assert wrong == []


def test_the_page_on_reading_faults_explains_the_beginning_of_every_code() -> None:
    rows = [
        line for line in (DOCS / "read-a-fault.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    explained = {word for row in rows for word in re.findall(r"\b[A-Z]{3,8}\b", row.split("|")[1])}
    assert {code.split("-")[0] for code in CATALOGUE} <= explained


@pytest.mark.parametrize("name", KNOWN_INFO)
def test_every_name_of_the_sheet_of_facts_stands_in_a_row_of_the_language_page(name: str) -> None:
    """The settings of the same sheet: tests/test_language_page.py."""
    rows = re.findall(r"^\| ([^|]+) \|", (DOCS / "scheme-language.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert name in {word for row in rows for word in row.split("、")}


def test_chinese_lines_are_joined_without_a_blank_and_nothing_else_is() -> None:
    """A hook of the site (.ci/chinese_lines.py): Markdown would make a blank of each line break."""
    sys.path.insert(0, str(CHECKOUT / ".ci"))
    try:
        from chinese_lines import joined
    finally:
        sys.path.pop(0)
    assert joined("甲，\n乙。\n**丙**\n丁\n- 戊\n  己\n") == "甲，乙。**丙**丁\n- 戊己\n"
    kept = "# 题\n甲\n\n```\n甲\n乙\n```\n\n| 甲 |\n|---|\n| 乙 |\n\n1. 甲\n2. 乙\n\nsee\n甲 `x`\n乙\n"
    assert joined(kept) == kept


def typed(page: Path) -> list[str]:
    """The commands in the fenced blocks of a page, without what is said about them behind two blanks."""
    blocks = "\n".join(FENCED.findall(page.read_text(encoding="utf-8")))
    found = re.findall(r"(?:^|&& )(?:[.\w/\\]*[/\\])?kaohe (\S[^\n]*)", blocks, re.MULTILINE)
    return [re.split(r"  +| && ", words)[0] for words in found]


@pytest.mark.parametrize("page", [page for page in PAGES if typed(page)], ids=lambda page: page.name)
def test_every_command_line_in_a_block_is_one_that_the_program_takes(page: Path) -> None:
    """Nothing is run: the real command line reads it, so that an argument too few or too many, or a missing option, is found."""
    refused = []
    for words in typed(page):
        command, rest = get_command(app), shlex.split(words)
        while rest and rest[0] in getattr(command, "commands", {}):
            command, rest = command.commands[rest[0]], rest[1:]  # type: ignore[attr-defined]
        if rest == ["--help"]:
            continue
        try:
            command.make_context("kaohe", rest)
        except Exception as error:
            refused.append(f"kaohe {words}: {type(error).__name__} {error}")
    assert refused == []
