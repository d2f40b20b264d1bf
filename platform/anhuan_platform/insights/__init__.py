"""Figures over many hazards (总览): counted where the rows are, under the sight of who asks."""
