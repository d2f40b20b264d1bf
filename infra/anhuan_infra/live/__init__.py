"""Live changes: hints from the database to whoever is looking at a screen."""
