"""Counts for Prometheus of what becomes of notices outside the app, in the process that carries them; nothing about anybody."""

from prometheus_client import Counter

ATTEMPTS = Counter(
    "anhuan_notice_attempts", "Tries to deliver a notice, by kind of channel and outcome.", ["kind", "state"]
)
UNDELIVERED = Counter(
    "anhuan_notices_undelivered", "Notices that no channel took in their first round.", ["urgent"]
)
