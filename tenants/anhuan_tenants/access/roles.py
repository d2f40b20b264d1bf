"""The roles that ship with the product, as data; a company may add its own beside them.

Who does what follows the duty list of 全员安全生产责任制: whoever is on site reports and, in danger, stops the
work (安全生产法 Art. 55); line management (管业务必须管安全) assigns, rectifies and answers for its own people;
safety grades, supervises, verifies and closes; the supervision post (协同监督) checks and accepts but never
grades; administration of the system is apart from safety decisions, and the record is read by those who audit.
"""

from collections.abc import Iterable
from types import MappingProxyType

from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.policy import Clause, Condition, Role
from anhuan_tenants.organisation.models import Duty, UnitKind

TENANT, UNIT = Condition.TENANT, Condition.UNIT
OWN, ASSIGNED, PARTY = Condition.OWN, Condition.ASSIGNED, Condition.PARTY


def _on(conditions: Condition | tuple[Condition, ...], *acts: Act) -> frozenset[Clause]:
    several = conditions if isinstance(conditions, tuple) else (conditions,)
    return frozenset((act, condition) for act in acts for condition in several)


def _role(code: str, zh: str, en: str, *clauses: Iterable[Clause]) -> Role:
    return Role(code, zh, en, frozenset(clause for some in clauses for clause in some))


_EMPLOYEE = (
    _on((OWN, ASSIGNED), Act.CASE_READ, Act.CASE_COMMENT, Act.EVIDENCE_UPLOAD)
    | _on(TENANT, Act.HAZARD_REPORT, Act.UNIT_READ, Act.CHECKLIST_READ, Act.DEFINITION_READ)
    | _on(OWN, Act.HAZARD_CANCEL, Act.PERSON_READ, Act.DUTY_HANDOVER)
    | _on(ASSIGNED, Act.HAZARD_PROGRESS, Act.HAZARD_RECTIFY)
    | _on(UNIT, Act.PERSON_READ, Act.WORK_STOP)
)
"""What everyone employed here may do; every inside role but the auditor's begins with it."""

_LINE = _EMPLOYEE | _on(
    UNIT,
    Act.CASE_READ,
    Act.CASE_COMMENT,
    Act.EVIDENCE_UPLOAD,
    Act.HAZARD_ASSIGN,
    Act.HAZARD_PROGRESS,
    Act.HAZARD_RECTIFY,
    Act.HAZARD_REVIEW,
    Act.DUTY_HANDOVER,
)
"""A head of people: answers for the unit's hazards, sends people to them, signs what they hand in."""

_SAFETY_ACTS = (
    Act.CASE_READ,
    Act.CASE_COMMENT,
    Act.EVIDENCE_UPLOAD,
    Act.HAZARD_EXPORT,
    Act.HAZARD_GRADE,
    Act.HAZARD_ASSIGN,
    Act.HAZARD_REVIEW,
    Act.HAZARD_VERIFY,
    Act.HAZARD_CLOSE,
    Act.HAZARD_CANCEL,
    Act.WORK_STOP,
    Act.WORK_RESUME,
    Act.PERSON_READ,
    Act.PARTY_READ,
    Act.RECORD_READ,
    Act.DUTY_HANDOVER,
)

_OUTSIDE = (
    _on((OWN, ASSIGNED, PARTY), Act.CASE_READ)
    | _on((OWN, ASSIGNED), Act.CASE_COMMENT, Act.EVIDENCE_UPLOAD)
    | _on(ASSIGNED, Act.HAZARD_PROGRESS, Act.HAZARD_RECTIFY)
    | _on(PARTY, Act.PARTY_READ)
    | _on(OWN, Act.PERSON_READ)
    # Which people and units there are: themselves and their own colleagues.
    | _on((OWN, PARTY), Act.UNIT_READ)
)
"""What a person of an outside party may do: never by unit, never across the company."""

