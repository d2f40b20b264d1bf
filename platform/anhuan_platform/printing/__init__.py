"""What leaves the house on paper or as a sheet: the closed-loop form of a hazard, the list of hazards."""
