"""Signing up, in and out, and who one is."""
