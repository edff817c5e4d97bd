"""A sample that cannot be made leaves nothing behind: the same command with a better wish works."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaohe.demo.place import Wish, make
from kaohe.stages.workspace import NotReady
from makers.clocks import Silent


def test_a_period_that_the_scheme_does_not_know_is_refused_and_the_name_stays_free(tmp_path: Path) -> None:
    wish = Wish(tmp_path / "样例", "red-blue", periods=("2099Q1",))
    with pytest.raises(NotReady, match="没有 2099Q1"):
        make(wish, Silent(), print)
    assert not wish.folder.exists()
