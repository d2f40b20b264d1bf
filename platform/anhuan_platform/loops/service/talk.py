"""Talking in a case: comments, mentions, and the joint group (联合处理组) that people are called into."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import BadInput, NotFound, Words
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.evidence import service as evidence_service
from anhuan_platform.loops import joining, repository
from anhuan_platform.loops.models import Case, Comment
from anhuan_tenants.organisation.models import Person

MAX_COMMENT = 4000
MAX_MENTIONS = 50


async def comment(
    work: Work,
    case_id: UUID,
    *,
    comment_id: UUID,
    body: str,
    mentions: Sequence[UUID],
    evidence: Sequence[UUID],
) -> Comment:
    """Say something in a case; whoever is mentioned joins its group and is told."""
    said = clean(body, "body", MAX_COMMENT, multiline=True)
    content = {"case": case_id, "body": said, "mentions": list(mentions), "evidence": list(evidence)}
    if not await work.once("comment", comment_id, content):
        # Before rights are asked: who said it may be out of the case by the time that a phone sends it again.
        async with work.seeing_all():
            before = await work.session.get(Comment, (work.tenant_id, comment_id))
        if before is None:
            raise NotFound(kind="comment", id=comment_id)
        return before
    case = await repository.get(work, case_id)
    work.allow("case.comment", case)
    people = await _known(work, mentions)
    author = work.actor.person_id
    assert author is not None
    row = Comment(
        id=comment_id, case_id=case.id, author_id=author, body=said, mentions=people, evidence=list(evidence)
    )
    async with work.seeing_all():
        use = evidence_service.Use(case.id, case.status)
        await evidence_service.attach(work, use, [(item, "comment") for item in evidence])
        work.session.add(row)
        await joining.take_part(work, case, people, "group")
        work.record(
            "case.commented",
            ("comment", row.id),
            case_id=case.id,
            unit_no=case.unit_no,
            body=said,
            mentions=people,
        )
        work.put_off("loops.said", row.id)
        work.tell("case", case=case.id)
    return row


async def invite(work: Work, case_id: UUID, people: Sequence[UUID]) -> Case:
    """Call people into the joint group of a case; they see it from now on."""
    case = await repository.lock(work, case_id)
    work.allow("case.comment", case)
    known = await _known(work, people)
    async with work.seeing_all():
        await joining.take_part(work, case, known, "group")
        work.record("case.invited", ("case", case.id), case_id=case.id, unit_no=case.unit_no, people=known)
        for person in known:
            work.put_off("loops.invited", case.id, person)
        work.tell("case", case=case.id)
    return case


async def _known(work: Work, people: Sequence[UUID]) -> list[UUID]:
    """The people of this list who exist and still work here; an unknown id is refused, or a typo would mention nobody."""
    wanted = list(dict.fromkeys(people))
    if len(wanted) > MAX_MENTIONS:
        raise BadInput(
            path="mentions", reason=Words(f"最多 {MAX_MENTIONS} 人", f"at most {MAX_MENTIONS} people")
        )
    query = select(Person.id).where(Person.id.in_(wanted), Person.disabled_at.is_(None))
    found = set(await work.session.scalars(query))
    for person in wanted:
        if person not in found:
            raise NotFound(path="mentions", kind="person", id=person)
    return wanted
