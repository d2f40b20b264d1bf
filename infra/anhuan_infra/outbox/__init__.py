"""Jobs put off until after the commit: rows first, queue messages only as hints."""
