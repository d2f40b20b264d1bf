"""Outside parties: contractors, suppliers and maintenance firms that a company works with."""
