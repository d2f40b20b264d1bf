"""Subscriptions: which modules a company uses, on what terms."""
