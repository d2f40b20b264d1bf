"""The organisation out of a workbook, and back into one."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy import text as sql

from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_tenants.access import giving
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies import versions
from anhuan_tenants.companies.models import Company
from anhuan_tenants.identity.service import credentials
from anhuan_tenants.organisation import cells, repository, sheet, template
from anhuan_tenants.organisation.errors import ImportRunning
from anhuan_tenants.organisation.importing import exporting, holdings, people, state, units, writing
from anhuan_tenants.organisation.importing.outcome import Activation, Counts, ImportOutcome
from anhuan_tenants.organisation.row_errors import RowError
from anhuan_tenants.organisation.rows import MOST_ERRORS, Parsed

_ACTS = (Act.UNIT_MANAGE, Act.PERSON_MANAGE, Act.POLICY_MANAGE, Act.PARTY_MANAGE)
_PATIENCE_SECONDS = 15.0
_PAUSE_SECONDS = 0.1


async def opened(content: bytes) -> cells.Sheets:
    """The cells of a workbook; best before a transaction is begun, since a hostile file may take a minute to refuse."""
    return await asyncio.to_thread(cells.read, content)


async def import_workbook(
    work: Work,
    settings: Settings,
    content: bytes | cells.Sheets,
    *,
    dry_run: bool = False,
    invite: bool = True,
) -> ImportOutcome:
    """Bring the company to what the sheet says: every sound row, whatever is wrong with others; the same sheet again changes nothing.

    It adds and changes and, of the people it lists with posts, ends the posts it no longer lists; it never takes away units or
    people. Of several imports into one company at once each waits for the one before. Without `invite` newcomers get no code.
    """
    for act in _ACTS:
        work.allow(act, giving.EVERYWHERE)
    sheets = await opened(content) if isinstance(content, bytes) else content
    outcome = ImportOutcome(dry_run=dry_run)
    async with work.seeing_all():
        if not dry_run:
            await _wait_for_turn(work)
            await versions.policy_changed(work)
        known = await state.load(work)
        parsed = await asyncio.to_thread(sheet.understand, sheets, known.known())
        plan = await _planned(work, parsed, known, outcome)
        if not dry_run and not plan.is_empty:
            await repository.next_unit_no(work, len(plan.units.created))
            await writing.write(work, settings, plan, known)
            _record(work, outcome)
    if not dry_run and invite:
        outcome.activations = await _invited(work, settings, plan.people)
    if not dry_run and not plan.is_empty:
        work.tell("organisation")
    return outcome


async def download(work: Work) -> bytes:
    """The workbook filled with the company as it is now; imported again it changes nothing."""
    for act in (Act.UNIT_READ, Act.PERSON_READ):
        work.allow(act, giving.EVERYWHERE)
    async with work.seeing_all():
        unit_rows, person_rows = exporting.rows(await state.load(work), work.now)
    return await asyncio.to_thread(template.write, unit_rows, person_rows)


async def blank() -> bytes:
    """The workbook to fill in; the same for every company."""
    return await asyncio.to_thread(template.write)


async def _planned(work: Work, parsed: Parsed, known: state.State, outcome: ImportOutcome) -> writing.Plan:
    errors: list[RowError] = list(parsed.errors)
    notes: list[RowError] = list(parsed.notes)
    first_no = await work.session.scalar(
        select(Company.next_unit_no).where(Company.tenant_id == work.tenant_id)
    )
    unit_plan = units.plan(parsed, known, first_no or 1, outcome, errors)
    desk = people.Desk(known, parsed.people, errors, notes)
    joined = [taken for row in parsed.people if (taken := desk.take(row))]
    by_account = {one.row.account.casefold(): one for one in joined}
    headed = holdings.heads(parsed.units, known, by_account, errors)
    rota = holdings.Rota(known, work.now)
    for one in joined:
        rota.seat(one, headed.pop(one.person.id, ()))
    for person in known.people.values():
        if person.id in headed:
            rota.head(person, headed[person.id])
    for one in joined:
        outcome.people.note(
            is_new=one.is_new, is_changed=one.is_changed or one.person.id in rota.plan.touched
        )
    outcome.posts = Counts(created=len(rota.plan.posts))
    outcome.parties = Counts(created=len(desk.parties))
    outcome.ended = len(rota.plan.ended)
    outcome.errors, outcome.notes = tuple(errors[: MOST_ERRORS + 1]), tuple(notes)
    return writing.Plan(unit_plan, desk.parties, joined, rota.plan)


async def _wait_for_turn(work: Work) -> None:
    """One import into a company at a time; the lock goes with the transaction."""
    query = sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    for _ in range(int(_PATIENCE_SECONDS / _PAUSE_SECONDS)):
        if await work.session.scalar(query, {"name": f"organisation import {work.tenant_id}"}):
            return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise ImportRunning(path="file")


async def _invited(work: Work, settings: Settings, joined: Sequence[people.Joined]) -> tuple[Activation, ...]:
    newcomers = [one.person for one in joined if one.is_new]
    codes = await credentials.invite(work, settings, [person.id for person in newcomers])
    return tuple(Activation(person.account, person.name, codes[person.id]) for person in newcomers)


def _record(work: Work, outcome: ImportOutcome) -> None:
    work.record(
        "organisation.imported",
        ("company", work.tenant_id),
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        ended=outcome.ended,
        refused=len(outcome.errors),
    )
