"""Shared set-up: office tests are skipped with the reason where the program is absent; `--no-skips` makes every skip a failure."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when a test was skipped (continuous integration)")


def _missing() -> str:
    """What the office tests lack on this machine; "" when all is there."""
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) is not installed"
    if not shutil.which("pdftoppm"):
        return "poppler (pdftoppm) is not installed"
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        return "Chromium is not installed"
    fonts = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout
    return "" if fonts.strip() else "no Chinese font is installed"


#: folders whose tests share an expensive session fixture: each stays on one worker
TOGETHER = ("sample", "demo", "hostile")
#: files with an expensive place of their own
BY_FILE = (
    "test_board_grades.py",
    "test_clocks.py",
    "test_cluster.py",
    "test_form_round_trips.py",
    "test_layout_check.py",
    "test_layout_paper.py",
    "test_resaved_template.py",
    "test_results_book.py",
    "test_results_sources.py",
    "test_resume.py",
    "test_specimen.py",
    "test_unit_pages.py",
)


class ByPlace(LoadScopeScheduling):
    """Tests that share a place go to one worker, all others wherever there is room. (The groups of `--dist loadgroup` travel in an
    attribute that pytest 9.2 no longer has, so that they are ignored in silence.)"""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        folder, name = file.split("/")[-2:] if "/" in file else ("", file)
        return file if name in BY_FILE else folder if folder in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByPlace:
    return ByPlace(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    office = [item for item in items if item.get_closest_marker("office")]
    reason = _missing() if office else ""
    if reason:
        for item in office:
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped") and not exitstatus:
        reporter.write_line("tests were skipped although --no-skips was given", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
