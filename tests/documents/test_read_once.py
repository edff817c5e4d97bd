"""What documents ask of the store: of a submission no more than publication reads of it, of an object its derivation once."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from kaohe.documents.kinds import KINDS
from kaohe.documents.plan import plan
from kaohe.documents.results.frame import frame_of
from kaohe.records.edition import Edition
from kaohe.records.results import ObjectResult
from kaohe.records.returns import Quoted
from kaohe.records.store import lines, parse
from makers.edition import FULL, edition
from makers.everything import edition as everything


def documents(made: Edition) -> list[dict[str, object]]:
    """The fields of every document of the period."""
    rows = {row.code: row for row in made.scheme.documents}
    return [
        KINDS[each.kind].fields(made, rows[each.code], each.unit_code, each.number, each.status == "暂定")
        for each in plan(made).documents
    ]


@pytest.mark.parametrize("made", [edition(), everything()], ids=["small", "everything"])
def test_what_publication_reads_of_submissions_is_enough_for_every_document(made: Edition) -> None:
    quoted = replace(made, submissions=tuple(parse(lines(made.submissions).splitlines(), Quoted)))
    assert made.submissions and documents(quoted) == documents(made)


def test_a_derivation_is_read_once_for_notices_and_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    real = ObjectResult.figure.fget  # type: ignore[attr-defined]

    def figure(self: ObjectResult) -> object:
        asked[self.code] += 1
        return real(self)

    monkeypatch.setattr(ObjectResult, "figure", property(figure))
    made = edition()
    told = [fields for fields in documents(made) if fields.get("失分明细") and "乙" in str(fields["单位名称"])]
    lost = frame_of(made).sums[FULL].lost
    assert asked[FULL] == 1
    assert told and len(lost) == len(told[0]["失分明细"])  # type: ignore[arg-type]
