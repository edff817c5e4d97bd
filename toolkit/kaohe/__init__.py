"""Assessment of Party-building work: forms in, results, notices and ledgers out."""
