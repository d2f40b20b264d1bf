"""Evidence (证据): asked for here, sent straight to the object store, confirmed here; looked at under short-lived addresses."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import EvidenceStatus
from anhuan_graphql.fields import act, query, wide_act
from anhuan_graphql.people import Person, person_or_none
from anhuan_graphql.planner.pieces import literal
from anhuan_graphql.planner.readings import At, Attribute, ById, Env, One, Told, Worked, noun
from anhuan_graphql.relay import Node
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned
from anhuan_infra.errors import NotFound
from anhuan_infra.evidence.flags import Flag, FlagCode
from anhuan_infra.work import Work
from anhuan_platform.evidence import confirming, service, tools, views
from anhuan_platform.evidence.models import Evidence as EvidenceRow
from anhuan_platform.evidence.repository import READY

HAZARDS = "hazards"


@strawberry.enum(description="What a piece of evidence shows in its case.")
class Purpose(Enum):
    """As the loops count it."""

    REPORT = "report"
    BEFORE = "before"
    AFTER = "after"
    TEST = "test"
    VERIFICATION = "verification"
    PROGRESS = "progress"
    COMMENT = "comment"


@strawberry.type
class EvidenceFlag:
    """Something for a human to look at; never a verdict."""

    code: str
    message: str


def _is_ready(at: At) -> sa.ColumnElement[bool]:
    return at[EvidenceRow.status].in_([literal(status.value) for status in READY])


def _picture(name: str, version: Attribute) -> Told:
    """The address of a picture that we made, where it is there."""

    def facts(at: At, _env: Env) -> sa.ColumnElement[Any]:
        made = sa.func.json_build_array(at[EvidenceRow.id], at[version])
        return sa.case((_is_ready(at) & at[version].is_not(None), made))

    def tell(facts: tuple[str, str], member: Any) -> str:
        evidence_id, made = facts
        return views.picture(member.tenant_id, UUID(evidence_id), name, made)

    return Told(facts, tell)


def _paper(at: At, _env: Env) -> sa.ColumnElement[Any]:
    columns = (EvidenceRow.object_key, EvidenceRow.version_id, EvidenceRow.media_type, EvidenceRow.name)
    is_paper = (sa.func.coalesce(at[EvidenceRow.view_version], literal("")) == literal("")) & (
        at[EvidenceRow.version_id] != literal("")
    )
    return sa.case((_is_ready(at) & is_paper, sa.func.json_build_array(*(at[one] for one in columns))))


@noun(EvidenceRow, size=Worked(lambda at, _: at[EvidenceRow.size].cast(sa.Text()), str))
@strawberry.type
class Evidence(Node):
    """One file. Where and by which device it was taken stays private."""

    case_id: UUID | None
    purpose: str | None
    status: EvidenceStatus
    refusal: str | None
    name: str
    media_type: str | None
    size: str
    sha256: str
    width: int | None
    height: int | None
    taken_at: datetime | None
    created_at: datetime
    confirmed_at: datetime | None
    locked_until: datetime | None
    row: strawberry.Private[EvidenceRow]

    @classmethod
    def of(cls, row: EvidenceRow) -> "Evidence":
        """Out of its row."""
        return cls(
            id=row.id,
            case_id=row.case_id,
            purpose=row.purpose,
            status=EvidenceStatus(row.status),
            refusal=row.refusal,
            name=row.name,
            media_type=row.media_type,
            size=str(row.size),
            sha256=row.sha256,
            width=row.width,
            height=row.height,
            taken_at=row.taken_at,
            created_at=row.created_at,
            confirmed_at=row.confirmed_at,
            locked_until=row.locked_until,
            row=row,
        )

    @planned(Told(lambda at, _: at[EvidenceRow.flags], lambda kept, member: _flags(kept, member.language)))
    def flags(self, info: Info) -> list[EvidenceFlag]:
        """What a human should look at."""
        return _flags(self.row.flags, info.context.language)

    @planned(_picture(views.VIEW, EvidenceRow.view_version))
    async def view_url(self) -> str | None:
        """The upright picture without metadata; the address lives five minutes."""
        return views.view_url(self.row)

    @planned(_picture(views.THUMBNAIL, EvidenceRow.thumbnail_version))
    async def thumbnail_url(self) -> str | None:
        """The same, small."""
        return views.thumbnail_url(self.row)

    @planned(Told(_paper, lambda facts, _: views.paper(*facts)))
    async def download_url(self) -> str | None:
        """A document or film as a download."""
        return views.paper_url(self.row)

    @planned(One("Person", EvidenceRow.uploaded_by))
    async def uploaded_by(self, info: Info) -> Person | None:
        """Who handed it in."""
        return await person_or_none(info.context, self.row.uploaded_by)


@strawberry.type
class UploadTicket:
    """A form for exactly this file: POST the fields as given, then the file as field `file`; then confirm.

    Without form the file has arrived already.
    """

    evidence: Evidence
    url: str | None
    fields: Json | None
    expires_at: datetime | None


@strawberry.input
class RequestUploadInput:
    """A file that is to come; `sha256` as 64 hexadecimal digits."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@strawberry.input
class ConfirmUploadInput:
    """A file that was sent."""

    id: UUID


async def _ticket(_context: Context, row: EvidenceRow) -> UploadTicket:
    if row.status != EvidenceStatus.REQUESTED:
        return UploadTicket(evidence=Evidence.of(row), url=None, fields=None, expires_at=None)
    form = await tools.store().presign_upload(row.object_key, row.size, row.sha256, row.declared_type)
    return UploadTicket(
        evidence=Evidence.of(row), url=form.url, fields=Json(form.fields), expires_at=form.expires_at
    )


@act(HAZARDS, then=_ticket)
async def request_upload(work: Work, input: RequestUploadInput) -> EvidenceRow:
    """Announce a file and get the form to send it with; the same again gives a fresh form for the same file."""
    row = await service.request(
        work, input.id, name=input.name, media_type=input.media_type, size=input.size, sha256=input.sha256
    )
    await work.session.flush()
    await work.session.refresh(row)
    return row


@wide_act(HAZARDS)
async def confirm_upload(context: Context, input: ConfirmUploadInput) -> Evidence:
    """Say that it was sent: its bytes are read back and judged; safe to repeat."""
    row = await confirming.confirm(context.acting, input.id)
    return Evidence.of(row)


@query(HAZARDS, ById("Evidence", missing=True))
async def evidence(info: Info, id: UUID) -> Evidence | None:
    """One piece of evidence."""
    async with info.context.reading() as work:
        row: Any = await work.session.get(EvidenceRow, (work.tenant_id, id))
    if row is None:
        raise NotFound(path="id", kind="evidence", id=id)
    return Evidence.of(row)


def _flags(kept: list[Any], language: str) -> list[EvidenceFlag]:
    return [
        EvidenceFlag(code=one["code"], message=Flag(FlagCode(one["code"]), one["facts"]).message(language))
        for one in kept
    ]


QUERIES = [evidence]
MUTATIONS = [request_upload, confirm_upload]
