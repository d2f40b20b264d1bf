"""Jobs: what is done after the commit, by workers that may be killed at any moment."""
