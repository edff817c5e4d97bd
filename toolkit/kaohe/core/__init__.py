"""Ground floor: exact numbers, periods, working days, cell addresses, faults and their sentences, safe names."""
