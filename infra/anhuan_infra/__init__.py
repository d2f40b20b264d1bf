"""With what: settings, database, work, jobs, evidence store, channels, record, embedded stack."""
