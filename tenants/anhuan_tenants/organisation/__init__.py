"""The organisation: units in a tree, posts, people and who holds what where."""
