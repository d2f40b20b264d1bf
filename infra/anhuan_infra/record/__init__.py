"""The record: who did what when, chained, signed, and verifiable by anyone."""
