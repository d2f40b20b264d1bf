"""Checklists that come from files: XLSForm and plain Excel."""
