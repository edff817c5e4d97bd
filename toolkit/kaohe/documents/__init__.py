"""Documents: from an edition to the data of pages, workbooks and notices. Pure; templates and files are filled elsewhere."""
