"""A published composite index, replayed through a scheme workbook within its printed decimals.

United Nations Development Programme, Human Development Report 2009, Table H, "Human development index 2007 and its components", ranks 1 to
26 (https://issuu.com/undpturkiye/docs/table-h_hdr_2009_en_indicators). In that edition the index is the arithmetic mean of the life
expectancy index, the education index and the GDP index (Technical note 1), each printed to three decimals.

The workbook says the same: three lines of one mark each, 总分满分 1, 小数位 3. A mean of three figures that are each within 0.0005 of the
unprinted ones lies within 0.0005 of the unprinted index, so within 0.001 of the printed one.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kaohe.core.exact import exact
from kaohe.core.periods import Period
from kaohe.files.xlsx import write
from kaohe.records.problems import Ledger
from kaohe.records.results import Outcome
from kaohe.scheme.book import book
from kaohe.scheme.sheets import ROSTER_SHEETS, SHEETS
from kaohe.scoring.evaluate import evaluate
from kaohe.stages.schemes import load
from makers.scoring import form, points

#: country | HDI | life expectancy index | education index | GDP index, as printed, in the printed order
TABLE = """
Norway | 0.971 | 0.925 | 0.989 | 1.000
Australia | 0.970 | 0.940 | 0.993 | 0.977
Iceland | 0.969 | 0.946 | 0.980 | 0.981
Canada | 0.966 | 0.927 | 0.991 | 0.982
Ireland | 0.965 | 0.911 | 0.985 | 1.000
Netherlands | 0.964 | 0.914 | 0.985 | 0.994
Sweden | 0.963 | 0.930 | 0.974 | 0.986
France | 0.961 | 0.933 | 0.978 | 0.971
Switzerland | 0.960 | 0.945 | 0.936 | 1.000
Japan | 0.960 | 0.961 | 0.949 | 0.971
Luxembourg | 0.960 | 0.906 | 0.975 | 1.000
Finland | 0.959 | 0.908 | 0.993 | 0.975
United States | 0.956 | 0.902 | 0.968 | 1.000
Austria | 0.955 | 0.915 | 0.962 | 0.989
Spain | 0.955 | 0.929 | 0.975 | 0.960
Denmark | 0.955 | 0.887 | 0.993 | 0.983
Belgium | 0.953 | 0.908 | 0.974 | 0.977
Italy | 0.951 | 0.935 | 0.965 | 0.954
Liechtenstein | 0.951 | 0.903 | 0.949 | 1.000
New Zealand | 0.950 | 0.919 | 0.993 | 0.936
United Kingdom | 0.947 | 0.906 | 0.957 | 0.978
Germany | 0.947 | 0.913 | 0.954 | 0.975
Singapore | 0.944 | 0.920 | 0.913 | 1.000
Hong Kong, China (SAR) | 0.944 | 0.953 | 0.879 | 1.000
Greece | 0.942 | 0.902 | 0.981 | 0.944
Korea (Republic of) | 0.937 | 0.904 | 0.988 | 0.920
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
CODES = [f"C{number:02}" for number in range(1, len(ROWS) + 1)]
LEAVES = ("预期寿命指数", "教育指数", "国内生产总值指数")
SCHEME: dict[str, list[list[object]]] = {
    "基本信息": [["方案代码", "hdi"], ["方案名称", "人类发展指数"], ["组织名称", "联合国开发计划署"], ["发文机关", "开发计划署"],
              ["主办部门", "报告处"], ["榜名", "排名"], ["办法名称", "技术说明"], ["期别", "年"], ["总分满分", "1"], ["小数位", "3"]],
    "期次": [["2026", "2026-01-01", "2026-12-31", "2027-01-10"]],
    "分类": [["A", "国家和地区", "单位"]],
    "构成": [["ZS", "指数", None, None, 100, "是", "指标评分"]],
    "指标": [[str(number), name, "ZS", "公布值。", "直接打分", 1] for number, name in enumerate(LEAVES, 1)],
    "填报表": [["TB", "填报表", "年", "封面、评分", "每对象", None, "检查组"]],
}  # fmt: skip


def _workbook(tables: dict[str, list[list[object]]], sheets: dict[str, tuple[object, ...]]) -> bytes:
    made = {}
    for name, rows in tables.items():
        header = [column.title for column in sheets[name]]  # type: ignore[attr-defined]
        made[name] = (header, [[*row, *[None] * (len(header) - len(row))] for row in rows])
    return write(book("方案", sheets, made))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder: Path = tmp_path_factory.mktemp("hdi")
    (folder / "方案.xlsx").write_bytes(_workbook(SCHEME, dict(SHEETS)))
    units: list[list[object]] = [[code, row[0], None, "A"] for code, row in zip(CODES, ROWS, strict=True)]
    (folder / "名册.xlsx").write_bytes(_workbook({"单位": units}, dict(ROSTER_SHEETS)))
    rules = load(folder / "方案.xlsx", folder / "名册.xlsx")
    assert rules.scheme is not None and rules.roster is not None, rules.faults
    forms = [
        form(code, *(points(str(number), value) for number, value in enumerate(row[2:], 1)))
        for code, row in zip(CODES, ROWS, strict=True)
    ]
    period, when = Period(2026, "年"), rules.scheme.period_row("2026")
    assert when is not None
    return evaluate(rules.scheme, rules.roster, forms, (), Ledger("2026", "2026-12-31"), period, when, {})


def test_every_index_is_replayed_within_the_printed_decimals(outcome: Outcome) -> None:
    same = 0
    for code, row in zip(CODES, ROWS, strict=True):
        found = outcome.of(code)
        assert found is not None and found.total is not None
        assert abs(found.total - exact(row[1])) <= Fraction(1, 1000), row[0]
        same += found.total == exact(row[1])
    assert same == 22  # of 26 to the last digit; the printed components do not hold more


def test_the_ranking_is_replayed_as_far_as_the_printed_figures_decide_it(outcome: Outcome) -> None:
    """Rank 1 to 26; whom the printed components hold apart by more than their rounding stand in the printed order."""
    found = [outcome.of(code) for code in CODES]
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            assert (
                one is not None and other is not None and one.total_exact is not None and other.total_exact is not None
            )
            if abs(one.total_exact - other.total_exact) > Fraction(1, 1000):
                assert one.rank is not None and other.rank is not None and one.rank < other.rank
    ranks = [each.rank for each in found if each is not None]
    assert ranks[:8] == list(range(1, 9)) and ranks[25] == 26
