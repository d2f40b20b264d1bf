"""Working on a checklist: saving a draft, looking what is wrong with it, publishing it, copying, retiring."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.errors import BadInput, NotFound, Words
from anhuan_infra.work import Work
from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import reading, repository
from anhuan_platform.inspections.errors import ChecklistCodeTaken, ChecklistMoved, Fault
from anhuan_platform.inspections.models import ChecklistRow, ChecklistVersion

_CODE = 60


@dataclass(frozen=True)
class DraftGiven:
    """A draft as its author wants it; `seen_at` is the `draft_at` that the author began from, None for a fresh one."""

    id: UUID
    body: Any
    seen_at: datetime | None = None


async def save(work: Work, given: DraftGiven) -> ChecklistRow:
    """Keep a draft, fit or not; saving the same twice changes nothing, and nobody's later draft is written over."""
    work.allow("checklist.manage")
    code, body = _storable(given.body)
    row = await work.session.get(
        ChecklistRow, (work.tenant_id, given.id), with_for_update={"key_share": True}
    )
    if row is not None and row.draft == body:
        return row
    if row is None:
        if await repository.by_code(work, code):
            raise ChecklistCodeTaken(path="body.code", checklist=code)
        row = ChecklistRow(id=given.id, code=code, name=code, name_sort=code, newest=0)
        work.session.add(row)
    elif row.code != code:
        raise BadInput(
            path="body.code",
            reason=Words("编号不能更改，可复制为新的检查表", "a code never changes; copy the list"),
        )
    elif row.draft is not None and row.draft_at != given.seen_at:
        raise ChecklistMoved(path="seenAt")
    row.draft, row.draft_at, row.draft_by = body, work.now, work.actor.person_id
    if row.newest == 0:
        _rename(row, body)
    await work.session.flush()
    work.record("checklist.drafted", ("checklist", row.id), code=row.code)
    return row


async def look(work: Work, checklist_id: UUID) -> tuple[Fault, ...]:
    """Everything that keeps the draft from being published; nothing where there is no draft."""
    work.allow("checklist.manage")
    row = await repository.get(work, checklist_id)
    return () if row.draft is None else reading.look(row.draft)[1]


async def drop(work: Work, checklist_id: UUID) -> ChecklistRow:
    """Throw the draft away; what is published stays in force."""
    row = await repository.lock(work, checklist_id)
    work.allow("checklist.manage")
    if row.draft is not None and row.newest:
        row.draft = row.draft_at = row.draft_by = None
        work.record("checklist.draft_dropped", ("checklist", row.id), code=row.code)
    return row


async def publish(work: Work, checklist_id: UUID) -> ChecklistVersion:
    """Put the draft in force as a new version; rounds that run keep theirs. Without a draft it is the version in force."""
    row = await repository.lock(work, checklist_id)
    work.allow("checklist.manage")
    if row.draft is None:
        return await repository.version(work, row.id, row.newest)
    body = checklists.write(reading.read(row.draft)) | {"version": row.newest + 1}
    published = ChecklistVersion(
        checklist_id=row.id, version=row.newest + 1, body=body,
        published_at=work.now, published_by=work.actor.person_id,
    )  # fmt: skip
    work.session.add(published)
    row.newest += 1
    row.draft = row.draft_at = row.draft_by = row.retired_at = None
    _rename(row, published.body)
    await work.session.flush()
    work.record("checklist.published", ("checklist", row.id), code=row.code, version=row.newest)
    return published


async def copy(work: Work, checklist_id: UUID, new_id: UUID, code: str) -> ChecklistRow:
    """A draft of a new checklist, with what is in force of this one, or its draft before the first version."""
    row = await repository.get(work, checklist_id)
    work.allow("checklist.manage")
    if row.newest:
        body = (await repository.version(work, row.id, row.newest)).body
    elif row.draft is not None:
        body = row.draft
    else:
        raise NotFound(kind="checklist version", id=checklist_id)
    made = await save(work, DraftGiven(new_id, {**body, "code": code, "version": 0}))
    work.record("checklist.copied", ("checklist", made.id), code=code, source=row.code)
    return made


async def retire(work: Work, checklist_id: UUID) -> ChecklistRow:
    """No new round begins with it; those that run go on, and a new version brings it back."""
    row = await repository.lock(work, checklist_id)
    work.allow("checklist.manage")
    if row.retired_at is None:
        row.retired_at = work.now
        work.record("checklist.retired", ("checklist", row.id), code=row.code, version=row.newest)
    return row


def _storable(body: object) -> tuple[str, dict[str, Any]]:
    """The code and the body of a draft: an object that can be stored and says what it is called, whatever else is wrong with it."""
    if not isinstance(body, Mapping):
        raise BadInput(path="body", reason=Words("应为对象", "an object is expected"))
    plain = {"version": 0} | dict(cast("Mapping[str, Any]", body))
    try:
        written = json.dumps(plain, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadInput(path="body", reason=Words("无法保存", "it cannot be stored")) from problem
    if len(written) > 2 * reading.MAX_BYTES or b"\\u0000" in written:
        raise BadInput(
            path="body", reason=Words("内容过大或含有非文本字符", "it is too large, or holds what is no text")
        )
    code = text.clean(str(plain.get("code", "")), "body.code", _CODE)
    return code, json.loads(written)


def _rename(row: ChecklistRow, body: Mapping[str, Any]) -> None:
    """The name by which the list is found; a draft may have any or none."""
    name: object = body.get("name")
    words = cast("dict[str, object]", name) if isinstance(name, dict) else {}
    said = words.get("zh") or words.get("en")
    row.name = said[: text.NAME] if isinstance(said, str) and text.shows(said) else row.code
    row.name_sort = text.sort_key(row.name)
