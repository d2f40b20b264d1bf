"""People come into a case and leave it; that they had a part in it stays written."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import inspect, text, update
from sqlalchemy.orm.attributes import set_committed_value

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.loops import held
from anhuan_platform.loops.models import Case, CasePerson

_JOIN = text("""
    with joined as (
        update cases set people = people || array(select p from unnest(cast(:all as uuid[])) p where p <> all (people))
        where tenant_id = :tenant and id = :case returning people
    ), written as (
        insert into case_people (tenant_id, id, case_id, person_id, part)
        select :tenant, one.id, :case, one.person, one.part
        from unnest(cast(:ids as uuid[]), cast(:people as uuid[]), cast(:parts as text[])) one (id, person, part)
        on conflict (tenant_id, case_id, person_id, part) do update set left_at = null
    )
    select people from joined
""")


async def take_part(work: Work, case: Case, people: Sequence[UUID], part: str) -> None:
    """Write people into the case; who is in already stays as they are."""
    await take_parts(work, case, [(person, part) for person in people])


async def take_parts(work: Work, case: Case, parts: Sequence[tuple[UUID, str]]) -> None:
    """Write people into the case, each with a part. Appended by the database itself: jobs and verbs add people at the same moment,
    and an array written back from memory would put the other's people out."""
    wanted = list(dict.fromkeys(parts))
    if not wanted:
        return
    known = set(case.people)
    informed = [person for person, part in wanted if part == "informed" and person not in known]
    if informed:
        work.record(
            "case.informed", ("case", case.id), case_id=case.id, unit_no=case.unit_no, people=informed
        )
    if inspect(case).pending:
        _begin_with(work, case, wanted)
        return
    people = [person for person, _ in wanted]
    values = {"people": people, "tenant": work.tenant_id, "case": case.id}
    values |= {
        "all": list(dict.fromkeys(people)),
        "ids": [new_id() for _ in wanted],
        "parts": [part for _, part in wanted],
    }
    with work.session.no_autoflush:
        joined = await work.session.scalar(_JOIN, values)
    set_committed_value(case, "people", joined)


def _begin_with(work: Work, case: Case, parts: Sequence[tuple[UUID, str]]) -> None:
    """People of a case that is not written yet, which nobody else can be adding to."""
    case.people = list(dict.fromkeys([*case.people, *(person for person, _ in parts)]))
    opened = held.of_case(work, case.id)
    taken = opened.parts if opened else set[tuple[UUID, str]]()
    for person, part in parts:
        if (person, part) not in taken:
            taken.add((person, part))
            work.session.add(CasePerson(case_id=case.id, person_id=person, part=part))


_LEAVE = text("""
    update cases set people = array(select p from unnest(people) p where p <> all (cast(:people as uuid[])))
    where tenant_id = :tenant and id = :case returning people
""")


async def leave(work: Work, case: Case, people: Sequence[UUID]) -> None:
    """Take people out of a case; that they had a part in it stays written, with the moment at which it ended."""
    if not people:
        return
    await work.session.flush()
    values = {"people": list(people), "tenant": work.tenant_id, "case": case.id}
    set_committed_value(case, "people", await work.session.scalar(_LEAVE, values))
    await work.session.execute(
        update(CasePerson)
        .where(CasePerson.case_id == case.id, CasePerson.person_id.in_(people), CasePerson.left_at.is_(None))
        .values(left_at=work.now)
    )
    work.record("case.left", ("case", case.id), case_id=case.id, unit_no=case.unit_no, people=list(people))
