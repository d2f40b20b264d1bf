"""The demo group: a metal-working company of 650 people, its last weeks, and a whole day played over the public API."""
