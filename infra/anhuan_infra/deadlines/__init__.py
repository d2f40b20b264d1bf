"""Deadlines: found when they are due, by the database's clock."""
