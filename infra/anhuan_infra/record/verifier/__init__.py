"""The verifier that leaves the house: one file that needs nothing of ours and nothing but Python."""
