"""One of everything in a company, each carrying the company's mark, so that a leak of any of it can be recognised."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.boards import service as boards
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.service import reporting
from anhuan_platform.loops.models import Seat
from anhuan_platform.loops.service import seats, stopping, talk
from anhuan_platform.notices.models import Notice
from anhuan_platform.sites import service as sites
from anhuan_tenants.organisation.models import Duty, Holding, Unit
from anhuan_tenants.parties.models import Party
from tests.support.people import Company
from tests.support.posts import give_post

ALL_POWERS = ("tenant_admin", "safety_director", "general_manager", "hq_safety_officer")
"""Roles that together may do nearly everything, so that what declines is the company's border and not a role."""


@dataclass(frozen=True)
class World:
    """The ids of one company's things, by kind, and the person with all powers in it."""

    company: Company
    mark: str
    person_id: UUID
    ids: dict[str, UUID]


async def a_world(company: Company, mark: str) -> World:
    """Fill a company."""
    person = await company.person(f"甲{mark}", *ALL_POWERS, account=f"all-{mark}")
    other = await company.person(f"乙{mark}", "worker", account=f"other-{mark}")
    async with company.house() as work:
        await give_post(work, person, Duty.SAFETY_OFFICER, 1)
        unit = (await work.session.scalars(select(Unit).where(Unit.no == 1))).one()
        unit.name = f"总部{mark}"
        unit_id = unit.id
        party = Party(id=new_id(), code=mark, name=f"承包商{mark}", kind="contractor", unit_no=1)
        work.session.add(party)
        notice = Notice(
            id=new_id(), person_id=person, kind="case.closed", facts={"title": mark}, key=mark, case_id=None
        )
        work.session.add(notice)
    async with company.work(person) as work:
        area = await sites.add_area(work, sites.AreaGiven(new_id(), f"A-{mark}", f"区域{mark}", unit_id))
        asset = await sites.add_asset(
            work, sites.AssetGiven(new_id(), f"M-{mark}", f"设备{mark}", "press", unit_id)
        )
    case_id = new_id()
    evidence_id = await _evidence(company, person, mark)
    async with company.work(person) as work:
        await reporting.report(
            work,
            reporting.Report(
                id=case_id,
                type_code="other",
                description=f"描述{mark}",
                evidence=[evidence_id],
                area_id=area.id,
            ),
        )
    async with company.work(person) as work:
        await talk.comment(
            work, case_id, comment_id=new_id(), body=f"说{mark}", mentions=[other], evidence=[]
        )
        order = await stopping.stop_work(
            work, case_id, order_id=new_id(), reason=f"停{mark}", area_id=None, asset_id=None
        )
        leave = work.now + timedelta(days=900)
        absence = await seats.start_absence(
            work,
            absence_id=new_id(),
            person_id=person,
            deputy_id=other,
            starts_at=leave,
            ends_at=leave + timedelta(days=1),
            reason=f"假{mark}",
        )
        view = await boards.save(work, boards.ViewGiven(new_id(), "hazards", f"视图{mark}", {}, unit_id))
    async with company.house() as work:
        seat = (await work.session.scalars(select(Seat).where(Seat.case_id == case_id))).first()
        assert seat is not None
        seat_id = seat.id
        holding = (await work.session.scalars(select(Holding).where(Holding.person_id == person))).one()
        holding_id, post_id = holding.id, holding.post_id
    free = await _evidence(company, person, mark)
    return World(
        company,
        mark,
        person,
        {
            "absence": absence.id,
            "area": area.id,
            "asset": asset.id,
            "case": case_id,
            "evidence": free,
            "holding": holding_id,
            "notice": notice.id,
            "order": order.id,
            "party": party.id,
            "person": other,
            "post": post_id,
            "seat": seat_id,
            "unit": unit_id,
            "view": view.id,
        },
    )


async def _evidence(company: Company, person: UUID, mark: str) -> UUID:
    async with company.house() as work:
        return await _stored(work, person, mark)


async def _stored(work: Work, person: UUID, mark: str) -> UUID:
    row = Evidence(
        id=new_id(),
        uploaded_by=person,
        status=EvidenceStatus.STORED,
        name=f"{mark}.pdf",
        declared_type="application/pdf",
        media_type="application/pdf",
        size=10,
        sha256="0" * 64,
        object_key=f"{work.tenant_id}/{mark}",
        flags=[],
    )
    work.session.add(row)
    await work.session.flush()
    return row.id
