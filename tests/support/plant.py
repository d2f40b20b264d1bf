"""A small plant with everyone that the hazard loop asks for, and what they do in a few words."""

import hashlib
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.service import checking, dispatch, grading, reporting, working
from anhuan_platform.loops.models import Seat, SeatStatus, Task, TaskStatus
from anhuan_platform.loops.service import opening, steps
from anhuan_platform.sites.models import Area, Asset
from anhuan_tenants.access.models import Grant
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation.models import Duty, Function, Holding, Post, Unit, UnitKind
from tests.support.people import Company, a_company

POSTS: tuple[tuple[str, str, Duty, str, str], ...] = (
    # account, name, duty, unit, role
    ("gm", "高总", Duty.GENERAL_MANAGER, "hq", "general_manager"),
    ("director", "丁安", Duty.SAFETY_DIRECTOR, "hq", "safety_director"),
    ("leader", "冷副总", Duty.RESPONSIBLE_LEADER, "branch", "responsible_leader"),
    ("wei", "魏建国", Duty.SAFETY_OFFICER, "branch", "branch_safety_officer"),
    ("ehead", "沈设备", Duty.EQUIPMENT_HEAD, "equipment", "equipment_head"),
    ("dhead", "段部长", Duty.DEPARTMENT_HEAD, "equipment", "department_head"),
    ("fitter", "陈师傅", Duty.FITTER, "equipment", "fitter"),
    ("whead", "吴主任", Duty.WORKSHOP_HEAD, "workshop", "workshop_head"),
    ("tlead", "唐班长", Duty.TEAM_LEADER, "team", "team_leader"),
    ("lin", "林小雨", Duty.WORKER, "team", "worker"),
    ("other", "欧阳", Duty.WORKER, "other", "worker"),
)


@dataclass
class Plant:
    """The company, its units by name, its people by account, an area and a press in it."""

    company: Company
    units: dict[str, int]
    people: dict[str, UUID]
    area_id: UUID
    asset_id: UUID
    unit_ids: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def as_(self, account: str) -> AbstractAsyncContextManager[Work]:
        """A transaction as this person."""
        return self.company.work(self.people[account])

    async def photo(self, account: str, content: bytes | None = None) -> UUID:
        """A verified photo uploaded by this person; its bytes are not in the store."""
        evidence_id = new_id()
        async with self.company.house() as work:
            digest = hashlib.sha256(content or evidence_id.bytes).hexdigest()
            work.session.add(
                Evidence(
                    id=evidence_id,
                    uploaded_by=self.people[account],
                    status=EvidenceStatus.STORED,
                    name="photo.jpg",
                    declared_type="image/jpeg",
                    media_type="image/jpeg",
                    size=1000,
                    sha256=digest,
                    object_key=f"{work.tenant_id}/{evidence_id}/{digest}",
                    flags=[],
                    confirmed_at=work.now,
                )
            )
        return evidence_id

    async def report(self, account: str = "lin", text: str = "冲床防护罩缺失", **more: object) -> UUID:
        """A report by this person about the press; the hazard's id."""
        hazard_id = new_id()
        given = {
            "description": text,
            "asset_id": self.asset_id,
            "evidence": [await self.photo(account)],
            **more,
        }
        async with self.as_(account) as work:
            await reporting.report(work, reporting.Report(id=hazard_id, **given))  # type: ignore[arg-type]
        return hazard_id

    async def grade(
        self, hazard_id: UUID, level: str, account: str = "wei", reason: str | None = None
    ) -> None:
        """Grade it."""
        async with self.as_(account) as work:
            await grading.grade(work, hazard_id, level, statutory_by=None, reason=reason)

    async def assign(self, hazard_id: UUID, account: str, to: str = "fitter") -> None:
        """Dispatch it to a person."""
        async with self.as_(account) as work:
            await dispatch.assign(
                work,
                hazard_id,
                unit_id=self.unit_ids["equipment"],
                person_id=self.people[to],
                party_id=None,
                note=None,
            )

    async def rectify(self, hazard_id: UUID, account: str = "fitter") -> None:
        """Hand finished work in with photos before and after and a passed test."""
        proofs = [
            steps.Proof(await self.photo(account), "before"),
            steps.Proof(await self.photo(account), "after"),
        ]
        async with self.as_(account) as work:
            test = working.TestResult(passed=True, summary="空载试车 10 分钟，联锁有效")
            await working.submit_rectification(
                work, hazard_id, measures="加装防护罩并校验联锁", test=test, proofs=proofs
            )

    async def review(
        self, hazard_id: UUID, account: str, *, approve: bool = True, comment: str = "合格"
    ) -> None:
        """Decide on whatever waits for this person; on site with a photo."""
        proofs = [steps.Proof(await self.photo(account), "verification")]
        async with self.as_(account) as work:
            await checking.review(work, hazard_id, approve=approve, comment=comment, proofs=proofs)

    async def open_steps(self, hazard_id: UUID) -> dict[str, list[str]]:
        """Which steps wait, and for whom (accounts)."""
        names = {person: account for account, person in self.people.items()}
        async with self.company.house() as work:
            rows = await work.session.execute(
                select(Task.step, Seat.candidates)
                .join(Seat, (Seat.tenant_id == Task.tenant_id) & (Seat.task_id == Task.id))
                .where(
                    Task.case_id == hazard_id, Task.status == TaskStatus.OPEN, Seat.status == SeatStatus.OPEN
                )
                .order_by(Task.id, Seat.no)
            )
            found: dict[str, list[str]] = {}
            for step, candidates in (row for row in rows):
                found.setdefault(step, []).extend(names.get(one, "?") for one in candidates)
            return found

    async def hazard(self, hazard_id: UUID) -> Hazard:
        """The hazard as it stands."""
        async with self.company.house() as work:
            return await work.session.get_one(Hazard, (work.tenant_id, hazard_id))


