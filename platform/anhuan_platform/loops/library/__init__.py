"""Shipped loop definitions, which a company may change into versions of its own."""
