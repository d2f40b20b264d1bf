"""A server of the user's own in place of ours: looked at before anything starts, and judged in one line."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from anhuan_infra import settings
from anhuan_infra.stack import bucket, mqtt, problems
from anhuan_infra.stack.servers import postgres

POSTGRES_MINIMUM = 180_000
VALKEY_MINIMUM = (7, 0)
PATIENCE = 5.0
"""Seconds for a first answer."""


def check_database(url: str) -> str:
    """The version of the user's PostgreSQL; refused when out of reach, closed to us, or older than 18."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=int(PATIENCE), autocommit=True) as connection:
            version = connection.info.server_version
            row = connection.execute("select current_setting('server_encoding')").fetchone()
    except psycopg.Error as error:
        raise _unusable("ANHUAN_DATABASE_URL", url, _first_line(error)) from error
    if version < POSTGRES_MINIMUM:
        found = f"{version // 10_000}.{version % 10_000}"
        raise _unusable("ANHUAN_DATABASE_URL", url, f"PostgreSQL {found} is too old, 18 or newer is needed")
    if row is None or row[0] != "UTF8":
        raise _unusable("ANHUAN_DATABASE_URL", url, "the database's encoding is not UTF8")
    return f"PostgreSQL {version // 10_000}.{version % 10_000}"


def check_broker(url: str) -> str:
    """The version of the user's Valkey or Redis; refused when out of reach, closed to us, or older than 7."""
    import redis

    try:
        with redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
            info = client.info("server")
    except (redis.RedisError, ValueError) as error:
        raise _unusable("ANHUAN_BROKER_URL", url, _first_line(error)) from error
    version = str(info.get("redis_version", "0"))
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if numbers < VALKEY_MINIMUM:
        raise _unusable("ANHUAN_BROKER_URL", url, f"version {version} is too old, 7 or newer is needed")
    return f"Valkey/Redis {info.get('valkey_version') or version}"


def check_s3(url: str) -> str:
    """The user's object store: the bucket is there (made if it was missing), versioned and under Object Lock."""
    problem = bucket.problem(url, create=True)
    if problem is not None:
        raise _unusable("ANHUAN_S3_URL", url, problem)
    return f"S3 bucket {bucket.name(url)}"


def check_mqtt(url: str) -> str:
    """The user's MQTT broker lets us in."""
    try:
        answer = mqtt.connect(url, PATIENCE)
    except OSError as error:
        raise _unusable("ANHUAN_MQTT_URL", url, _first_line(error)) from error
    if answer:
        raise _unusable("ANHUAN_MQTT_URL", url, f"refused: {mqtt.REFUSALS.get(answer, answer)}")
    return "MQTT"


CHECKS: dict[str, Callable[[str], str]] = {
    "ANHUAN_DATABASE_URL": check_database,
    "ANHUAN_BROKER_URL": check_broker,
    "ANHUAN_S3_URL": check_s3,
    "ANHUAN_MQTT_URL": check_mqtt,
}
"""Per name in the environment, the look that is taken."""


def check(name: str, url: str) -> tuple[str, float]:
    """What was found, and how many seconds the look took."""
    began = time.monotonic()
    return CHECKS[name](url), time.monotonic() - began


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = (parts.username or "") + ":***@" if "@" in parts.netloc else ""
    return urlunsplit(parts._replace(netloc=user + host))


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _unusable(name: str, url: str, why: str) -> problems.Unusable:
    shown = without_password(url)
    return problems.Unusable(f"{name} {shown} cannot be used: {why}", f"{name} 指向的服务不可用")


def provide_roles(url: str, secrets: settings.Secrets) -> None:
    """Make the programs' roles on the user's PostgreSQL, or say what the user's administrator must do."""
    import psycopg

    try:
        postgres.provide_program_roles(url, secrets)
    except psycopg.errors.InsufficientPrivilege as error:
        why = f"cannot make the roles ({_first_line(error)}): give CREATEROLE, or set ANHUAN_APP_DATABASE_URL"
        raise _unusable("ANHUAN_DATABASE_URL", url, why) from error
