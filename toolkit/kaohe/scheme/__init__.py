"""The scheme workbook and the roster: their sheets, how they are read, checked, shown and written."""
