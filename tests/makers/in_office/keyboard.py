"""Types as on the keyboard into a workbook that a listening LibreOffice opens, and tells what cells show. Saves nothing.

Usage: keyboard.py PIPE FILE STEPS — STEPS is JSON, each step [sheet, acts, watched]: an act is [address, text], or ["insert rows", area] as
by the menu; after the acts of a step everything is calculated, and the texts of the watched cells are its answer. Prints all answers as JSON.
"""

import json

import uno
from bridge import connected, end_after, opened, option, service

ROWS = uno.Enum("com.sun.star.sheet.CellInsertMode", "ROWS")


def main(pipe, file, steps):
    context = connected(pipe)
    book = opened(context, file)
    dispatcher = service(context, "com.sun.star.frame.DispatchHelper")
    seen = []
    for name, acts, watched in json.loads(steps):
        sheet = book.Sheets.getByName(name)
        for act, told in acts:
            if act == "insert rows":
                try:
                    sheet.insertCells(sheet.getCellRangeByName(told).RangeAddress, ROWS)
                except uno.RuntimeException:
                    pass  # refused: that nothing moved is what the watched cells show
                continue
            book.CurrentController.select(sheet.getCellRangeByName(act))
            given = (option("StringName", told),)
            dispatcher.executeDispatch(book.CurrentController.Frame, ".uno:EnterString", "", 0, given)
        book.calculateAll()
        seen.append([sheet.getCellRangeByName(address).String for address in watched])
    book.close(True)
    print(json.dumps(seen))


end_after(main)
