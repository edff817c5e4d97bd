"""Reading a workbook that the program made: a sheet by its name, an object's row by its code, and the same workbook with other inputs."""

from __future__ import annotations

from msgspec.structs import replace

from kaohe.records.books import Book, Cell, Sheet

HEAD = 3  #: the row of the column titles on every sheet with a row an object


def sheet(made: Book, name: str) -> Sheet:
    """The sheet of that name."""
    return next(each for each in made.sheets if each.name == name)


def heads(made: Book, name: str) -> dict[int, str]:
    """Column → its title, on one line."""
    return {cell.column: str(cell.value).replace("\n", " ") for cell in sheet(made, name).cells if cell.row == HEAD}


def rows(made: Book, name: str) -> list[dict[str, Cell]]:
    """Title → cell of every row below the titles, in their order; a column without a title is left out."""
    titles = heads(made, name)
    found: dict[int, dict[str, Cell]] = {}
    for cell in sheet(made, name).cells:
        if cell.row > HEAD and cell.column in titles:
            found.setdefault(cell.row, {})[titles[cell.column]] = cell
    return [row for _, row in sorted(found.items())]


def table(made: Book, name: str) -> dict[str, dict[str, Cell]]:
    """Code → title → cell of a sheet with one row an object."""
    return {str(row["编码"].value): row for row in rows(made, name)}


def with_cells(made: Book, name: str, cells: tuple[Cell, ...]) -> Book:
    """The book with other cells on one sheet."""
    changed = (replace(each, cells=cells) if each.name == name else each for each in made.sheets)
    return replace(made, sheets=tuple(changed))


def with_inputs_of(made: Book, other: Book) -> Book:
    """The book with the inputs (数据) of another one: row by row of the same code, column by column of the same title, blank where the other
    one has none."""
    given, titles = table(other, "数据"), heads(made, "数据")
    mine = sheet(made, "数据").cells
    codes = {cell.row: str(cell.value) for cell in mine if cell.column == 1}

    def taken(cell: Cell) -> Cell:
        found = given[codes[cell.row]].get(titles[cell.column])
        return replace(cell, value=found.value if found else None)

    return with_cells(made, "数据", tuple(taken(cell) if cell.row > HEAD else cell for cell in mine))
