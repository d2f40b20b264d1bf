"""The embedded stack: real servers, from wheels, under one supervisor, on one command."""
