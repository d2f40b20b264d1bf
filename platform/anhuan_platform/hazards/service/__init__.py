"""The verbs of a hazard: report, grade, assign, tell progress, rectify, check."""
