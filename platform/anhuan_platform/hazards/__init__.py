"""Hazards (隐患): reported, graded, dispatched, rectified, checked by others, closed."""
