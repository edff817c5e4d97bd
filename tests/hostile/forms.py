"""The cases F201 … F240 of the catalogue: a good form that somebody changed by hand."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hostile.case import Cases
from hostile.place import SCORES, Small
from kaohe.core.cells import a1, row_column
from makers.edits import Edit, M
from makers.packages import BOOK, LINKS, MAIN

form = Cases()
S = "评分"


def _score(small: Small, code: str) -> str:
    return small.cell(code, "得分")


def _row(small: Small, code: str) -> int:
    return row_column(_score(small, code))[0]


@form("F201", "存疑", "VALUE-003", "“得分”未填", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    edit.empty(S, _score(small, "K01"))


@form("F202", "存疑", "VALUE-030", "读作 100.0001，超过满分 100", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    edit.number(S, _score(small, "K01"), "100.0001")


@form("F204", "存疑", "VALUE-027", "单元格是百分比格式（0.95，显示为 95%）", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    address = _score(small, "K01")
    edit.number(S, address, "0.95", s=edit.style(address, S, "0%"))


@form("F204-zero", "受理", points={"K01": 0})
def _(edit: Edit, small: Small) -> None:
    address = _score(small, "K01")
    edit.number(S, address, "0", s=edit.style(address, S, "0.0%"))


@form("F204-quoted", "受理", points={"K01": 95})
def _(edit: Edit, small: Small) -> None:
    address = _score(small, "K01")
    edit.number(S, address, "95", s=edit.style(address, S, '0"%"'))


@form("F204-remark", "受理")
def _(edit: Edit, small: Small) -> None:
    address = small.cell("K01", "说明")
    edit.number(S, address, "0.95", s=edit.style(address, S, "0%"))


@form("F205", "存疑", "VALUE-016", "是日期，不是数字", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    address = _score(small, "K01")
    edit.number(S, address, "46000", s=edit.style(address, S, "yyyy-mm-dd"))


@form("F205-far", "存疑", "VALUE-034", "超过 15 位有效数字", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    address = _score(small, "K01")
    edit.number(S, address, "1E+30", s=edit.style(address, S, "yyyy-mm-dd"))


@form("F207", "存疑", "VALUE-017", "公式出错：#REF!", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    edit.put(S, _score(small, "K01"), "<v>#REF!</v>", t="e")


@form("F208", "存疑", "VALUE-018", "公式没有计算结果", {"K01": None})
def _(edit: Edit, small: Small) -> None:
    edit.put(S, _score(small, "K01"), "<f>90+5</f>")


@form("F210", "提示", "ROW-012", "有隐藏的行或列，已照常读取")
def _(edit: Edit, small: Small) -> None:
    edit.row(S, _row(small, "K02")).set("hidden", "1")


@form("F211", "提示", "ROW-012", "有隐藏的行或列，已照常读取")
def _(edit: Edit, small: Small) -> None:
    column = row_column(_score(small, "K01"))[1]
    for each in edit.sheet(S).iter(f"{M}col"):
        if int(each.get("min")) <= column <= int(each.get("max")):
            each.set("hidden", "1")


@form("F213", "存疑", "ROW-013 VALUE-003", "填报单元格被合并", {"K02": None})
def _(edit: Edit, small: Small) -> None:
    edit.empty(S, _score(small, "K02"))
    edit.merge(S, f"{_score(small, 'K01')}:{_score(small, 'K02')}")


@form("F214", "存疑", "ROW-002", "表中有未知的编码“K99”")
def _(edit: Edit, small: Small) -> None:
    here = _row(small, "K03")
    edit.move(S, lambda row, column: (row + (row >= here), column))
    edit.text(S, a1(here, row_column(small.cell("K01", "编码"))[1]), "K99")
    edit.number(S, a1(here, row_column(_score(small, "K01"))[1]), 60)


@form("F215", "存疑", "ROW-004", "缺少编码“K03”的一行", {"K03": None})
def _(edit: Edit, small: Small) -> None:
    here = _row(small, "K03")
    edit.move(S, lambda row, column: None if row == here else (row - (row > here), column))


@form("F216", "提示", "ROW-009", "列的位置与下发的表不同，已按表头对应")
def _(edit: Edit, small: Small) -> None:
    edit.move(S, lambda row, column: (row, column + (column >= 3)))
    for each in edit.sheet(S).iter(f"{M}col"):
        for end in ("min", "max"):
            each.set(end, str(int(each.get(end)) + (int(each.get(end)) >= 3)))


@form("F218", "提示", "ROW-010", "行的次序与下发的表不同，已按编码对应")
def _(edit: Edit, small: Small) -> None:
    rows = {_row(small, code): _row(small, other) for code, other in zip(SCORES, reversed(SCORES), strict=True)}
    edit.move(S, lambda row, column: (rows.get(row, row), column))


@form("F219", "受理", points={code: score for code, score in zip(SCORES, reversed(SCORES.values()), strict=True)})
def _(edit: Edit, small: Small) -> None:
    for code, score in zip(SCORES, reversed(SCORES.values()), strict=True):
        edit.number(S, _score(small, code), score)


@form("F220", "拒收", "FORM-006", "期次不符：这是 2026年第二季度")
def _(edit: Edit, small: Small) -> None:
    _everywhere(edit, "2026Q3", "2026Q2")


def _everywhere(edit: Edit, old: str, new: str) -> None:
    """A word of the identity replaced on `_meta` and in every visible line."""
    edit.settle()
    for name in edit.members:
        if name.startswith(("xl/worksheets/", "xl/sharedStrings")):
            for before, after in ((b"/%b/", b"/%b/"), (b">%b<", b">%b<")):
                edit.members[name] = edit.members[name].replace(before % old.encode(), after % new.encode())


@form("F223", "提示", "FORM-023", "工作表已改名为“Sheet1”，按结构识别为“评分”")
def _(edit: Edit, small: Small) -> None:
    for each in edit.tree(BOOK).iter(f"{M}sheet"):
        if each.get("name") == S:
            each.set("name", "Sheet1")


@form("F225", "提示", "FORM-030", "锁定单元格被改动")
def _(edit: Edit, small: Small) -> None:
    edit.number(S, small.cell("K01", "满分"), "0.9")


@form("F227", "提示", "FORM-030", "“指标”原为“指标1”，现为“指标一（改）”")
def _(edit: Edit, small: Small) -> None:
    edit.text(S, small.cell("K01", "指标"), "指标一（改）")


@form("F228", "存疑", "ROW-003 ROW-004", "编码“K01”重复", {"K01": None, "K02": None})
def _(edit: Edit, small: Small) -> None:
    edit.text(S, small.cell("K02", "编码"), "K01")


@form("F229", "存疑", "ROW-002 ROW-004", "表中有未知的编码“K77”", {"K02": None})
def _(edit: Edit, small: Small) -> None:
    edit.text(S, small.cell("K02", "编码"), "K77")


@form("F231", "受理")
def _(edit: Edit, small: Small) -> None:
    for each in _elements(edit, "sheetProtection"):
        each.getparent().remove(each)


def _elements(edit: Edit, word: str) -> Iterator[etree._Element]:
    for each in edit.tree(BOOK).iter(f"{M}sheet"):
        yield from list(edit.sheet(each.get("name")).iter(f"{M}{word}"))


@form("F232", "拒收", "FORM-001", "找不到模板标识")
def _(edit: Edit, small: Small) -> None:
    for each in edit.tree(BOOK).iter(f"{M}sheet"):
        edit.empty(each.get("name"), "A1")
    _without_meta(edit)


@form("F232-line", "提示", "FORM-004", "缺少标识页，已按表内标识行识别")
def _(edit: Edit, small: Small) -> None:
    _without_meta(edit)


def _without_meta(edit: Edit) -> None:
    part = edit.part("_meta")
    for each in list(edit.tree(BOOK).iter(f"{M}sheet")):
        if each.get("name") == "_meta":
            each.getparent().remove(each)
    for each in list(edit.tree(LINKS)):
        if part.endswith(each.get("Target")):
            each.getparent().remove(each)
    edit.settle()
    del edit.members[part]


@form("F233", "存疑", "COVER-001", "填报单位是“第二局”")
def _(edit: Edit, small: Small) -> None:
    edit.text("封面", small.cell("填报单位", "内容", "封面"), "第二局")


@form("F234", "提示", "FORM-022", "有多余的工作表“草稿”，没有读取")
def _(edit: Edit, small: Small) -> None:
    draft = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    edit.add_sheet("草稿", draft)


@form("F235", "提示", "ROW-011", "表外有文字“注：以上得分由张三填报，K01 实为 100 分”")
def _(edit: Edit, small: Small) -> None:
    edit.text(S, "A40", "注：以上得分由张三填报，K01 实为 100 分")


@form("F237", "提示", "VALUE-052", "“说明”有 32767 字")
def _(edit: Edit, small: Small) -> None:
    edit.text(S, small.cell("K01", "说明"), "长" * 32_767)


@form("F239", "提示", "COVER-002", "填报单位为空")
def _(edit: Edit, small: Small) -> None:
    edit.empty("封面", small.cell("填报单位", "内容", "封面"))


@form("F240", "提示", "COVER-003", "填报单位含空格，按“F240局”读取")
def _(edit: Edit, small: Small) -> None:
    edit.text("封面", small.cell("填报单位", "内容", "封面"), "\u3000F240局 ")


@form("flood-of-rows", "存疑", "ROW-002 " * 10 + "ROW-018", "另有 5990 行填了内容")
def _(edit: Edit, small: Small) -> None:
    key, points = row_column(small.cell("K01", "编码"))[1], row_column(_score(small, "K01"))[1]
    for number in range(100, 6100):
        code = f'<c r="{a1(number, key)}" t="inlineStr"><is><t>X{number}</t></is></c>'
        row = f'<row xmlns="{MAIN}" r="{number}">{code}<c r="{a1(number, points)}"><v>1</v></c></row>'
        edit.rows(S).append(etree.fromstring(row))
