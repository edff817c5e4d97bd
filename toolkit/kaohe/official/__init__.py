"""The national layout of official documents (GB/T 9704-2012), and the first templates built on it."""
