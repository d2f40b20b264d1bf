"""The verbs of the organisation: its tree, its posts, its people."""
