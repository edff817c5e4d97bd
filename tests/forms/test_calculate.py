"""The calculator gives the values that an office program would: the same formulas are recalculated by LibreOffice in test_form_in_office."""

from __future__ import annotations

import pytest

from kaohe.forms.calculate import CalculationError, calculate
from kaohe.records.books import Book, Cell, Sheet

# formula | result, over A1 = 3, A2 = "三", A3 blank, A4 = 0.3, A5 = "/甲/乙"
FORMULAS = """
A1+A4*2            | 3.6
A1&"次"            | 3次
A4&""              | 0.3
A3=""              | True
A3=0               | True
A2>A1              | True
IF(A3="","空",1/0) | 空
ISNA(MATCH("四",A1:A5,0)) | True
MATCH("三",A1:A5,0) | 2
INDEX(A1:A5,2)&""  | 三
SUMIF(A1:A5,">1",A1:A5) | 3
SUM(A1:A5)         | 3.3
COUNT(A1:A5)       | 2
COUNTA(A1:A5)      | 4
MID(A5,2,FIND("/",A5&"/",2)-2) | 甲
SUMPRODUCT(LEN(A5:A5)-LEN(SUBSTITUTE(A5:A5,"/",""))) | 2
SUMPRODUCT((LEN(A1:A5)>0)*1) | 4
ROUND(2.675,2)     | 2.68
INT(-1.5)          | -2
MAX(0,A1-5)        | 0
TEXT(3.14159,"0.00") | 3.14
N(A2)              | 0
NOT(ISNUMBER(A2))  | True
-A1+1              | -2
(A1+1)*2           | 8
表长               | 5
"""


def _solved(*formulas: str) -> list[object]:
    cells = [Cell(1, 1, 3), Cell(2, 1, "三"), Cell(4, 1, 0.3), Cell(5, 1, "/甲/乙")]
    cells += [Cell(row, 2, formula=f"={formula}") for row, formula in enumerate(formulas, 1)]
    cells.append(Cell(1, 3, 5))
    solved = calculate(Book("", (Sheet("表", tuple(cells)),), names={"表长": "表!$C$1"}))
    return [cell.value for cell in solved.sheets[0].cells if cell.column == 2]


def test_rows_that_share_a_formula_read_each_their_own_cells_and_nothing_else_is_taken_for_one() -> None:
    # The text "A1", the range from A1 and the absolute row stand in row 1 and in row 2 alike; only A1 and A2 are the row's own.
    found = _solved('"A1"&$A1&COUNTA(A1:A2)&$A$1', '"A1"&$A2&COUNTA(A1:A2)&$A$1')
    assert found == ["A1323", "A1三23"]


@pytest.mark.parametrize("line", FORMULAS.strip().splitlines())
def test_a_formula_has_its_value(line: str) -> None:
    formula, wanted = (part.strip() for part in line.split("|", 1))
    (found,) = _solved(formula)
    shown = f"{found:.12g}" if isinstance(found, float) else str(found)
    assert shown == wanted


def test_formulas_see_each_other_s_values_in_any_order() -> None:
    assert _solved("B2*2", "A1+1") == [8, 4]


def test_an_error_value_is_our_mistake_and_is_named_with_its_cell() -> None:
    with pytest.raises(CalculationError, match=r"表 1:2 .*#DIV/0!"):
        _solved("A1/A3")


def test_a_function_that_the_forms_do_not_use_is_refused() -> None:
    with pytest.raises(ValueError, match="VLOOKUP"):
        _solved("VLOOKUP(A1,A1:A5,1)")
