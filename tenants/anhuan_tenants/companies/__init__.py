"""Companies: each is one tenant; it signs itself up and carries its own settings."""
