"""What is handed on is whole: the sdist has every file of the checkout, nothing names an index of packages, the list of changes is current.

Wheels are built and installed without a network by `.ci/packages`.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kaohe
from kaohe.documents.results.book import book
from kaohe.stages.resources import share
from kaohe.stages.schemes import load_scheme
from makers import results

CHECKOUT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
ADDRESS = r"\w+:" + "//"
#: an address behind the name of a setting for indexes, also a table's in the line before; or one with the path that every index has
INDEX = re.compile(
    rf"(?:index|find[-_]links)(?:\W+|[-_])(?:url)?\W*{ADDRESS}|{ADDRESS}\S*/simple(?:/|\b(?![\w.-]))", re.IGNORECASE
)


def tracked() -> list[str]:
    """Files of the checkout, those not yet committed as well. Skips where this is no clone (an unpacked sdist)."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("no clone")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in found if name and (CHECKOUT / name).is_file()]


def wheels() -> ModuleType:
    """`.ci/wheels.py`."""
    spec = importlib.util.spec_from_file_location("wheels", CHECKOUT / ".ci/wheels.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sdist_holds_every_file_of_the_checkout() -> None:
    inside = (*PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"], "pyproject.toml")
    assert [name for name in tracked() if not any(f"{name}/".startswith(f"{each}/") for each in inside)] == []
    assert [each for each in inside if not (CHECKOUT / each).exists()] == []


def test_the_wheel_says_its_types_its_licence_and_its_version() -> None:
    project = PYPROJECT["project"]
    assert (CHECKOUT / "toolkit/kaohe/py.typed").is_file() and "Typing :: Typed" in project["classifiers"]
    assert [(CHECKOUT / name).is_file() for name in project["license-files"]] == [True]
    newest = re.findall(r"^## (\S+)", (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
    assert newest == project["version"] == kaohe.__version__


def test_no_file_names_an_index_of_packages() -> None:
    texts = (".md", ".toml", ".txt", ".py", ".yml", ".sh", ".bat", ".cfg", "run", "packages", ".json")
    named = [name for name in tracked() if name.endswith(texts)]
    assert len(named) > 500
    found = [
        name for name in named if INDEX.search((CHECKOUT / name).read_text(encoding="utf-8-sig", errors="replace"))
    ]
    assert found == []
    assert "://" not in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("pip install --index-url @x.example kaohe", True),
        ("--extra-index-url=@x.example", True),
        ('index-url = "@x.example/a"', True),
        ("PIP_INDEX_URL=@x.example", True),
        ("--find-links @x.example", True),
        ('[[tool.uv.index]]\nurl = "@x.example"', True),
        ("`@x.example/simple/`", True),
        ("[wheels](@x.example/a/simple)", True),
        ("the index of @x.example", False),
        ("@x.example/simple-words.html", False),
        ("pip install --no-index --find-links wheels", False),
    ],
)
def test_the_address_of_an_index_would_be_found(line: str, found: bool) -> None:
    assert bool(INDEX.search(line.replace("@", "https:" + "//"))) is found


def test_every_dependency_has_its_pin() -> None:
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(Requirement(line).name) for line in lines}
    assert {canonicalize_name(Requirement(each).name) for each in wanted} - pinned == set()


@pytest.mark.parametrize("system", ["windows-x64", "windows-arm64", "linux-x64", "linux-arm64"])
def test_the_folder_of_wheels_is_resolved_for_the_other_system_without_pages_and_tests(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, asked = wheels(), []
    monkeypatch.setattr(script, "run", lambda *command: asked.append(command) or "pandas==3.1.1\n# a remark\n")
    assert script.pins(system, "3.13") == ["pandas==3.1.1"]
    (command,) = asked
    extras = {command[at + 1] for at, word in enumerate(command) if word == "--extra"}
    assert extras == set(PYPROJECT["project"]["optional-dependencies"]) - {"docs", "test"} and "analysis" in extras
    arch = "aarch64" if "arm64" in system else "x86_64"
    platform = command[command.index("--python-platform") + 1]
    assert platform.startswith(arch) and ("windows" in platform) == system.startswith("windows")
    assert command[command.index("--only-binary") + 1] == ":all:" and "constraints.txt" in command


@pytest.mark.parametrize("name", sorted(path.stem for path in (share("templates") / "schemes").glob("*.xlsx")))
def test_every_ready_made_scheme_says_its_version(name: str) -> None:
    scheme, _ = load_scheme(share("templates") / "schemes" / f"{name}.xlsx")
    assert scheme is not None and re.fullmatch(r"20\d\d年(第\d版|版)", scheme.info["版本"])


def test_the_results_workbook_names_the_version_of_its_scheme() -> None:
    edition = results.edition()
    edition.scheme.info["版本"] = "2026年第7版"
    (about,) = [each for each in book(edition).sheets if each.name == "说明"]
    rows = {cell.value: cell.row for cell in about.cells if cell.column == 1}
    assert [cell.value for cell in about.cells if (cell.row, cell.column) == (rows["方案版本"], 2)] == ["2026年第7版"]
