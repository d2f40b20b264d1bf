"""Outside parties: contractors and suppliers."""
