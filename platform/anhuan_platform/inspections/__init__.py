"""Inspections (检查): checklists as versioned data, what answers to them are worth, and the shipped library."""
