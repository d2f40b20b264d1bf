"""Reads at the speed of SQL: an operation is compiled once into one statement whose answer is the response."""
