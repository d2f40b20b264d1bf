"""Who came lately: known again by their token without a question of its own, by a read that itself asks whether they still stand."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Double, Integer, Text, Uuid, and_, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from anhuan_tenants.companies.models import Company
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.organisation.models import Person

if TYPE_CHECKING:
    from anhuan_tenants.identity.entry import Member

TOUCH = timedelta(minutes=1)
"""How exact the idle clock is; within it a busy session writes nothing."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A member as found at the door, and what has to be unchanged for the same token to be let in again without a look of its own."""

    member: "Member"
    person_version: int
    policy_version: int
    idle: timedelta
    """How long the session may be unused."""
    settings: Mapping[str, Any]
    """Of the company, from which that came."""
    until: float
    """On `time.monotonic()`'s clock; from then on the door itself is asked again: at the end of the token, or of a post that is held for
    a time."""
    touched: float
    """When its idle clock was last known to be set, on the same clock."""


Value = Callable[[Callable[[Arrival], Any], TypeEngine[Any]], ColumnElement[Any]]
"""Makes of a value that each arrival brings an expression for a statement that is kept."""


def stands(value: Value) -> ColumnElement[bool]:
    """Whether an arrival is still what it was: the session open, used lately and with no older token in doubt, the person enabled, and
    nobody has changed what they may do. Asked in the same statement as the read that rests on it.

    Somebody else has to keep the session's idle clock going, see `entry.touch`.
    """
    found = (
        select(SignIn.id)
        .join(Person, and_(Person.tenant_id == SignIn.tenant_id, Person.id == SignIn.person_id))
        .join(Company, Company.tenant_id == SignIn.tenant_id)
        .where(
            SignIn.id == value(lambda arrival: arrival.member.session_id, Uuid()),
            SignIn.person_id == value(lambda arrival: arrival.member.person_id, Uuid()),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > func.now(),
            SignIn.used_at > func.now() - func.make_interval(0, 0, 0, 0, 0, 0, value(_idle, Double())),
            SignIn.previous_hash.is_(None),
            Person.disabled_at.is_(None),
            Person.version == value(lambda arrival: arrival.person_version, Integer()),
            Person.name == value(lambda arrival: arrival.member.name, Text()),
            Person.language == value(lambda arrival: arrival.member.language, Text()),
            Company.settings == value(_settings, Text()).cast(JSONB),
            Company.policy_version == value(lambda arrival: arrival.policy_version, Integer()),
        )
    )
    return exists(found.correlate(None))


def _idle(arrival: Arrival) -> float:
    return arrival.idle.total_seconds()


def _settings(arrival: Arrival) -> str:
    return json.dumps(arrival.settings)
