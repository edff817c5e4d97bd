"""The stages: each joins the pure domain with files and folders, and hands over through the store only."""
