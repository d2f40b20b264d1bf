"""What the acts on a hazard take. With an `id` of the sender's an act can be sent again without being done again."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from anhuan_graphql.enums import Grade
from anhuan_graphql.evidence import Purpose
from anhuan_graphql.scalars import Json
from anhuan_infra.errors import BadInput
from anhuan_platform.loops.service.steps import Proof


@strawberry.input
class PositionInput:
    """Where the phone was, WGS-84 degrees; accuracy in metres."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None

    def checked(self) -> "PositionInput":
        """The same, or a refusal that names what is no place on earth."""
        if not -90 <= self.latitude <= 90:
            raise BadInput(path="position.latitude", reason="-90…90")
        if not -180 <= self.longitude <= 180:
            raise BadInput(path="position.longitude", reason="-180…180")
        if self.accuracy_m is not None and not 0 <= self.accuracy_m <= 100_000:
            raise BadInput(path="position.accuracyM", reason="0…100000")
        return self


@strawberry.input
class ProofInput:
    """A piece of evidence and what it shows."""

    evidence_id: UUID
    purpose: Purpose


@strawberry.input
class ReportHazardInput:
    """A photo and a kind are enough; `id` becomes the hazard's."""

    id: UUID
    type: str | None = None
    description: str = ""
    evidence: list[UUID] = strawberry.field(default_factory=list[UUID])
    unit_id: UUID | None = None
    area_id: UUID | None = None
    asset_id: UUID | None = None
    place_note: str | None = None
    position: PositionInput | None = None
    seen_at: datetime | None = None


@strawberry.input
class StatutoryInput:
    """The criterion and clause by which it is a 重大事故隐患."""

    instrument: str
    clause: str


@strawberry.input
class GradeHazardInput:
    """The grade; a lower one than before needs a reason."""

    hazard_id: UUID
    grade: Grade
    statutory: StatutoryInput | None = None
    is_statutory: bool | None = None
    """False takes the statutory mark away, with a reason; left out, it stays."""
    reason: str | None = None
    id: UUID | None = None


@strawberry.input
class AssignHazardInput:
    """Who puts it right: a unit, a person, an outside party, or a person of a unit."""

    hazard_id: UUID
    unit_id: UUID | None = None
    person_id: UUID | None = None
    party_id: UUID | None = None
    note: str | None = None
    id: UUID | None = None


@strawberry.input
class AddProgressInput:
    """How far it is."""

    id: UUID
    hazard_id: UUID
    note: str
    percent: int | None = None
    evidence: list[UUID] = strawberry.field(default_factory=list[UUID])


@strawberry.input
class SubmitControlInput:
    """Which interim control holds the danger, and the plan. `answers` is an object: further fields that the step's form asks for."""

    hazard_id: UUID
    measures: str
    evidence: list[ProofInput] = strawberry.field(default_factory=list[ProofInput])
    answers: Json | None = None
    id: UUID | None = None


@strawberry.input
class TestResultInput:
    """What was tested on the repaired part and what came out."""

    passed: bool
    summary: str
    value: str | None = None


@strawberry.input
class SubmitRectificationInput:
    """The finished work: measures, test, photos before and after. `answers` is an object: further fields that the step's form asks for."""

    hazard_id: UUID
    measures: str
    test: TestResultInput
    evidence: list[ProofInput] = strawberry.field(default_factory=list[ProofInput])
    answers: Json | None = None
    id: UUID | None = None


@strawberry.input
class ReviewInput:
    """A decision on what waits for you in this case; a rejection needs a comment."""

    hazard_id: UUID
    approve: bool
    comment: str | None = None
    step: str | None = None
    evidence: list[ProofInput] = strawberry.field(default_factory=list[ProofInput])
    id: UUID | None = None


@strawberry.input
class CallOffInput:
    """No hazard, or the same as another."""

    hazard_id: UUID
    reason: str
    duplicate_of: UUID | None = None
    id: UUID | None = None


def proofs(given: list[ProofInput]) -> list[Proof]:
    """As the loop takes them."""
    return [Proof(one.evidence_id, one.purpose.value) for one in given]


def answers(given: object) -> dict[str, Any]:
    """As the loop takes them; none where nothing was said."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadInput(path="answers", reason="{…}")
    return cast("dict[str, Any]", given)
