"""Who: companies, organisation, identity, access, subscriptions, calendars."""