_SHIPPED = (
    _role(
        "tenant_admin",
        "租户管理员",
        "Company administrator",
        _EMPLOYEE,
        _on(
            TENANT,
            Act.CASE_READ,
            Act.CALENDAR_MANAGE,
            Act.CHECKLIST_MANAGE,
            Act.DEFINITION_MANAGE,
            Act.DUTY_HANDOVER,
            Act.NOTICE_MANAGE,
            Act.PARTY_READ,
            Act.PARTY_MANAGE,
            Act.PERSON_READ,
            Act.PERSON_MANAGE,
            Act.POLICY_READ,
            Act.POLICY_MANAGE,
            Act.SUBSCRIPTION_READ,
            Act.SUBSCRIPTION_MANAGE,
            Act.UNIT_MANAGE,
        ),
    ),
    _role(
        "general_manager",
        "总经理",
        "General manager",
        _EMPLOYEE,
        _on(
            TENANT,
            Act.CASE_READ,
            Act.CASE_COMMENT,
            Act.EVIDENCE_UPLOAD,
            Act.HAZARD_ASSIGN,
            Act.HAZARD_EXPORT,
            Act.HAZARD_REVIEW,
            Act.WORK_STOP,
            Act.WORK_RESUME,
            Act.PERSON_READ,
            Act.PARTY_READ,
            Act.POLICY_READ,
            Act.SUBSCRIPTION_READ,
            Act.RECORD_READ,
            Act.DUTY_HANDOVER,
        ),
    ),
    _role(
        "responsible_leader",
        "分管领导",
        "Responsible leader",
        _LINE,
        _on(UNIT, Act.HAZARD_EXPORT, Act.WORK_RESUME, Act.PARTY_READ, Act.RECORD_READ),
    ),
    _role(
        "safety_director",
        "安全总监",
        "Safety director",
        _EMPLOYEE,
        _on(
            TENANT,
            *_SAFETY_ACTS,
            Act.CHECKLIST_MANAGE,
            Act.DEFINITION_MANAGE,
            Act.CALENDAR_MANAGE,
            Act.PARTY_MANAGE,
            Act.POLICY_READ,
            Act.RECORD_EXPORT,
        ),
    ),
    _role(
        "hq_safety_officer",
        "总部安全员",
        "HQ safety officer",
        _EMPLOYEE,
        # HQ sets the rules and resources for the whole group, so this holds wherever it was given.
        _on(
            TENANT,
            *_SAFETY_ACTS,
            Act.CHECKLIST_MANAGE,
            Act.DEFINITION_MANAGE,
            Act.CALENDAR_MANAGE,
            Act.PARTY_MANAGE,
            Act.RECORD_EXPORT,
        ),
    ),
    _role(
        "branch_safety_officer",
        "分厂安全员",
        "Branch safety officer",
        _EMPLOYEE,
        _on(UNIT, *_SAFETY_ACTS, Act.CALENDAR_MANAGE, Act.PARTY_MANAGE),
    ),
    _role(
        "workshop_safety_officer",
        "车间安全员",
        "Workshop safety officer",
        _EMPLOYEE,
        _on(UNIT, *_SAFETY_ACTS),
    ),
    _role(
        "department_head",
        "部门负责人",
        "Department head",
        _LINE,
        _on(UNIT, Act.HAZARD_EXPORT, Act.HAZARD_VERIFY, Act.PARTY_READ),
    ),
    _role(
        "workshop_head",
        "车间主任",
        "Workshop head",
        _LINE,
        _on(UNIT, Act.HAZARD_EXPORT, Act.HAZARD_VERIFY, Act.PARTY_READ, Act.WORK_RESUME),
    ),
    _role("team_leader", "班组长", "Team leader", _LINE, _on(UNIT, Act.HAZARD_VERIFY)),
    _role("worker", "员工", "Worker", _EMPLOYEE),
    _role(
        "equipment_head",
        "设备科长",
        "Head of equipment",
        _LINE,
        # Equipment answers for machines in the units of others: it assigns its fitters there and may bring contractors.
        _on(UNIT, Act.HAZARD_EXPORT, Act.PARTY_READ),
    ),
    _role("fitter", "维修工", "Fitter", _EMPLOYEE),
    _role(
        "supervisor",
        "督导",
        "Supervisor",
        _EMPLOYEE,
        _on(
            UNIT,
            Act.CASE_READ,
            Act.CASE_COMMENT,
            Act.EVIDENCE_UPLOAD,
            Act.HAZARD_EXPORT,
            Act.HAZARD_VERIFY,
            Act.WORK_STOP,
            Act.WORK_RESUME,
            Act.PARTY_READ,
            Act.RECORD_READ,
        ),
    ),
    _role(
        "auditor",
        "审计员",
        "Auditor",
        _on(
            TENANT,
            Act.CASE_READ,
            Act.CHECKLIST_READ,
            Act.DEFINITION_READ,
            Act.HAZARD_EXPORT,
            Act.PARTY_READ,
            Act.PERSON_READ,
            Act.POLICY_READ,
            Act.RECORD_READ,
            Act.RECORD_EXPORT,
            Act.SUBSCRIPTION_READ,
            Act.UNIT_READ,
        ),
    ),
    _role(
        "contractor_worker",
        "承包商人员",
        "Contractor's worker",
        _OUTSIDE,
        _on(OWN, Act.HAZARD_REPORT, Act.HAZARD_CANCEL),
        _on(ASSIGNED, Act.WORK_STOP),
    ),
    _role("supplier_user", "供应商用户", "Supplier's user", _OUTSIDE),
)

SHIPPED = MappingProxyType({role.code: role for role in _SHIPPED})
"""The shipped roles by code."""

OUTSIDE = frozenset({"contractor_worker", "supplier_user"})
"""Roles for people of outside parties; they may hold no other."""


def for_duty(duty: Duty, kind: UnitKind) -> str:
    """The shipped role that a post of this duty brings at a unit of this kind, unless the company says otherwise."""
    if duty is Duty.SAFETY_OFFICER:
        tiers = {UnitKind.HQ: "hq_safety_officer", UnitKind.BRANCH: "branch_safety_officer"}
        return tiers.get(kind, "workshop_safety_officer")
    return "contractor_worker" if duty is Duty.OUTSIDE else duty.value
