"""The database: engine, tenant context, row-level security, catalogue lint."""
