"""The wire: schema, context, limits, errors, and the commands that put everything together."""
