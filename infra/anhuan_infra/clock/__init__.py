"""What the scheduler is made of: leadership, rounds that survive any error, and a pulse that others can read."""
