"""Counting hazards in the database. Row-level security supplies the tenant and the scope, so a figure is of what one may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, text

from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.insights.rules import Share, Span
from anhuan_platform.loops.models import Case, CaseStatus, StopOrder
from anhuan_tenants.organisation.models import Unit

_STANDING = text("""
    select unit_no, grade, count(*) as open, count(*) filter (where due_at < :now) as overdue
    from cases where kind = 'hazard' and status = 'open' and unit_no = any(:units) group by unit_no, grade
""")

# One statement, so that all figures are of one moment. The cases of the period are gathered once; everything else reads them.
# Laterals that cannot be pulled up: a company that PostgreSQL has no figures of yet is guessed to have one row, and a plain join
# becomes a loop over all tasks for every case, each of them asked whether it may be seen. The order by round is the order of the one
# index that finds the tasks of a case.
PERIOD = text("""
    with c as materialized (
        select id, status, opened_at, closed_at, owner_id,
            opened_at >= :start and opened_at < :end as is_reported,
            status = 'closed' and closed_at >= :start and closed_at < :end as is_closed,
            (facts->>'graded_at')::timestamptz as graded_at, (facts->>'assigned_at')::timestamptz as assigned_at
        from cases
        where kind = 'hazard' and unit_no = any(:units) and (
            (opened_at >= :start and opened_at < :end) or (closed_at >= :start and closed_at < :end))
    ), spent as (
        select extract(epoch from c.graded_at - c.opened_at) as grading,
            extract(epoch from c.assigned_at - c.opened_at) as dispatch,
            extract(epoch from h.at - c.assigned_at) as rectification,
            extract(epoch from c.closed_at - h.at) as review,
            extract(epoch from c.closed_at - c.opened_at) as closing
        from c left join lateral (
            select t.done_at as at from tasks t
            where t.case_id = c.id and t.step = 'rectify' and t.status = 'done' and t.outcome = 'done'
            order by t.round desc limit 1
        ) h on true
        where c.is_closed
    ), due as (
        select t.done_at <= t.due_at as in_time
        from tasks t cross join lateral (
            select from cases k
            where k.tenant_id = t.tenant_id and k.id = t.case_id
                and k.kind = 'hazard' and k.status <> 'cancelled' and k.unit_no = any(:units)
            offset 0
        ) k
        where t.step = 'rectify' and t.status <> 'cancelled' and t.due_at >= :start and t.due_at < least(:end, :now)
    ), along as (
        select date_trunc(:step, opened_at at time zone :zone)::date as day, 1 as reported, 0 as closed
        from c where is_reported
        union all
        select date_trunc(:step, closed_at at time zone :zone)::date, 0, 1 from c where is_closed
    )
    select
        (select coalesce(jsonb_object_agg(day, jsonb_build_array(reported, closed)), '{}') from (
            select day, sum(reported) as reported, sum(closed) as closed from along group by day) s) as series,
        (select jsonb_build_object(
            'grading', jsonb_build_array(count(grading), percentile_cont(0.5) within group (order by grading)),
            'dispatch', jsonb_build_array(count(dispatch), percentile_cont(0.5) within group (order by dispatch)),
            'rectification', jsonb_build_array(count(rectification), percentile_cont(0.5) within group (order by rectification)),
            'review', jsonb_build_array(count(review), percentile_cont(0.5) within group (order by review)),
            'closing', jsonb_build_array(count(closing), percentile_cont(0.5) within group (order by closing)))
            from spent) as stages,
        (select jsonb_build_array(count(*) filter (where status = 'closed'), count(*))
            from c where is_reported and status <> 'cancelled') as closing,
        (select jsonb_build_array(count(*) filter (where in_time), count(*)) from due) as on_time,
        (select jsonb_build_array(count(*) filter (where is_reported), count(*) filter (where is_closed),
            count(*) filter (where is_reported and status = 'cancelled')) from c) as totals
""")

_TYPES = text("""
    select h.type_code, count(*) filter (where c.status = 'open') as open,
        count(*) filter (where c.opened_at >= :start and c.opened_at < :end) as reported
    from cases c join hazards h on h.tenant_id = c.tenant_id and h.id = c.id
    where c.kind = 'hazard' and c.unit_no = any(:units)
        and (c.status = 'open' or (c.opened_at >= :start and c.opened_at < :end))
    group by h.type_code
""")

_PARTICIPATION = text("""
    select count(*) as people, count(*) filter (where p.id in (
        select owner_id from cases
        where kind = 'hazard' and status <> 'cancelled' and owner_id is not null
            and opened_at >= :start and opened_at < :end)) as reporters
    from people p where p.home_unit_no = any(:units) and p.party_id is null and p.disabled_at is null
""")


async def standing(work: Work, units: Sequence[int]) -> Sequence[Any]:
    """Open hazards by unit and grade."""
    return (await work.session.execute(_STANDING, {"units": list(units), "now": work.now})).all()


async def period(work: Work, units: Sequence[int], span: Span, zone: str) -> Mapping[str, Any]:
    """What happened in a span: the series, how long each stage took, how much was closed and in time."""
    values = period_values(work, units, span, zone)
    return dict[str, Any](**(await work.session.execute(PERIOD, values)).mappings().one())


def period_values(work: Work, units: Sequence[int], span: Span, zone: str) -> dict[str, Any]:
    """What `PERIOD` asks for."""
    return _values(units, span) | {"now": work.now, "zone": zone, "step": span.step}


async def types(work: Work, units: Sequence[int], span: Span) -> Sequence[Any]:
    """Hazards by kind: open now, reported in the span."""
    return (await work.session.execute(_TYPES, _values(units, span))).all()


async def participation(work: Work, units: Sequence[int], span: Span) -> Share:
    """Of the people of these units, those who reported something."""
    row = (await work.session.execute(_PARTICIPATION, _values(units, span))).one()
    return Share(row.reporters, row.people)


async def longest_overdue(work: Work, units: Sequence[int], most: int) -> list[tuple[Case, Hazard]]:
    """The open hazards that are late, the latest first."""
    query = (
        select(Case, Hazard)
        .join(Hazard, (Hazard.tenant_id == Case.tenant_id) & (Hazard.id == Case.id))
        .where(
            Case.kind == "hazard",
            Case.status == CaseStatus.OPEN,
            Case.due_at < work.now,
            Case.unit_no.in_(units),
        )
        .order_by(Case.due_at, Case.id)
        .limit(most)
    )
    return [(case, hazard) for case, hazard in await work.session.execute(query)]


async def standing_orders(work: Work, units: Sequence[int]) -> list[StopOrder]:
    """Stop-work orders in force, the newest first."""
    query = (
        select(StopOrder)
        .where(StopOrder.lifted_at.is_(None), StopOrder.unit_no.in_(units))
        .order_by(StopOrder.issued_at.desc(), StopOrder.id)
    )
    return list(await work.session.scalars(query))


async def units(work: Work) -> list[Unit]:
    """Every unit that one sees, closed ones too: what happened there still counts."""
    return list(await work.session.scalars(select(Unit)))


def _values(units: Sequence[int], span: Span) -> dict[str, Any]:
    return {"units": list(units), "start": span.start, "end": span.end}
