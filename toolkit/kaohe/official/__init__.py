"""The national layout of official documents (GB/T 9704-2012), and the templates built on it."""
