"""Group-wide workbooks: what is filled once for many objects, by departments, rater groups, raters, teams or the organiser."""