async def a_plant(sessions: Sessions, settings: Settings) -> Plant:
    """A plant: headquarters, a branch with an equipment department, two workshops, a team in the first."""
    company = await a_company(sessions, settings, after=(opening.install_library,))
    branch = await company.unit("第一分厂", UnitKind.BRANCH)
    units = {"hq": 1, "branch": branch}
    units["equipment"] = await company.unit(
        "设备科", UnitKind.DEPARTMENT, branch, function=Function.EQUIPMENT
    )
    units["workshop"] = await company.unit("冲压车间", UnitKind.WORKSHOP, branch)
    units["other"] = await company.unit("喷涂车间", UnitKind.WORKSHOP, branch)
    units["team"] = await company.unit("甲班", UnitKind.TEAM, units["workshop"])
    people: dict[str, UUID] = {}
    for account, name, _duty, unit, role in POSTS:
        people[account] = await company.person(name, role, unit_no=units[unit], account=account)
    async with company.house() as work:
        unit_ids = {name: await _unit_id(work, no) for name, no in units.items()}
        for account, _name, duty, unit, _role in POSTS:
            post = Post(id=new_id(), code=f"post-{account}", name=duty.value, duty=duty, roles=[])
            work.session.add(post)
            work.session.add(
                Holding(person_id=people[account], post_id=post.id, unit_no=units[unit], is_primary=True)
            )
        # The heads of equipment answer for machines all over the branch.
        work.session.add(Grant(person_id=people["dhead"], role_code="department_head", unit_no=branch))
        area = Area(
            id=new_id(), code="A-01", name="冲压区", unit_no=units["team"], risk="larger", label=new_id().hex,
            latitude=31.2304, longitude=121.4737, radius_m=200,
        )  # fmt: skip
        asset = Asset(
            id=new_id(),
            code="M-01",
            name="1号冲床",
            kind="press",
            unit_no=units["team"],
            area_id=area.id,
            label=new_id().hex,
        )
        work.session.add_all([area, asset])
        await versions.policy_changed(work)
    return Plant(company, units, people, area.id, asset.id, unit_ids)


async def _unit_id(work: Work, no: int) -> UUID:
    return (await work.session.scalars(select(Unit.id).where(Unit.no == no))).one()
