"""Reporting a hazard (隐患上报): one transaction from the phone to the safety officer's list."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from anhuan_infra.errors import BadInput, Words
from anhuan_infra.text import clean, maybe
from anhuan_infra.work import Place, Work
from anhuan_platform.evidence import service as evidence_service
from anhuan_platform.hazards import repository, routing
from anhuan_platform.hazards.errors import TypeUnknown
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.suggest import suggest
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops.models import CaseStatus
from anhuan_platform.loops.service import opening

MAX_PHOTOS = 20


@dataclass(frozen=True)
class Report:
    """What a worker gives: a photo and a kind are enough, the rest is suggested."""

    id: UUID
    type_code: str | None = None
    description: str = ""
    evidence: Sequence[UUID] = ()
    unit_id: UUID | None = None
    area_id: UUID | None = None
    asset_id: UUID | None = None
    place_note: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    seen_at: datetime | None = None


async def report(work: Work, given: Report) -> Hazard:
    """Take a report. The same id with the same content is the same report; nothing that was sent is stored over."""
    text = clean(given.description, "description", 4000, multiline=True, may_be_empty=True).strip()
    note = maybe(given.place_note, "placeNote", 500, multiline=True)
    if given.type_code is not None and given.type_code not in BY_CODE:
        raise TypeUnknown(path="type", type=given.type_code[:40], known="、".join(BY_CODE))
    _check(given)
    if not await work.once("hazard", given.id, asdict(given)):
        # Before rights and places are asked: either may be gone by the time that a phone sends it again.
        async with work.seeing_all():
            return await repository.get(work, given.id)
    spot = await repository.spot(work, given.unit_id, given.area_id, given.asset_id)
    me = work.actor.person_id
    work.allow("hazard.report", Place(unit_no=spot.unit_no, owner_id=me, party_id=work.actor.party_id))
    guesses = suggest(text)
    type_code = given.type_code or (guesses[0].type_code if guesses else "other")
    title = _title(text, type_code, spot, work.actor.language)
    hazard = Hazard(
        id=given.id,
        description=text,
        type_code=type_code,
        suggested_type=_as_kept(guesses[0].type_code, guesses[0].confidence, guesses[0].because)
        if guesses
        else None,
        area_id=spot.area.id if spot.area else None,
        asset_id=spot.asset.id if spot.asset else None,
        place_note=note,
        latitude=given.latitude,
        longitude=given.longitude,
        accuracy_m=given.accuracy_m,
        # Nobody has seen tomorrow: a phone whose clock is fast. What it said stays in the record.
        seen_at=given.seen_at and min(given.seen_at, work.now),
        is_anonymous=False,
        is_statutory_major=False,
    )
    seen = repository.Seen(given.id, spot.unit_no, type_code, text, hazard.area_id, hazard.asset_id)
    async with work.seeing_all():
        found = await repository.others(work, seen)
        hazard.similar = [*found.lookalikes]
        hazard.recurrence_of, hazard.recurrence_count = next(iter(found.earlier), None), len(found.earlier)
        case = await opening.open_case(
            work,
            case_id=given.id,
            kind="hazard",
            title=title,
            unit_no=spot.unit_no,
            owner_id=me,
            party_id=work.actor.party_id,
            facts={"type": type_code} | _place(spot),
        )
        use = evidence_service.Use(given.id, CaseStatus.OPEN, may_be_on_its_way=True)
        await evidence_service.attach(work, use, [(item, "report") for item in given.evidence])
        work.session.add(hazard)
        work.record(
            "hazard.reported", ("hazard", hazard.id), case_id=case.id, unit_no=spot.unit_no,
            type=type_code, description=text, area=hazard.area_id, asset=hazard.asset_id,
            evidence=list(given.evidence), suggested=hazard.suggested_type, recurrence=hazard.recurrence_count, seen_at=given.seen_at,
        )  # fmt: skip
        await routing.copy_to_equipment(work, case, BY_CODE[type_code])
        work.put_off("hazards.reported", hazard.id)
    return hazard


def _check(given: Report) -> None:
    """Refuse what cannot be a position, and more photos than a report may have: leaving some out would lose them silently."""
    if len(given.evidence) > MAX_PHOTOS:
        raise BadInput(path="evidence", reason=Words(f"最多 {MAX_PHOTOS} 个", f"at most {MAX_PHOTOS}"))
    if (given.latitude is None) != (given.longitude is None):
        raise BadInput(
            path="latitude", reason=Words("经纬度须同时填写", "latitude and longitude come together")
        )
    if given.latitude is not None and not -90 <= given.latitude <= 90:
        raise BadInput(path="latitude", reason="-90…90")
    if given.longitude is not None and not -180 <= given.longitude <= 180:
        raise BadInput(path="longitude", reason="-180…180")
    if given.accuracy_m is not None and not 0 <= given.accuracy_m <= 100_000:
        raise BadInput(path="accuracyM", reason="0…100000")


def _title(text: str, type_code: str, spot: repository.Spot, language: str) -> str:
    kind = BY_CODE[type_code]
    name = kind.zh if language.startswith("zh") else kind.en
    place = spot.asset.name if spot.asset else spot.area.name if spot.area else ""
    first_line = text.split("\n", 1)[0][:60]
    return " · ".join(part for part in (place, first_line or name) if part)


def _as_kept(type_code: str, confidence: float, because: Sequence[str]) -> dict[str, object]:
    return {"type": type_code, "percent": round(confidence * 100), "because": list(because)}


def _place(spot: repository.Spot) -> dict[str, object]:
    """The area's position, against which photos are held."""
    area = spot.area
    if area is None or area.latitude is None or area.longitude is None:
        return {}
    return {"place": {"latitude": area.latitude, "longitude": area.longitude}}
