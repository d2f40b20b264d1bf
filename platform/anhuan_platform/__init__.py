"""Safety itself: loops, hazards, evidence, notices, library."""
