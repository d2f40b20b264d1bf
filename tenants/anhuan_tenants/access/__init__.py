"""Who may do what, where: acts, roles, the Casbin policy and its compiled form that PostgreSQL enforces."""
