"""Evidence as bytes: where it is kept, what it truly is, and what a person should look at twice."""
