"""The enumerations of the rooms, as the wire shows them; every other module takes them from here, so that each is declared once."""

import strawberry

from anhuan_platform.evidence.models import EvidenceStatus
from anhuan_platform.hazards.models import Grade
from anhuan_platform.loops.models import CaseStatus, SeatStatus, TaskStatus
from anhuan_platform.notices.models import Reach
from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.parties.models import PartyKind
from anhuan_tenants.subscriptions.models import Terms

__all__ = [
    "CaseStatus",
    "Duty",
    "EvidenceStatus",
    "Function",
    "Grade",
    "PartyKind",
    "Reach",
    "SeatStatus",
    "TaskStatus",
    "Terms",
    "UnitKind",
]

strawberry.enum(
    CaseStatus, description="OPEN until every step is done by its owner and checked by somebody else."
)
strawberry.enum(Duty, description="What a post means to safety work; loops find their people by it.")
strawberry.enum(
    EvidenceStatus,
    description="REQUESTED; STORED: verified by re-reading; DURABLE: the phone may let go; REFUSED.",
)
strawberry.enum(Function, description="What a department answers for.")
strawberry.enum(Grade, description="The company's own scale: A 重大, B 较大, C 一般.")
strawberry.enum(
    Reach,
    description="How far outside the app: APP in the app only, WAITING, DELIVERED, UNDELIVERED: nobody could be reached.",
)
strawberry.enum(PartyKind, description="Contractor 承包商, supplier 供应商, maintenance 外部维保单位.")
strawberry.enum(SeatStatus, description="WAITING for an earlier seat; VOID when the task ended otherwise.")
strawberry.enum(TaskStatus, description="CANCELLED when the case went back or ended.")
strawberry.enum(
    Terms, description="Trial 试用, active 生效, grace 宽限, lapsed 到期 (read-only and exportable)."
)
strawberry.enum(UnitKind, description="总部 HQ, 分厂 BRANCH, 车间 WORKSHOP, 班组 TEAM, 部门 DEPARTMENT.")
