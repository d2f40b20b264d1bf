"""The verbs of identity: signing in, keeping a session going, passwords, and who is let in at all."""
