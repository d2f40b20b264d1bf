"""Saved views (常用视图): how somebody likes to look at a list, kept under a name and shared with a unit where that helps."""
