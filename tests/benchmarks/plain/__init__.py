"""The plain way, to compare with: openpyxl, pandas, docxtpl and one notebook, as a competent analyst would write it for this one scheme."""
