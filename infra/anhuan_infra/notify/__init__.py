"""Ways to reach a person or a system outside: each channel says what became of every single attempt."""
