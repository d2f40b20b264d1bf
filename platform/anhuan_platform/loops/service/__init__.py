"""The verbs of a loop: open, do, decide, talk, hand over, stop."""
