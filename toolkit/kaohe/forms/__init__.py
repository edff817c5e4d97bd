"""Forms: the workbooks that are issued, and the reading of what comes back. Pure: forms are written and read as plain values."""
