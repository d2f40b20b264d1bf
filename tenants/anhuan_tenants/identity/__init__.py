"""Identity: passwords, sessions, tokens, and who may enter."""
