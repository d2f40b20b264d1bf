"""Hazards on the wire: the board, one hazard, and every act on it."""
